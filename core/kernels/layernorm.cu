#include "core/kernels/layernorm.h"
#include "core/kernels/realvectors.cuh"

namespace gps::kernels {

namespace {

constexpr unsigned kRowsPerBlock = 4;  // one warp a row

struct Norm {
  const float* gamma;
  const float* beta;
  float eps;
  int width;
};

// The row is read again for each of its passes; it lies in the L1 cache then.
template <int N, bool hasStatistics, typename X, typename Z>
__global__ void normKernel(Norm p, std::int64_t rows, const X* x, Z* z, float* mean, float* rstd) {
  const std::int64_t row = static_cast<std::int64_t>(blockIdx.x) * kRowsPerBlock + threadIdx.y;
  if (row >= rows) return;
  const X* from = x + row * p.width;
  const int first = static_cast<int>(threadIdx.x) * N;
  float v[N], m = 0, r = 0;
  if constexpr (hasStatistics) {
    m = mean[row];
    r = rstd[row];
  } else {
    float sum = 0, squares = 0;
    for (int c = first; c < p.width; c += 32 * N) {
      loadReals(from + c, v);
#pragma unroll
      for (int i = 0; i < N; ++i) sum += v[i];
    }
    m = sumOfWarp(sum) / static_cast<float>(p.width);
    for (int c = first; c < p.width; c += 32 * N) {
      loadReals(from + c, v);
#pragma unroll
      for (int i = 0; i < N; ++i) squares += (v[i] - m) * (v[i] - m);
    }
    r = rsqrtf(sumOfWarp(squares) / static_cast<float>(p.width) + p.eps);
    if (threadIdx.x == 0) {
      mean[row] = m;
      rstd[row] = r;
    }
  }
  for (int c = first; c < p.width; c += 32 * N) {
    float gamma[N], beta[N];
    loadReals(from + c, v);
    loadReals(p.gamma + c, gamma);
    loadReals(p.beta + c, beta);
#pragma unroll
    for (int i = 0; i < N; ++i) v[i] = (v[i] - m) * r * gamma[i] + beta[i];
    storeReals(z + row * p.width + c, v);
  }
}

template <int N, typename Z, typename X>
__global__ void normBackwardKernel(Norm p, std::int64_t rows, const Z* dz, const X* x, const float* mean, const float* rstd, const X* add,
                                   X* dx) {
  const std::int64_t row = static_cast<std::int64_t>(blockIdx.x) * kRowsPerBlock + threadIdx.y;
  if (row >= rows) return;
  const std::int64_t at = row * p.width;
  const int first = static_cast<int>(threadIdx.x) * N;
  const float m = mean[row], r = rstd[row];
  float g[N], v[N], gamma[N], sum = 0, product = 0;
  for (int c = first; c < p.width; c += 32 * N) {
    loadReals(dz + at + c, g);
    loadReals(x + at + c, v);
    loadReals(p.gamma + c, gamma);
#pragma unroll
    for (int i = 0; i < N; ++i) {
      const float weighted = g[i] * gamma[i];
      sum += weighted;
      product += weighted * ((v[i] - m) * r);
    }
  }
  sum = sumOfWarp(sum) / static_cast<float>(p.width);
  product = sumOfWarp(product) / static_cast<float>(p.width);
  for (int c = first; c < p.width; c += 32 * N) {
    loadReals(dz + at + c, g);
    loadReals(x + at + c, v);
    loadReals(p.gamma + c, gamma);
#pragma unroll
    for (int i = 0; i < N; ++i) g[i] = r * (g[i] * gamma[i] - sum - (v[i] - m) * r * product);
    if (add != nullptr) {
      loadReals(add + at + c, v);
#pragma unroll
      for (int i = 0; i < N; ++i) g[i] += v[i];
    }
    storeReals(dx + at + c, g);
  }
}

bool canReadFour(const NormShape& s, std::initializer_list<const void*> pointers) {
  for (const auto* p : pointers)
    if (reinterpret_cast<std::uintptr_t>(p) % 16 != 0) return false;
  return s.width % 4 == 0;
}

Norm normOf(const NormShape& s, const NormParameters& p) { return {p.gamma, p.beta, static_cast<float>(p.eps), static_cast<int>(s.width)}; }

template <bool hasStatistics>
int launchNorm(const NormShape& s, const NormParameters& p, RealType xType, const void* x, RealType zType, void* z, float* mean,
               float* rstd, void* stream) {
  if (s.rows == 0 || s.width == 0) return 0;
  const auto blocks = static_cast<unsigned>((s.rows + kRowsPerBlock - 1) / kRowsPerBlock);
  const bool wide = canReadFour(s, {x, z, p.gamma, p.beta});
  withType(xType, [&](auto* xOf) {
    using X = std::remove_pointer_t<decltype(xOf)>;
    withType(zType, [&](auto* zOf) {
      using Z = std::remove_pointer_t<decltype(zOf)>;
      const auto kernel = wide ? normKernel<4, hasStatistics, X, Z> : normKernel<1, hasStatistics, X, Z>;
      kernel<<<blocks, dim3(32, kRowsPerBlock), 0, static_cast<cudaStream_t>(stream)>>>(normOf(s, p), s.rows, static_cast<const X*>(x),
                                                                                        static_cast<Z*>(z), mean, rstd);
    });
  });
  return static_cast<int>(cudaGetLastError());
}

}  // namespace

int layerNormOnCuda(const NormShape& s, const NormParameters& p, RealType xType, const void* x, RealType zType, void* z, float* mean,
                    float* rstd, void* stream) {
  return launchNorm<false>(s, p, xType, x, zType, z, mean, rstd, stream);
}

int normaliseOnCuda(const NormShape& s, const NormParameters& p, RealType xType, const void* x, RealType zType, void* z, const float* mean,
                    const float* rstd, void* stream) {
  return launchNorm<true>(s, p, xType, x, zType, z, const_cast<float*>(mean), const_cast<float*>(rstd), stream);
}

int layerNormBackwardOnCuda(const NormShape& s, const NormParameters& p, RealType zType, const void* dz, RealType xType, const void* x,
                            const float* mean, const float* rstd, const void* add, void* dx, void* stream) {
  if (s.rows == 0 || s.width == 0) return 0;
  const auto blocks = static_cast<unsigned>((s.rows + kRowsPerBlock - 1) / kRowsPerBlock);
  const bool wide = canReadFour(s, {dz, x, dx, add, p.gamma});
  withType(xType, [&](auto* xOf) {
    using X = std::remove_pointer_t<decltype(xOf)>;
    withType(zType, [&](auto* zOf) {
      using Z = std::remove_pointer_t<decltype(zOf)>;
      const auto kernel = wide ? normBackwardKernel<4, Z, X> : normBackwardKernel<1, Z, X>;
      kernel<<<blocks, dim3(32, kRowsPerBlock), 0, static_cast<cudaStream_t>(stream)>>>(normOf(s, p), s.rows, static_cast<const Z*>(dz),
                                                                                        static_cast<const X*>(x), mean, rstd,
                                                                                        static_cast<const X*>(add), static_cast<X*>(dx));
    });
  });
  return static_cast<int>(cudaGetLastError());
}

}  // namespace gps::kernels
