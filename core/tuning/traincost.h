#pragma once
// What a run will cost, before it is begun: a few of its steps measured on noise, and what follows from them.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/selection/selection.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

struct TrainCost {
  std::string device;
  bool isCuda = false;
  Precision precision = Precision::Fp32;
  int batch = 0, imageSize = 0;  // as resolved for the model
  bool isSelectionReal = true;   // else as many entries at random columns stood for it
  // Measured.
  std::vector<double> stepMs;        // of each step
  double validationSeconds = 0;      // of scoring validationMeasured pictures
  int validationMeasured = 0;
  double peakMib = 0;                // of the steps and what they need
  bool isPeakOfSteps = false;        // else what came before them is counted too
  // Counted.
  std::int64_t trainingPictures = 0, validationPictures = 0, stepsPerEpoch = 0;
  int epochs = 0;                                                             // that will be run
  std::int64_t selected = 0, trainableTotal = 0, parameters = 0;
  std::int64_t deltaBaseBytes = 0, deltaEpochBytes = 0, stateBytes = 0;       // of the arrays; headers are a few kB more
  std::int64_t trainingStateBytes = 0, denseStateBytes = 0;                   // values, gradient, m and v: of this run; of all parameters
  // Asked of the system at the end of the measurement. 0: not known.
  double freeDiskBytes = 0, freeMemoryBytes = 0, deviceMemoryBytes = 0;

  double stepMsMedian() const;
  double epochSeconds() const;           // estimated: its steps and its validation
  double totalSeconds() const { return epochs * epochSeconds(); }
  std::int64_t diskBytes() const { return deltaBaseBytes + epochs * deltaEpochBytes + stateBytes; }
  double densePeakMib() const;           // estimated: the measured peak with the state of all parameters in place of this run's
};

// spec: as for train(); selection: what it would train, null where it needs none or none is known yet (a random one stands for it).
// The model keeps its values. folder: where the run would be written. Throws as train() does, OutOfMemory too.
TrainCost measureTrainCost(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const Selection* selection,
                           const TrainSpec& spec, const std::string& folder, RunControl& control);

}  // namespace gps
