#pragma once
// Classification networks small enough to train in a test, with seeded weights.
#include <ATen/ATen.h>

#include <memory>

#include "core/backbones/convnext.h"
#include "core/backbones/modelparts.h"
#include "core/backbones/swin.h"
#include "core/backbones/vit.h"
#include "tests/core/stripes.h"

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

}  // namespace gps::test
