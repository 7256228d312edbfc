#pragma once
#include <cstdint>

namespace gps {

// A training step on a curve.
struct StepPoint {
  std::int64_t step = 0;  // over the whole run, 1-based
  double epoch = 0;       // with fraction; read from a run folder: NaN while no epoch has ended
  double loss = 0;
  double learningRate = 0;
};

}  // namespace gps
