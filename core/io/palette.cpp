#include "core/io/palette.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/values/error.h"

namespace gps {
namespace {

constexpr int kBits = 5, kSide = 1 << kBits, kKnownBits = 7;

std::size_t binOf(int red, int green, int blue) { return (std::size_t(red) * kSide + std::size_t(green)) * kSide + std::size_t(blue); }

std::size_t cellOf(int red, int green, int blue) {
  constexpr int kShift = 8 - kKnownBits;
  return (std::size_t(red >> kShift) << (2 * kKnownBits)) | (std::size_t(green >> kShift) << kKnownBits) | std::size_t(blue >> kShift);
}

}  // namespace

PaletteBuilder::PaletteBuilder() : m_bins(std::size_t(kSide) * kSide * kSide) {}

void PaletteBuilder::add(const RgbImage& image) {
  for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) {
    const int red = image.pixels[i], green = image.pixels[i + 1], blue = image.pixels[i + 2];
    Bin& bin = m_bins[binOf(red >> (8 - kBits), green >> (8 - kBits), blue >> (8 - kBits))];
    ++bin.count;
    bin.red += std::uint64_t(red), bin.green += std::uint64_t(green), bin.blue += std::uint64_t(blue);
  }
}

std::vector<PaletteColour> PaletteBuilder::colours(const std::vector<std::uint32_t>& kept, std::size_t most) const {
  std::vector<PaletteColour> palette;
  for (const std::uint32_t colour : kept)
    if (palette.size() < most) palette.push_back({std::uint8_t(colour >> 16), std::uint8_t(colour >> 8), std::uint8_t(colour)});

  struct Entry {
    std::array<double, 3> mean;
    double count;
  };
  std::vector<Entry> entries;
  for (const Bin& bin : m_bins)
    if (bin.count > 0) {
      const auto n = double(bin.count);
      entries.push_back({{double(bin.red) / n, double(bin.green) / n, double(bin.blue) / n}, n});
    }
  struct Box {
    std::size_t first, last;  // entries [first, last)
    double spread;            // sum of squares about the mean, along the axis where it is largest
    std::size_t axis;
    std::array<double, 3> mean;
  };
  const auto boxOf = [&entries](std::size_t first, std::size_t last) {
    std::array<double, 3> sum{}, squares{};
    double count = 0;
    for (std::size_t i = first; i < last; ++i) {
      count += entries[i].count;
      for (std::size_t c = 0; c < 3; ++c) {
        sum[c] += entries[i].count * entries[i].mean[c];
        squares[c] += entries[i].count * entries[i].mean[c] * entries[i].mean[c];
      }
    }
    Box box{first, last, 0, 0, {}};
    for (std::size_t c = 0; c < 3; ++c) {
      box.mean[c] = sum[c] / count;
      const double spread = squares[c] - sum[c] * box.mean[c];
      if (spread > box.spread) box.spread = spread, box.axis = c;
    }
    if (last - first < 2) box.spread = 0;
    return box;
  };
  std::vector<Box> boxes;
  if (!entries.empty() && palette.size() < most) boxes.push_back(boxOf(0, entries.size()));
  while (!boxes.empty() && palette.size() + boxes.size() < most) {
    const auto widest = std::max_element(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.spread < b.spread; });
    if (widest->spread <= 0) break;
    const Box box = *widest;
    const auto begin = entries.begin() + std::ptrdiff_t(box.first), end = entries.begin() + std::ptrdiff_t(box.last);
    // At the mean: a few pixels of an odd colour get a box of their own sooner than at the median.
    const auto cut = std::stable_partition(begin, end, [&box](const Entry& e) { return e.mean[box.axis] < box.mean[box.axis]; });
    if (cut == begin || cut == end) {
      widest->spread = 0;
      continue;
    }
    const auto middle = std::size_t(cut - entries.begin());
    *widest = boxOf(box.first, middle);
    boxes.push_back(boxOf(middle, box.last));
  }
  for (const Box& box : boxes)
    palette.push_back({std::uint8_t(box.mean[0] + 0.5), std::uint8_t(box.mean[1] + 0.5), std::uint8_t(box.mean[2] + 0.5)});
  return palette;
}

NearestColour::NearestColour(std::vector<PaletteColour> palette)
    : m_palette(std::move(palette)), m_known(std::size_t(1) << (3 * kKnownBits), std::int16_t(-1)) {
  if (m_palette.empty() || m_palette.size() > 256) throw Error(ErrorCode::BadArgument, "palette", "it has no colours, or more than 256");
  // A colour of the palette is itself; of several within one cell of the memory the first.
  for (std::size_t i = m_palette.size(); i-- > 0;) m_known[cellOf(m_palette[i][0], m_palette[i][1], m_palette[i][2])] = std::int16_t(i);
}

std::uint8_t NearestColour::indexOf(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  std::int16_t& known = m_known[cellOf(red, green, blue)];
  if (known < 0) {
    int best = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < m_palette.size(); ++i) {
      const int r = red - m_palette[i][0], g = green - m_palette[i][1], b = blue - m_palette[i][2];
      const int distance = r * r + g * g + b * b;
      if (distance < best) best = distance, known = std::int16_t(i);
    }
  }
  return std::uint8_t(known);
}

}  // namespace gps
