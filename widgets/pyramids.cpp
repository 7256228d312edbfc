#include "widgets/pyramids.h"

#include <algorithm>

namespace gps::ui {

namespace {

constexpr int kMostLevels = kMostPyramidLevels;
constexpr int kLeastSide = 96;  // smaller copies are of no use

template <typename T>
T meanOf(const T* a, const T* b, int x, int x2) {
  if constexpr (std::is_floating_point_v<T>)
    return (a[x] + a[x2] + b[x] + b[x2]) * T(0.25);
  else
    return T((int(a[x]) + a[x2] + b[x] + b[x2] + 2) / 4);
}

template <typename T>
FieldLevel<T> halved(const FieldLevel<T>& from) {
  FieldLevel<T> to;
  to.width = (from.width + 1) / 2, to.height = (from.height + 1) / 2;
  to.own.resize(std::size_t(to.width) * std::size_t(to.height));
  to.values = to.own.data();
  const int pairs = from.width / 2;
  for (int y = 0; y < to.height; ++y) {
    const T* a = from.row(2 * y);
    const T* b = from.row(std::min(2 * y + 1, from.height - 1));
    T* out = to.own.data() + std::size_t(y) * std::size_t(to.width);
    for (int x = 0; x < pairs; ++x) out[x] = meanOf(a, b, 2 * x, 2 * x + 1);
    if (pairs < to.width) out[pairs] = meanOf(a, b, from.width - 1, from.width - 1);
  }
  return to;
}

template <typename T>
void index(FieldLevel<T>& level) {
  constexpr int kBlock = FieldLevel<T>::kBlock;
  level.blocksAcross = (level.width + kBlock - 1) / kBlock;
  level.blocksDown = (level.height + kBlock - 1) / kBlock;
  level.blocks.resize(std::size_t(level.blocksAcross) * std::size_t(level.blocksDown));
  for (int by = 0; by < level.blocksDown; ++by) {
    auto* ranges = level.blocks.data() + std::size_t(by) * std::size_t(level.blocksAcross);
    for (int bx = 0; bx < level.blocksAcross; ++bx) ranges[bx] = {level.row(by * kBlock)[bx * kBlock], level.row(by * kBlock)[bx * kBlock]};
    for (int y = by * kBlock; y < std::min(level.height, (by + 1) * kBlock); ++y) {
      const T* row = level.row(y);
      for (int bx = 0; bx < level.blocksAcross; ++bx) {
        T least = ranges[bx].least, most = ranges[bx].most;
        const int end = std::min(level.width, (bx + 1) * kBlock);
        for (int x = bx * kBlock; x < end; ++x) {
          least = row[x] < least ? row[x] : least;
          most = row[x] > most ? row[x] : most;
        }
        ranges[bx] = {least, most};
      }
    }
  }
}

QImage halvedPicture(const QImage& from) {
  const int w = (from.width() + 1) / 2, h = (from.height() + 1) / 2, pairs = from.width() / 2;
  QImage to(w, h, QImage::Format_RGB32);
  // Red and blue in one word, green in another: four sums of eight bits fit beside each other.
  const auto mean = [](QRgb a, QRgb b, QRgb c, QRgb d) {
    const quint32 rb = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x20002;
    const quint32 g = (a & 0xff00) + (b & 0xff00) + (c & 0xff00) + (d & 0xff00) + 0x200;
    return 0xff000000u | ((rb >> 2) & 0xff00ff) | ((g >> 2) & 0xff00);
  };
  for (int y = 0; y < h; ++y) {
    const auto* a = reinterpret_cast<const QRgb*>(from.constScanLine(2 * y));
    const auto* b = reinterpret_cast<const QRgb*>(from.constScanLine(std::min(2 * y + 1, from.height() - 1)));
    auto* out = reinterpret_cast<QRgb*>(to.scanLine(y));
    for (int x = 0; x < pairs; ++x) out[x] = mean(a[2 * x], a[2 * x + 1], b[2 * x], b[2 * x + 1]);
    if (pairs < w) out[pairs] = mean(a[from.width() - 1], a[from.width() - 1], b[from.width() - 1], b[from.width() - 1]);
  }
  return to;
}

const std::vector<float>& valuesOf(const ProbabilityMap& map) { return map.values; }
const std::vector<std::uint8_t>& valuesOf(const MaskImage& mask) { return mask.pixels; }

}  // namespace

int levelFor(double scale) {
  int level = 0;
  for (; scale < 0.6 && level < kMostLevels - 1; scale *= 2) ++level;
  return level;
}

std::shared_ptr<const PicturePyramid> PicturePyramid::of(const std::shared_ptr<const RgbImage>& image) {
  if (!image || image->width <= 0 || image->height <= 0 || image->pixels.size() != size_t(image->width) * size_t(image->height) * 3)
    return nullptr;
  auto pyramid = std::make_shared<PicturePyramid>();
  pyramid->m_source = image;
  QImage picture(image->width, image->height, QImage::Format_RGB32);
  const std::uint8_t* from = image->pixels.data();
  for (int y = 0; y < image->height; ++y) {
    auto* to = reinterpret_cast<QRgb*>(picture.scanLine(y));
    for (int x = 0; x < image->width; ++x, from += 3) to[x] = qRgb(from[0], from[1], from[2]);
  }
  pyramid->m_levels << picture;
  while (pyramid->levelCount() < kMostLevels &&
         std::min(pyramid->m_levels.last().width(), pyramid->m_levels.last().height()) >= 2 * kLeastSide)
    pyramid->m_levels << halvedPicture(pyramid->m_levels.last());
  return pyramid;
}

template <typename T>
typename FieldLevel<T>::Range FieldLevel<T>::rangeOf(int x0, int y0, int x1, int y1) const {
  const auto clampedBlock = [](int at, int count) { return std::clamp(at, 0, count - 1) / kBlock; };
  const int left = clampedBlock(x0, width), right = clampedBlock(x1, width);
  Range range = block(left, clampedBlock(y0, height));
  for (int by = clampedBlock(y0, height); by <= clampedBlock(y1, height); ++by)
    for (int bx = left; bx <= right; ++bx) range = {std::min(range.least, block(bx, by).least), std::max(range.most, block(bx, by).most)};
  return range;
}

template <typename T, typename Source>
std::shared_ptr<const FieldPyramid<T, Source>> FieldPyramid<T, Source>::of(const std::shared_ptr<const Source>& source) {
  if (!source || source->width <= 0 || source->height <= 0 ||
      valuesOf(*source).size() != std::size_t(source->width) * std::size_t(source->height))
    return nullptr;
  auto pyramid = std::make_shared<FieldPyramid>();
  pyramid->m_source = source;
  FieldLevel<T> first;
  first.width = source->width, first.height = source->height, first.values = valuesOf(*source).data();
  index(first);
  pyramid->m_levels.reserve(kMostLevels);
  pyramid->m_levels.push_back(std::move(first));
  while (pyramid->levelCount() < kMostLevels &&
         std::min(pyramid->m_levels.back().width, pyramid->m_levels.back().height) >= 2 * kLeastSide) {
    pyramid->m_levels.push_back(halved(pyramid->m_levels.back()));
    index(pyramid->m_levels.back());
  }
  return pyramid;
}

template struct FieldLevel<float>;
template struct FieldLevel<std::uint8_t>;
template class FieldPyramid<float, ProbabilityMap>;
template class FieldPyramid<std::uint8_t, MaskImage>;

}  // namespace gps::ui
