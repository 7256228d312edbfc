// LayerNorm and the softmax of attention by pairs: CPU references against whole-tensor operations, CUDA kernels against the references in
// every type.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/kernels/layernorm.h"
#include "core/kernels/relativesoftmax.h"

using namespace gps::kernels;

namespace {

float* raw(const at::Tensor& t) { return t.data_ptr<float>(); }

struct TypeCase {
  RealType type;
  at::ScalarType scalar;
  double tolerance;  // of a result rounded to it
};
const TypeCase kTypes[] = {
    {RealType::Float, at::kFloat, 2e-5}, {RealType::BFloat16, at::kBFloat16, 2e-2}, {RealType::Half, at::kHalf, 3e-3}};

bool close(const at::Tensor& a, const at::Tensor& b, double tolerance) {
  const auto x = a.cpu().to(at::kFloat), y = b.cpu().to(at::kFloat);
  return x.sizes() == y.sizes() && at::allclose(x, y, tolerance, tolerance);
}

class Norm : public testing::TestWithParam<NormShape> {
 protected:
  const NormShape s = GetParam();
  void SetUp() override { at::manual_seed(2); }
  at::Tensor x = at::randn({s.rows, s.width}) * 3 + 1, gamma = at::randn({s.width}), beta = at::randn({s.width});
  at::Tensor dz = at::randn({s.rows, s.width}), add = at::randn({s.rows, s.width});
  NormParameters parameters() const { return {raw(gamma), raw(beta), 1e-6}; }
};

TEST_P(Norm, ReferenceIsTorchs) {
  const auto z = at::empty_like(x), mean = at::empty({s.rows}), rstd = at::empty({s.rows}), dx = at::empty_like(x);
  layerNormOnCpu(s, parameters(), raw(x), raw(z), raw(mean), raw(rstd));
  const auto [wanted, m, r] = at::native_layer_norm(x, {s.width}, gamma, beta, 1e-6);
  EXPECT_TRUE(close(z, wanted, 1e-5));
  layerNormBackwardOnCpu(s, parameters(), raw(dz), raw(x), raw(mean), raw(rstd), raw(add), raw(dx));
  const auto g = std::get<0>(at::native_layer_norm_backward(dz, x, {s.width}, m, r, gamma, beta, {true, false, false}));
  EXPECT_TRUE(close(dx, g + add, 1e-5));
}

TEST_P(Norm, CudaDoesAsTheReferenceInEveryType) {
  if (!at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  for (const auto& xType : kTypes)
    for (const auto& zType : kTypes) {
      // Rounded first, so that both sides read the same numbers.
      const auto rx = x.to(xType.scalar), rdz = dz.to(zType.scalar), radd = add.to(xType.scalar);
      const auto fx = rx.to(at::kFloat), fdz = rdz.to(at::kFloat), fadd = radd.to(at::kFloat);
      const auto z = at::empty_like(x), mean = at::empty({s.rows}), rstd = at::empty({s.rows}), dx = at::empty_like(x);
      layerNormOnCpu(s, parameters(), raw(fx), raw(z), raw(mean), raw(rstd));
      layerNormBackwardOnCpu(s, parameters(), raw(fdz), raw(fx), raw(mean), raw(rstd), raw(fadd), raw(dx));

      const auto dX = rx.cuda(), dDz = rdz.cuda(), dAdd = radd.cuda(), dGamma = gamma.cuda(), dBeta = beta.cuda();
      const auto dZ = at::empty_like(dDz), again = at::empty_like(dDz), dMean = at::empty({s.rows}, dGamma.options()),
                 dRstd = at::empty_like(dMean), dDx = at::empty_like(dX);
      const NormParameters p{raw(dGamma), raw(dBeta), 1e-6};
      ASSERT_EQ(layerNormOnCuda(s, p, xType.type, dX.data_ptr(), zType.type, dZ.data_ptr(), raw(dMean), raw(dRstd), nullptr), 0);
      ASSERT_EQ(normaliseOnCuda(s, p, xType.type, dX.data_ptr(), zType.type, again.data_ptr(), raw(dMean), raw(dRstd), nullptr), 0);
      ASSERT_EQ(layerNormBackwardOnCuda(s, p, zType.type, dDz.data_ptr(), xType.type, dX.data_ptr(), raw(dMean), raw(dRstd),
                                        dAdd.data_ptr(), dDx.data_ptr(), nullptr),
                0);
      EXPECT_TRUE(close(dMean, mean, 1e-5));
      EXPECT_TRUE(close(dRstd, rstd, 1e-4));
      EXPECT_TRUE(close(dZ, z, zType.tolerance)) << "z";
      EXPECT_TRUE(at::equal(again, dZ));
      EXPECT_TRUE(close(dDx, dx, xType.tolerance)) << "dx";
      ASSERT_EQ(layerNormBackwardOnCuda(s, p, zType.type, dDz.data_ptr(), xType.type, dX.data_ptr(), raw(dMean), raw(dRstd), nullptr,
                                        dDx.data_ptr(), nullptr),
                0);
      EXPECT_TRUE(close(dDx, dx - fadd, 2 * xType.tolerance)) << "without a shortcut";
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Norm,
                         testing::Values(NormShape{1, 3}, NormShape{3, 7}, NormShape{9, 32}, NormShape{5, 96}, NormShape{17, 768},
                                         NormShape{4, 1021}, NormShape{2, 4096}));

class Softmax : public testing::TestWithParam<SoftmaxShape> {
 protected:
  const SoftmaxShape s = GetParam();
  void SetUp() override { at::manual_seed(3); }
  at::Tensor logits = at::randn({s.heads, s.padded, s.padded}) * 4, gradient = at::randn({s.heads, s.padded, s.padded});
  // As the products lie: [side, heads, side, side].
  at::Tensor relH = at::randn({s.side, s.heads, s.side, s.side}), relW = at::randn({s.side, s.heads, s.side, s.side});

  template <typename T>
  RelativePart<T> byRow(const at::Tensor& t) const {
    return s.side == 0 ? RelativePart<T>{} : RelativePart<T>{raw(t), s.side * s.side, s.heads * s.side * s.side, s.side};
  }
  template <typename T>
  RelativePart<T> byColumn(const at::Tensor& t) const {
    return s.side == 0 ? RelativePart<T>{} : RelativePart<T>{raw(t), s.side * s.side, s.side, s.heads * s.side * s.side};
  }
  at::Tensor cut(const at::Tensor& t) const { return t.narrow(1, 0, s.points).narrow(2, 0, s.points); }
};

TEST_P(Softmax, ReferenceIsTorchs) {
  auto wanted = cut(logits) * s.scale;
  auto h = relH.permute({1, 0, 2, 3}).contiguous(), w = relW.permute({1, 2, 0, 3}).contiguous();  // [heads, y, x, k]
  if (s.side > 0)
    wanted = (wanted.unflatten(1, {s.side, s.side}).unflatten(3, {s.side, s.side}) + h.unsqueeze(4) + w.unsqueeze(3)).view(wanted.sizes());
  wanted = at::softmax(wanted, 2);
  const auto p = logits.clone(), g = gradient.clone(), dh = at::zeros_like(relH), dw = at::zeros_like(relW);
  relativeSoftmaxOnCpu(s, byRow<const float>(relH), byColumn<const float>(relW), raw(p));
  EXPECT_TRUE(close(cut(p), wanted, 1e-5));
  EXPECT_NEAR(p.sum().item<double>(), double(s.heads * s.points), 1e-2);  // nothing stands in the padding
  relativeSoftmaxBackwardOnCpu(s, raw(p), raw(g), byRow<float>(dh), byColumn<float>(dw));
  const auto wantedGradient = at::_softmax_backward_data(cut(gradient).contiguous(), wanted, 2, at::kFloat);
  EXPECT_TRUE(close(cut(g), wantedGradient, 1e-5));
  if (s.side == 0) return;
  const auto grid = wantedGradient.unflatten(1, {s.side, s.side}).unflatten(3, {s.side, s.side});  // [heads, y, x, y', x']
  EXPECT_TRUE(close(dh, grid.sum(4).permute({1, 0, 2, 3}), 1e-4));
  EXPECT_TRUE(close(dw, grid.sum(3).permute({2, 0, 1, 3}), 1e-4));
}

TEST_P(Softmax, CudaDoesAsTheReferenceInEveryType) {
  if (!at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  const auto p = logits.clone();
  relativeSoftmaxOnCpu(s, byRow<const float>(relH), byColumn<const float>(relW), raw(p));
  const auto dLogits = logits.cuda(), dGradient = gradient.cuda(), dRelH = relH.cuda(), dRelW = relW.cuda();
  for (const auto& type : kTypes) {
    const auto dP = at::full(logits.sizes(), 7, dLogits.options().dtype(type.scalar)), dG = at::full_like(dP, 7);
    ASSERT_EQ(
        relativeSoftmaxOnCuda(s, byRow<const float>(dRelH), byColumn<const float>(dRelW), raw(dLogits), type.type, dP.data_ptr(), nullptr),
        0);
    EXPECT_TRUE(close(dP, p, type.tolerance)) << int(type.type);
    const auto rounded = dP.cpu().to(at::kFloat), g = gradient.clone(), dh = at::zeros_like(relH), dw = at::zeros_like(relW);
    relativeSoftmaxBackwardOnCpu(s, raw(rounded), raw(g), byRow<float>(dh), byColumn<float>(dw));
    const auto dDh = at::zeros_like(dRelH), dDw = at::zeros_like(dRelW);
    ASSERT_EQ(relativeSoftmaxBackwardOnCuda(s, type.type, dP.data_ptr(), raw(dGradient), dG.data_ptr(), byRow<float>(dDh),
                                            byColumn<float>(dDw), nullptr),
              0);
    EXPECT_TRUE(close(dG, g, type.tolerance)) << int(type.type);
    EXPECT_TRUE(close(dDh, dh, 1e-4)) << int(type.type);
    EXPECT_TRUE(close(dDw, dw, 1e-4)) << int(type.type);
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Softmax,
                         testing::Values(SoftmaxShape{1, 1, 8, 1, 1.0F}, SoftmaxShape{3, 5, 8, 0, 0.5F}, SoftmaxShape{2, 49, 56, 7, 0.25F},
                                         SoftmaxShape{4, 196, 200, 14, 0.125F}, SoftmaxShape{2, 197, 200, 0, 0.125F},
                                         SoftmaxShape{2, 576, 576, 24, 0.125F}, SoftmaxShape{1, 1025, 1032, 0, 0.2F}));

}  // namespace
