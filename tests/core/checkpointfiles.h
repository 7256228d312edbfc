#pragma once
// Checkpoints made for a test.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/checkpoints/exporting.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "tests/readers/readerfiles.h"

namespace gps::test {

// The header of a checkpoint with nothing but zeros behind it, as a hole in the file: any size costs nothing.
inline void writeHollowCheckpoint(const std::string& path, const std::vector<TensorSpec>& tensors) {
  std::string header = "{";
  std::uint64_t at = 0;
  for (const TensorSpec& t : tensors) {
    std::string shape;
    for (const auto size : t.shape) shape += (shape.empty() ? "" : ",") + std::to_string(size);
    const std::uint64_t bytes = std::uint64_t(checkedElements(t.shape)) * itemSize(t.dtype);
    header += (header.size() > 1 ? ",\"" : "\"") + t.name + "\":{\"dtype\":\"" + std::string(dtypeName(t.dtype)) + "\",\"shape\":[" +
              shape + "],\"data_offsets\":[" + std::to_string(at) + "," + std::to_string(at + bytes) + "]}";
    at += bytes;
  }
  header += "}";
  writeBytes(path, makeSafetensors(header));
  std::filesystem::resize_file(path, 8 + header.size() + at);
}

inline std::vector<TensorSpec> tensorsOf(const ParameterMap& map, const std::string& prefix = {}) {
  std::vector<TensorSpec> tensors;
  for (const auto& e : map.entries()) tensors.push_back({prefix + e.name, DType::F32, e.shape});
  return tensors;
}

// lite_medsam with seeded random weights, its base hash set as after loading.
struct SmallModel {
  TemporaryFolder folder;
  std::string weights = folder / "weights.safetensors";

  explicit SmallModel(std::uint64_t seed = 1) {
    const auto model = Model::create("lite_medsam");
    model->fillRandom(seed);
    exportWeights(*model, weights);
  }
};

}  // namespace gps::test
