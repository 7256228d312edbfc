#pragma once
// Golden vectors and checkpoints as tensors, for tests.
#include <ATen/ATen.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/backbones/model.h"
#include "core/backbones/modelparts.h"
#include "core/checkpoints/readers/tensorfile.h"

namespace gps::test {

inline at::Tensor readTensor(const TensorFile& file, const std::string& name) {
  const auto& record = file.at(name);
  auto t = at::empty(record.shape, at::kFloat);
  copyAsFloat(file, record, t.data_ptr<float>());
  return t;
}

// Every tensor of the model from the file; throws when one is missing.
inline void fillFrom(ModelParts& parts, const TensorFile& file, const std::string& prefix = {}) {
  for (std::size_t id = 0; id < parts.map->size(); ++id) parts.arena->view(id).copy_(readTensor(file, prefix + parts.map->entry(id).name));
  parts.arena->noteWrite();
}

// Files committed beside the tests.
inline std::string committedPath(const std::string& name) {
  const char* root = std::getenv("GPS_SOURCE_DIR");
  return (std::filesystem::path(root == nullptr ? "." : root) / "tests/core/files" / name).string();
}

// Shared data of the tests, or "" without it.
inline std::string sharedPath(const std::string& relative) {
  const char* root = std::getenv("GPS_TEST_DATA");
  if (root == nullptr) return {};
  const auto path = std::filesystem::path(root) / relative;
  return std::filesystem::exists(path) ? path.string() : std::string();
}

// lite_medsam.pth: GPS_WEIGHTS names the file or its folder; else where the set-up lays it.
inline std::string liteMedSamWeights() {
  for (const char* key : {"GPS_WEIGHTS", "GPS_DEPS"})
    if (const char* value = std::getenv(key)) {
      std::filesystem::path path(value);
      if (std::string(key) == "GPS_DEPS") path /= "weights";
      if (std::filesystem::is_directory(path)) path /= "lite_medsam.pth";
      if (std::filesystem::exists(path)) return path.string();
    }
  return {};
}

inline double maxDifference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

}  // namespace gps::test
