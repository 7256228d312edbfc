#pragma once
// The curves of runs and of groups of them. Pure functions of values.
#include <functional>
#include <vector>

#include "app/project/runlibrary.h"
#include "core/values/steppoint.h"

namespace gps::app {

enum class CurveKind { Score, ValidationLoss, TrainingLoss, LearningRate };
enum class CurveAxis { Epoch, Step, Time };

struct Curve {
  QList<double> at;  // the epoch or step that a point is of: rising whole numbers
  QList<double> x, y;
};

// Scores of classes in percent. steps: of the run's folder, null or empty: not known. Over steps, training loss and learning rate have a
// point for each of them; all else has one for each epoch, at its end. A run whose steps are not known has no curve over steps. Time:
// seconds of training, pauses left out.
Curve curveOf(const RunEntry& run, CurveKind kind, CurveAxis axis = CurveAxis::Epoch, const std::vector<StepPoint>* steps = nullptr);

// Mean and standard deviation over the runs of a group at the epochs or steps that all of them have; x: the mean of theirs.
struct MeanCurve {
  QList<double> x, mean, low, high;
};
using StepsOf = std::function<const std::vector<StepPoint>*(const RunEntry&)>;
MeanCurve meanCurve(const QList<RunPtr>& runs, CurveKind kind, CurveAxis axis = CurveAxis::Epoch, const StepsOf& stepsOf = {});

}  // namespace gps::app
