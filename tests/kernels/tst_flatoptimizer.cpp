// The flat update against the formulas written with whole tensors, and the CUDA kernel against the CPU.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/kernels/flatoptimizer.h"
#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

using namespace gps::kernels;

namespace {

struct Problem {
  at::Tensor value, gradient, m, v, offsets, matrix, vector;  // flat: 700 scattered, then 5000 of the vector region at 64
  std::vector<FlatChunk> chunks{{0, 700, 0, 0, 1}, {700, 4096, 64, 1, 0}, {4796, 904, 64 + 4096, 1, 0}};

  explicit Problem(at::ScalarType type) {
    at::manual_seed(3);
    const auto real = at::TensorOptions().dtype(type);
    value = at::randn({5700}, real);
    gradient = at::randn({5700}, real);
    m = at::zeros({5700}, real);
    v = at::zeros({5700}, real);
    offsets = std::get<0>(at::randperm(20000).narrow(0, 0, 700).sort()).to(at::kInt);
    matrix = at::randn({20000}, real);
    vector = at::randn({6000}, real);
  }
  template <typename T>
  FlatArrays<T> arrays() const {
    return {value.data_ptr<T>(),
            gradient.data_ptr<T>(),
            m.data_ptr<T>(),
            v.data_ptr<T>(),
            reinterpret_cast<const std::uint32_t*>(offsets.data_ptr<std::int32_t>()),
            matrix.data_ptr<T>(),
            vector.data_ptr<T>()};
  }
};

UpdateSettings settingsOf(UpdateRule rule, double decay) {
  UpdateSettings s;
  s.rule = rule;
  s.learningRate = 3e-3;
  s.weightDecay = decay;
  return s;
}

// Five steps with tensor operations only.
at::Tensor expected(const Problem& p, const UpdateSettings& s) {
  auto w = p.value.clone(), m = at::zeros_like(w), v = at::zeros_like(w);
  for (int t = 1; t <= 5; ++t) {
    auto g = p.gradient * t;
    if (s.rule == UpdateRule::AdamW)
      w = w - s.learningRate * s.weightDecay * w;
    else
      g = g + s.weightDecay * w;
    if (s.rule == UpdateRule::Sgd) {
      m = t == 1 ? g : s.momentum * m + g;
      w = w - s.learningRate * m;
      continue;
    }
    m = s.beta1 * m + (1 - s.beta1) * g;
    v = s.beta2 * v + (1 - s.beta2) * g * g;
    const auto mHat = m / (1 - std::pow(s.beta1, t)), vHat = v / (1 - std::pow(s.beta2, t));
    w = w - s.learningRate * mHat / (vHat.sqrt() + s.epsilon);
  }
  return w;
}

class FlatUpdate : public testing::TestWithParam<std::pair<UpdateRule, double>> {};

}  // namespace

TEST_P(FlatUpdate, MatchesTheFormulasAndWritesOnlyItsOwnEntries) {
  Problem p(at::kDouble);
  const auto s0 = settingsOf(GetParam().first, GetParam().second);
  const auto wanted = expected(p, s0);
  const auto matrixBefore = p.matrix.clone(), vectorBefore = p.vector.clone(), gradient = p.gradient.clone();
  for (int t = 1; t <= 5; ++t) {
    auto s = s0;
    s.step = t;
    p.gradient.copy_(gradient * t);
    updateOnCpu(s, p.chunks.data(), std::int64_t(p.chunks.size()), p.arrays<double>());
  }
  EXPECT_TRUE(at::allclose(p.value, wanted, 1e-12, 1e-13));
  const auto index = p.offsets.to(at::kLong);
  EXPECT_TRUE(at::equal(p.matrix.index_select(0, index), p.value.narrow(0, 0, 700)));
  EXPECT_TRUE(at::equal(p.vector.narrow(0, 64, 5000), p.value.narrow(0, 700, 5000)));
  EXPECT_TRUE(at::equal(p.matrix.index_fill(0, index, 0), matrixBefore.index_fill(0, index, 0)));
  EXPECT_TRUE(at::equal(p.vector.narrow(0, 0, 64), vectorBefore.narrow(0, 0, 64)));
  EXPECT_TRUE(at::equal(p.vector.narrow(0, 5064, 936), vectorBefore.narrow(0, 5064, 936)));
}

#ifdef GPS_WITH_CUDA
TEST_P(FlatUpdate, GpuEqualsCpu) {
  if (!at::hasCUDA() || !at::cuda::is_available()) GTEST_SKIP() << "no CUDA device";
  Problem host(at::kFloat), device(at::kFloat);
  for (auto* t : {&device.value, &device.gradient, &device.m, &device.v, &device.offsets, &device.matrix, &device.vector}) *t = t->cuda();
  const auto bytes = std::int64_t(device.chunks.size() * sizeof(FlatChunk));
  const auto chunks = at::from_blob(device.chunks.data(), {bytes}, at::kByte).cuda();
  const auto loss = at::ones({1}, at::TensorOptions().device(at::kCUDA));
  const auto bad = at::zeros({1}, at::TensorOptions().device(at::kCUDA).dtype(at::kInt));
  const auto step = [&](int t, const at::Tensor& l) {
    auto s = settingsOf(GetParam().first, GetParam().second);
    s.step = t;
    ASSERT_EQ(updateOnCuda(s, reinterpret_cast<const FlatChunk*>(chunks.data_ptr<std::uint8_t>()), 3, device.arrays<float>(),
                           l.data_ptr<float>(), bad.data_ptr<std::int32_t>(), at::cuda::getCurrentCUDAStream().stream()),
              0);
  };
  for (int t = 1; t <= 5; ++t) {
    auto s = settingsOf(GetParam().first, GetParam().second);
    s.step = t;
    updateOnCpu(s, host.chunks.data(), 3, host.arrays<float>());
    step(t, loss);
  }
  EXPECT_TRUE(at::allclose(device.value.cpu(), host.value, 1e-5, 1e-6));
  EXPECT_TRUE(at::allclose(device.matrix.cpu(), host.matrix, 1e-5, 1e-6));
  EXPECT_TRUE(at::allclose(device.vector.cpu(), host.vector, 1e-5, 1e-6));

  const auto kept = device.matrix.clone();
  step(6, loss * std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(at::equal(device.matrix, kept));
  EXPECT_EQ(bad.item<std::int32_t>(), 1);
  step(7, loss);  // stays bad: the last good state survives until the host reads it
  EXPECT_TRUE(at::equal(device.matrix, kept));
}
#endif

INSTANTIATE_TEST_SUITE_P(Rules, FlatUpdate,
                         testing::Values(std::pair{UpdateRule::Adam, 0.0}, std::pair{UpdateRule::Adam, 0.1},
                                         std::pair{UpdateRule::AdamW, 0.1}, std::pair{UpdateRule::Sgd, 0.0},
                                         std::pair{UpdateRule::Sgd, 0.1}));
