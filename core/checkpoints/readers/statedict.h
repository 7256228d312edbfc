#pragma once
// From the value tree of a PyTorch checkpoint to its tensors, wherever their storages lie in the file.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/checkpoints/readers/unpickler.h"

namespace gps {

struct StoragePlace {
  std::uint64_t begin = 0, bytes = 0;  // in the file
};
using StorageFinder = std::function<std::optional<StoragePlace>(const PickledStorage& storage)>;

// The tensors of the state dict, which may stand under model, state_dict or model_state_dict. path names the file in errors:
// Error(BadFile) with the tensor and the byte.
TensorTable stateDictTensors(const PickleTree& tree, const StorageFinder& storageOf, const std::string& path);

}  // namespace gps
