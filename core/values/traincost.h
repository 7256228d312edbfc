#pragma once
// What a run will cost, before it is begun: a few of its steps measured on noise, and what follows from them.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/names.h"

namespace gps {

struct TrainCost {
  std::string device;
  bool isCuda = false;
  Precision precision = Precision::Fp32;
  int batch = 0, imageSize = 0;  // as resolved for the model
  bool isSelectionReal = true;   // else as many entries at random columns stood for it
  // Measured.
  std::vector<double> stepMs;    // of each step
  double validationSeconds = 0;  // of scoring validationMeasured pictures
  int validationMeasured = 0;
  double peakMib = 0;          // of the steps and what they need
  bool isPeakOfSteps = false;  // else what came before them is counted too
  // Counted.
  std::int64_t trainingPictures = 0, validationPictures = 0, stepsPerEpoch = 0;
  int epochs = 0;  // that will be run
  std::int64_t selected = 0, trainableTotal = 0, parameters = 0;
  std::int64_t deltaBaseBytes = 0, deltaEpochBytes = 0, stateBytes = 0;  // of the arrays; headers are a few kB more
  std::int64_t trainingStateBytes = 0, denseStateBytes = 0;              // values, gradient, m and v: of this run; of all parameters
  // Asked of the system at the end of the measurement. 0: not known.
  double freeDiskBytes = 0, freeMemoryBytes = 0, deviceMemoryBytes = 0;

  double stepMsMedian() const {
    if (stepMs.empty()) return 0;
    auto sorted = stepMs;
    std::sort(sorted.begin(), sorted.end());
    const auto middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  // Estimated: its steps and its validation.
  double epochSeconds() const {
    const double scoring = validationMeasured > 0 ? validationSeconds * double(validationPictures) / validationMeasured : 0;
    return double(stepsPerEpoch) * stepMsMedian() / 1000 + scoring;
  }
  double totalSeconds() const { return epochs * epochSeconds(); }
  std::int64_t diskBytes() const { return deltaBaseBytes + epochs * deltaEpochBytes + stateBytes; }
  // Estimated: the measured peak with the state of all parameters in place of this run's.
  double densePeakMib() const { return peakMib + double(denseStateBytes - trainingStateBytes) / (1 << 20); }
};

}  // namespace gps
