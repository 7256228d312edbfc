#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gps {

class WeightArena;

// SHA-256, hex, over all tensors in canonical order, the head left out: name, 0x00, shape as text ("256x64x1x1"), 0x00, values as
// little-endian fp32. One file has one hash, in .pth and in safetensors. The arena holds fp32 values; any device.
// original: tensors that the arena holds in another form than the file (resized position embeddings), as the file has them, by id.
struct OriginalTensor {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};
std::string baseHash(const WeightArena& arena, const std::map<std::size_t, OriginalTensor>& original = {});

}  // namespace gps
