#pragma once
#include <string>

#include "core/values/image.h"

namespace gps {

// Decodes pictures for core, which knows no image library. core/io implements it with OpenCV, core/data for packs.
// Implementations are safe to call from several threads at once. Throws Error(BadFile/NotFound).
class ImageSource {
 public:
  virtual ~ImageSource() = default;
  virtual RgbImage loadImage(const std::string& path) const = 0;
  // Binarised > 127 before anything else is done to it.
  virtual MaskImage loadMask(const std::string& path) const = 0;
  // width, height without decoding the pixels where the format allows; EXIF orientation applied.
  struct Size { int width = 0, height = 0; };
  virtual Size sizeOf(const std::string& path) const = 0;
};

}  // namespace gps
