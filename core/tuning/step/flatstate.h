#pragma once
// Value, gradient, m and v of a TrainableSet on the device of the arena, with the control of its steps, and the way between them and the
// network.
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
  // Reads the current values from the arena, which holds them unrounded; gradient, m and v are zero. rateFactors: of the learning rate, by
  // tensor id; empty: 1 everywhere.
  FlatState(const TrainableSet& set, WeightArena& arena, const kernels::OptimizerSettings& settings = {},
            const std::vector<float>& rateFactors = {});

  const TrainableSet& set() const { return m_set; }
  at::Tensor values, gradient, m, v;  // [set.size()], type of the arena
  at::Tensor average;                 // of the values over steps, by settings.emaDecay; undefined without
  // What the ranks of a shared step add up, in one piece: the gradient and, in the last place, the loss. gradient and summedLoss are views
  // of it.
  at::Tensor gradientAndLoss;  // [set.size() + 1]
  at::Tensor summedLoss;       // scalar; written by shared steps only

  // Makes the network train exactly the set: every other parameter is frozen.
  void attach(ParameterRegistry& registry, Rule rule, BackwardPath path = BackwardPath::Auto) const;
  // Writes flat values to their places in the arena: bit for bit, or rounded where its matrix region is narrow.
  void scatter(const at::Tensor& flat) const;
  // The values that stand in the arena now.
  at::Tensor gather() const;
  void zeroGradient();

  // The loss to go backward from: scaled where the settings say so.
  at::Tensor scaled(const at::Tensor& loss) const;
  // One update of values and arena from the gradient. loss: the step's, unscaled, on the device; count: pictures behind it. Nothing is
  // written once something was not finite; see StepControl.
  void update(const at::Tensor& loss, int count);

  // The rate of the steps that follow; the sums of the loss begin anew.
  void startEpoch(double learningRate);
  // As it stands behind all steps queued; waits for the device.
  kernels::StepControl control() const;
  void setControl(const kernels::StepControl& control);
  const at::Tensor& controlBytes() const { return m_control; }  // the StepControl on the device

 private:
  const TrainableSet& m_set;
  WeightArena& m_arena;
  kernels::OptimizerSettings m_settings;
  at::Tensor m_offsets32, m_offsets64;  // of the selected entries
  std::vector<kernels::FlatChunk> m_chunks;
  at::Tensor m_deviceChunks, m_control, m_lossScale, m_workspace;
};

// SHA-256 over both regions with every trained value set to zero: equal before and after training, or something else was written.
std::string hashOutside(const TrainableSet& set, const WeightArena& arena);

}  // namespace gps
