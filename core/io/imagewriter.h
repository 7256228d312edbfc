#pragma once
// Pictures to files. Each is written under a temporary name beside its target, then renamed: a reader never sees half a file.
// Throws Error(Io) naming the file and the system's reason; BadArgument for an empty picture or an unknown ending.
#include <cstdint>
#include <string>

#include "core/values/compressedpicture.h"
#include "core/values/image.h"

namespace gps {

void writeMask(const std::string& path, const MaskImage& mask);  // 8-bit grey PNG, 0/255
// 8-bit PNG with a palette: 0 is the background, black; 1 the foreground in `colour` (0xRRGGBB).
void writeIndexedMask(const std::string& path, const MaskImage& mask, std::uint32_t colour);
void writeProbability(const std::string& path, const ProbabilityMap& map);  // 16-bit grey PNG, 65535 = 1
// A JPEG in memory, scaled down to longestSide where the picture is larger. longestSide: pixels, at least 1.
CompressedPicture encodeJpeg(const RgbImage& image, int longestSide, int quality = 90);
void writeRgb(const std::string& path, const RgbImage& image, int quality = 95);  // by ending: .png, .jpg, .jpeg

}  // namespace gps
