#pragma once
// What a test of speed reports: processor time of its own thread, since what other programs take of the machine is not ours.
#include <QImage>
#include <QList>
#include <QPainter>
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

// How much slower than the machine that the wanted figures were set on this one paints right now: by a plain blend of two pictures,
// timed among the steps. Limits are stretched by it, so that a test fails for our code and not for a slow machine.
class Yardstick {
 public:
  void measure() {
    const double before = threadMs();
    QPainter painter(&m_ground);
    for (int i = 0; i < 4; ++i) painter.drawImage(0, 0, m_veil);
    painter.end();
    m_ms.append(threadMs() - before);
  }
  double slowness() const { return m_ms.isEmpty() ? 1 : std::max(1.0, figures(m_ms).median / kReferenceMs); }

 private:
  static constexpr double kReferenceMs = 2.0;
  static QImage filled(QImage::Format format, const QColor& colour) {
    QImage image(1280, 720, format);
    image.fill(colour);
    return image;
  }
  QImage m_ground = filled(QImage::Format_RGB32, Qt::darkRed);
  const QImage m_veil = filled(QImage::Format_ARGB32_Premultiplied, QColor(0, 200, 255, 60));
  QList<double> m_ms;
};

}  // namespace gps::speed
