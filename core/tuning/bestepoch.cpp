#include "core/tuning/bestepoch.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/backbones/device.h"
#include "core/tuning/metricsjson.h"

namespace gps {

EpochRecord* unmeasuredBest(std::vector<EpochRecord>& epochs) {
  const int best = bestEpochOf(epochs);
  const auto found = std::find_if(epochs.begin(), epochs.end(), [&](const EpochRecord& e) { return e.epoch == best; });
  const bool isOpen = best > 0 && found->precision != Precision::Fp32 && !found->again;
  return isOpen ? &*found : nullptr;
}

EpochFigures measureInFp32(ModelParts& parts, const FlatState& state, const at::Tensor& values, const at::Tensor& averaged,
                           const Objective& objective, const std::vector<DataItem>& items, RunControl& control, const WorkGroup* group) {
  setPrecision(parts, Precision::Fp32);
  state.scatter(values.to(state.values.options()));
  EpochFigures figures = objective.score(items, control, group);
  if (!averaged.defined()) return figures;
  state.scatter(averaged.to(state.values.options()));
  const auto scored = objective.score(items, control, group);
  figures.emaTop1 = scored.top1;
  figures.emaTop5 = scored.top5;
  return figures;
}

}  // namespace gps
