#pragma once
// Which model a checkpoint is, from the names and shapes of its tensors alone.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/nn/parametermap.h"
#include "core/values/modelinfo.h"

namespace gps {

struct ModelRecipe;

// A file's tensors under the names of an architecture.
struct KeyMatch {
  const ModelRecipe* recipe = nullptr;
  std::shared_ptr<const ParameterMap> map;
  KeyReport report;
  std::vector<const TensorRecord*> records;  // by ParameterId; null: missing or of another shape
};

// "module.", "model." … as far as every tensor of the file carries it; else empty.
std::string commonPrefix(const TensorFile& file);
// Integer buffers that a model computes itself (BatchNorm's counter, index tables).
bool isIntegerBuffer(const TensorRecord& record);

// Against one architecture. imageSize 0: its own.
KeyMatch matchKeys(const TensorFile& file, const ModelRecipe& recipe, int imageSize = 0);
// Against all: the one with most tensors of the right name and shape. Throws Error(Mismatch) when none has half of its tensors there, or
// when two fit equally.
KeyMatch recogniseModel(const TensorFile& file, int imageSize = 0);

}  // namespace gps
