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
  struct Size {
    int width = 0, height = 0;
  };
  virtual Size sizeOf(const std::string& path) const = 0;

  // A mask as it is in the file, before binarising; for the checks of a data set.
  struct MaskStatistics {
    int width = 0, height = 0;
    int largest = 0;             // 0…255 after scaling to 8 bit
    double foregroundShare = 0;  // of pixels > 127
    double greyShare = 0;        // of pixels neither near 0 nor near 255
  };
  virtual MaskStatistics maskStatistics(const std::string& path) const {
    const MaskImage mask = loadMask(path);
    MaskStatistics s{mask.width, mask.height, 0, 0, 0};
    std::size_t on = 0;
    for (const auto pixel : mask.pixels) on += pixel > 127;
    s.largest = on > 0 ? 255 : 0;
    if (!mask.empty()) s.foregroundShare = double(on) / double(mask.pixels.size());
    return s;
  }
};

}  // namespace gps
