#pragma once
// What a test of speed reports: processor time of its own thread, since what other programs take of the machine is not ours.
#include <QImage>
#include <QList>
#include <QPainter>
#include <algorithm>
#include <chrono>
#include <ctime>

namespace gps::speed {

// Instrumented code takes a few times longer; limits are stretched by it.
#ifdef __SANITIZE_ADDRESS__
inline constexpr double kInstrumented = 6;
#else
inline constexpr double kInstrumented = 1;
#endif

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

// How much slower than the machine that the wanted figures were set on this one paints right now: by a plain blend of two pictures,
// timed among the steps. Limits are stretched by it, so that a test fails for our code and not for a slow machine.
class Yardstick {
 public:
  void measure() {
    const double before = threadMs();
    const auto began = std::chrono::steady_clock::now();
    QPainter painter(&m_ground);
    for (int i = 0; i < 4; ++i) painter.drawImage(0, 0, m_veil);
    painter.end();
    m_ms.append(threadMs() - before);
    m_wallMs.append(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
  }
  double slowness() const { return slowness(m_ms); }
  // The same by the clock on the wall, for limits of what a person waits for: what other programs take of the machine is in it.
  double wallSlowness() const { return slowness(m_wallMs); }

 private:
  static constexpr double kReferenceMs = 2.0;
  static double slowness(const QList<double>& ms) { return ms.isEmpty() ? 1 : std::max(1.0, figures(ms).median / kReferenceMs); }
  static QImage filled(QImage::Format format, const QColor& colour) {
    QImage image(1280, 720, format);
    image.fill(colour);
    return image;
  }
  QImage m_ground = filled(QImage::Format_RGB32, Qt::darkRed);
  const QImage m_veil = filled(QImage::Format_ARGB32_Premultiplied, QColor(0, 200, 255, 60));
  QList<double> m_ms, m_wallMs;
};

}  // namespace gps::speed
