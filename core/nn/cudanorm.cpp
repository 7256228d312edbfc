#include "core/nn/cudanorm.h"

#include <ATen/ATen.h>

#include "core/nn/cudalaunch.h"

namespace gps::detail {

#ifdef GPS_WITH_CUDA

namespace {

kernels::NormShape shapeOf(const at::Tensor& x) {
  const auto width = x.size(-1);
  return {width == 0 ? 0 : x.numel() / width, width};
}

}  // namespace

std::optional<kernels::NormParameters> cudaNorm(const LayerNorm& norm, double eps, const at::Tensor& x, at::ScalarType zType) {
  const auto& weight = norm.weight();
  const bool fits = x.is_cuda() && x.is_contiguous() && weight.scalar_type() == at::kFloat && realType(x.scalar_type()) && realType(zType);
  if (!fits) return {};
  return kernels::NormParameters{weight.data_ptr<float>(), norm.bias().data_ptr<float>(), eps};
}

LayerNorm::Normed normaliseOnCuda(const kernels::NormParameters& norm, const at::Tensor& x, at::ScalarType type) {
  const auto shape = shapeOf(x);
  LayerNorm::Normed n{at::empty(x.sizes(), x.options().dtype(type)),
                      {at::empty({shape.rows}, x.options().dtype(at::kFloat)), at::empty({shape.rows}, x.options().dtype(at::kFloat))}};
  checkLaunch(kernels::layerNormOnCuda(shape, norm, *realType(x.scalar_type()), x.data_ptr(), *realType(type), n.z.data_ptr(),
                                       n.statistics.mean.data_ptr<float>(), n.statistics.rstd.data_ptr<float>(), cudaStream()),
              "norm");
  return n;
}

at::Tensor normaliseAgainOnCuda(const kernels::NormParameters& norm, const at::Tensor& x, const NormStatistics& s, at::ScalarType type) {
  const auto z = at::empty(x.sizes(), x.options().dtype(type));
  checkLaunch(kernels::normaliseOnCuda(shapeOf(x), norm, *realType(x.scalar_type()), x.data_ptr(), *realType(type), z.data_ptr(),
                                       s.mean.data_ptr<float>(), s.rstd.data_ptr<float>(), cudaStream()),
              "norm");
  return z;
}

at::Tensor normGradientOnCuda(const kernels::NormParameters& norm, const at::Tensor& dz, const at::Tensor& x, const NormStatistics& s,
                              const at::Tensor& add) {
  const auto dx = at::empty(x.sizes(), x.options());
  const auto more = add.defined() ? add.to(x.scalar_type()).contiguous() : at::Tensor();
  checkLaunch(kernels::layerNormBackwardOnCuda(shapeOf(x), norm, *realType(dz.scalar_type()), dz.data_ptr(), *realType(x.scalar_type()),
                                               x.data_ptr(), s.mean.data_ptr<float>(), s.rstd.data_ptr<float>(),
                                               more.defined() ? more.data_ptr() : nullptr, dx.data_ptr(), cudaStream()),
              "norm");
  return dx;
}

#else

std::optional<kernels::NormParameters> cudaNorm(const LayerNorm&, double, const at::Tensor&, at::ScalarType) { return {}; }
LayerNorm::Normed normaliseOnCuda(const kernels::NormParameters&, const at::Tensor&, at::ScalarType) { return {}; }
at::Tensor normaliseAgainOnCuda(const kernels::NormParameters&, const at::Tensor&, const NormStatistics&, at::ScalarType) { return {}; }
at::Tensor normGradientOnCuda(const kernels::NormParameters&, const at::Tensor&, const at::Tensor&, const NormStatistics&,
                              const at::Tensor&) {
  return {};
}

#endif

}  // namespace gps::detail
