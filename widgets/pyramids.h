#pragma once
// Pictures, probability maps and masks with copies halved again and again, so that a view of a large picture reads only as many
// values as it shows. Immutable once made, and made on any thread: 4K takes some tens of milliseconds.
#include <QImage>
#include <QList>
#include <memory>
#include <vector>

#include "core/values/image.h"

namespace gps::ui {

inline constexpr int kMostPyramidLevels = 7;

// The level at which one value covers 0.6 … 1.2 pixels of a view of `scale` view pixels per picture pixel.
int levelFor(double scale);

class PicturePyramid {
 public:
  // Null for a picture whose bytes do not match its size.
  static std::shared_ptr<const PicturePyramid> of(const std::shared_ptr<const RgbImage>& image);
  int width() const { return m_levels.first().width(); }
  int height() const { return m_levels.first().height(); }
  int levelCount() const { return int(m_levels.size()); }
  // Format_RGB32; a pixel of level n covers 2^n x 2^n of the picture, those at the right and lower edge less.
  const QImage& level(int n) const { return m_levels[std::min(n, levelCount() - 1)]; }
  const std::shared_ptr<const RgbImage>& source() const { return m_source; }

 private:
  std::shared_ptr<const RgbImage> m_source;
  QList<QImage> m_levels;
};

// A level of a field: values row by row, and the smallest and largest of each block of kBlock x kBlock.
template <typename T>
struct FieldLevel {
  static constexpr int kBlock = 16;
  struct Range {
    T least, most;
  };
  int width = 0, height = 0, blocksAcross = 0, blocksDown = 0;
  const T* values = nullptr;  // [height, width]
  std::vector<T> own;         // of every level but the first
  std::vector<Range> blocks;  // [blocksDown, blocksAcross]
  const T* row(int y) const { return values + std::size_t(y) * std::size_t(width); }
  const Range& block(int bx, int by) const { return blocks[std::size_t(by) * std::size_t(blocksAcross) + std::size_t(bx)]; }
  // Of the values in columns x0 … x1 and rows y0 … y1 (clamped), by whole blocks.
  Range rangeOf(int x0, int y0, int x1, int y1) const;
};

// A field of probabilities (float, 0 … 1) or a mask (0 … 255).
template <typename T, typename Source>
class FieldPyramid {
 public:
  // Null for an empty field, or one whose values do not match its size.
  static std::shared_ptr<const FieldPyramid> of(const std::shared_ptr<const Source>& source);
  int width() const { return m_levels.front().width; }
  int height() const { return m_levels.front().height; }
  const FieldLevel<T>& level(int n) const { return m_levels[std::min(std::size_t(n), m_levels.size() - 1)]; }
  int levelCount() const { return int(m_levels.size()); }
  const std::shared_ptr<const Source>& source() const { return m_source; }

 private:
  std::shared_ptr<const Source> m_source;
  std::vector<FieldLevel<T>> m_levels;
};

using MapPyramid = FieldPyramid<float, ProbabilityMap>;
using MaskPyramid = FieldPyramid<std::uint8_t, MaskImage>;

}  // namespace gps::ui
