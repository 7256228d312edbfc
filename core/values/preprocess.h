#pragma once
// How a picture becomes a model's input. Recorded in every delta.
#include "core/values/names.h"

namespace gps {

enum class Normalisation {
  MinMax,    // per picture to [0, 1]; lite_medsam
  ImageNet,  // (x - mean) / std with mean 123.675 116.28 103.53, std 58.395 57.12 57.375 on 0…255; sam_vit_*, mobile_sam, Swin, …
  Half       // x / 127.5 - 1; timm's ViT
};

struct PreprocessSpec {
  int size = 256;  // pixels, square
  // Squash: both sides to `size`. Pad: longest side to `size`, zeros right and below. Crop: shorter side to floor(size / crop), then the
  // middle of `size`.
  PreprocessKind kind = PreprocessKind::Squash;
  Normalisation normalisation = Normalisation::MinMax;
  Interpolation interpolation = Interpolation::Bilinear;
  double crop = 1;  // (0, 1]; Crop only
  bool operator==(const PreprocessSpec&) const = default;
};

}  // namespace gps
