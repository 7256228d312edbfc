#pragma once
// What a test of speed reports: processor time of its own thread, since what other programs take of the machine is not ours.
#include <QList>
#include <algorithm>
#include <ctime>

namespace gps::speed {

inline double threadMs() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

struct Figures {
  double median, high;  // ms; high: 95 % of the steps take no longer
};

inline Figures figures(QList<double> ms) {
  std::sort(ms.begin(), ms.end());
  return {ms[ms.size() / 2], ms[ms.size() * 95 / 100]};
}

}  // namespace gps::speed
