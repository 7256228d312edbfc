#pragma once
// How long the window's thread was busy without returning to its event loop.
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <algorithm>

namespace gps::app {

class EventLoopProbe : public QObject {
  Q_OBJECT
 public:
  explicit EventLoopProbe(QObject* parent = nullptr) : QObject(parent) {
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
      m_longestMs = std::max(m_longestMs, double(m_clock.nsecsElapsed()) / 1e6 - kIntervalMs);
      m_clock.restart();
    });
  }
  void start() {
    m_longestMs = 0;
    m_clock.start();
    m_timer.start(kIntervalMs);
  }
  void stop() { m_timer.stop(); }
  double longestMs() const { return m_longestMs; }

 private:
  static constexpr int kIntervalMs = 5;
  QTimer m_timer;
  QElapsedTimer m_clock;
  double m_longestMs = 0;
};

}  // namespace gps::app
