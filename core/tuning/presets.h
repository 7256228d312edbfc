#pragma once
// The settings that the method's authors used for each data set (gps-method 2.4 and 3.1).
#include <string>
#include <vector>

#include "core/values/runspec.h"

namespace gps {

struct Preset {
  std::string id;     // "fgvc-flowers"
  std::string group;  // "FGVC", "VTAB-1k", "Segmentation"
  std::string title;  // "Oxford Flowers", a name: not translated
  int classes = 0;    // 0: not for classification
  int k = 1;
  double learningRate = 0;
  int batch = 0;
  double dropPath = 0;
  double emaDecay = 0;
  TaskKind task = TaskKind::Classification;
};

// Of a task, or all; in the order of the paper's tables.
const std::vector<Preset>& presets();
// Null: there is none of this id.
const Preset* presetOf(const std::string& id);
// `base` with what the preset sets: the selection and its pass, K, epochs, batch, rate, schedule, optimiser, decay, regularisation,
// augmentation, splits and seed; classes in fp16 where a GPU computes, else fp32. Device, model, data and how gradients are computed stay.
TrainSpec withPreset(TrainSpec base, const Preset& preset, bool isOnGpu);
// The settings a preset decides, by their keys in run.toml ("learning_rate"); "k", "share" and "file" of the selection, its others with
// their section ("selection.level").
const std::vector<std::string>& presetKeys(TaskKind task);

}  // namespace gps
