#pragma once
// Decodes pictures with OpenCV: JPEG, PNG, BMP, TIFF, WebP. Silences OpenCV's own log lines.
#include "core/control/imagesource.h"

namespace gps {

// EXIF orientation is applied, 16 bit scaled to 8 by /257, grey spread to RGB, alpha ignored (the colour under it is used).
// Stateless and thread-safe. Any path UTF-8. Throws Error(NotFound, BadFile), never cv::Exception.
class OpenCvImageSource : public ImageSource {
 public:
  OpenCvImageSource();
  RgbImage loadImage(const std::string& path) const override;
  // The largest channel of a pixel decides (> 127); palette, grey, 16 bit and JPEG masks all become 0/255.
  MaskImage loadMask(const std::string& path) const override;
  // From the header of PNG and JPEG; other formats are decoded.
  Size sizeOf(const std::string& path) const override;
  MaskStatistics maskStatistics(const std::string& path) const override;
};

}  // namespace gps
