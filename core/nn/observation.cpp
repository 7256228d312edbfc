#include "core/nn/observation.h"

#include <ATen/ATen.h>

namespace gps::detail {

at::Tensor meanOfTokens(const at::Tensor& x, const at::Tensor& like) {
  return x.reshape({-1, x.size(-1)}).to(like.scalar_type()).abs().mean(0, true);
}

at::Tensor meanOfTaps(const ConvShape& s, const at::Tensor& x, const at::Tensor& like) {
  const auto size = x.to(like.scalar_type()).abs();
  const auto padded = s.padding > 0 ? at::constant_pad_nd(size, {s.padding, s.padding, s.padding, s.padding}, 0) : size;
  const auto last = [&](std::int64_t side) { return (side - s.kernel) / s.stride * s.stride; };  // first tap of the last place
  std::vector<at::Tensor> taps;                                                                  // [in] each
  for (std::int64_t ky = 0; ky < s.kernel; ++ky)
    for (std::int64_t kx = 0; kx < s.kernel; ++kx)
      taps.push_back(padded.slice(2, ky, ky + last(padded.size(2)) + 1, s.stride)
                         .slice(3, kx, kx + last(padded.size(3)) + 1, s.stride)
                         .mean({0, 2, 3}));
  const auto byGroup = at::stack(taps, 1).view({s.groups, s.in / s.groups * s.kernel * s.kernel});
  return s.groups == 1 ? byGroup : byGroup.repeat_interleave(s.out / s.groups, 0);
}

at::Tensor meanOfPixels(const at::Tensor& x, const at::Tensor& like) { return x.to(like.scalar_type()).abs().mean({0, 2, 3}).unsqueeze(1); }

}  // namespace gps::detail
