#pragma once
// Small copies for galleries.
#include "core/control/imagesource.h"
#include "core/values/image.h"

namespace gps {

// Fits inside longestSide x longestSide, aspect kept, never enlarged; area-averaged. Throws Error(BadArgument) below 1.
RgbImage makeThumbnail(const RgbImage& image, int longestSide);
MaskImage makeMaskThumbnail(const MaskImage& mask, int longestSide);

// Reads and shrinks in one go; JPEG files are decoded at a reduced size where that is enough. Thread-safe.
// Throws Error(NotFound, BadFile).
RgbImage loadThumbnail(const std::string& path, int longestSide);

}  // namespace gps
