#pragma once
#include <string>

namespace gps {

// A picture as the bytes of a JPEG or PNG file.
struct CompressedPicture {
  int width = 0, height = 0;
  std::string bytes;
};

}  // namespace gps
