#include "core/io/imagewriter.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/io/atomicwrite.h"
#include "core/io/crc32.h"
#include "core/values/error.h"

namespace gps {
namespace {

void requireSize(const std::string& path, int width, int height, std::size_t values, std::size_t channels) {
  if (width < 1 || height < 1 || values != std::size_t(width) * std::size_t(height) * channels) {
    throw Error(ErrorCode::BadArgument, path, "the picture to write is empty or its size does not fit its pixels");
  }
}

std::vector<std::uint8_t> encoded(const std::string& path, const std::string& ending, const cv::Mat& picture,
                                  const std::vector<int>& options) {
  std::vector<std::uint8_t> bytes;
  try {
    if (!cv::imencode(ending, picture, bytes, options)) bytes.clear();
  } catch (const cv::Exception& e) {
    throw Error(ErrorCode::Io, path, "the picture cannot be encoded (" + e.err + ")");
  }
  if (bytes.empty()) throw Error(ErrorCode::Io, path, "the picture cannot be encoded");
  return bytes;
}

void encode(const std::string& path, const std::string& ending, const cv::Mat& picture, const std::vector<int>& options) {
  writeFileAtomically(path, encoded(path, ending, picture, options));
}

void putNumber(std::uint8_t* to, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) to[i] = std::uint8_t(value >> (24 - 8 * i));
}

// The chunk PLTE of two colours, black and the given one: length, name, bytes, checksum of name and bytes.
std::array<std::uint8_t, 18> paletteChunk(std::uint32_t colour) {
  std::array<std::uint8_t, 18> chunk{
      0, 0, 0, 6, 'P', 'L', 'T', 'E', 0, 0, 0, std::uint8_t(colour >> 16), std::uint8_t(colour >> 8), std::uint8_t(colour)};
  putNumber(chunk.data() + 14, crc32(chunk.data() + 4, 10));
  return chunk;
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

// OpenCV writes no palettes. The rows of a grey and of a palette PNG are the same bytes, so only the head is another one.
void writeIndexedMask(const std::string& path, const MaskImage& mask, std::uint32_t colour) {
  requireSize(path, mask.width, mask.height, mask.pixels.size(), 1);
  cv::Mat indices(mask.height, mask.width, CV_8UC1);
  std::transform(mask.pixels.begin(), mask.pixels.end(), indices.begin<std::uint8_t>(),
                 [](std::uint8_t p) { return std::uint8_t(p > 127); });
  const std::vector<std::uint8_t> grey = encoded(path, ".png", indices, {});
  constexpr std::size_t kHeadAt = 8, kHeadEnd = 33, kDepthAt = 24, kColourTypeAt = 25, kGrey = 0, kPalette = 3;
  if (grey.size() < kHeadEnd || grey[kDepthAt] != 8 || grey[kColourTypeAt] != kGrey)
    throw Error(ErrorCode::Internal, path, "the encoder made another kind of PNG than it was asked for");
  const auto palette = paletteChunk(colour);
  std::vector<std::uint8_t> bytes(grey.size() + palette.size());
  const auto headEnd = std::copy_n(grey.begin(), kHeadEnd, bytes.begin());
  bytes[kColourTypeAt] = kPalette;
  putNumber(bytes.data() + kHeadEnd - 4, crc32(bytes.data() + kHeadAt + 4, kHeadEnd - kHeadAt - 8));
  std::copy(grey.begin() + kHeadEnd, grey.end(), std::copy(palette.begin(), palette.end(), headEnd));
  writeFileAtomically(path, bytes);
}

void writeProbability(const std::string& path, const ProbabilityMap& map) {
  requireSize(path, map.width, map.height, map.values.size(), 1);
  cv::Mat picture(map.height, map.width, CV_16UC1);
  std::transform(map.values.begin(), map.values.end(), picture.begin<std::uint16_t>(),
                 [](float p) { return std::uint16_t(std::lround(65535.0 * (std::isnan(p) ? 0.0 : std::clamp(double(p), 0.0, 1.0)))); });
  encode(path, ".png", picture, {});
}

CompressedPicture encodeJpeg(const RgbImage& image, int longestSide, int quality) {
  requireSize("picture", image.width, image.height, image.pixels.size(), 3);
  const cv::Mat rgb(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data()));
  cv::Mat bgr;
  cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
  const double scale = double(std::max(1, longestSide)) / std::max(image.width, image.height);
  if (scale < 1) {
    const cv::Size size(std::max(1, int(std::lround(image.width * scale))), std::max(1, int(std::lround(image.height * scale))));
    cv::resize(bgr, bgr, size, 0, 0, cv::INTER_AREA);
  }
  const auto bytes = encoded("picture", ".jpg", bgr, {cv::IMWRITE_JPEG_QUALITY, std::clamp(quality, 1, 100)});
  return {bgr.cols, bgr.rows, std::string(bytes.begin(), bytes.end())};
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
