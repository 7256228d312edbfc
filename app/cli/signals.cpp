#include "app/cli/signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <string_view>

#include "app/cli/errortext.h"

namespace gps::cli {
namespace {

constexpr int kWakeSignal = SIGUSR1;

sigset_t watchedSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, kWakeSignal);
  return set;
}

void say(std::string_view text) {
  // stderr may be gone; a stop request must work all the same.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

SignalWatcher::SignalWatcher(RunControl& control) {
  const sigset_t set = watchedSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  m_thread = std::thread([this, &control, set] {
    bool asked = false;
    for (;;) {
      int received = 0;
      if (sigwait(&set, &received) != 0) return;
      if (received == kWakeSignal) {
        if (m_ending) return;
        continue;
      }
      if (asked) _exit(kExitCancelled);
      asked = true;
      control.requestStop();
      say("\nStopping and saving; press Ctrl+C again to quit at once.\n");
    }
  });
}

SignalWatcher::~SignalWatcher() {
  m_ending = true;
  pthread_kill(m_thread.native_handle(), kWakeSignal);
  m_thread.join();
}

}  // namespace gps::cli
