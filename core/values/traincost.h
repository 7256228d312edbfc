#pragma once
// What a run will cost, before it is begun: a few of its steps measured on noise, a few batches of its pictures loaded, and what follows.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/names.h"

namespace gps {

// Of a value that trains: itself, its gradient and two moments.
constexpr std::int64_t kTrainingStateBytes = 16;

// Estimated: a measured peak with the state of all parameters in place of what trains.
inline double densePeakMib(double peakMib, std::int64_t trained, std::int64_t parameters) {
  return peakMib + double(kTrainingStateBytes * (parameters - trained)) / (1 << 20);
}

// What a run writes to its folder, in bytes of the arrays; headers are a few kB more.
struct RunBytes {
  std::int64_t base = 0, epoch = 0, state = 0;
  std::int64_t total(int epochs) const { return base + epochs * epoch + state; }
};

// hasAverage: the averages of the values are kept, too.
inline RunBytes runBytes(std::int64_t selected, std::int64_t trained, bool hasAverage) {
  constexpr std::int64_t kFloat = 4;
  // base.safetensors: offsets and base values of the selected, base values of whole tensors; an epoch: the values.
  // state/last and, inside an epoch, state/epoch beside it: values, m, v and the average.
  return {kFloat * (selected + trained), kFloat * trained * (hasAverage ? 2 : 1), 2 * kFloat * trained * (hasAverage ? 4 : 3)};
}

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
  int loadedBatches = 0;       // of each kind; 0: not measured
  double firstLoadMs = 0;      // a batch from its files, decoded and augmented by all loading threads
  double laterLoadMs = 0;      // a batch whose pictures were kept in memory
  double keptShare = 0;        // 0 … 1, of the training pictures that are kept between epochs
  double peakMib = 0;          // of the steps and what they need
  bool isPeakOfSteps = false;  // else what came before them is counted too
  // Counted.
  std::int64_t trainingPictures = 0, validationPictures = 0, stepsPerEpoch = 0;
  int epochs = 0;  // that will be run
  std::int64_t selected = 0, trainableTotal = 0, parameters = 0;
  std::int64_t deltaBaseBytes = 0, deltaEpochBytes = 0, stateBytes = 0;  // as runBytes says
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
  // Estimated, of an epoch that loads from the files and of a later one: steps, the loading beside them and the validation. A device steps
  // while the processor loads, so the slower of both counts; on the processor both share its cores and their times add up.
  double firstEpochSeconds() const { return epochSeconds(firstLoadMs); }
  double laterEpochSeconds() const { return epochSeconds(keptShare * laterLoadMs + (1 - keptShare) * firstLoadMs); }
  double totalSeconds() const { return epochs > 0 ? firstEpochSeconds() + (epochs - 1) * laterEpochSeconds() : 0; }
  std::int64_t diskBytes() const { return RunBytes{deltaBaseBytes, deltaEpochBytes, stateBytes}.total(epochs); }
  double densePeakMib() const { return gps::densePeakMib(peakMib, trainableTotal, parameters); }

 private:
  double epochSeconds(double loadMs) const {
    const double scoring = validationMeasured > 0 ? validationSeconds * double(validationPictures) / validationMeasured : 0;
    const double batchMs = isCuda ? std::max(stepMsMedian(), loadMs) : stepMsMedian() + loadMs;
    return double(stepsPerEpoch) * batchMs / 1000 + scoring;
  }
};

}  // namespace gps
