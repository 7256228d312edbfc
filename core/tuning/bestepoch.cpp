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

EpochFigures measureInFp32(ModelParts& parts, const FlatState& state, const RunDeltas& deltas, const Objective& objective,
                           const std::vector<DataItem>& items, const EpochRecord& record, RunControl& control) {
  setPrecision(parts, Precision::Fp32);
  state.scatter(deltas.valuesOf(record.epoch).to(state.values.options()));
  EpochFigures figures = objective.score(items, control);
  if (!record.emaTop1) return figures;
  state.scatter(deltas.averagedValuesOf(record.epoch).to(state.values.options()));
  const auto averaged = objective.score(items, control);
  figures.emaTop1 = averaged.top1;
  figures.emaTop5 = averaged.top5;
  return figures;
}

}  // namespace gps
