// Windows and the two attentions against their formulas written out, in fp64.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/nn/relativeattention.h"
#include "core/nn/windowattention.h"
#include "core/nn/windows.h"
#include "tests/core/layerharness.h"

namespace gps {
namespace {

using namespace test;

TEST(Windows, PadBelowAndRight) {
  const auto x = at::arange(2 * 5 * 8 * 3, at::kDouble).view({2, 5, 8, 3});
  const auto windows = partitionWindows(x, 3);
  ASSERT_EQ(windows.sizes(), at::IntArrayRef({2 * 2 * 3, 9, 3}));
  for (std::int64_t b = 0; b < 2; ++b)
    for (std::int64_t y = 0; y < 6; ++y)
      for (std::int64_t xx = 0; xx < 9; ++xx) {
        const auto place = windows[b * 6 + y / 3 * 3 + xx / 3][y % 3 * 3 + xx % 3];
        const bool inside = y < 5 && xx < 8;
        EXPECT_TRUE(inside ? at::equal(place, x[b][y][xx]) : place.abs().max().item<double>() == 0);
      }
  EXPECT_TRUE(at::equal(joinWindows(windows, 3, 5, 8), x));
  EXPECT_TRUE(at::equal(joinWindows(partitionWindows(x.narrow(1, 0, 4), 4), 4, 4, 8), x.narrow(1, 0, 4)));
}

// q, k, v [B, heads, n, d], bias added to the logits.
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& bias) {
  const auto logits = at::matmul(q, k.transpose(2, 3)) / std::sqrt(double(q.size(3))) + bias;
  return at::matmul(at::softmax(logits, 3), v).transpose(1, 2).flatten(2);
}

LayerCase windowCase(std::int64_t heads, std::int64_t window) {
  const std::int64_t d = 4, width = heads * d, points = window * window;
  return {
      "window attention",
      {3, points, width},
      [=](ParameterRegistry& r) {
        const auto layer = std::make_shared<WindowAttention>(r, Scope{}, width, heads, window);
        return [=](const at::Tensor& x) { return layer->forward(x); };
      },
      [=](const at::Tensor& x, const Values& v) {
        const auto qkv =
            at::linear(at::layer_norm(x, {width}, v.at("norm.weight"), v.at("norm.bias"), 1e-5), v.at("qkv.weight"), v.at("qkv.bias"))
                .view({3, points, heads, 3 * d})
                .transpose(1, 2);
        std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> numbers;
        std::vector<std::int64_t> index;
        for (std::int64_t a = 0; a < points; ++a)
          for (std::int64_t b = 0; b < points; ++b)
            index.push_back(
                numbers.try_emplace({std::abs(a / window - b / window), std::abs(a % window - b % window)}, std::int64_t(numbers.size()))
                    .first->second);
        const auto bias = v.at("attention_biases").index_select(1, at::tensor(index, at::kLong)).view({heads, points, points});
        return at::linear(attend(qkv.narrow(3, 0, d), qkv.narrow(3, d, d), qkv.narrow(3, 2 * d, d), bias), v.at("proj.weight"),
                          v.at("proj.bias"));
      }};
}

LayerCase relativeCase(std::int64_t heads, std::int64_t d, std::int64_t side) {
  const std::int64_t width = heads * d, points = side * side;
  return {"relative attention",
          {2, points, width},
          [=](ParameterRegistry& r) {
            const auto layer = std::make_shared<RelativeAttention>(r, Scope{}, width, heads, side);
            return [=](const at::Tensor& x) { return layer->forward(x); };
          },
          [=](const at::Tensor& x, const Values& v) {
            const auto qkv = at::linear(x, v.at("qkv.weight"), v.at("qkv.bias")).view({2, points, 3, heads, d}).permute({2, 0, 3, 1, 4});
            std::vector<std::int64_t> dy, dx;
            for (std::int64_t a = 0; a < points; ++a)
              for (std::int64_t b = 0; b < points; ++b) {
                dy.push_back(a / side - b / side + side - 1);
                dx.push_back(a % side - b % side + side - 1);
              }
            const auto along = [&](const std::string& name, const std::vector<std::int64_t>& index) {
              const auto rows = v.at(name).index_select(0, at::tensor(index, at::kLong)).view({points, points, d});
              return at::einsum("bhid,ijd->bhij", {qkv[0], rows});
            };
            const auto bias = along("rel_pos_h", dy) + along("rel_pos_w", dx);
            return at::linear(attend(qkv[0], qkv[1], qkv[2], bias), v.at("proj.weight"), v.at("proj.bias"));
          }};
}

void expectSameWithAllTrained(const LayerCase& c) {
  LayerUnderTest layer(c);
  Values slices;
  for (std::size_t id = 0; id < layer.map->size(); ++id) {
    const auto& e = layer.map->entry(id);
    slices[e.name] = at::zeros({e.count}, at::kDouble);
    layer.registry.parameter(id).trainWhole(slices[e.name]);
  }
  const auto x = randomTensor(c.input);
  const auto plain = runPlain(layer, x);
  const auto input = x.clone().requires_grad_(true);
  const auto y = layer.forward(input);
  EXPECT_LE(relativeError(y.detach(), plain.output.detach()), 1e-12);
  (y * plain.probe).sum().backward();
  EXPECT_LE(relativeError(input.grad(), plain.inputGradient), 1e-11);
  for (const auto& [name, slice] : slices) EXPECT_LE(relativeError(slice, plain.gradients.at(name).flatten()), 1e-11) << name;

  // Nothing trained: the fused kernels.
  LayerUnderTest frozen(c);
  const auto again = runPlain(frozen, x);
  EXPECT_LE(relativeError(frozen.forward(x), again.output.detach()), 1e-12);
}

TEST(WindowAttention, EqualsItsFormula) {
  at::manual_seed(1);
  expectSameWithAllTrained(windowCase(2, 3));
  expectSameWithAllTrained(windowCase(3, 5));
}

TEST(WindowAttention, NumbersDistancesInTheOrderTheyAreMet) {
  LayerUnderTest layer(windowCase(2, 7));
  EXPECT_EQ(layer.map->find("attention_biases")->shape, (std::vector<std::int64_t>{2, 49}));
}

TEST(RelativeAttention, EqualsItsFormula) {
  at::manual_seed(2);
  expectSameWithAllTrained(relativeCase(2, 8, 4));
  expectSameWithAllTrained(relativeCase(3, 5, 6));  // a head size that has to be filled up
}

}  // namespace
}  // namespace gps
