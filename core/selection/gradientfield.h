#pragma once
// The accumulated signed gradient over the matrix region: the sum over one pass of per-batch mean-loss gradients, fp32.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/nn/parametermap.h"

namespace gps {

struct GradientField {
  std::shared_ptr<const ParameterMap> map;
  std::vector<float> values;  // [matrixSize], on the host; padding 0
  std::string dataHash, baseHash;
  std::vector<std::uint64_t> pictures;  // fingerprints of those it was computed on, ascending
  int images = 0, batches = 0;
  double meanLoss = 0;
  double seconds = 0;  // pauses not counted
};

}  // namespace gps
