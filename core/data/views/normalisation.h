#pragma once
// The numbers of the normalisations of preprocess.h, for pixel values 0 … 255: x becomes (x - shift) * factor.
#include <array>

#include "core/values/preprocess.h"

namespace gps {

constexpr float kLeastRange = 1e-8F;  // of the min–max scaling

struct ChannelScales {
  std::array<float, 3> shift{}, factor{};  // R G B
};

// ImageNet and Half; MinMax depends on the picture.
constexpr ChannelScales channelScales(Normalisation normalisation) {
  if (normalisation == Normalisation::Half) return {{127.5F, 127.5F, 127.5F}, {1 / 127.5F, 1 / 127.5F, 1 / 127.5F}};
  return {{123.675F, 116.28F, 103.53F}, {1.0F / 58.395F, 1.0F / 57.12F, 1.0F / 57.375F}};
}

}  // namespace gps
