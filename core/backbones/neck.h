#pragma once
#include "core/nn/conv.h"

namespace gps {

// From the encoder's width to the 256 channels of the mask decoder: 1x1, norm, 3x3, norm; convolutions without bias.
class Neck {
 public:
  Neck(ParameterRegistry& registry, const Scope& encoder, std::int64_t in, std::int64_t out, ParameterRole normBiasRole);
  at::Tensor forward(const at::Tensor& x) const;  // [B, in, h, w] -> [B, out, h, w]

 private:
  Conv2d m_project;
  LayerNorm m_norm1;
  Conv2d m_mix;
  LayerNorm m_norm2;
};

}  // namespace gps
