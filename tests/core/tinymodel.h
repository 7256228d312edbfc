#pragma once
// A SAM-family network small enough to train in a test, with seeded weights, and a data set of drawn discs held in memory.
#include <ATen/ATen.h>

#include <cmath>
#include <memory>

#include "core/backbones/modelparts.h"
#include "core/backbones/tinyvit.h"
#include "core/control/imagesource.h"
#include "core/values/dataset.h"
#include "core/values/error.h"

namespace gps::test {

inline constexpr int kTinySide = 32;

inline std::unique_ptr<Model> tinyModel(at::ScalarType type = at::kFloat, std::uint64_t seed = 7) {
  auto parts = std::make_unique<ModelParts>();
  parts->description = {"tiny", "Tiny", 0, kTinySide, ""};
  parts->imageSize = kTinySide;
  parts->normalisation = Normalisation::MinMax;
  TinyVitConfig encoder;
  encoder.dims = {8, 16, 24, 32};
  encoder.depths = {1, 1, 2, 1};
  encoder.heads = {1, 2, 3, 4};
  encoder.windows = {4, 5, 7, 3};
  encoder.outChannels = 32;
  MaskDecoderConfig decoder;
  decoder.dim = 32;
  decoder.heads = 4;
  decoder.mlpHidden = 48;
  decoder.iouHidden = 24;
  auto vit = std::make_unique<TinyVit>(parts->registry, encoder);
  auto prompts = std::make_unique<PromptEncoder>(parts->registry, kTinySide / encoder.reduction(), kTinySide, 32);
  parts->sam =
      std::make_unique<SamNetwork>(std::move(vit), std::move(prompts), std::make_unique<MaskDecoder>(parts->registry, decoder), kTinySide);
  parts->finish(type);
  auto model = std::make_unique<Model>(std::move(parts));
  model->fillRandom(seed);
  // Small weights would hide differences: scale the matrices up.
  model->parts().arena->matrix().mul_(6);
  model->parts().arena->noteWrite();
  model->setBaseHash("tiny");
  return model;
}

// Pictures of one bright disc on noise; "id" is the number of the picture.
class DiscSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    const auto mask = loadMask(path);
    RgbImage image{mask.width, mask.height, std::vector<std::uint8_t>(mask.pixels.size() * 3)};
    unsigned state = unsigned(std::stoi(path)) * 2654435761u + 1;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
      state = state * 1664525u + 1013904223u;
      image.pixels[i] = std::uint8_t((mask.pixels[i / 3] ? 150 : 40) + (state >> 26));
    }
    return image;
  }
  MaskImage loadMask(const std::string& path) const override {
    const int n = std::stoi(path);
    MaskImage mask{40, 36, std::vector<std::uint8_t>(40 * 36)};
    const double cx = 10 + n * 7 % 20, cy = 9 + n * 5 % 18, r = 5 + n % 6;
    for (int y = 0; y < mask.height; ++y)
      for (int x = 0; x < mask.width; ++x) mask.pixels[std::size_t(y * mask.width + x)] = std::hypot(x - cx, y - cy) < r ? 255 : 0;
    return mask;
  }
  Size sizeOf(const std::string&) const override { return {40, 36}; }
};

inline DataSummary discs(int train, int validation) {
  DataSummary data;
  data.folder = "discs";
  data.dataHash = "discs";
  for (int i = 0; i < train + validation; ++i) {
    const auto id = std::to_string(i);
    data.items.push_back({id, i < train ? "train" : "val", id, id, ""});
  }
  data.splits = {{"train", train}, {"val", validation}};
  return data;
}

}  // namespace gps::test
