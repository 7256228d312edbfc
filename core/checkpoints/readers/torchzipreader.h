#pragma once
// The archive torch.save has written since PyTorch 1.6: a zip with data.pkl (the structure) and data/<key> (the storages).
// The state dict may be the file's value itself or stand under "model", "state_dict" or "model_state_dict"; names stay as
// they are there. Values that are not tensors are passed over.
#include <cstddef>
#include <span>
#include <string>

#include "core/checkpoints/readers/tensorfile.h"

namespace gps {

// path only names the file in errors: Error(BadFile).
TensorTable parseTorchZip(std::span<const std::byte> bytes, const std::string& path);

}  // namespace gps
