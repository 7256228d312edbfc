#include "core/kernels/layernorm.h"

#include <cmath>

namespace gps::kernels {

void layerNormOnCpu(const NormShape& s, const NormParameters& p, const float* x, float* z, float* mean, float* rstd) {
  for (std::int64_t r = 0; r < s.rows; ++r) {
    const float* row = x + r * s.width;
    double sum = 0, squares = 0;
    for (std::int64_t c = 0; c < s.width; ++c) sum += row[c];
    const double m = sum / double(s.width);
    for (std::int64_t c = 0; c < s.width; ++c) squares += (row[c] - m) * (row[c] - m);
    mean[r] = float(m);
    rstd[r] = float(1 / std::sqrt(squares / double(s.width) + p.eps));
    for (std::int64_t c = 0; c < s.width; ++c) z[r * s.width + c] = (row[c] - mean[r]) * rstd[r] * p.gamma[c] + p.beta[c];
  }
}

void layerNormBackwardOnCpu(const NormShape& s, const NormParameters& p, const float* dz, const float* x, const float* mean,
                            const float* rstd, const float* add, float* dx) {
  for (std::int64_t r = 0; r < s.rows; ++r) {
    const auto at = r * s.width;
    double sum = 0, product = 0;
    for (std::int64_t c = 0; c < s.width; ++c) {
      const double g = double(dz[at + c]) * p.gamma[c], normed = double(x[at + c] - mean[r]) * rstd[r];
      sum += g;
      product += g * normed;
    }
    sum /= double(s.width);
    product /= double(s.width);
    for (std::int64_t c = 0; c < s.width; ++c) {
      const double g = double(dz[at + c]) * p.gamma[c], normed = double(x[at + c] - mean[r]) * rstd[r];
      const float shortcut = add != nullptr ? add[at + c] : 0.0F;
      dx[at + c] = shortcut + float(rstd[r] * (g - sum - normed * product));
    }
  }
}

}  // namespace gps::kernels
