#pragma once
// A number for the content of a picture, to see later whether it was used before. Not cryptographic.
#include <cstdint>
#include <cstring>

#include "core/values/counterrandom.h"
#include "core/values/image.h"

namespace gps {

// Of size and pixels as decoded; the same for a picture in a folder and in a pack made of it.
inline std::uint64_t pictureFingerprint(const RgbImage& image) {
  std::uint64_t hash = mixBits((std::uint64_t(std::uint32_t(image.width)) << 32) | std::uint32_t(image.height));
  const std::size_t size = image.pixels.size();
  for (std::size_t at = 0; at < size; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, image.pixels.data() + at, size - at < 8 ? size - at : 8);
    hash = mixBits(hash ^ word);
  }
  return hash;
}

}  // namespace gps
