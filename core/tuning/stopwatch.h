#pragma once
#include <chrono>

#include "core/control/runcontrol.h"

namespace gps {

// Wall time of a scope without the pauses inside it, added when the scope ends.
class Stopwatch {
 public:
  Stopwatch(const RunControl& control, double& seconds) : m_control(control), m_seconds(seconds), m_paused(control.pausedSeconds()) {}
  ~Stopwatch() {
    m_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count() - (m_control.pausedSeconds() - m_paused);
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  const RunControl& m_control;
  double& m_seconds;
  double m_paused;
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace gps
