#pragma once
// Moving pictures as GIF.
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/image.h"

namespace gps {

struct GifFrame {
  RgbImage image;
  int delayMs = 200;  // kept to 10 ms
};

// One palette for all frames, so that what stands still does not flicker; `kept` (0xRRGGBB) are in it to the bit. Plays for ever.
// Written under a temporary name, then renamed. Throws Error(BadArgument) without frames, for frames of different sizes, or of more than
// 65535 pixels a side; Error(Io) naming the file.
void writeGif(const std::string& path, const std::vector<GifFrame>& frames, const std::vector<std::uint32_t>& kept = {});

// Fits into longestSide, area-averaged; never enlarged. For animations, where a picture of 4K is too much.
RgbImage fitted(const RgbImage& image, int longestSide);

}  // namespace gps
