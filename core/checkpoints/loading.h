#pragma once
// From a checkpoint file to a model: recognise the architecture, match the keys, copy once into the arena. Torch-free header.
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/values/modelinfo.h"
#include "core/values/runspec.h"

namespace gps {

struct LoadedModel {
  std::unique_ptr<Model> model;  // on the CPU; baseHash and weightsPath set
  ModelInfo info;
};

// The file's architecture decides unless spec.id names one; then the file must fit it.
// Throws Error: NotFound (no file), BadFile (not a checkpoint, damaged), Mismatch (no known architecture, or missing tensors and
// wrong shapes: names the first few and the remedy).
LoadedModel loadModel(const ModelSpec& spec);

struct InspectedCheckpoint {
  ModelInfo info;  // baseHash empty
  std::shared_ptr<const ParameterMap> map;
};

// The same report from the file's header alone: no weight is read, and memory does not grow with the file. A file with missing keys is
// reported, not refused.
InspectedCheckpoint inspectCheckpoint(const std::string& path, const std::string& modelId = {}, int imageSize = 0);

}  // namespace gps
