#pragma once
// The small SAM of sam_small.safetensors; see tests/reference/make_sam_vectors.py.
#include <memory>

#include "core/backbones/samnetwork.h"
#include "core/backbones/samvit.h"

namespace gps::test {

inline SamVitConfig smallSamVit() {
  SamVitConfig c;
  c.imageSize = 96;
  c.patch = 8;
  c.dim = 24;
  c.depth = 3;
  c.heads = 3;
  c.window = 5;
  c.outChannels = 32;
  c.globalBlocks = {1};
  return c;
}

inline constexpr MaskDecoderConfig kSmallDecoder{32, 4, 2, 48, 24};

inline std::unique_ptr<SamNetwork> smallSam(ParameterRegistry& registry) {
  auto encoder = std::make_unique<SamVit>(registry, smallSamVit());
  auto prompts = std::make_unique<PromptEncoder>(registry, 12, 96, 32, 16);
  return std::make_unique<SamNetwork>(std::move(encoder), std::move(prompts), std::make_unique<MaskDecoder>(registry, kSmallDecoder), 96);
}

}  // namespace gps::test
