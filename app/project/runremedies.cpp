#include "app/project/runremedies.h"

#include <QString>
#include <algorithm>

namespace gps::app {

namespace {

// To two digits: people read it in the log and in run.toml.
double thirdOf(double rate) { return QString::number(rate / 3, 'g', 2).toDouble(); }

}  // namespace

QList<RunRemedy> remediesOf(ErrorCode code, const TrainSpec& run, bool isOnCpu, bool inWarmUp) {
  QList<RunRemedy> remedies;
  const Precision precision = run.device.precision;
  const bool isOnCard = !isOnCpu && run.device.device != DeviceKind::Cpu;
  if (code == ErrorCode::OutOfMemory) {
    if (run.batch > 1) remedies << RunRemedy::HalfBatch;
    if (!run.recompute) remedies << RunRemedy::Recompute;
    if (isOnCard && (precision == Precision::Fp32 || precision == Precision::Tf32)) remedies << RunRemedy::Bf16;
  }
  if (code == ErrorCode::Diverged && !inWarmUp) {
    if (run.learningRate > 0) remedies << RunRemedy::ThirdOfRate;
    if (precision == Precision::Fp16) remedies << RunRemedy::Bf16;
  }
  return remedies;
}

TrainSpec withRemedy(TrainSpec run, RunRemedy remedy) {
  switch (remedy) {
    case RunRemedy::HalfBatch:
      run.batch = std::max(1, run.batch / 2);
      break;
    case RunRemedy::Recompute:
      run.recompute = true;
      break;
    case RunRemedy::Bf16:
      run.device.precision = Precision::Bf16;
      break;
    case RunRemedy::ThirdOfRate:
      run.learningRate = thirdOf(run.learningRate);
      run.minLearningRate = std::min(run.minLearningRate, run.learningRate);
      break;
  }
  return run;
}

}  // namespace gps::app
