#pragma once
// How people reach into a running job: stop, pause, progress, and short requests that a job serves between two steps.
//
//   any thread                          engine thread
//   requestStop / setPaused / post ──►  poll(): throws Cancelled, waits while paused (serving requests)
//                                       serveRequests(): between steps
//   progress sink  ◄──────────────────  report()
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/values/image.h"

namespace gps {

// Thrown by poll() after a stop was requested. Not an error: the job saves what it has and ends as cancelled.
struct Cancelled : std::exception {
  const char* what() const noexcept override { return "cancelled"; }
};

struct Progress {
  std::string stage;  // "gradient", "train", "validate", "predict", "load"
  std::string unit;   // "images", "steps"
  std::int64_t done = 0, total = 0;
  double elapsedSeconds = 0;     // pauses not counted
  double remainingSeconds = -1;  // -1: not known yet
  double rate = 0;               // units per second
  int epoch = 0, epochs = 0;     // training only
  // Training only: the highest memory so far, and about what it would be with the state of all weights. 0: not measured.
  double peakMib = 0, densePeakMib = 0;
};

class Model;

// What a running job can answer without ending: on the engine thread, between two steps.
class RequestContext {
 public:
  virtual ~RequestContext() = default;
  // epoch: nullopt = current values, 0 = the untuned base, n = the values after epoch n (1-based).
  virtual ProbabilityMap predict(const RgbImage& image, std::optional<int> epoch) = 0;
  // Calls `look` with the model holding those values; it keeps nothing of it.
  virtual void withModel(std::optional<int> epoch, const std::function<void(const Model&)>& look) = 0;
};

using ShortRequest = std::function<void(RequestContext&)>;

class RunControl {
 public:
  using ProgressSink = std::function<void(const Progress&)>;

  RunControl() = default;
  RunControl(const RunControl&) = delete;
  RunControl& operator=(const RunControl&) = delete;

  // ---- any thread
  void requestStop();  // idempotent; wakes a paused job
  bool stopRequested() const;
  void setPaused(bool paused);  // idempotent
  bool pauseRequested() const;
  bool isWaiting() const;           // the job has reached the pause gate
  void post(ShortRequest request);  // served at the next step boundary, also while paused; dropped when the job ends
  // Served wherever the job asks whether to stop, within a step too, and while paused; so it must leave the model alone and throw nothing.
  // Dropped when the job ends.
  void postUrgent(std::function<void()> request);
  void setProgressSink(ProgressSink sink);                    // called on the engine thread; set before the job starts
  void setPauseSink(std::function<void(bool waiting)> sink);  // called on the engine thread on entering and leaving the gate

  // ---- engine thread
  // Throws Cancelled after requestStop. Cheap; called in every block's forward and backward (also on autograd's thread). Serves what is
  // urgent.
  void pollStop() const;
  // False: urgent requests wait for the step's end, as they must where work of the device is being recorded or runs on another thread.
  void setServesWithinSteps(bool on) { m_servesWithinSteps = on; }
  // While it lives nothing is recorded and this thread alone computes: what is urgent is served at every pollStop().
  class ServesWithin {
   public:
    explicit ServesWithin(RunControl& control) : m_control(control), m_before(control.m_servesWithinSteps) {
      control.m_servesWithinSteps = true;
    }
    ~ServesWithin() { m_control.m_servesWithinSteps = m_before; }
    ServesWithin(const ServesWithin&) = delete;
    ServesWithin& operator=(const ServesWithin&) = delete;

   private:
    RunControl& m_control;
    bool m_before;
  };
  // Between two pieces of work that ask nothing, like writing files.
  void serveUrgent() const;
  // Between two steps, while the device works off what is queued: returns once isDone, serving what is urgent meanwhile.
  void waitServing(const std::function<bool()>& isDone) const;
  // Between two steps: throws Cancelled, waits at the pause gate, serves requests (≤ 10 % of the time since the last call
  // unless paused, at least one).
  void stepBoundary(RequestContext& context);
  // The same for jobs that serve nothing.
  void stepBoundary();
  void report(const Progress& progress) const;
  double pausedSeconds() const;  // total time spent at the gate

 private:
  void serveWhile(RequestContext* context);

  mutable std::mutex m_mutex;
  mutable std::condition_variable m_wake;
  bool m_stop = false, m_paused = false, m_waiting = false;
  std::deque<ShortRequest> m_requests;
  mutable std::deque<std::function<void()>> m_urgent;
  mutable bool m_servesUrgent = false;  // one is being served; engine thread
  bool m_servesWithinSteps = true;      // engine thread
  ProgressSink m_progress;
  std::function<void(bool)> m_pauseSink;
  double m_pausedSeconds = 0;
  std::chrono::steady_clock::time_point m_lastBoundary = std::chrono::steady_clock::now();
};

// Turns counts into rate and remaining time, pauses left out.
class ProgressMeter {
 public:
  ProgressMeter(const RunControl& control, std::string stage, std::string unit, std::int64_t total);
  void setEpoch(int epoch, int epochs);
  void setMemory(double peakMib, double densePeakMib);
  void startAt(std::int64_t done);       // work done before this meter began; does not count for the rate
  void advance(std::int64_t count = 1);  // reports
  Progress current() const;

 private:
  const RunControl& m_control;
  Progress m_progress;
  std::chrono::steady_clock::time_point m_start;
  double m_pausedAtStart = 0;
  std::int64_t m_before = 0;
};

}  // namespace gps
