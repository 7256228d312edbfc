#pragma once
// The fingerprints of the pictures that a selection, a field or a run was made from, as our files keep them.
#include <cstdint>
#include <vector>

#include "core/checkpoints/readers/tensorfile.h"

namespace gps {

inline constexpr const char* kPictures = "pictures";
// Tensor "pictures" U64, ascending; empty when there is none. Throws Error(BadFile).
std::vector<std::uint64_t> readPictures(const TensorFile& file);

}  // namespace gps
