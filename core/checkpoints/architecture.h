#pragma once
// Which model a checkpoint is, from the names and shapes of its tensors alone.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/checkpoints/layouts.h"
#include "core/nn/parametermap.h"
#include "core/values/modelinfo.h"

namespace gps {

struct ModelRecipe;

// What a caller wants of the model; zeros: as the file and the architecture have it.
struct ModelWish {
  int imageSize = 0;
  int classes = 0;  // of the head; a file's head of another count is left out
};

// A file's tensors under the names of an architecture.
struct KeyMatch {
  const ModelRecipe* recipe = nullptr;
  int imageSize = 0, classes = 0;  // of the map
  std::shared_ptr<const ParameterMap> map;
  std::shared_ptr<const NamedTensors> tensors;  // keep the file open as long
  KeyReport report;
  std::vector<const TensorPlan*> plans;  // by ParameterId; null: missing, of another shape, or a head to be made new
};

// Against one architecture.
KeyMatch matchKeys(const TensorFile& file, const ModelRecipe& recipe, const ModelWish& wish = {});
// Against all: the one with most tensors of the right name and shape. Throws Error(Mismatch) when none has half of its tensors there, or
// when two fit equally.
KeyMatch recogniseModel(const TensorFile& file, const ModelWish& wish = {});

// The position embeddings of this tensor come from another grid.
bool isResized(const ParameterEntry& entry, const TensorPlan& plan);

}  // namespace gps
