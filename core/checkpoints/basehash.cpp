#include "core/checkpoints/basehash.h"

#include <ATen/ATen.h>

#include <bit>

#include "core/checkpoints/readers/sha256.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/nn/weightarena.h"

namespace gps {

static_assert(std::endian::native == std::endian::little, "the hash is over little-endian values");

std::string baseHash(const WeightArena& arena, const std::map<std::size_t, OriginalTensor>& original) {
  constexpr char kZero = 0;
  Sha256 hash;
  for (const auto id : arena.map().canonicalOrder()) {
    const ParameterEntry& entry = arena.map().entry(id);
    if (entry.part == ModelPart::Head) continue;
    hash.update(entry.name);
    hash.update(&kZero, 1);
    const auto other = original.find(id);
    hash.update(shapeText(other == original.end() ? entry.shape : other->second.shape));
    hash.update(&kZero, 1);
    if (other != original.end()) {
      hash.update(other->second.values.data(), other->second.values.size() * sizeof(float));
      continue;
    }
    const auto values = arena.view(id).to(at::kCPU, at::kFloat).contiguous();
    hash.update(values.const_data_ptr(), static_cast<std::size_t>(entry.count) * sizeof(float));
  }
  return hash.finishHex();
}

}  // namespace gps
