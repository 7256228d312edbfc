#pragma once
// PyTorch checkpoints from before 1.6 (and torch.save(…, _use_new_zipfile_serialization=False)): a row of pickles, then the storages.
#include <cstddef>
#include <span>
#include <string>

#include "core/checkpoints/readers/tensorfile.h"

namespace gps {

bool looksLikeOldTorch(std::span<const std::byte> bytes);
// path only names the file in errors: Error(BadFile).
TensorTable parseOldTorch(std::span<const std::byte> bytes, const std::string& path);

}  // namespace gps
