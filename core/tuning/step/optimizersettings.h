#pragma once
#include "core/kernels/stepdecision.h"
#include "core/values/runspec.h"

namespace gps {

// What a run's spec says of its optimiser; the rate is no part of it. fp16 trains with a scaled loss.
inline kernels::OptimizerSettings optimizerSettings(const TrainSpec& spec) {
  kernels::OptimizerSettings s;
  s.rule = spec.optimizer == OptimizerKind::Adam    ? kernels::UpdateRule::Adam
           : spec.optimizer == OptimizerKind::AdamW ? kernels::UpdateRule::AdamW
                                                    : kernels::UpdateRule::Sgd;
  s.weightDecay = spec.weightDecay;
  s.clipNorm = spec.clipNorm;
  s.emaDecay = spec.emaDecay;
  s.scaling.isOn = spec.device.precision == Precision::Fp16;
  return s;
}

}  // namespace gps
