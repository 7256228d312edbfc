#include "core/io/opencvimagesource.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/io/picturefile.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::int64_t kMostPixels = 200'000'000;
constexpr int kNearlyOff = 32, kNearlyOn = 223;  // JPEG noise stays outside of this band

// Blue, green, red; 8 or 16 bit; upright.
cv::Mat decode(const std::string& path) {
  const auto bytes = readPictureFile(path);
  const auto header = parsePictureHeader(bytes.data(), bytes.size());
  if (std::int64_t(header.width) * header.height > kMostPixels) {
    throw Error(ErrorCode::BadFile, path, "the picture has more than 200 million pixels", "Scale it down first");
  }
  requireComplete(path, bytes);
  cv::Mat picture;
  try {
    picture = cv::imdecode(bytes, cv::IMREAD_COLOR | cv::IMREAD_ANYDEPTH);
  } catch (const cv::Exception& e) {
    throw Error(ErrorCode::BadFile, path, "the picture cannot be decoded (" + e.err + ")", "Save it anew as PNG or JPEG");
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::OutOfMemory, path, "the picture does not fit in memory", "Scale it down first");
  }
  if (picture.empty()) {
    throw Error(ErrorCode::BadFile, path, "this is no picture that can be decoded", "Accepted are JPEG, PNG, BMP, TIFF and WebP");
  }
  if ((picture.depth() != CV_8U && picture.depth() != CV_16U) || picture.channels() != 3) {
    throw Error(ErrorCode::BadFile, path, "its pixels are neither 8-bit nor 16-bit integers", "Save it anew as 8-bit PNG");
  }
  return picture;
}

std::uint8_t to8Bit(std::uint8_t value) { return value; }
std::uint8_t to8Bit(std::uint16_t value) { return std::uint8_t((value + 128) / 257); }

template <typename T>
void copyAsRgb(const cv::Mat& picture, RgbImage& out) {
  auto* to = out.pixels.data();
  for (int y = 0; y < picture.rows; ++y) {
    const T* from = picture.ptr<T>(y);
    for (int x = 0; x < picture.cols; ++x, from += 3, to += 3) {
      to[0] = to8Bit(from[2]);
      to[1] = to8Bit(from[1]);
      to[2] = to8Bit(from[0]);
    }
  }
}

// Calls use(largest channel as 8 bit) for every pixel, row by row.
template <typename T, typename Use>
void eachLargest(const cv::Mat& picture, Use use) {
  for (int y = 0; y < picture.rows; ++y) {
    const T* from = picture.ptr<T>(y);
    for (int x = 0; x < picture.cols; ++x, from += 3) use(to8Bit(std::max({from[0], from[1], from[2]})));
  }
}

template <typename Use>
void eachLargestChannel(const cv::Mat& picture, Use use) {
  if (picture.depth() == CV_16U)
    eachLargest<std::uint16_t>(picture, use);
  else
    eachLargest<std::uint8_t>(picture, use);
}

}  // namespace

OpenCvImageSource::OpenCvImageSource() { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); }

RgbImage OpenCvImageSource::loadImage(const std::string& path) const {
  const cv::Mat picture = decode(path);
  RgbImage image{picture.cols, picture.rows, {}};
  image.pixels.resize(std::size_t(picture.cols) * std::size_t(picture.rows) * 3);
  if (picture.depth() == CV_16U)
    copyAsRgb<std::uint16_t>(picture, image);
  else
    copyAsRgb<std::uint8_t>(picture, image);
  return image;
}

MaskImage OpenCvImageSource::loadMask(const std::string& path) const {
  const cv::Mat picture = decode(path);
  MaskImage mask{picture.cols, picture.rows, {}};
  mask.pixels.reserve(std::size_t(picture.cols) * std::size_t(picture.rows));
  eachLargestChannel(picture, [&mask](std::uint8_t value) { mask.pixels.push_back(value > 127 ? 255 : 0); });
  return mask;
}

ImageSource::Size OpenCvImageSource::sizeOf(const std::string& path) const {
  const auto header = readPictureHeader(path);
  if (header.width > 0 && header.height > 0) return {header.width, header.height};
  const cv::Mat picture = decode(path);
  return {picture.cols, picture.rows};
}

ImageSource::MaskStatistics OpenCvImageSource::maskStatistics(const std::string& path) const {
  const cv::Mat picture = decode(path);
  MaskStatistics s{picture.cols, picture.rows, 0, 0, 0};
  std::int64_t on = 0, grey = 0;
  eachLargestChannel(picture, [&](std::uint8_t value) {
    s.largest = std::max<int>(s.largest, value);
    on += value > 127;
    grey += value >= kNearlyOff && value <= kNearlyOn;
  });
  const double pixels = double(picture.cols) * double(picture.rows);
  s.foregroundShare = double(on) / pixels;
  s.greyShare = double(grey) / pixels;
  return s;
}

}  // namespace gps
