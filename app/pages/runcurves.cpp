#include "app/pages/runcurves.h"

#include <cmath>
#include <limits>
#include <map>

namespace gps::app {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool isOfTraining(CurveKind kind) { return kind == CurveKind::TrainingLoss || kind == CurveKind::LearningRate; }

double valueOf(const EpochRecord& e, CurveKind kind) {
  switch (kind) {
    case CurveKind::Score:
      return e.task == TaskKind::Classification ? 100 * e.headline() : e.headline();
    case CurveKind::ValidationLoss:
      return e.valLoss;
    case CurveKind::TrainingLoss:
      return e.trainLoss;
    case CurveKind::LearningRate:
      break;
  }
  return e.learningRate;
}

// NaN: the steps of no whole epoch are known.
double stepsPerEpoch(const std::vector<StepPoint>* steps) {
  if (!steps || steps->empty() || !(steps->back().epoch > 0)) return kNone;
  return double(steps->back().step) / steps->back().epoch;
}

}  // namespace

Curve curveOf(const RunEntry& run, CurveKind kind, CurveAxis axis, const std::vector<StepPoint>* steps) {
  Curve curve;
  if (axis == CurveAxis::Step && isOfTraining(kind)) {
    if (!steps) return curve;
    for (const StepPoint& step : *steps) {
      curve.at << double(step.step);
      curve.y << (kind == CurveKind::TrainingLoss ? step.loss : step.learningRate);
    }
    curve.x = curve.at;
    return curve;
  }
  const double perEpoch = stepsPerEpoch(steps);
  double seconds = 0;
  for (const EpochRecord& e : run.record.epochs) {
    seconds += e.seconds;
    if (isOfTraining(kind) ? e.epoch == 0 : !e.isScored) continue;
    const double x = axis == CurveAxis::Epoch ? e.epoch : axis == CurveAxis::Time ? seconds : std::round(perEpoch * e.epoch);
    if (std::isnan(x)) continue;
    curve.at << e.epoch;
    curve.x << x;
    curve.y << valueOf(e, kind);
  }
  return curve;
}

MeanCurve meanCurve(const QList<RunPtr>& runs, CurveKind kind, CurveAxis axis, const StepsOf& stepsOf) {
  struct Sums {
    int n = 0;
    double x = 0;
    QList<double> y;
  };
  std::map<double, Sums> at;
  for (const RunPtr& run : runs) {
    const Curve curve = curveOf(*run, kind, axis, stepsOf ? stepsOf(*run) : nullptr);
    for (qsizetype i = 0; i < curve.x.size(); ++i) {
      Sums& sums = at[curve.at[i]];
      ++sums.n;
      sums.x += curve.x[i];
      sums.y << curve.y[i];
    }
  }
  MeanCurve mean;
  for (const auto& [place, sums] : at) {
    if (sums.n != runs.size()) continue;
    double sum = 0, squares = 0;
    for (const double v : sums.y) sum += v;
    const double middle = sum / sums.n;
    for (const double v : sums.y) squares += (v - middle) * (v - middle);
    const double deviation = sums.n > 1 ? std::sqrt(squares / (sums.n - 1)) : 0;
    mean.x << sums.x / sums.n;
    mean.mean << middle;
    mean.low << middle - deviation;
    mean.high << middle + deviation;
  }
  return mean;
}

}  // namespace gps::app
