#pragma once
// Picture files made on the spot, good and bad.
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "tests/support/expecterror.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes encoded(const std::string& ending, const cv::Mat& picture) {
  Bytes bytes;
  cv::imencode(ending, picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 95});
  return bytes;
}

inline void writeBytes(const std::string& path, const Bytes& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
}

inline Bytes readBytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// 48 x 32 with the corners red, green / blue, white.
inline cv::Mat fourCorners() {
  cv::Mat picture(32, 48, CV_8UC3, cv::Scalar(255, 255, 255));
  picture(cv::Rect(0, 0, 24, 16)) = cv::Scalar(0, 0, 255);
  picture(cv::Rect(24, 0, 24, 16)) = cv::Scalar(0, 255, 0);
  picture(cv::Rect(0, 16, 24, 16)) = cv::Scalar(255, 0, 0);
  return picture;
}

// The JPEG with an EXIF block that holds nothing but the orientation, little- or big-endian.
inline Bytes withOrientation(const Bytes& jpeg, std::uint8_t orientation, bool bigEndian = false) {
  Bytes exif{0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0};
  const Bytes little{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0};
  const Bytes big{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0};
  for (const auto byte : bigEndian ? big : little) exif.push_back(byte);
  Bytes all = jpeg;
  all.insert(all.begin() + 2, exif.begin(), exif.end());
  return all;
}

}  // namespace gps::test
