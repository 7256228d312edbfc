#pragma once
#include <string>

namespace gps {

class WeightArena;

// SHA-256, hex, over all tensors in canonical order, the head left out: name, 0x00, shape as text ("256x64x1x1"), 0x00, values as
// little-endian fp32. One file has one hash, in .pth and in safetensors. The arena holds fp32 values; any device.
std::string baseHash(const WeightArena& arena);

}  // namespace gps
