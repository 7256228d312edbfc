#include "core/tuning/step/stepfeed.h"

#include <utility>

namespace gps {

StepFeed::StepFeed(Loader& loader, const Objective& objective, at::Device device, const RunControl& control)
    : m_loader(loader), m_objective(objective), m_control(control), m_side(device) {}

void StepFeed::startEpoch(int epoch, int firstBatch) {
  m_ahead.clear();
  m_failure = nullptr;
  m_watch.reset();
  m_times = {};
  m_uploadBefore = m_side.waitedMilliseconds();
  m_isEnded = false;
  m_epoch = epoch;
  m_loader.startEpoch(epoch, firstBatch);
  m_watch.emplace(m_control, m_times.seconds);
}

void StepFeed::prepareNext() {
  const auto start = std::chrono::steady_clock::now();
  const auto batch = m_loader.next();
  m_times.loaderMilliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  if (!batch) {
    m_isEnded = true;
    return;
  }
  Prepared prepared;
  prepared.step.fingerprints = batch->fingerprints;
  prepared.ready = m_side.queue([&] {
    if (batch->count > 0)
      prepared.step.input = m_objective.input(*batch, m_epoch);
    else
      prepared.step.input.globalCount = batch->globalCount;
  });
  m_ahead.push_back(std::move(prepared));
}

void StepFeed::runAhead() {
  try {
    while (!m_isEnded && m_ahead.size() < kAhead && m_loader.isReady()) prepareNext();
  } catch (...) {
    m_failure = std::current_exception();
    m_isEnded = true;
  }
}

std::optional<FedStep> StepFeed::next() {
  if (m_side.isThere()) runAhead();
  if (m_ahead.empty() && m_failure) std::rethrow_exception(std::exchange(m_failure, nullptr));
  if (m_ahead.empty() && !m_isEnded) prepareNext();
  if (m_ahead.empty()) {
    m_watch.reset();
    return std::nullopt;
  }
  auto [step, ready] = std::move(m_ahead.front());
  m_ahead.pop_front();
  m_side.handOver(ready, {step.input.images, step.input.targets, step.input.dropPath});
  return std::move(step);
}

FeedTimes StepFeed::times() {
  auto times = m_times;
  times.uploadMilliseconds = m_side.waitedMilliseconds() - m_uploadBefore;
  return times;
}

}  // namespace gps
