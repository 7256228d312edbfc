#include "core/tuning/schedule.h"

#include <cmath>
#include <numbers>

namespace gps {

int epochsToRun(const TrainSpec& spec) { return spec.schedule == ScheduleKind::Paper ? spec.epochs + 10 : spec.epochs; }

static double halfCosine(double high, double low, int epoch, int epochs) {
  return low + 0.5 * (high - low) * (1 + std::cos(std::numbers::pi * epoch / epochs));
}

double learningRateAt(const TrainSpec& spec, int epoch) {
  switch (spec.schedule) {
    case ScheduleKind::Cosine:
      return halfCosine(spec.learningRate, spec.minLearningRate, epoch, spec.epochs);
    case ScheduleKind::Paper:
      if (epoch < 10) return 1e-7 + epoch * (spec.learningRate - 1e-7) / 10;
      return epoch < spec.epochs ? halfCosine(spec.learningRate, 1e-8, epoch, spec.epochs) : 1e-8;
    case ScheduleKind::Constant:
      break;
  }
  return spec.learningRate;
}

}  // namespace gps
