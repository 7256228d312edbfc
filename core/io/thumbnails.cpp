#include "core/io/thumbnails.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "core/io/opencvimagesource.h"
#include "core/io/picturefile.h"
#include "core/values/error.h"

namespace gps {
namespace {

cv::Size fitted(int width, int height, int longestSide) {
  if (longestSide < 1) throw Error(ErrorCode::BadArgument, "thumbnail", "its side must be at least 1 pixel");
  const double scale = std::min(1.0, double(longestSide) / double(std::max({width, height, 1})));
  return {std::max(1, int(std::lround(width * scale))), std::max(1, int(std::lround(height * scale)))};
}

}  // namespace

RgbImage makeThumbnail(const RgbImage& image, int longestSide) {
  const auto size = fitted(image.width, image.height, longestSide);
  if (image.empty() || (size.width == image.width && size.height == image.height)) return image;
  RgbImage out{size.width, size.height, {}};
  out.pixels.resize(std::size_t(size.area()) * 3);
  const cv::Mat from(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data()));
  cv::Mat to(size, CV_8UC3, out.pixels.data());
  cv::resize(from, to, size, 0, 0, cv::INTER_AREA);
  return out;
}

MaskImage makeMaskThumbnail(const MaskImage& mask, int longestSide) {
  const auto size = fitted(mask.width, mask.height, longestSide);
  if (mask.empty() || (size.width == mask.width && size.height == mask.height)) return mask;
  MaskImage out{size.width, size.height, {}};
  out.pixels.resize(std::size_t(size.area()));
  const cv::Mat from(mask.height, mask.width, CV_8UC1, const_cast<std::uint8_t*>(mask.pixels.data()));
  cv::Mat to(size, CV_8UC1, out.pixels.data());
  cv::resize(from, to, size, 0, 0, cv::INTER_AREA);
  for (auto& pixel : out.pixels) pixel = pixel > 127 ? 255 : 0;
  return out;
}

RgbImage loadThumbnail(const std::string& path, int longestSide) {
  const auto header = readPictureHeader(path);
  const int longest = std::max(header.width, header.height);
  // libjpeg can leave out the high frequencies: an eighth of the size costs little more than reading the file.
  const int factor = longest >= 8 * longestSide ? 8 : longest >= 4 * longestSide ? 4 : longest >= 2 * longestSide ? 2 : 1;
  if (header.format != PictureFormat::Jpeg || factor == 1 || longestSide < 1)
    return makeThumbnail(OpenCvImageSource().loadImage(path), longestSide);
  const auto bytes = readPictureFile(path);
  requireComplete(path, bytes);
  const int mode = factor == 8 ? cv::IMREAD_REDUCED_COLOR_8 : factor == 4 ? cv::IMREAD_REDUCED_COLOR_4 : cv::IMREAD_REDUCED_COLOR_2;
  cv::Mat picture;
  try {
    picture = cv::imdecode(bytes, mode);
  } catch (const cv::Exception&) {
    picture.release();
  }
  if (picture.empty()) throw Error(ErrorCode::BadFile, path, "the picture cannot be decoded", "Save it anew as PNG or JPEG");
  RgbImage image{picture.cols, picture.rows, {}};
  image.pixels.resize(std::size_t(picture.cols) * std::size_t(picture.rows) * 3);
  cv::cvtColor(picture, cv::Mat(picture.size(), CV_8UC3, image.pixels.data()), cv::COLOR_BGR2RGB);
  return makeThumbnail(image, longestSide);
}

}  // namespace gps
