#pragma once
// Classification networks small enough to train in a test, with seeded weights, and a data set of stripes held in memory whose class is
// their direction and colour.
#include <ATen/ATen.h>

#include <memory>
#include <string>

#include "core/backbones/convnext.h"
#include "core/backbones/modelparts.h"
#include "core/backbones/swin.h"
#include "core/backbones/vit.h"
#include "core/control/imagesource.h"
#include "core/values/dataset.h"

namespace gps::test {

enum class Family { Vit, Swin, ConvNext };

inline int sideOf(Family family) { return family == Family::Swin ? 96 : 32; }

inline std::unique_ptr<Model> tinyClassifier(Family family = Family::Vit, int classes = 3, at::ScalarType type = at::kFloat,
                                             std::uint64_t seed = 7) {
  auto parts = std::make_unique<ModelParts>();
  parts->description = {"tiny_classifier", "Tiny classifier", 0, sideOf(family), "", TaskKind::Classification};
  parts->imageSize = sideOf(family);
  parts->normalisation = Normalisation::Half;
  parts->crop = 0.9;
  std::unique_ptr<FeatureEncoder> encoder;
  if (family == Family::Vit) {
    VitConfig c{32, 8, 24, 3, 3};
    c.layerScale = true;
    encoder = std::make_unique<Vit>(parts->registry, c);
  } else if (family == Family::Swin) {
    SwinConfig c;
    c.imageSize = 96;
    c.dim = 8;
    c.window = 3;
    c.depths = {2, 2, 2, 1};
    c.heads = {1, 2, 2, 4};
    encoder = std::make_unique<Swin>(parts->registry, c);
  } else {
    encoder = std::make_unique<ConvNext>(parts->registry, ConvNextConfig{{1, 2, 2, 1}, {8, 12, 16, 24}});
  }
  parts->classifier = std::make_unique<Classifier>(parts->registry, std::move(encoder), "head.", classes);
  parts->finish(type);
  auto model = std::make_unique<Model>(std::move(parts));
  model->fillRandom(seed);
  model->parts().arena->matrix().mul_(6);  // small weights would hide differences
  model->parts().arena->noteWrite();
  model->initialiseHead(seed);
  model->setBaseHash("tiny");
  return model;
}

// Stripes; "path" is the number of the picture, its class is number % 3.
class StripeSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    const int n = std::stoi(path), kind = n % 3;
    RgbImage image{44, 40, std::vector<std::uint8_t>(44 * 40 * 3)};
    unsigned state = unsigned(n) * 2654435761u + 1;
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x)
        for (int c = 0; c < 3; ++c) {
          state = state * 1664525u + 1013904223u;
          const int at = kind == 0 ? x : kind == 1 ? y : x + y;
          const bool on = (at + n) / 4 % 2 == 0;
          image.pixels[std::size_t((y * image.width + x) * 3 + c)] = std::uint8_t((on ? 120 + 30 * ((c + kind) % 3) : 30) + (state >> 27));
        }
    return image;
  }
  MaskImage loadMask(const std::string&) const override { return {}; }
  Size sizeOf(const std::string&) const override { return {44, 40}; }
};

inline DataSummary stripes(int train, int validation, int test = 0) {
  DataSummary data;
  data.task = TaskKind::Classification;
  data.folder = "stripes";
  data.dataHash = "stripes";
  data.classes = {"across", "down", "slant"};
  for (int i = 0; i < train + validation + test; ++i) {
    const auto id = std::to_string(i);
    const char* split = i < train ? "train" : i < train + validation ? "val" : "test";
    data.items.push_back({id, split, id, "", data.classes[std::size_t(i % 3)]});
    ++data.splits[split];
  }
  return data;
}

}  // namespace gps::test
