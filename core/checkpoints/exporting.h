#pragma once
#include <map>
#include <string>

#include "core/backbones/model.h"

namespace gps {

// Left: the classification head is not written, because the base had none of its classes.
enum class ExportedHead { Written, Left };

// The checkpoint the model was loaded from, with the values the model has now (apply a delta first): a safetensors file with the
// checkpoint's own names and order. Weights are F32; integer buffers and tensors the model does not know are carried over as they are.
// Without a checkpoint (random weights) the model's tensors in canonical order. metadata: added to the checkpoint's own.
// Atomic. Error(Io; NotFound or Mismatch when the checkpoint is gone or was changed).
void exportWeights(const Model& model, const std::string& path, const std::map<std::string, std::string>& metadata = {},
                   ExportedHead head = ExportedHead::Written);

}  // namespace gps
