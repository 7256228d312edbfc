#pragma once
// Videos made on the spot whose frames carry their number as a row of black and white fields, which survive compression.
#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>
#include <string>

#include "core/values/image.h"

namespace gps::test {

constexpr int kBits = 12, kField = 16;

inline cv::Mat countedPicture(int number, int width = kBits * kField, int height = 96) {
  cv::Mat picture(height, width, CV_8UC3, cv::Scalar(90, 100, 180));
  for (int bit = 0; bit < kBits; ++bit)
    picture(cv::Rect(bit * kField, 0, kField, kField)) = (number >> bit & 1) != 0 ? cv::Scalar::all(255) : cv::Scalar::all(0);
  const int x = 20 + number * 3 % (width - 60);
  picture(cv::Rect(x, 40, 20, 30)) = cv::Scalar(40, 40, 90);
  return picture;
}

inline int numberIn(const RgbImage& image) {
  int number = 0;
  for (int bit = 0; bit < kBits; ++bit) {
    const int x = bit * kField + kField / 2, y = kField / 2;
    if (image.pixels[(std::size_t(y) * std::size_t(image.width) + std::size_t(x)) * 3 + 1] > 127) number |= 1 << bit;
  }
  return number;
}

// False where the installed OpenCV cannot encode it.
inline bool writeCountedVideo(const std::string& path, const std::string& codec, int frames, double rate = 25, int width = kBits * kField,
                              int height = 96) {
  cv::VideoWriter writer;
  const int letters = cv::VideoWriter::fourcc(codec[0], codec[1], codec[2], codec[3]);
  const int backend = codec == "MJPG" ? cv::CAP_OPENCV_MJPEG : cv::CAP_FFMPEG;
  if (!writer.open(path, backend, letters, rate, cv::Size(width, height))) return false;
  for (int i = 0; i < frames; ++i) writer.write(countedPicture(i, width, height));
  writer.release();
  return true;
}

}  // namespace gps::test
