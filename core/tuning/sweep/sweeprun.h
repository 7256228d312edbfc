#pragma once
// Runs a sweep one run after the other. Runs whose gradient pass would find the same share it; a run that fails does not stop the rest; a
// sweep that was stopped or killed goes on where it stood when it is started again.
//
//   FOLDER/NAME/            a run, as train() writes it
//   FOLDER/passes/          gradient fields, until the runs that need them have been selected for
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/logsink.h"
#include "core/control/runcontrol.h"
#include "core/tuning/sweep/sweepplan.h"
#include "core/tuning/trainer.h"
#include "core/values/dataset.h"
#include "core/values/metrics.h"

namespace gps {

enum class SweepStatus {
  Finished,
  Before,   // it was finished already
  Failed,   // see error
  Stopped,  // it can go on
  Waiting   // not begun
};

struct SweepResult {
  SweepRun run;
  SweepStatus status = SweepStatus::Waiting;
  TrainOutcome outcome;  // of a run that was finished before: its epochs and the best of them
  std::string error;     // what a failed run said
  double deltaMib = 0;   // of the best epoch, its base values included; 0: there is none
};

struct SweepListeners {
  std::function<void(const SweepRun&, std::size_t index, std::size_t all)> begin;  // in the order in which they are run
  std::function<void(const SweepResult&)> end;
  std::function<void(const SweepRun&, const EpochRecord&)> epoch;
  LogSink log;
  PictureDrawer draw;  // as TrainListeners
};

// What the model of a run is loaded by: runs of one key can use the same one.
std::string modelKeyOf(const TrainSpec& spec);
// A model on its device, with base values, for a run as it stands in a plan; asked for before every run. Fills in what else the run needs
// to know of the model.
using ModelSupply = std::function<Model&(TrainSpec&)>;

// In the order of the plan. Throws Error only for what concerns all runs (a folder that cannot be written); a stop is not an error.
std::vector<SweepResult> runSweep(const SweepPlan& plan, const std::string& folder, const DataSummary& data,
                                  std::shared_ptr<const ImageSource> images, const ModelSupply& supply, RunControl& control,
                                  const SweepListeners& listeners = {});

}  // namespace gps
