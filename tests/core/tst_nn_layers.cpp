// Every backward mode of the selective layers against plain autograd, in fp64.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/nn/conv.h"
#include "core/nn/linear.h"
#include "core/values/error.h"
#include "tests/core/layerharness.h"

namespace gps {
namespace {

using namespace test;

constexpr double kTolerance = 1e-12;

LayerCase linearCase(std::int64_t in, std::int64_t out, Activation before, bool hasBias) {
  return {"linear " + std::to_string(in) + "x" + std::to_string(out) + " act " + std::to_string(int(before)) + (hasBias ? " bias" : ""),
          {2, 5, in},
          [=](ParameterRegistry& r) {
            const auto layer = std::make_shared<Linear>(r, Scope{}, "", in, out, "fc1", hasBias);
            return [=](const at::Tensor& x) { return layer->forward(x, before); };
          },
          [=](const at::Tensor& x, const Values& v) {
            return at::linear(activate(before, x), v.at("weight"), hasBias ? v.at("bias") : at::Tensor());
          }};
}

LayerCase convCase(const std::string& what, ConvShape s, std::int64_t side, Conv2d::Tail tail, Activation before) {
  return {what + " tail " + std::to_string(int(tail)) + " act " + std::to_string(int(before)),
          {2, s.in, side, side + s.stride * 2},
          [=](ParameterRegistry& r) {
            const auto layer = std::make_shared<Conv2d>(r, Scope{}, "", s, "conv", tail);
            return [=](const at::Tensor& x) { return layer->forward(x, before); };
          },
          [=](const at::Tensor& x, const Values& v) {
            const bool normed = tail == Conv2d::Tail::BatchNorm;
            const auto y = at::conv2d(activate(before, x), v.at(normed ? "c.weight" : "weight"),
                                      tail == Conv2d::Tail::Bias ? v.at("bias") : at::Tensor(), {s.stride, s.stride},
                                      {s.padding, s.padding}, {1, 1}, s.groups);
            if (!normed) return y;
            return at::batch_norm(y, v.at("bn.weight"), v.at("bn.bias"), v.at("bn.running_mean").detach(), v.at("bn.running_var").detach(),
                                  false, 0.0, 1e-5, false);
          }};
}

LayerCase transposeCase(std::int64_t in, std::int64_t out, Activation before) {
  return {"transpose act " + std::to_string(int(before)),
          {2, in, 3, 4},
          [=](ParameterRegistry& r) {
            const auto layer = std::make_shared<ConvTranspose2d>(r, Scope{}, "", in, out, 2, "decoder");
            return [=](const at::Tensor& x) { return layer->forward(x, before); };
          },
          [=](const at::Tensor& x, const Values& v) {
            return at::conv_transpose2d(activate(before, x), v.at("weight"), v.at("bias"), {2, 2});
          }};
}

std::vector<LayerCase> allCases() {
  std::vector<LayerCase> all;
  for (const auto before : {Activation::None, Activation::Gelu, Activation::Relu}) {
    all.push_back(linearCase(80, 12, before, true));  // rows long enough for union columns
    all.push_back(linearCase(9, 7, before, false));   // short rows
    all.push_back(transposeCase(6, 5, before));
    for (const auto tail : {Conv2d::Tail::None, Conv2d::Tail::Bias, Conv2d::Tail::BatchNorm}) {
      all.push_back(convCase("1x1", {72, 10}, 4, tail, before));
      all.push_back(convCase("3x3 pad 1", {9, 6, 3, 1, 1}, 5, tail, before));
      all.push_back(convCase("3x3 stride 2", {8, 6, 3, 2, 1}, 7, tail, before));
      all.push_back(convCase("depthwise", {7, 7, 3, 1, 1, 7}, 5, tail, before));
      all.push_back(convCase("patchify", {6, 5, 4, 4}, 8, tail, before));
    }
  }
  return all;
}

// Sorted local offsets: `perRow` random columns of every row, out of the first `columns`.
std::vector<std::int64_t> pick(const ParameterEntry& e, std::int64_t perRow, std::int64_t columns, std::mt19937& random) {
  std::vector<std::int64_t> offsets;
  for (std::int64_t r = 0; r < e.rows; ++r) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(columns));
    for (std::size_t c = 0; c < order.size(); ++c) order[c] = std::int64_t(c);
    std::shuffle(order.begin(), order.end(), random);
    order.resize(std::size_t(std::min(perRow, columns)));
    for (const auto c : order) offsets.push_back(r * e.cols + c);
  }
  std::sort(offsets.begin(), offsets.end());
  return offsets;
}

at::Tensor asIndex(const std::vector<std::int64_t>& v) { return at::tensor(v, at::kLong); }

class Layers : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override { at::manual_seed(std::uint64_t(GetParam()) + 1); }
  LayerCase layerCase() const { return allCases()[GetParam()]; }
};

TEST_P(Layers, FrozenPassesTheInputGradientOn) {
  LayerUnderTest layer(layerCase());
  const auto x = randomTensor(layer.layerCase.input);
  const auto plain = runPlain(layer, x);
  const auto input = x.clone().requires_grad_(true);
  const auto y = layer.forward(input);
  EXPECT_LE(relativeError(y.detach(), plain.output.detach()), kTolerance);
  (y * plain.probe).sum().backward();
  EXPECT_LE(relativeError(input.grad(), plain.inputGradient), kTolerance);
}

TEST_P(Layers, AccumulateAddsEveryPassToTheField) {
  LayerUnderTest layer(layerCase());
  const auto& e = layer.weightEntry();
  auto field = at::zeros({e.count + 6}, at::kDouble);
  layer.weight().accumulateInto(field.narrow(0, 3, e.count));
  const auto x = randomTensor(layer.layerCase.input);
  const auto plain = runPlain(layer, x);
  for (const bool withInput : {true, false}) {
    const auto input = x.clone().requires_grad_(withInput);
    (layer.forward(input) * plain.probe).sum().backward();
    if (withInput) {
      EXPECT_LE(relativeError(input.grad(), plain.inputGradient), kTolerance);
    }
  }
  EXPECT_LE(relativeError(field.narrow(0, 3, e.count), 2 * plain.gradients.at(e.name).flatten()), kTolerance);
  EXPECT_EQ(field.narrow(0, 0, 3).abs().max().item<double>(), 0);
  EXPECT_EQ(field.narrow(0, 3 + e.count, 3).abs().max().item<double>(), 0);
}

// Sparse and dense, with the bias: values of the plain gradient land in the slices of the flat gradient and nowhere else.
TEST_P(Layers, SelectedGradientsLandInTheirSlices) {
  std::mt19937 random(unsigned(GetParam()) + 5);
  LayerUnderTest probe(layerCase());
  const auto rows = probe.weightEntry().rows, cols = probe.weightEntry().cols;
  std::vector<std::vector<std::int64_t>> selections{pick(probe.weightEntry(), 1, cols, random),
                                                    pick(probe.weightEntry(), 3, cols, random),
                                                    pick(probe.weightEntry(), 2, std::max<std::int64_t>(1, cols / 3), random),
                                                    pick(probe.weightEntry(), cols, cols, random),
                                                    {(rows / 2) * cols + cols - 1}};
  for (const auto& offsets : selections)
    for (const bool dense : {false, true}) {
      LayerUnderTest layer(layerCase());
      const auto& e = layer.weightEntry();
      auto* bias = layer.parameter("bias");
      const auto n = std::int64_t(offsets.size()), biasCount = bias != nullptr ? bias->value().numel() : 0;
      auto flat = at::zeros({n + biasCount + 4}, at::kDouble);
      const auto values = layer.arena.matrix().narrow(0, e.offset, e.count).index_select(0, asIndex(offsets));
      layer.weight().trainSelected(offsets, values, flat.narrow(0, 2, n), dense ? Rule::Dense : Rule::Sparse);
      EXPECT_EQ(layer.weight().mode(), dense ? BackwardMode::Dense : BackwardMode::Sparse);
      if (bias != nullptr) bias->trainWhole(flat.narrow(0, 2 + n, biasCount));

      const auto x = randomTensor(layer.layerCase.input);
      const auto plain = runPlain(layer, x);
      const auto input = x.clone().requires_grad_(true);
      const auto y = layer.forward(input);
      EXPECT_LE(relativeError(y.detach(), plain.output.detach()), kTolerance);
      (y * plain.probe).sum().backward();
      (layer.forward(x) * plain.probe).sum().backward();  // the lowest trainable layer: its input needs no gradient

      EXPECT_LE(relativeError(input.grad(), plain.inputGradient), kTolerance);
      const auto expected = 2 * plain.gradients.at(e.name).flatten().index_select(0, asIndex(offsets));
      EXPECT_LE(relativeError(flat.narrow(0, 2, n), expected), kTolerance) << layer.layerCase.name << " n " << n << " dense " << dense;
      if (bias != nullptr) {
        EXPECT_LE(relativeError(flat.narrow(0, 2 + n, biasCount), 2 * plain.gradients.at("bias")), kTolerance);
      }
      EXPECT_EQ(flat.narrow(0, 0, 2).abs().max().item<double>(), 0);
      EXPECT_EQ(flat.narrow(0, 2 + n + biasCount, 2).abs().max().item<double>(), 0);
    }
}

TEST_P(Layers, AnEmptySelectionIsFrozen) {
  LayerUnderTest layer(layerCase());
  layer.weight().trainSelected({}, at::empty({0}, at::kDouble), at::empty({0}, at::kDouble));
  EXPECT_EQ(layer.weight().mode(), BackwardMode::Frozen);
  EXPECT_FALSE(layer.forward(randomTensor(layer.layerCase.input)).requires_grad());
}

// All of the layer trained, norms included: torch's own backward into the flat slices.
TEST_P(Layers, WholeTrainsEveryParameter) {
  LayerUnderTest layer(layerCase());
  Values slices;
  auto flat = at::zeros({layer.map->matrixSize() + layer.map->vectorSize()}, at::kDouble);
  std::int64_t begin = 0;
  for (std::size_t id = 0; id < layer.map->size(); ++id) {
    const auto& e = layer.map->entry(id);
    if (e.role == ParameterRole::NormStatistic) continue;
    slices[e.name] = flat.narrow(0, begin, e.count);
    begin += e.count;
    layer.registry.parameter(id).trainWhole(slices[e.name]);
  }
  EXPECT_EQ(layer.weight().mode(), BackwardMode::Whole);
  const auto x = randomTensor(layer.layerCase.input);
  const auto plain = runPlain(layer, x);
  const auto y = layer.forward(x);
  EXPECT_LE(relativeError(y.detach(), plain.output.detach()), kTolerance);
  (y * plain.probe).sum().backward();
  for (const auto& [name, slice] : slices)
    EXPECT_LE(relativeError(slice, plain.gradients.at(name).flatten()), kTolerance) << layer.layerCase.name << " " << name;
  EXPECT_EQ(flat.narrow(0, begin, flat.numel() - begin).abs().sum().item<double>(), 0);
}

INSTANTIATE_TEST_SUITE_P(All, Layers, testing::Range<std::size_t>(0, allCases().size()), [](const auto& i) {
  auto name = allCases()[i.param].name;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

TEST(UnionColumns, AreUsedWhereTheyPay) {
  std::mt19937 random(3);
  const auto uses = [&](const LayerCase& c, std::int64_t columns) {
    LayerUnderTest layer(c);
    const auto& e = layer.weightEntry();
    const auto offsets = pick(e, 2, columns, random);
    layer.weight().trainSelected(offsets, at::zeros({std::int64_t(offsets.size())}, at::kDouble),
                                 at::zeros({std::int64_t(offsets.size())}, at::kDouble));
    return layer.weight().usesUnion();
  };
  EXPECT_TRUE(uses(linearCase(80, 40, Activation::None, true), 30));
  EXPECT_FALSE(uses(linearCase(80, 200, Activation::None, true), 80));  // more than 0.7 of the columns
  EXPECT_FALSE(uses(linearCase(64, 40, Activation::None, true), 20));   // short rows
  EXPECT_TRUE(uses(convCase("3x3", {9, 20, 3, 1, 1}, 5, Conv2d::Tail::None, Activation::None), 20));
}

TEST(Layer, RefusesSelectedWeightsBeforeATrainedNorm) {
  LayerUnderTest layer(convCase("1x1", {72, 10}, 4, Conv2d::Tail::BatchNorm, Activation::None));
  auto flat = at::zeros({20}, at::kDouble);
  layer.weight().trainSelected({3}, at::zeros({1}, at::kDouble), flat.narrow(0, 0, 1));
  layer.parameter("bn.weight")->trainWhole(flat.narrow(0, 1, 10));
  EXPECT_THROW(layer.forward(randomTensor(layer.layerCase.input)), Error);
}

TEST(Layer, NoticesWritesBetweenForwardAndBackward) {
  for (const auto& c : {linearCase(80, 4, Activation::None, true), convCase("1x1", {72, 10}, 4, Conv2d::Tail::None, Activation::None),
                        transposeCase(6, 5, Activation::None)}) {
    LayerUnderTest layer(c);
    const auto y = layer.forward(randomTensor(c.input).requires_grad_(true));
    layer.arena.noteWrite();
    EXPECT_THROW(y.sum().backward(), Error) << c.name;
  }
}

TEST(Layer, StopsInForwardAndBackward) {
  for (const auto& c : {linearCase(80, 4, Activation::None, true), convCase("1x1", {72, 10}, 4, Conv2d::Tail::None, Activation::None),
                        transposeCase(6, 5, Activation::None)}) {
    LayerUnderTest layer(c);
    const auto x = randomTensor(c.input).requires_grad_(true);
    const auto y = layer.forward(x);
    layer.control.requestStop();
    EXPECT_THROW(y.sum().backward(), Cancelled) << c.name;
    EXPECT_THROW(layer.forward(x), Cancelled) << c.name;
  }
}

}  // namespace
}  // namespace gps
