// Small random classification networks against timm; see tests/reference/make_timm_vectors.py.
#include <gtest/gtest.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "core/backbones/classifier.h"
#include "core/backbones/convnext.h"
#include "core/backbones/model.h"
#include "core/backbones/swin.h"
#include "core/backbones/vit.h"
#include "tests/core/goldennetwork.h"

namespace gps {
namespace {

using namespace test;

constexpr int kClasses = 5;

struct Case {
  std::string file, head;
  std::function<std::unique_ptr<FeatureEncoder>(ParameterRegistry&)> encoder;
};

VitConfig smallVit(bool layerScale) {
  VitConfig c{40, 8, 24, 3, 3};
  c.layerScale = layerScale;
  return c;
}

SwinConfig smallSwin(std::int64_t side) {
  SwinConfig c;
  c.imageSize = side;
  c.dim = 8;
  c.window = 3;
  c.depths = {2, 2, 2, 1};
  c.heads = {1, 2, 2, 4};
  return c;
}

std::vector<Case> cases() {
  return {{"vit_small", "head.", [](ParameterRegistry& r) { return std::make_unique<Vit>(r, smallVit(false)); }},
          {"dino_small", "head.", [](ParameterRegistry& r) { return std::make_unique<Vit>(r, smallVit(true)); }},
          {"swin_small", "head.fc.", [](ParameterRegistry& r) { return std::make_unique<Swin>(r, smallSwin(96)); }},
          {"swin_padded", "head.fc.", [](ParameterRegistry& r) { return std::make_unique<Swin>(r, smallSwin(128)); }},
          {"convnext_small", "head.fc.", [](ParameterRegistry& r) {
             return std::make_unique<ConvNext>(r, ConvNextConfig{{1, 2, 2, 1}, {8, 12, 16, 24}});
           }}};
}

struct GoldenClassifier : GoldenNetwork {
  GoldenClassifier(const Case& c, at::ScalarType type) : file(openTensorFile(committedPath(c.file + ".safetensors"))) {
    network = std::make_unique<Classifier>(registry, c.encoder(registry), c.head, kClasses);
    finish(file, type);
  }
  TensorFile file;
  std::unique_ptr<Classifier> network;
};

class TimmVectors : public ::testing::TestWithParam<Case> {};

TEST_P(TimmVectors, FeaturesAndLogitsAreTheReferences) {
  const GoldenClassifier g(GetParam(), at::kFloat);
  at::NoGradGuard off;
  const auto features = g.network->features(readTensor(g.file, "image"));
  EXPECT_LE(maxDifference(features, readTensor(g.file, "features")), 1e-4);
  EXPECT_LE(maxDifference(g.network->classify(features), readTensor(g.file, "logits")), 1e-4);
}

TEST_P(TimmVectors, GradientsAreTheReferences) {
  GoldenClassifier g(GetParam(), at::kDouble);
  g.wantGradients();
  const auto logits = g.network->forward(readTensor(g.file, "image").to(at::kDouble));
  (logits * readTensor(g.file, "probe")).sum().backward();
  g.expectGradientSums(g.file);
}

TEST_P(TimmVectors, OnTheGpuToo) {
  NEEDS_A_GPU();
  GoldenClassifier g(GetParam(), at::kFloat);
  moveToGpu(g);
  g.wantGradients();
  const auto logits = g.network->forward(readTensor(g.file, "image").cuda());
  EXPECT_LE(maxDifference(logits.detach().cpu(), readTensor(g.file, "logits")), 1e-3);
  (logits * readTensor(g.file, "probe").cuda()).sum().backward();
  g.expectGradientSums(g.file);
}

INSTANTIATE_TEST_SUITE_P(Small, TimmVectors, ::testing::ValuesIn(cases()), [](const auto& i) { return i.param.file; });

// Names and shapes of the full-size models are timm's.
class TimmNames : public ::testing::TestWithParam<std::string> {};

TEST_P(TimmNames, AreTheReferences) {
  std::map<std::string, std::string> expected, found;
  std::ifstream list(committedPath(GetParam() + ".tensors.txt"));
  ASSERT_TRUE(list);
  for (std::string name, shape; list >> name >> shape;) expected[name] = shape;
  const auto model = Model::create(GetParam(), 0, expected.contains("head.bias") || expected.contains("head.fc.bias") ? 1000 : 0);
  for (const auto& e : model->map().entries()) found[e.name] = shapeText(e.shape);
  EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(FullSize, TimmNames,
                         ::testing::Values("vit_base_patch16_224", "vit_small_patch14_dinov2", "swin_base_patch4_window7_224",
                                           "convnext_base"),
                         [](const auto& i) { return i.param; });

// gps-method 1.6: rows, and what K = 1 trains without the head.
struct Count {
  std::string id;
  std::int64_t parameters, rows, trained;
};

class TrainableCounts : public ::testing::TestWithParam<Count> {};

TEST_P(TrainableCounts, AreThoseOfThePaperRules) {
  const auto model = Model::create(GetParam().id);
  std::int64_t rows = 0, vectors = 0;
  for (const auto& e : model->map().entries()) {
    if (e.part != ModelPart::Encoder) continue;
    if (e.role == ParameterRole::Matrix) rows += e.rows;
    const bool trains = e.role == ParameterRole::Bias || e.role == ParameterRole::BiasTable || e.role == ParameterRole::LayerScale ||
                        e.role == ParameterRole::NeckNormBias;
    if (trains) vectors += e.count;
  }
  EXPECT_EQ(model->map().parameterCount(ModelPart::Encoder), GetParam().parameters);
  if (GetParam().rows > 0) {
    EXPECT_EQ(rows, GetParam().rows);
  }
  EXPECT_EQ(rows + vectors, GetParam().trained);
}

INSTANTIATE_TEST_SUITE_P(Paper, TrainableCounts,
                         ::testing::Values(Count{"vit_base_patch16_224", 85'798'656, 83'712, 167'424},
                                           Count{"swin_base_patch4_window7_224", 86'743'224, 0, 282'168},
                                           Count{"convnext_base", 87'566'464, 0, 238'464}, Count{"sam_vit_b", 89'670'912, 84'224, 168'448},
                                           Count{"lite_medsam", 5'726'740, 22'144, 46'100}),
                         [](const auto& i) { return i.param.id; });

}  // namespace
}  // namespace gps
