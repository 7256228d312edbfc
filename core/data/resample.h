#pragma once
#include "core/values/image.h"
#include "core/values/names.h"

namespace gps {

// The picture at another size, bit for bit as Pillow's Image.resize: antialiased (the filter is widened when shrinking), first across,
// then down, rounded to 8 bit after each. Bicubic with a = -0.5. Throws Error(BadArgument) for a side of no pixels.
RgbImage resizeImage(const RgbImage& image, int width, int height, Interpolation interpolation = Interpolation::Bilinear);

}  // namespace gps
