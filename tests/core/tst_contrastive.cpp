// The supervised contrastive selection against the reference; see tests/reference/make_contrastive_vectors.py.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/backbones/classifier.h"
#include "core/backbones/vit.h"
#include "core/data/loader.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/loss.h"
#include "core/nn/droppath.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/scoretensor.h"
#include "core/tuning/step/flatstate.h"
#include "tests/core/goldennetwork.h"
#include "tests/core/tinyclassifier.h"

namespace gps {
namespace {

using namespace test;

at::Tensor readLabels(const TensorFile& file, const std::string& name) {
  const auto& record = file.at(name);
  auto t = at::empty(record.shape, at::kInt);
  copyRaw(file, record, t.data_ptr());
  return t.to(at::kLong);
}

TEST(Contrastive, LossAndGradientAreTheFormulas) {
  const auto file = openTensorFile(committedPath("contrastive.safetensors"));
  int cases = 0;
  for (; file.find("loss." + std::to_string(cases) + ".value") != nullptr; ++cases) {
    const auto name = "loss." + std::to_string(cases) + ".";
    auto features = readTensor(file, name + "features").to(at::kDouble).requires_grad_(true);
    const auto loss = contrastiveLoss(features, readLabels(file, name + "labels"));
    torch::autograd::backward({loss}, {});
    EXPECT_NEAR(loss.item<double>(), readTensor(file, name + "value").item<double>(), 1e-6) << name;
    EXPECT_LE(maxDifference(features.grad(), readTensor(file, name + "gradient")), 1e-5) << name;
  }
  EXPECT_EQ(cases, 5);
}

// Two batches of two views: the signed sum over batches, and the picks of every neuron.
void expectReferencePicks(at::ScalarType type, at::Device device, double tolerance) {
  const auto file = openTensorFile(committedPath("contrastive.safetensors"));
  const auto weights = openTensorFile(committedPath("vit_small.safetensors"));
  GoldenNetwork g;
  const Classifier network(g.registry, std::make_unique<Vit>(g.registry, VitConfig{40, 8, 24, 3, 3}), "head.", 5);
  g.finish(weights, type);
  if (device.is_cuda()) moveToGpu(g);
  g.wantGradients();
  const auto labels = readLabels(file, "pass.labels").to(device);
  const auto values = readTensor(file, "pass.value");
  int batch = 0;
  for (const char* name : {"pass.first", "pass.second"}) {
    const auto images = readTensor(file, name).to(device, type);
    const auto loss = contrastiveLoss(network.features(images), labels.narrow(0, 4 * batch, 4));
    EXPECT_NEAR(loss.item<double>(), values[batch++].item<double>(), 1e-4);
    torch::autograd::backward({loss}, {});
  }
  SelectionSpec spec;
  spec.loss = LossKind::Contrastive;
  spec.keptPerRow = 3;
  const auto selection = chooseEntries(g.map, scoresOf(g.field), spec);
  std::vector<std::uint32_t> expected;
  int compared = 0;
  for (const auto id : selectableIds(*g.map, spec)) {
    const auto& e = g.map->entry(id);
    const auto field = g.field.narrow(0, e.offset, e.count).view({e.rows, e.cols}).cpu();
    const auto reference = readTensor(file, "field." + e.name);
    EXPECT_LE((field - reference).norm().item<double>(), tolerance * reference.norm().item<double>()) << e.name;
    const auto picks = readLabels(file, "picks." + e.name);
    for (std::int64_t row = 0; row < e.rows; ++row)
      for (std::int64_t k = 0; k < 3; ++k) expected.push_back(std::uint32_t(e.offset + row * e.cols + picks[row][k].item<std::int64_t>()));
    ++compared;
  }
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(compared, 1 + 3 * 4);
  EXPECT_EQ(selection.offsets, expected);
}

TEST(Contrastive, SelectionIsTheReferences) { expectReferencePicks(at::kDouble, at::kCPU, 1e-5); }
TEST(Contrastive, SelectionIsTheReferencesInSinglePrecision) { expectReferencePicks(at::kFloat, at::kCPU, 1e-4); }
TEST(Contrastive, SelectionIsTheReferencesOnTheGpu) {
  NEEDS_A_GPU();
  at::globalContext().setAllowTF32CuBLAS(false);
  expectReferencePicks(at::kFloat, at::Device(at::kCUDA, 0), 1e-4);
}

class ClassGradientPass : public testing::TestWithParam<std::tuple<Family, LossKind>> {};

// Batch by batch with every matrix trained whole through torch's own backward.
TEST_P(ClassGradientPass, IsTheSumOfThePlainGradients) {
  const auto [family, loss] = GetParam();
  const auto model = tinyClassifier(family);
  const auto before = model->parts().arena->matrix().clone();
  const auto data = stripes(11, 4);
  const auto images = std::make_shared<StripeSource>();
  SelectionSpec spec;
  spec.loss = loss;
  spec.batch = 4;
  spec.dropPath = 0.3;
  spec.seed = 5;
  RunControl control;
  const auto field = runGradientPass(*model, data, images, {}, spec, control);
  EXPECT_EQ(field.images, 8);  // the last, incomplete batch is dropped
  EXPECT_EQ(field.batches, 2);
  EXPECT_TRUE(at::equal(model->parts().arena->matrix(), before));

  auto& parts = model->parts();
  const TrainableSet set(parts.map, {}, selectableIds(*parts.map, spec));
  FlatState state(set, *parts.arena);
  state.attach(parts.registry, Rule::Sparse);
  const bool isContrastive = loss == LossKind::Contrastive;
  LoaderSpec loading;
  loading.items = stripes(11, 0).items;
  loading.labels = labelsOf(loading.items, data.classes);
  loading.preprocess = model->preprocess();
  loading.batch = 4;
  loading.dropLast = true;
  loading.masks = false;
  loading.seed = 5;
  loading.view = isContrastive ? ViewKind::Contrastive : ViewKind::Plain;
  loading.views = isContrastive ? 2 : 1;
  Loader loader(loading, images);
  loader.startEpoch(0);
  double sum = 0;
  while (auto batch = loader.next()) {
    const auto t = toTensors(*batch, loading.preprocess, at::kCPU, at::kFloat);
    DropPathStep step{0.3, 5, 0, {}};
    for (int view = 0; view < loading.views; ++view)
      for (const int item : batch->itemIndex) step.samples.push_back(std::uint64_t(item) * 2 + std::uint64_t(view));
    const DropPathScope scope(parts.registry.state(), step);
    const auto features = parts.classifier->features(t.images);
    const auto value =
        isContrastive ? contrastiveLoss(features, t.labels) : at::cross_entropy_loss(parts.classifier->classify(features), t.labels);
    torch::autograd::backward({value}, {});
    sum += value.item<double>() / 2;
  }
  EXPECT_NEAR(field.meanLoss, sum, 1e-5);
  for (const auto& slice : set.slices()) {
    const auto& e = parts.map->entry(slice.id);
    const auto mine = at::from_blob(const_cast<float*>(field.values.host()) + e.offset, {e.count}, at::kFloat);
    const auto plain = state.gradient.narrow(0, slice.flatBegin, slice.count);
    EXPECT_LE((mine - plain).norm().item<double>(), 3e-5 * plain.norm().item<double>() + 1e-8) << e.name;
  }
  for (auto* p : parts.registry.parameters()) p->freeze();
}

INSTANTIATE_TEST_SUITE_P(Families, ClassGradientPass,
                         testing::Combine(testing::Values(Family::Vit, Family::Swin, Family::ConvNext),
                                          testing::Values(LossKind::Contrastive, LossKind::CrossEntropy)));

TEST(ClassGradientPassCases, FewerPicturesThanABatchMakeOne) {
  const auto model = tinyClassifier();
  SelectionSpec spec;
  spec.loss = LossKind::Contrastive;
  spec.batch = 32;
  RunControl control;
  const auto field = runGradientPass(*model, stripes(5, 0), std::make_shared<StripeSource>(), {}, spec, control);
  EXPECT_EQ(field.images, 5);
  EXPECT_EQ(field.batches, 1);
}

TEST(ClassGradientPassCases, ALossOfTheOtherTaskIsRefused) {
  const auto model = tinyClassifier();
  SelectionSpec spec;
  spec.loss = LossKind::Segmentation;
  RunControl control;
  try {
    runGradientPass(*model, stripes(5, 0), std::make_shared<StripeSource>(), {}, spec, control);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::BadArgument);
    EXPECT_NE(std::string(e.what()).find("supcon"), std::string::npos) << e.what();
  }
  spec.loss = LossKind::CrossEntropy;
  const auto other = tinyClassifier(Family::Vit, 5);
  EXPECT_THROW(runGradientPass(*other, stripes(5, 0), std::make_shared<StripeSource>(), {}, spec, control), Error);
}

}  // namespace
}  // namespace gps
