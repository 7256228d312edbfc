#pragma once
// 256 colours for pictures of many: some kept to the bit, the rest by median cut over what was added.
#include <array>
#include <cstdint>
#include <vector>

#include "core/values/image.h"

namespace gps {

using PaletteColour = std::array<std::uint8_t, 3>;  // R G B

class PaletteBuilder {
 public:
  PaletteBuilder();
  void add(const RgbImage& image);
  // `kept` (0xRRGGBB) come first, at most `most` of them; then boxes of the colours seen are cut where they spread most, and each becomes
  // its mean. Fewer than `most` where there are no more.
  std::vector<PaletteColour> colours(const std::vector<std::uint32_t>& kept, std::size_t most = 256) const;

 private:
  struct Bin {
    std::uint64_t count = 0, red = 0, green = 0, blue = 0;
  };
  std::vector<Bin> m_bins;  // five bits a channel
};

// The nearest of a palette, by squared distance; remembers what it has answered. Throws Error(BadArgument) for an empty palette or one of
// more than 256.
class NearestColour {
 public:
  explicit NearestColour(std::vector<PaletteColour> palette);
  std::uint8_t indexOf(std::uint8_t red, std::uint8_t green, std::uint8_t blue);

 private:
  std::vector<PaletteColour> m_palette;
  std::vector<std::int16_t> m_known;  // seven bits a channel; -1: not asked for yet
};

}  // namespace gps
