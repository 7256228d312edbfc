#pragma once
// What a GIF holds, read by Qt's decoder, which is not the one that wrote it.
#include <QImage>
#include <QImageReader>
#include <QList>
#include <cstdlib>

namespace gps::app {

inline QList<QImage> gifFrames(const QString& path) {
  QImageReader reader(path);
  QList<QImage> frames;
  for (QImage frame = reader.read(); !frame.isNull(); frame = reader.read()) frames << frame.convertToFormat(QImage::Format_RGB32);
  return frames;
}

// Mean over pixels and channels, 0 … 255; the labelled corner is left out: the lowest eighth.
inline double meanDifference(const QImage& a, const QImage& b) {
  double sum = 0;
  const int rows = a.height() * 7 / 8;
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
    }
  return sum / (3.0 * rows * a.width());
}

}  // namespace gps::app
