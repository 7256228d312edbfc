// What a pass sums up: signed gradients, their squares, mean inputs; in pieces, in bf16, in host memory.
#include "core/backbones/device.h"
#include "core/kernels/hostthreads.h"
#include "core/nn/conv.h"
#include "core/nn/linear.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/sets/setalgebra.h"
#include "core/tuning/step/flatstate.h"
#include "tests/core/layerharness.h"
#include "tests/core/passharness.h"

namespace gps {
namespace {

using namespace test;

class PassKinds : public testing::TestWithParam<PassCase> {};

// Gradient of one batch at a time with every encoder matrix trained whole through torch's own backward.
at::Tensor plainSum(const PassCase& c, Model& model, int pictures, const SelectionSpec& spec, bool squared) {
  auto& parts = model.parts();
  const auto ids = selectableIds(*parts.map, spec);
  const TrainableSet set(parts.map, {}, ids);
  FlatState state(set, *parts.arena);
  state.attach(parts.registry, Rule::Sparse);
  auto sum = at::zeros({parts.map->matrixSize()}, parts.arena->matrix().options());
  const auto loss = makePassLoss(parts, spec.loss, PromptMode::None);
  forBatches(c, model, pictures, spec, [&](const PassBatch& batch) {
    state.gradient.zero_();
    loss->run(batch, true);
    for (const auto& slice : set.slices()) {
      const auto g = state.gradient.narrow(0, slice.flatBegin, slice.count);
      sum.narrow(0, parts.map->entry(slice.id).offset, slice.count).add_(squared ? g * g : g);
    }
  });
  for (auto* p : parts.registry.parameters()) p->freeze();
  return sum;
}

TEST_P(PassKinds, GradientIsTheSignedSumAndFisherTheSumOfSquares) {
  const auto& c = GetParam();
  const auto model = c.model();
  const auto before = model->parts().arena->matrix().clone();
  for (const auto criterion : {Criterion::Gradient, Criterion::Fisher}) {
    const auto field = pass(c, *model, 12, c.spec(criterion));
    EXPECT_EQ(field.kind, fieldKindOf(criterion));
    EXPECT_EQ(field.batches, 3);
    const auto plain = plainSum(c, *model, 12, c.spec(criterion), criterion == Criterion::Fisher);
    EXPECT_LE(distance(tensorOfField(field), plain), 5e-5) << wordOf(criterion);
    EXPECT_TRUE(at::equal(model->parts().arena->matrix(), before));
  }
}

// The sum over batches in the model's own type.
at::Tensor exactSum(const PassCase& c, Model& model, const SelectionSpec& spec, double* lossSum = nullptr) {
  const auto accumulator = FieldAccumulator::make(fieldKindOf(spec.criterion), model.parts(), spec.decoder, FieldMemory::Device);
  const auto loss = makePassLoss(model.parts(), spec.loss, PromptMode::None);
  forBatches(c, model, 8, spec, [&](const PassBatch& batch) {
    const at::AutoGradMode mode(accumulator->needsGradient());
    const auto value = loss->run(batch, accumulator->needsGradient()).item<double>();
    if (lossSum != nullptr) *lossSum += value;
    accumulator->endBatch();
  });
  return accumulator->sum().clone();
}

TEST_P(PassKinds, PiecesGiveTheGradientOfTheWholeBatch) {
  const auto& c = GetParam();
  for (const auto type : {at::kDouble, at::kFloat}) {
    const auto model = c.model(type);
    for (const auto criterion : {Criterion::Gradient, Criterion::Fisher, Criterion::Activation}) {
      auto spec = c.spec(criterion);
      double wholeLoss = 0;
      const auto whole = exactSum(c, *model, spec, &wholeLoss);
      for (const int pictures : {1, 2, 3}) {
        spec.microBatch = pictures;
        double loss = 0;
        const auto pieces = exactSum(c, *model, spec, &loss);
        const double apart = distance(pieces, whole);
        EXPECT_LE(apart, type == at::kDouble ? 1e-12 : 1e-6) << wordOf(criterion) << " " << pictures << " pictures";
        EXPECT_NEAR(loss, wholeLoss, type == at::kDouble ? 1e-12 : 1e-5);
      }
    }
  }
}

// Another batch size is another contrastive loss, so the test above can fail.
TEST(PassKindsCases, SmallerBatchesAreNotPieces) {
  const auto c = passCases()[1];
  const auto model = c.model(at::kDouble);
  auto spec = c.spec();
  const auto whole = exactSum(c, *model, spec);
  spec.batch = 2;
  EXPECT_GT(distance(exactSum(c, *model, spec), whole), 1e-2);
}

struct ObservedCase {
  std::string name;
  std::vector<std::int64_t> input;
  ConvShape conv;  // kernel 0: a linear layer; stride 0: a transposed one of kernel 2
};

class Observed : public testing::TestWithParam<ObservedCase> {};

TEST_P(Observed, IsTheMeanOfWhatEveryEntryMultiplies) {
  at::manual_seed(3);
  const auto& c = GetParam();
  const auto& s = c.conv;
  for (const auto before : {Activation::None, Activation::Gelu}) {
    ParameterRegistry registry;
    LayerForward forward;
    if (s.kernel == 0) {
      const auto layer = std::make_shared<Linear>(registry, Scope{}, "", s.in, s.out, "fc1");
      forward = [=](const at::Tensor& x) { return layer->forward(x, before); };
    } else if (s.stride == 0) {
      const auto layer = std::make_shared<ConvTranspose2d>(registry, Scope{}, "", s.in, s.out, 2, "decoder");
      forward = [=](const at::Tensor& x) { return layer->forward(x, before); };
    } else {
      const auto layer = std::make_shared<Conv2d>(registry, Scope{}, "", s, "conv", Conv2d::Tail::BatchNorm);
      forward = [=](const at::Tensor& x) { return layer->forward(x, before); };
    }
    const auto map = registry.makeMap();
    WeightArena arena(map, at::kDouble);
    registry.bind(arena);
    const auto& e = map->entry(map->matrixIds().at(0));
    auto& weight = dynamic_cast<SelectiveWeight&>(registry.parameter(map->matrixIds().at(0)));
    const auto field = at::zeros({e.count}, at::kDouble);
    weight.observeInto(field);
    registry.state()->observedPictures = int(c.input[0]);
    const auto first = randomTensor(c.input), second = randomTensor(c.input);
    const auto y = forward(first);
    EXPECT_FALSE(y.requires_grad());
    forward(second);

    const auto both = activate(before, at::cat({first, second})).abs();  // [2B, …]
    at::Tensor expected;
    if (s.kernel == 0) {
      expected = both.flatten(0, -2).mean(0).expand({s.out, s.in});
    } else if (s.stride == 0) {
      expected = both.transpose(0, 1).flatten(1).mean(1).unsqueeze(1).expand({s.in, e.cols});
    } else {
      const auto windows = at::im2col(both, {s.kernel, s.kernel}, {1, 1}, {s.padding, s.padding}, {s.stride, s.stride});
      EXPECT_EQ(windows.size(2), y.size(2) * y.size(3));
      const auto byColumn = windows.mean(at::IntArrayRef{0, 2});  // [in * k * k]
      expected = at::empty({s.out, e.cols}, at::kDouble);
      for (std::int64_t row = 0; row < s.out; ++row) expected[row].copy_(byColumn.narrow(0, row / (s.out / s.groups) * e.cols, e.cols));
    }
    EXPECT_LE(distance(field.view({e.rows, e.cols}) / double(2 * c.input[0]), expected), 1e-13) << int(before);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Layers, Observed,
    testing::Values(ObservedCase{"linear", {3, 5, 7}, {7, 4, 0}}, ObservedCase{"pointwise", {3, 6, 4, 5}, {6, 5}},
                    ObservedCase{"wide", {3, 4, 5, 6}, {4, 3, 3, 1, 1}}, ObservedCase{"strided", {3, 4, 7, 8}, {4, 3, 3, 2, 1}},
                    ObservedCase{"patches", {3, 3, 8, 12}, {3, 5, 4, 4}}, ObservedCase{"uneven", {2, 3, 9, 11}, {3, 5, 4, 4}},
                    ObservedCase{"depthwise", {3, 6, 5, 5}, {6, 6, 3, 1, 1, 6}}, ObservedCase{"grouped", {3, 6, 5, 5}, {6, 4, 3, 1, 1, 2}},
                    ObservedCase{"transposed", {3, 6, 3, 4}, {6, 5, 2, 0}}),
    [](const auto& p) { return p.param.name; });

TEST_P(PassKinds, ActivationLooksAtEveryMatrixAndNeedsNoGradient) {
  const auto& c = GetParam();
  const auto model = c.model();
  auto spec = c.spec(Criterion::Activation);
  if (c.loss == LossKind::Segmentation) spec.decoder = DecoderMode::Sparse;
  const auto field = pass(c, *model, 8, spec);
  EXPECT_EQ(field.kind, FieldKind::Activation);
  EXPECT_EQ(field.images, 8);
  const auto values = tensorOfField(field);
  for (const auto id : selectableIds(*model->parts().map, spec)) {
    const auto& e = model->map().entry(id);
    // Dead inputs and taps that only meet padding are zero.
    EXPECT_GT(values.narrow(0, e.offset, e.count).max().item<double>(), 0) << e.name;
  }
  // The first weight of the network multiplies the pictures themselves.
  if (c.loss == LossKind::Segmentation || c.family == Family::Swin) return;
  at::Tensor sum;
  forBatches(c, *model, 8, spec, [&](const PassBatch& batch) {
    const auto images = batch.piece(0).tensors.images.abs();
    const auto patch = model->map().entry(model->map().matrixIds()[0]).shape[2];
    const auto mean = at::im2col(images, {patch, patch}, {1, 1}, {0, 0}, {patch, patch}).mean(at::IntArrayRef{0, 2});
    sum = sum.defined() ? sum + mean : mean;
  });
  const auto& e = model->map().entry(model->map().matrixIds()[0]);
  EXPECT_LE(distance(values.narrow(0, e.offset, e.count).view({e.rows, e.cols}), (sum / 2).unsqueeze(0).expand({e.rows, e.cols})), 1e-5);
}

std::vector<std::uint32_t> picks(const Model& model, const GradientField& field, const SelectionSpec& spec) {
  return chooseEntries(field.map, scoresFor(model, &field, spec), spec).offsets;
}

TEST_P(PassKinds, Bf16ChangesLittle) {
  const auto& c = GetParam();
  const auto model = c.model();
  for (const auto criterion : {Criterion::Gradient, Criterion::Fisher, Criterion::Activation}) {
    const auto spec = c.spec(criterion);
    useDevice(*model, {DeviceKind::Cpu, Precision::Fp32, 2});
    const auto exact = pass(c, *model, 8, spec);
    EXPECT_EQ(exact.precision, Precision::Fp32);
    useDevice(*model, {DeviceKind::Cpu, Precision::Bf16, 2});
    const auto rounded = pass(c, *model, 8, spec);
    EXPECT_EQ(rounded.precision, Precision::Bf16);
    const auto apart = distance(tensorOfField(rounded), tensorOfField(exact));
    EXPECT_GT(apart, 0) << "nothing was rounded";
    EXPECT_LT(apart, criterion == Criterion::Activation ? 0.02 : 0.2) << wordOf(criterion);
    EXPECT_GT(jaccard(picks(*model, rounded, spec), picks(*model, exact, spec)), 0.7) << wordOf(criterion);
    EXPECT_NEAR(rounded.meanLoss, exact.meanLoss, 0.05 * std::abs(exact.meanLoss));
  }
}

INSTANTIATE_TEST_SUITE_P(Losses, PassKinds, testing::ValuesIn(passCases()), [](const auto& p) { return p.param.name; });

TEST(PassKindsCases, HostMemoryHoldsTheSameSum) {
  if (!cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  for (const auto& c : passCases()) {
    const auto model = c.model();
    useDevice(*model, {DeviceKind::Cuda, Precision::Fp32, 0});
    for (const auto criterion : {Criterion::Gradient, Criterion::Fisher, Criterion::Activation}) {
      const auto device = pass(c, *model, 8, c.spec(criterion));
      const auto host = pass(c, *model, 8, c.spec(criterion), {FieldMemory::Host, "", false});
      EXPECT_TRUE(device.values.isOnDevice());
      EXPECT_FALSE(host.values.isOnDevice());
      EXPECT_LE(distance(tensorOfField(host), tensorOfField(device)), 1e-5) << c.name << " " << wordOf(criterion);
    }
  }
}

TEST(PassKindsCases, HostMemoryOnTheCpuChangesNothing) {
  const auto c = passCases()[0];
  const auto model = c.model();
  EXPECT_EQ(pass(c, *model, 8, c.spec(), {FieldMemory::Host, "", false}).values.copy(), pass(c, *model, 8, c.spec()).values.copy());
}

// The backward on a GPU in bf16 adds products that were not rounded.
TEST(PassKindsCases, Bf16OnTheGpuIsThatOfTheCpu) {
  if (!cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  for (const auto& c : passCases()) {
    const auto model = c.model();
    useDevice(*model, {DeviceKind::Cpu, Precision::Fp32, 0});
    const auto exact = tensorOfField(pass(c, *model, 8, c.spec()));
    useDevice(*model, {DeviceKind::Cuda, Precision::Bf16, 0});
    EXPECT_LT(distance(tensorOfField(pass(c, *model, 8, c.spec())), exact), 0.2) << c.name;
  }
}

}  // namespace
}  // namespace gps
