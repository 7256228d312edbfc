#pragma once
// 8-bit pixels that a cache and the batches share; nobody changes them.
#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/values/image.h"

namespace gps {

class PinnedBlock;

struct Pixels {
  int width = 0, height = 0, channels = 3;  // interleaved, row by row, nothing between the rows
  const std::uint8_t* data = nullptr;
  std::shared_ptr<const void> owner;    // of data
  const PinnedBlock* pinned = nullptr;  // the page-locked block that data lies in, kept by owner; null: ordinary memory

  std::size_t rowBytes() const { return std::size_t(width) * std::size_t(channels); }
  std::size_t bytes() const { return rowBytes() * std::size_t(height); }
};

inline Pixels pixelsOf(std::shared_ptr<const RgbImage> image) {
  const auto& i = *image;
  return {i.width, i.height, 3, i.pixels.data(), std::move(image)};
}

}  // namespace gps
