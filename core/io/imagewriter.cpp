#include "core/io/imagewriter.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/io/atomicwrite.h"
#include "core/values/error.h"

namespace gps {
namespace {

void requireSize(const std::string& path, int width, int height, std::size_t values, std::size_t channels) {
  if (width < 1 || height < 1 || values != std::size_t(width) * std::size_t(height) * channels) {
    throw Error(ErrorCode::BadArgument, path, "the picture to write is empty or its size does not fit its pixels");
  }
}

void encode(const std::string& path, const std::string& ending, const cv::Mat& picture, const std::vector<int>& options) {
  std::vector<std::uint8_t> bytes;
  try {
    if (!cv::imencode(ending, picture, bytes, options)) bytes.clear();
  } catch (const cv::Exception& e) {
    throw Error(ErrorCode::Io, path, "the picture cannot be encoded (" + e.err + ")");
  }
  if (bytes.empty()) throw Error(ErrorCode::Io, path, "the picture cannot be encoded");
  writeFileAtomically(path, bytes);
}

std::string lowerEnding(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return ending;
}

}  // namespace

void writeMask(const std::string& path, const MaskImage& mask) {
  requireSize(path, mask.width, mask.height, mask.pixels.size(), 1);
  const cv::Mat picture(mask.height, mask.width, CV_8UC1, const_cast<std::uint8_t*>(mask.pixels.data()));
  encode(path, ".png", picture, {});
}

void writeProbability(const std::string& path, const ProbabilityMap& map) {
  requireSize(path, map.width, map.height, map.values.size(), 1);
  cv::Mat picture(map.height, map.width, CV_16UC1);
  std::transform(map.values.begin(), map.values.end(), picture.begin<std::uint16_t>(),
                 [](float p) { return std::uint16_t(std::lround(65535.0 * (std::isnan(p) ? 0.0 : std::clamp(double(p), 0.0, 1.0)))); });
  encode(path, ".png", picture, {});
}

void writeRgb(const std::string& path, const RgbImage& image, int quality) {
  requireSize(path, image.width, image.height, image.pixels.size(), 3);
  const std::string ending = lowerEnding(path);
  if (ending != ".png" && ending != ".jpg" && ending != ".jpeg") {
    throw Error(ErrorCode::BadArgument, path, "its ending names no format that can be written", "Use .png or .jpg");
  }
  const cv::Mat rgb(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data()));
  cv::Mat bgr;
  cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
  if (ending == ".png")
    encode(path, ".png", bgr, {});
  else
    encode(path, ".jpg", bgr, {cv::IMWRITE_JPEG_QUALITY, std::clamp(quality, 1, 100)});
}

}  // namespace gps
