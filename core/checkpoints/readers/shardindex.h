#pragma once
// The index of a checkpoint in several safetensors files, as huggingface's libraries write it: JSON with "weight_map", tensor -> file.
#include <cstddef>
#include <map>
#include <span>
#include <string>

namespace gps {

constexpr std::size_t kMaxShardIndex = 64u << 20;  // bytes

bool looksLikeShardIndex(std::span<const std::byte> bytes);
// Tensor -> file name, without any folder. path only names the file in errors: Error(BadFile).
std::map<std::string, std::string> parseShardIndex(std::span<const std::byte> bytes, const std::string& path);

}  // namespace gps
