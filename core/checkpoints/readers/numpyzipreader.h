#pragma once
// numpy's .npz: a zip archive of .npy arrays, stored without compression (numpy.savez). C and Fortran order; little-endian numbers and
// booleans. Nothing is ever unpickled: arrays of objects are refused.
#include <cstddef>
#include <span>
#include <string>

#include "core/checkpoints/readers/tensorfile.h"

namespace gps {

// A zip archive that holds .npy entries and is no PyTorch checkpoint. False for a damaged archive, too.
bool looksLikeNumpyZip(std::span<const std::byte> bytes);
// Names are those of the entries without ".npy". path only names the file in errors: Error(BadFile) with the entry and the byte.
TensorTable parseNumpyZip(std::span<const std::byte> bytes, const std::string& path);

}  // namespace gps
