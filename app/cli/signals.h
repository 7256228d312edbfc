#pragma once
// Ctrl+C and SIGTERM as stop requests.
//
//   main thread (all signals blocked) ── starts every other thread, which inherit the mask
//   watcher thread ── sigwait ──► first signal: RunControl::requestStop, the job saves and ends
//                                 second signal: the process ends at once with 130
#include <atomic>
#include <thread>

#include "core/control/runcontrol.h"

namespace gps::cli {

// Construct before anything else starts a thread.
class SignalWatcher {
 public:
  explicit SignalWatcher(RunControl& control);
  ~SignalWatcher();
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;

 private:
  std::atomic<bool> m_ending{false};
  std::thread m_thread;
};

}  // namespace gps::cli
