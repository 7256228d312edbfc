#pragma once
// Value, gradient, m and v of a TrainableSet on the device of the arena, and the way between them and the network.
#include <ATen/core/Tensor.h>

#include <vector>

#include "core/kernels/flatoptimizer.h"
#include "core/nn/registry.h"
#include "core/nn/trainableset.h"
#include "core/nn/weightarena.h"
#include "core/values/names.h"

namespace gps {

class FlatState {
 public:
  // Reads the current values from the arena; gradient, m and v are zero.
  FlatState(const TrainableSet& set, WeightArena& arena);

  const TrainableSet& set() const { return m_set; }
  at::Tensor values, gradient, m, v;  // [set.size()], type of the arena

  // Makes the network train exactly the set: every other parameter is frozen.
  void attach(ParameterRegistry& registry, Rule rule) const;
  // Writes flat values to their places in the arena, bit for bit.
  void scatter(const at::Tensor& flat) const;
  // The values that stand in the arena now.
  at::Tensor gather() const;
  void zeroGradient();

  // One update of values and arena from the gradient. loss: the step's loss on the device; nothing is written when it is not finite.
  void update(const kernels::UpdateSettings& settings, const at::Tensor& loss);
  // True once an update met a loss that is not finite; waits for the device.
  bool isBad() const;

 private:
  const TrainableSet& m_set;
  WeightArena& m_arena;
  at::Tensor m_offsets32, m_offsets64;  // of the selected entries
  std::vector<kernels::FlatChunk> m_chunks;
  at::Tensor m_deviceChunks, m_bad, m_loss;
};

// SHA-256 over both regions with every trained value set to zero: equal before and after training, or something else was written.
std::string hashOutside(const TrainableSet& set, const WeightArena& arena);

}  // namespace gps
