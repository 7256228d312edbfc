#pragma once
// The safetensors layout: 8 bytes header length (little-endian), a JSON header, the values. Gaps between tensors and spaces
// after the header are accepted; overlaps, bad ranges and duplicate names are not.
#include <cstddef>
#include <span>
#include <string>

#include "core/checkpoints/readers/tensorfile.h"

namespace gps {

constexpr std::size_t kMaxSafetensorsHeader = 100'000'000;  // bytes, the limit of the format's own library

bool looksLikeSafetensors(std::span<const std::byte> bytes);
// path only names the file in errors: Error(BadFile). Memory used is proportional to the header.
TensorTable parseSafetensors(std::span<const std::byte> bytes, const std::string& path);

}  // namespace gps
