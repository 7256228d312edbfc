#pragma once
// A small network with the weights of a golden file, and its gradients beside those of the reference.
#include <ATen/Context.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/nn/selectiveweight.h"
#include "tests/core/goldenfiles.h"

namespace gps::test {

// A network, its arena with the file's weights, and the gradients it is asked for.
struct GoldenNetwork {
  ParameterRegistry registry;
  std::shared_ptr<const ParameterMap> map;
  std::unique_ptr<WeightArena> arena;
  at::Tensor field;
  std::map<std::size_t, at::Tensor> whole;

  void finish(const TensorFile& file, at::ScalarType type) {
    map = registry.makeMap();
    arena = std::make_unique<WeightArena>(map, type);
    for (std::size_t id = 0; id < map->size(); ++id) arena->view(id).copy_(readTensor(file, map->entry(id).name));
    arena->noteWrite();
    registry.bind(*arena);
  }

  // Matrices accumulate into a field; vectors train whole, but for BatchNorm, which stays fixed.
  void wantGradients() {
    field = at::zeros_like(arena->matrix());
    for (std::size_t id = 0; id < map->size(); ++id) {
      const auto& e = map->entry(id);
      auto& parameter = registry.parameter(id);
      if (e.role == ParameterRole::Matrix) {
        dynamic_cast<SelectiveWeight&>(parameter).accumulateInto(field.narrow(0, e.offset, e.count));
      } else if (e.name.find(".bn.") == std::string::npos && e.name.find("gaussian") == std::string::npos) {
        whole[id] = at::zeros({e.count}, field.options());
        parameter.trainWhole(whole[id]);
      }
    }
  }

  void expectGradientSums(const TensorFile& file) const {
    int compared = 0;
    for (std::size_t id = 0; id < map->size(); ++id) {
      const auto& e = map->entry(id);
      if (e.role != ParameterRole::Matrix && !whole.contains(id)) continue;
      const auto gradient =
          (e.role == ParameterRole::Matrix ? field.narrow(0, e.offset, e.count) : whole.at(id)).view({e.rows, e.cols}).cpu();
      const auto* record = file.find("gradsum." + e.name);
      if (record == nullptr) {
        EXPECT_EQ(gradient.abs().sum().item<double>(), 0) << e.name;
        continue;
      }
      ++compared;
      const auto expected = readTensor(file, record->name).to(at::kDouble);
      const auto error = (gradient.sum(1) - expected).norm().item<double>();
      // Sums of one row cancel (key biases entirely), so the size of the gradient is the measure.
      const auto size = gradient.norm().item<double>() * std::sqrt(double(e.cols)) + expected.norm().item<double>();
      EXPECT_LE(error, 1e-4 * size + 1e-3) << e.name;
    }
    EXPECT_GT(compared, 30);
  }
};

#define NEEDS_A_GPU()                                        \
  if (!at::hasCUDA()) GTEST_SKIP() << "needs a CUDA device"; \
  at::globalContext().setAllowTF32CuDNN(false)

inline void moveToGpu(GoldenNetwork& net) {
  net.arena->moveTo(at::Device(at::kCUDA, 0));
  net.registry.bind(*net.arena);
}

}  // namespace gps::test
