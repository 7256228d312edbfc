#pragma once
// One layer in a network of its own, in fp64, beside a plain autograd version of the same function.
#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/control/runcontrol.h"
#include "core/nn/registry.h"
#include "core/nn/selectiveweight.h"
#include "core/nn/weightarena.h"

namespace gps::test {

using Values = std::map<std::string, at::Tensor>;  // by parameter name
using LayerForward = std::function<at::Tensor(const at::Tensor&)>;

struct LayerCase {
  std::string name;
  std::vector<std::int64_t> input;
  std::function<LayerForward(ParameterRegistry&)> build;  // the function keeps the layer alive
  std::function<at::Tensor(const at::Tensor&, const Values&)> reference;
};

inline at::Tensor randomTensor(at::IntArrayRef shape) { return at::randn(shape, at::kDouble); }

struct LayerUnderTest {
  explicit LayerUnderTest(const LayerCase& c) : layerCase(c), forward(c.build(registry)), map(registry.makeMap()), arena(map, at::kDouble) {
    registry.state()->control = &control;
    for (std::size_t id = 0; id < map->size(); ++id) {
      auto values = randomTensor(map->entry(id).shape);
      if (map->entry(id).name.ends_with("running_var")) values = values.abs() + 0.5;
      arena.view(id).copy_(values);
    }
    registry.bind(arena);
  }
  SelectiveWeight& weight() { return dynamic_cast<SelectiveWeight&>(registry.parameter(map->matrixIds().at(0))); }
  const ParameterEntry& weightEntry() const { return map->entry(map->matrixIds().at(0)); }
  Parameter* parameter(const std::string& name) {
    const auto id = map->idOf(name);
    return id < 0 ? nullptr : &registry.parameter(std::size_t(id));
  }

  LayerCase layerCase;
  RunControl control;
  ParameterRegistry registry;
  LayerForward forward;
  std::shared_ptr<const ParameterMap> map;
  WeightArena arena;
};

// Output and gradients of (y * probe).sum() with respect to the input and every parameter, by torch alone.
struct PlainResult {
  at::Tensor output, probe, inputGradient;
  Values gradients;
};

inline PlainResult runPlain(const LayerUnderTest& layer, const at::Tensor& x) {
  Values leaves;
  for (std::size_t id = 0; id < layer.map->size(); ++id)
    leaves[layer.map->entry(id).name] = layer.arena.view(id).clone().requires_grad_(true);
  const auto input = x.detach().clone().requires_grad_(true);
  PlainResult r;
  r.output = layer.layerCase.reference(input, leaves);
  r.probe = randomTensor(r.output.sizes());
  (r.output * r.probe).sum().backward();
  r.inputGradient = input.grad();
  for (const auto& [name, leaf] : leaves)
    if (leaf.grad().defined()) r.gradients[name] = leaf.grad();
  return r;
}

inline double relativeError(const at::Tensor& a, const at::Tensor& b) { return ((a - b).norm() / (b.norm() + 1e-30)).item<double>(); }

}  // namespace gps::test
