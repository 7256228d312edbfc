// The kernels of layers: CPU references against whole-tensor operations, CUDA kernels against the CPU, over shapes with and without
// padding, strips and slices that end early.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/kernels/attention.h"
#include "core/kernels/depthwise.h"
#include "core/kernels/windowcopy.h"

using namespace gps::kernels;

namespace {

float* raw(const at::Tensor& t) { return t.data_ptr<float>(); }
bool close(const at::Tensor& a, const at::Tensor& b) { return a.sizes() == b.sizes() && at::allclose(a.cpu(), b.cpu(), 1e-4, 1e-5); }

class Attention : public testing::TestWithParam<HeadShape> {
 protected:
  const HeadShape s = GetParam();
  void SetUp() override { at::manual_seed(1); }
  at::Tensor joined = at::randn({s.windows, s.points, s.heads, s.parts, s.width});
  at::Tensor bias = at::randn({s.heads, s.points, s.points});
  at::Tensor logits = at::randn({s.windows * s.heads, s.padded, s.padded});
  at::Tensor gradient = at::randn({s.windows * s.heads, s.padded, s.padded});
  at::Tensor emptySplit() const { return at::full({s.parts, s.windows * s.heads, s.padded, s.width}, 7.0); }
};

TEST_P(Attention, ReferenceSplitsJoinsAndWeighs) {
  const auto split = emptySplit(), back = at::full_like(joined, 7.0);
  splitHeadsOnCpu(s, raw(joined), raw(split));
  const auto wanted = at::constant_pad_nd(joined.permute({3, 0, 2, 1, 4}), {0, 0, 0, s.padded - s.points});
  EXPECT_TRUE(at::equal(split, wanted.reshape(split.sizes())));
  joinHeadsOnCpu(s, raw(split), raw(back));
  EXPECT_TRUE(at::equal(back, joined));

  const auto cut = [&](const at::Tensor& t) {
    return t.view({s.windows, s.heads, s.padded, s.padded}).narrow(2, 0, s.points).narrow(3, 0, s.points);
  };
  const auto p = logits.clone(), g = gradient.clone();
  biasedSoftmaxOnCpu(s, 0.3F, raw(bias), raw(p));
  const auto probabilities = at::softmax(cut(logits) * 0.3 + bias, 3);
  EXPECT_TRUE(close(cut(p), probabilities));
  EXPECT_NEAR(p.sum().item<double>(), double(s.windows * s.heads * s.points), 1e-2);  // nothing stands in the padding
  softmaxBackwardOnCpu(s, raw(p), raw(g));
  EXPECT_TRUE(close(cut(g), at::_softmax_backward_data(cut(gradient).contiguous(), probabilities, 3, at::kFloat)));
  EXPECT_NEAR(at::sub(g.abs().sum(), cut(g).abs().sum()).item<double>(), 0, 1e-2);
}

TEST_P(Attention, CudaDoesAsTheReference) {
  if (!at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  const auto split = emptySplit(), back = at::full_like(joined, 7.0), p = logits.clone(), g = gradient.clone();
  splitHeadsOnCpu(s, raw(joined), raw(split));
  biasedSoftmaxOnCpu(s, 0.3F, raw(bias), raw(p));
  softmaxBackwardOnCpu(s, raw(p), raw(g));
  const auto dJoined = joined.cuda(), dSplit = emptySplit().cuda(), dBack = back.cuda(), dBias = bias.cuda(), dP = logits.cuda(),
             dG = gradient.cuda();
  ASSERT_EQ(splitHeadsOnCuda(s, raw(dJoined), raw(dSplit), nullptr), 0);
  ASSERT_EQ(joinHeadsOnCuda(s, raw(dSplit), raw(dBack), nullptr), 0);
  ASSERT_EQ(biasedSoftmaxOnCuda(s, 0.3F, raw(dBias), raw(dP), nullptr), 0);
  ASSERT_EQ(softmaxBackwardOnCuda(s, raw(dP), raw(dG), nullptr), 0);
  EXPECT_TRUE(at::equal(dSplit.cpu(), split));
  EXPECT_TRUE(at::equal(dBack.cpu(), joined));
  EXPECT_TRUE(close(dP, p));
  EXPECT_TRUE(close(dG, g));
}

INSTANTIATE_TEST_SUITE_P(Shapes, Attention,
                         testing::Values(HeadShape{3, 49, 4, 3, 32, 52}, HeadShape{2, 196, 5, 3, 32, 196}, HeadShape{5, 49, 10, 1, 32, 52},
                                         HeadShape{1, 1, 1, 3, 4, 4}, HeadShape{2, 255, 2, 1, 8, 256}));

class Windows : public testing::TestWithParam<WindowShape> {
 protected:
  const WindowShape s = GetParam();
  void SetUp() override { at::manual_seed(2); }
  at::Tensor picture = at::randn({s.batch, s.height, s.width, s.channels});
  at::Tensor added = at::randn({s.batch, s.height, s.width, s.channels});
  at::Tensor emptyWindows() const { return at::full({s.batch * s.rows() * s.columns(), s.window * s.window, s.channels}, 7.0); }
};

TEST_P(Windows, ReferenceCutsAndJoins) {
  const auto windows = emptyWindows(), back = at::empty_like(picture);
  cutWindowsOnCpu(s, raw(picture), raw(windows));
  const auto wanted = at::constant_pad_nd(picture, {0, 0, 0, s.columns() * s.window - s.width, 0, s.rows() * s.window - s.height})
                          .view({s.batch, s.rows(), s.window, s.columns(), s.window, s.channels})
                          .transpose(2, 3);
  EXPECT_TRUE(at::equal(windows, wanted.reshape(windows.sizes())));
  joinWindowsOnCpu(s, raw(windows), nullptr, raw(back));
  EXPECT_TRUE(at::equal(back, picture));
  joinWindowsOnCpu(s, raw(windows), raw(added), raw(back));
  EXPECT_TRUE(at::equal(back, picture + added));
}

TEST_P(Windows, CudaDoesAsTheReference) {
  if (!at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  const auto windows = emptyWindows();
  cutWindowsOnCpu(s, raw(picture), raw(windows));
  const auto dPicture = picture.cuda(), dAdded = added.cuda(), dWindows = emptyWindows().cuda(), dBack = at::empty_like(dPicture);
  ASSERT_EQ(cutWindowsOnCuda(s, raw(dPicture), raw(dWindows), nullptr), 0);
  EXPECT_TRUE(at::equal(dWindows.cpu(), windows));
  ASSERT_EQ(joinWindowsOnCuda(s, raw(dWindows), nullptr, raw(dBack), nullptr), 0);
  EXPECT_TRUE(at::equal(dBack, dPicture));
  ASSERT_EQ(joinWindowsOnCuda(s, raw(dWindows), raw(dAdded), raw(dBack), nullptr), 0);
  EXPECT_TRUE(at::equal(dBack, dPicture + dAdded));
}

INSTANTIATE_TEST_SUITE_P(Shapes, Windows,
                         testing::Values(WindowShape{2, 14, 14, 8, 7}, WindowShape{2, 16, 20, 32, 7}, WindowShape{1, 3, 5, 4, 14},
                                         WindowShape{3, 64, 64, 12, 14}));

class Depthwise : public testing::TestWithParam<DepthwiseShape> {
 protected:
  const DepthwiseShape s = GetParam();
  void SetUp() override { at::manual_seed(4); }
  at::Tensor x = at::randn({s.batch, s.height, s.width, s.channels}), weight = at::randn({s.channels, 1, 3, 3}),
             bias = at::randn({s.channels}), dy = at::randn({s.batch, s.outHeight(), s.outWidth(), s.channels});
  at::Tensor emptySlices() const { return at::full({depthwiseSlices(s), s.channels, 1, 3, 3}, 7.0); }
};

TEST_P(Depthwise, ReferenceIsTheConvolutionAndItsGradients) {
  const auto first = [](const at::Tensor& t) { return t.permute({0, 3, 1, 2}).contiguous(); };
  const auto y = at::empty_like(dy), dx = at::empty_like(x), slices = emptySlices();
  depthwiseOnCpu(s, raw(x), raw(weight), raw(bias), raw(y));
  EXPECT_TRUE(close(first(y), at::conv2d(first(x), weight, bias, s.stride, s.padding, 1, s.channels)));
  depthwiseOnCpu(s, raw(x), raw(weight), nullptr, raw(y));
  EXPECT_TRUE(close(first(y), at::conv2d(first(x), weight, {}, s.stride, s.padding, 1, s.channels)));
  const auto [wantedX, wantedW, none] = at::convolution_backward(first(dy), first(x), weight, c10::nullopt, s.stride, s.padding, 1, false,
                                                                 0, s.channels, {true, true, false});
  depthwiseInputGradientOnCpu(s, raw(dy), raw(weight), raw(dx));
  EXPECT_TRUE(close(first(dx), wantedX));
  depthwiseWeightGradientOnCpu(s, raw(dy), raw(x), raw(slices));
  EXPECT_TRUE(at::allclose(slices.sum(0), wantedW, 1e-4, 2e-3));  // sums of thousands of products
}

TEST_P(Depthwise, CudaDoesAsTheReference) {
  if (!at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  const auto y = at::empty_like(dy), dx = at::empty_like(x), slices = emptySlices();
  depthwiseOnCpu(s, raw(x), raw(weight), raw(bias), raw(y));
  depthwiseInputGradientOnCpu(s, raw(dy), raw(weight), raw(dx));
  depthwiseWeightGradientOnCpu(s, raw(dy), raw(x), raw(slices));
  const auto gx = x.cuda(), gw = weight.cuda(), gb = bias.cuda(), gdy = dy.cuda(), gy = at::empty_like(gdy), gdx = at::empty_like(gx),
             gs = emptySlices().cuda();
  ASSERT_EQ(depthwiseOnCuda(s, raw(gx), raw(gw), raw(gb), raw(gy), nullptr), 0);
  EXPECT_TRUE(close(gy, y));
  depthwiseOnCpu(s, raw(x), raw(weight), nullptr, raw(y));
  ASSERT_EQ(depthwiseOnCuda(s, raw(gx), raw(gw), nullptr, raw(gy), nullptr), 0);
  EXPECT_TRUE(close(gy, y));
  ASSERT_EQ(depthwiseInputGradientOnCuda(s, raw(gdy), raw(gw), raw(gdx), nullptr), 0);
  EXPECT_TRUE(close(gdx, dx));
  ASSERT_EQ(depthwiseWeightGradientOnCuda(s, raw(gdy), raw(gx), raw(gs), nullptr), 0);
  EXPECT_TRUE(at::allclose(gs.cpu(), slices, 1e-4, 1e-3));  // sums of hundreds of products
  const auto again = emptySlices().cuda();
  ASSERT_EQ(depthwiseWeightGradientOnCuda(s, raw(gdy), raw(gx), raw(again), nullptr), 0);
  EXPECT_TRUE(at::equal(again, gs));
}

INSTANTIATE_TEST_SUITE_P(Shapes, Depthwise,
                         testing::Values(DepthwiseShape{2, 16, 16, 32}, DepthwiseShape{1, 9, 13, 36}, DepthwiseShape{2, 17, 12, 8, 2},
                                         DepthwiseShape{3, 1, 1, 4}, DepthwiseShape{1, 6, 7, 64, 1, 0}, DepthwiseShape{2, 64, 64, 320}));

}  // namespace
