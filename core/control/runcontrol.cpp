#include "core/control/runcontrol.h"

#include <utility>

namespace gps {

using Clock = std::chrono::steady_clock;
static constexpr auto kAskAgain = std::chrono::microseconds(200);
static double secondsSince(Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); }

void RunControl::requestStop() {
  {
    std::lock_guard lock(m_mutex);
    m_stop = true;
  }
  m_wake.notify_all();
}

bool RunControl::stopRequested() const {
  std::lock_guard lock(m_mutex);
  return m_stop;
}

void RunControl::setPaused(bool paused) {
  {
    std::lock_guard lock(m_mutex);
    m_paused = paused;
  }
  m_wake.notify_all();
}

bool RunControl::pauseRequested() const {
  std::lock_guard lock(m_mutex);
  return m_paused;
}

bool RunControl::isWaiting() const {
  std::lock_guard lock(m_mutex);
  return m_waiting;
}

void RunControl::post(ShortRequest request) {
  {
    std::lock_guard lock(m_mutex);
    m_requests.push_back(std::move(request));
  }
  m_wake.notify_all();
}

void RunControl::postUrgent(std::function<void()> request) {
  {
    std::lock_guard lock(m_mutex);
    m_urgent.push_back(std::move(request));
  }
  m_wake.notify_all();
}

void RunControl::setProgressSink(ProgressSink sink) { m_progress = std::move(sink); }
void RunControl::setPauseSink(std::function<void(bool)> sink) { m_pauseSink = std::move(sink); }

void RunControl::pollStop() const {
  {
    std::lock_guard lock(m_mutex);
    if (m_stop) throw Cancelled{};
    if (m_urgent.empty()) return;
  }
  if (m_servesWithinSteps) serveUrgent();
}

// What is served may itself ask whether to stop.
void RunControl::serveUrgent() const {
  if (m_servesUrgent) return;
  m_servesUrgent = true;
  for (;;) {
    std::function<void()> next;
    {
      std::lock_guard lock(m_mutex);
      if (m_urgent.empty() || m_stop) break;
      next = std::move(m_urgent.front());
      m_urgent.pop_front();
    }
    next();
  }
  m_servesUrgent = false;
}

// Something is queued behind what is waited for, so a device does not stand still while it is asked.
void RunControl::waitServing(const std::function<bool()>& isDone) const {
  while (!isDone()) {
    {
      std::unique_lock lock(m_mutex);
      m_wake.wait_for(lock, kAskAgain, [this] { return !m_urgent.empty(); });
      if (m_urgent.empty()) continue;
    }
    serveUrgent();
  }
}

void RunControl::stepBoundary(RequestContext& context) { serveWhile(&context); }
void RunControl::stepBoundary() { serveWhile(nullptr); }

void RunControl::serveWhile(RequestContext* context) {
  pollStop();
  const double budget = 0.1 * secondsSince(m_lastBoundary);
  double spent = 0;
  bool servedOne = false, gateEntered = false;
  Clock::time_point gateStart{};
  const auto leaveGate = [&] {
    if (!gateEntered) return;
    {
      std::lock_guard lock(m_mutex);
      m_waiting = false;
      m_pausedSeconds += secondsSince(gateStart);
    }
    gateEntered = false;
    if (m_pauseSink) m_pauseSink(false);
  };
  for (;;) {
    serveUrgent();
    ShortRequest next;
    bool enterGate = false;
    {
      std::unique_lock lock(m_mutex);
      if (m_stop) break;
      const bool mayServe = context != nullptr && !m_requests.empty() && (m_paused || !servedOne || spent < budget);
      if (mayServe) {
        next = std::move(m_requests.front());
        m_requests.pop_front();
      } else if (m_paused) {
        if (gateEntered) {
          m_wake.wait(lock, [&] { return m_stop || !m_paused || !m_urgent.empty() || (context != nullptr && !m_requests.empty()); });
          continue;
        }
        enterGate = true;
        m_waiting = true;
      } else {
        break;
      }
    }
    if (enterGate) {  // the sink is called without the lock
      gateEntered = true;
      gateStart = Clock::now();
      if (m_pauseSink) m_pauseSink(true);
      continue;
    }
    const auto t = Clock::now();
    try {
      next(*context);
    } catch (...) {
      leaveGate();
      throw;
    }
    spent += secondsSince(t);
    servedOne = true;
  }
  leaveGate();
  m_lastBoundary = Clock::now();
  pollStop();
}

void RunControl::report(const Progress& progress) const {
  if (m_progress) m_progress(progress);
}

double RunControl::pausedSeconds() const {
  std::lock_guard lock(m_mutex);
  return m_pausedSeconds;
}

ProgressMeter::ProgressMeter(const RunControl& control, std::string stage, std::string unit, std::int64_t total)
    : m_control(control), m_start(Clock::now()), m_pausedAtStart(control.pausedSeconds()) {
  m_progress.stage = std::move(stage);
  m_progress.unit = std::move(unit);
  m_progress.total = total;
}

void ProgressMeter::setEpoch(int epoch, int epochs) {
  m_progress.epoch = epoch;
  m_progress.epochs = epochs;
}

void ProgressMeter::setMemory(double peakMib, double densePeakMib) {
  m_progress.peakMib = peakMib;
  m_progress.densePeakMib = densePeakMib;
}

void ProgressMeter::startAt(std::int64_t done) { m_progress.done = m_before = done; }

void ProgressMeter::advance(std::int64_t count) {
  m_progress.done += count;
  m_control.report(current());
}

Progress ProgressMeter::current() const {
  Progress p = m_progress;
  p.elapsedSeconds = secondsSince(m_start) - (m_control.pausedSeconds() - m_pausedAtStart);
  if (p.done > m_before && p.elapsedSeconds > 0) {
    p.rate = double(p.done - m_before) / p.elapsedSeconds;
    p.remainingSeconds = double(p.total - p.done) / p.rate;
  }
  return p;
}

}  // namespace gps
