#pragma once
// LayerNorm by the kernels of core/kernels, for frozen norms on CUDA.
#include <ATen/core/Tensor.h>

#include <optional>

#include "core/kernels/layernorm.h"
#include "core/nn/norm.h"

namespace gps::detail {

// What the kernels take of a norm; nothing where they cannot take x or a z of that type.
std::optional<kernels::NormParameters> cudaNorm(const LayerNorm& norm, double eps, const at::Tensor& x, at::ScalarType zType);
LayerNorm::Normed normaliseOnCuda(const kernels::NormParameters& norm, const at::Tensor& x, at::ScalarType type);
at::Tensor normaliseAgainOnCuda(const kernels::NormParameters& norm, const at::Tensor& x, const NormStatistics& statistics,
                                at::ScalarType type);
at::Tensor normGradientOnCuda(const kernels::NormParameters& norm, const at::Tensor& dz, const at::Tensor& x,
                              const NormStatistics& statistics, const at::Tensor& add);

}  // namespace gps::detail
