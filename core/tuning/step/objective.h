#pragma once
// What the task of a run asks of a batch and of a split.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/data/loader.h"
#include "core/tuning/step/stepinput.h"
#include "core/values/dataset.h"
#include "core/values/image.h"
#include "core/values/metrics.h"
#include "core/values/runspec.h"

namespace gps {

class WorkGroup;

using MapListener = std::function<void(const std::string& id, const ProbabilityMap& map)>;

class Objective {
 public:
  virtual ~Objective() = default;
  // What training reads of its pictures.
  virtual LoaderSpec loading(const std::vector<DataItem>& items) const = 0;
  // What a training step reads of a batch, which has pictures, mixed and with its dropped branches drawn; see stepLoss. epoch: 0-based;
  // what is random depends on (seed, epoch, batch or picture) alone.
  virtual StepInput input(const Batch& batch, int epoch) const = 0;
  // Figures of the values that stand in the network now, in the precision it computes in. group: several ranks share the items, see
  // evaluate(); null: this process scores all.
  // onMap: hears of each mask that this process predicts; of a segmentation only.
  virtual EpochRecord score(const std::vector<DataItem>& items, RunControl& control, const WorkGroup* group = nullptr,
                            const MapListener& onMap = {}) const = 0;
};

// Of the model's task. The arguments outlive it. Throws Error(Mismatch) when data and model are of different tasks or the head has other
// classes than the data.
std::unique_ptr<Objective> makeObjective(const Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images,
                                         const TrainSpec& spec);

}  // namespace gps
