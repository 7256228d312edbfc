#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "core/control/runcontrol.h"

using namespace gps;

namespace {

struct NoPredictions : RequestContext {
  ProbabilityMap predict(const RgbImage&, std::optional<int>) override { return {1, 1, {0.5f}}; }
  void withModel(std::optional<int>, const std::function<void(const Model&)>&) override {}
};

// A job of many short steps, as an engine would run it.
struct FakeJob {
  RunControl control;
  std::atomic<int> steps{0};
  std::atomic<bool> cancelled{false}, ended{false};
  int total = 1 << 30;
  std::thread thread;

  void start() {
    thread = std::thread([this] {
      NoPredictions context;
      try {
        for (int i = 0; i < total; ++i) {
          control.stepBoundary(context);
          ++steps;
          std::this_thread::yield();
        }
      } catch (const Cancelled&) {
        cancelled = true;
      }
      ended = true;
    });
  }
  void waitForSteps(int more) const {
    const int target = steps + more;
    while (steps < target && !ended) std::this_thread::yield();
  }
  void waitForGate() const {
    while (!control.isWaiting() && !ended) std::this_thread::yield();
  }
  ~FakeJob() {
    control.requestStop();
    if (thread.joinable()) thread.join();
  }
};

}  // namespace

TEST(RunControl, RunsToTheEndUndisturbed) {
  FakeJob job;
  job.total = 100;
  job.start();
  job.thread.join();
  EXPECT_EQ(job.steps, 100);
  EXPECT_FALSE(job.cancelled);
}

TEST(RunControl, StopEndsAsCancelledAndIsIdempotent) {
  FakeJob job;
  job.start();
  job.waitForSteps(3);
  job.control.requestStop();
  job.control.requestStop();
  job.thread.join();
  EXPECT_TRUE(job.cancelled);
}

TEST(RunControl, PauseHoldsTheJobAndResumeReleasesIt) {
  FakeJob job;
  job.start();
  job.waitForSteps(2);
  job.control.setPaused(true);
  job.waitForGate();
  const int held = job.steps;
  std::this_thread::sleep_for(std::chrono::milliseconds(30));  // a step that should not happen would happen here
  EXPECT_EQ(job.steps, held);
  job.control.setPaused(false);
  job.waitForSteps(2);
  EXPECT_GT(job.steps, held);
  EXPECT_GE(job.control.pausedSeconds(), 0.03);
}

TEST(RunControl, StopWakesAPausedJob) {
  FakeJob job;
  job.control.setPaused(true);
  job.start();
  job.waitForGate();
  job.control.requestStop();
  job.thread.join();
  EXPECT_TRUE(job.cancelled);
  EXPECT_EQ(job.steps, 0);
}

// Every sequence of five clicks out of pause, resume, stop: the job never hangs, and it ends as cancelled exactly when it was stopped.
TEST(RunControl, EveryOrderOfClicks) {
  for (int code = 0; code < 243; ++code) {
    FakeJob job;
    job.start();
    bool stopped = false, paused = false;
    for (int click = 0, rest = code; click < 5; ++click, rest /= 3) {
      if (rest % 3 == 2) {
        job.control.requestStop();
        stopped = true;
      } else {
        paused = rest % 3 == 0;
        job.control.setPaused(paused);
      }
    }
    if (stopped) {
      job.thread.join();
      EXPECT_TRUE(job.cancelled) << code;
      continue;
    }
    if (paused) job.waitForGate();
    job.control.setPaused(false);
    job.waitForSteps(1);
    EXPECT_FALSE(job.ended) << code;
  }
}

TEST(RunControl, ServesRequestsWhileRunningAndWhilePaused) {
  FakeJob job;
  job.start();
  std::atomic<int> served{0};
  const auto post = [&] {
    job.control.post([&](RequestContext& context) {
      if (context.predict({}, std::nullopt).values.at(0) == 0.5f) ++served;
    });
  };
  post();
  while (served < 1) std::this_thread::yield();
  job.control.setPaused(true);
  job.waitForGate();
  const int held = job.steps;
  post();
  post();
  while (served < 3) std::this_thread::yield();
  EXPECT_EQ(job.steps, held);
}

TEST(RunControl, PauseSinkSeesEveryEntryAndExit) {
  FakeJob job;
  std::atomic<int> entered{0}, left{0};
  job.control.setPauseSink([&](bool waiting) { ++(waiting ? entered : left); });
  job.start();
  for (int i = 0; i < 3; ++i) {
    job.control.setPaused(true);
    job.waitForGate();
    job.control.setPaused(false);
    job.waitForSteps(1);
  }
  EXPECT_EQ(entered, 3);
  EXPECT_EQ(left, 3);
}

TEST(RunControl, ARequestThatThrowsReachesTheJob) {
  RunControl control;
  NoPredictions context;
  control.setPaused(true);
  control.post([](RequestContext&) { throw std::runtime_error("bad request"); });
  EXPECT_THROW(control.stepBoundary(context), std::runtime_error);
  EXPECT_FALSE(control.isWaiting());
}

TEST(ProgressMeter, KnowsRateAndRemainingTime) {
  RunControl control;
  Progress last;
  control.setProgressSink([&](const Progress& p) { last = p; });
  ProgressMeter meter(control, "train", "steps", 10);
  meter.setEpoch(1, 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  meter.advance(4);
  EXPECT_EQ(last.done, 4);
  EXPECT_EQ(last.epochs, 2);
  EXPECT_GT(last.rate, 0);
  EXPECT_NEAR(last.remainingSeconds, 6 / last.rate, 1e-6);
}

// Within a step, which only asks whether to stop; while paused; and not where work must not be disturbed.
TEST(RunControl, ServesWhatIsUrgentWithinAStep) {
  RunControl control;
  int served = 0;
  control.postUrgent([&] { ++served; });
  control.pollStop();
  EXPECT_EQ(served, 1);
  control.setServesWithinSteps(false);
  control.postUrgent([&] { ++served; });
  control.pollStop();
  EXPECT_EQ(served, 1);
  control.stepBoundary();
  EXPECT_EQ(served, 2);
}

TEST(RunControl, WhatIsUrgentMayAskWhetherToStop) {
  RunControl control;
  std::vector<int> order;
  control.postUrgent([&] {
    control.postUrgent([&] { order.push_back(2); });
    control.pollStop();  // does not begin the next one in the middle of this
    order.push_back(1);
  });
  control.pollStop();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(RunControl, ServesWhatIsUrgentWhilePaused) {
  FakeJob job;
  job.control.setPaused(true);
  job.start();
  job.waitForGate();
  std::latch done(1);
  job.control.postUrgent([&] { done.count_down(); });
  done.wait();
  EXPECT_TRUE(job.control.isWaiting());
}

TEST(RunControl, NothingUrgentIsServedAfterAStop) {
  RunControl control;
  int served = 0;
  control.postUrgent([&] { ++served; });
  control.requestStop();
  EXPECT_THROW(control.pollStop(), Cancelled);
  EXPECT_EQ(served, 0);
}

// While a device works off what is queued, answers do not wait for it, also where none are given within steps.
TEST(RunControl, WhatIsUrgentIsServedWhileADeviceIsWaitedFor) {
  RunControl control;
  control.setServesWithinSteps(false);
  std::atomic<bool> isDone{false}, isServed{false};
  std::thread device([&] {
    control.waitServing([&] { return isDone.load(); });
    isServed = isServed.load() && isDone.load();
  });
  std::latch served(1);
  control.postUrgent([&] {
    isServed = true;
    served.count_down();
  });
  served.wait();
  EXPECT_FALSE(isDone);
  isDone = true;
  device.join();
  EXPECT_TRUE(isServed);
  control.postUrgent([] { FAIL() << "nothing is waited for"; });
  control.waitServing([] { return true; });
}

TEST(RunControl, WhatIsUrgentIsServedWithinWhereNothingIsRecorded) {
  RunControl control;
  control.setServesWithinSteps(false);
  int served = 0;
  control.postUrgent([&] { ++served; });
  control.pollStop();
  EXPECT_EQ(served, 0);
  {
    const RunControl::ServesWithin within(control);
    control.pollStop();
    EXPECT_EQ(served, 1);
  }
  control.postUrgent([&] { ++served; });
  control.pollStop();
  EXPECT_EQ(served, 1);
  control.serveUrgent();
  EXPECT_EQ(served, 2);
}
