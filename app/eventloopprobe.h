#pragma once
// How long the window's thread was busy at most without returning to its event loop, and how much it computed itself at most in such a
// time: the rest it waited, for the processor or for a lock. The two may be of different blocks.
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <algorithm>

#ifdef __linux__
#include <ctime>
#endif

namespace gps::app {

class EventLoopProbe : public QObject {
  Q_OBJECT
 public:
  explicit EventLoopProbe(QObject* parent = nullptr) : QObject(parent) {
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
      const double ms = double(m_clock.nsecsElapsed()) / 1e6 - kIntervalMs, computed = threadMs();
      m_longestMs = std::max(m_longestMs, ms);
      m_computedMs = std::max(m_computedMs, computed - m_computedBefore);
      m_clock.restart();
      m_computedBefore = computed;
    });
  }
  void start() {
    m_longestMs = m_computedMs = 0;
    m_computedBefore = threadMs();
    m_clock.start();
    m_timer.start(kIntervalMs);
  }
  void stop() { m_timer.stop(); }
  double longestMs() const { return m_longestMs; }
  double computedMs() const { return m_computedMs; }  // 0 where the system does not tell

 private:
  static constexpr int kIntervalMs = 5;

  static double threadMs() {
#ifdef __linux__
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
#else
    return 0;
#endif
  }

  QTimer m_timer;
  QElapsedTimer m_clock;
  double m_longestMs = 0, m_computedMs = 0, m_computedBefore = 0;
};

}  // namespace gps::app
