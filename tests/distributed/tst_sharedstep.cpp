// Training steps that real processes share equal those of one process at the same batch.
#include <ATen/ATen.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/backbones/device.h"
#include "core/data/dataset.h"
#include "core/distributed/workgroup.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/tuning/methods.h"
#include "core/tuning/step/objective.h"
#include "core/tuning/step/optimizersettings.h"
#include "core/tuning/step/stepfeed.h"
#include "core/tuning/step/trainingstep.h"
#include "core/tuning/trainsharing.h"
#include "tests/core/passharness.h"
#include "tests/distributed/ranks.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

constexpr int kPictures = 13, kBatch = 4, kEpochs = 2;  // the last batch has one picture: fewer than ranks

struct StepCase {
  PassCase network;
  double mixup = 0, cutmix = 0, smoothing = 0, dropPath = 0, clip = 0, ema = 0;
};

std::vector<StepCase> stepCases() {
  return {{{"sam", LossKind::Segmentation}},
          {{"vit", LossKind::CrossEntropy, Family::Vit}, 0.8, 1.0, 0.1, 0.3, 0.5, 0.9},
          {{"vit_plain", LossKind::CrossEntropy, Family::Vit}},
          {{"swin", LossKind::CrossEntropy, Family::Swin}, 0, 0, 0, 0.3},
          {{"convnext", LossKind::CrossEntropy, Family::ConvNext}, 0.8}};
}

TrainSpec specOf(const StepCase& c, OptimizerKind optimizer) {
  auto spec = defaultTrainSpec(c.network.loss == LossKind::Segmentation ? TaskKind::Segmentation : TaskKind::Classification);
  spec.batch = kBatch;
  spec.mixup = c.mixup;
  spec.cutmix = c.cutmix;
  spec.labelSmoothing = c.smoothing;
  spec.dropPath = c.dropPath;
  spec.clipNorm = c.clip;
  spec.emaDecay = c.ema;
  spec.optimizer = optimizer;
  return spec;
}

struct Kept {
  std::vector<double> losses, gradient, values, average;
};

std::vector<double> hostValues(const at::Tensor& t) {
  if (!t.defined()) return {};
  const auto host = t.to(at::kCPU, at::kDouble).contiguous();
  return {host.const_data_ptr<double>(), host.const_data_ptr<double>() + host.numel()};
}

Kept runSteps(Model& model, const StepCase& c, const TrainSpec& spec, const WorkGroup* group) {
  auto& parts = model.parts();
  const auto data = c.network.data(kPictures);
  const auto images = c.network.images();
  const auto objective = makeObjective(model, data, images, spec);
  SelectionSpec rule;
  rule.keptPerRow = 2;
  const auto selection = chooseEntries(parts.map, randomScores(model.map(), 5), rule);
  const auto set = makeTrainableSet(parts.map, Method::Gps, rule.decoder, &selection);
  FlatState state(set, *parts.arena, optimizerSettings(spec));
  setPrecision(parts, spec.device.precision, PrecisionUse::Training);
  state.attach(parts.registry, spec.rule, spec.backward);
  TrainSharing sharing(group);
  const RunControl control;
  Loader loader(sharing.dividedLoading(objective->loading(itemsOfSplit(data, "train")), spec), images);
  StepFeed feed(loader, *objective, parts.arena->device(), control);
  Kept kept;
  {
    const OwnStream stream;
    TrainingStep step(parts, state, spec, group);
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      state.startEpoch(1e-3);
      feed.startEpoch(epoch);
      while (const auto fed = feed.next()) {
        step.run(fed->input, [&] { sharing.meetWithPaths(); });
        sharing.finishSums();
        kept.losses.push_back(state.control().lastLoss);
        if (kept.gradient.empty()) kept.gradient = hostValues(state.gradient);
      }
    }
    kept.losses.push_back(state.control().lossSum / state.control().lossWeight);
    kept.losses.push_back(state.control().gradientNorm);
  }
  kept.values = hostValues(state.values);
  kept.average = hostValues(state.average);
  if (group) {
    EXPECT_EQ(group->summedBytes(), std::int64_t(state.gradientAndLoss.nbytes()) * 4 * kEpochs);
  }
  for (auto* p : parts.registry.parameters()) p->freeze();
  return kept;
}

void keep(const std::string& folder, const std::string& name, int rank, const Kept& kept) {
  for (const auto& [what, values] :
       {std::pair{"losses", &kept.losses}, {"gradient", &kept.gradient}, {"values", &kept.values}, {"average", &kept.average}})
    writeFile(folder + "/" + name + "." + what + "." + std::to_string(rank), values->data(), values->size() * sizeof(double));
}

std::unique_ptr<WorkGroup> groupUnless(const std::string& alone, int cudaDevice = -1) {
  if (alone == "alone") return nullptr;
  WorkGroupOptions options;
  options.cudaDevice = cudaDevice;
  return WorkGroup::join(launchEnvironment().value(), options);
}

// FOLDER alone|shared
int steps(const Arguments& arguments) {
  const auto group = groupUnless(arguments.at(1));
  for (const auto& c : stepCases())
    for (const auto optimizer : {OptimizerKind::Adam, OptimizerKind::Sgd}) {
      const auto model = c.network.model(at::kDouble);
      keep(arguments[0], c.network.name + "_" + wordOf(optimizer), group ? group->rank() : 0,
           runSteps(*model, c, specOf(c, optimizer), group.get()));
    }
  return 0;
}

// FOLDER alone|shared; every rank on a GPU of its own. The steps of three epochs are recorded, those of a short batch are not.
int stepsOnGpus(const Arguments& arguments) {
  setenv("CUDA_VISIBLE_DEVICES", std::getenv("LOCAL_RANK"), 1);
  const auto group = groupUnless(arguments.at(1), 0);
  for (const auto& c : stepCases())
    for (const auto precision : {Precision::Fp32, Precision::Fp16}) {
      const auto model = c.network.model();
      auto spec = specOf(c, OptimizerKind::Sgd);
      spec.device.device = DeviceKind::Cuda;
      useDevice(*model, spec.device);
      spec.device.precision = precision;
      keep(arguments[0], c.network.name + "_" + wordOf(precision), group ? group->rank() : 0, runSteps(*model, c, spec, group.get()));
    }
  return 0;
}

std::vector<double> readDoubles(const std::string& path) {
  const auto bytes = textOfFile(path);
  std::vector<double> values(bytes.size() / sizeof(double));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
  return values;
}

double apart(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0, norm = 0;
  EXPECT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference += (a[i] - b[i]) * (a[i] - b[i]);
    norm += b[i] * b[i];
  }
  return norm > 0 ? std::sqrt(difference / norm) : 1;
}

void expectAllZero(const std::vector<RankEnd>& ends) {
  for (const auto& end : ends) ASSERT_EQ(end.exitCode, 0) << end.output;
}

// Rank 0's file against that of one process; every other rank has the same bits.
void expectEqual(const TemporaryFolder& alone, const TemporaryFolder& shared, int size, const std::string& what, double tolerance) {
  const auto first = shared / (what + ".0");
  for (int rank = 1; rank < size; ++rank) EXPECT_EQ(textOfFile(shared / (what + "." + std::to_string(rank))), textOfFile(first)) << what;
  EXPECT_LE(apart(readDoubles(first), readDoubles(alone / (what + ".0"))), tolerance) << what;
}

class SharedStepOf : public testing::TestWithParam<int> {};

TEST_P(SharedStepOf, EqualsTheSingleProcess) {
  NEEDS_GLOO();
  const int size = GetParam();
  const TemporaryFolder alone, shared, again;
  expectAllZero(runRanks(1, "steps", {alone.path(), "alone"}));
  expectAllZero(runRanks(size, "steps", {shared.path(), "shared"}));
  expectAllZero(runRanks(size, "steps", {again.path(), "shared"}));
  for (const auto& c : stepCases())
    for (const auto* optimizer : {"adam", "sgd"}) {
      const auto name = c.network.name + "_" + optimizer;
      expectEqual(alone, shared, size, name + ".losses", 1e-9);
      expectEqual(alone, shared, size, name + ".gradient", 1e-9);
      // Adam makes whole steps of what rounding leaves where there is no gradient, as at a key bias.
      if (name.ends_with("sgd")) expectEqual(alone, shared, size, name + ".values", 1e-9);
      if (name.ends_with("sgd") && c.ema > 0) expectEqual(alone, shared, size, name + ".average", 1e-9);
      for (const auto* what : {".losses.0", ".values.0"}) EXPECT_EQ(textOfFile(again / (name + what)), textOfFile(shared / (name + what)));
    }
}

INSTANTIATE_TEST_SUITE_P(Ranks, SharedStepOf, testing::Values(2, 3), [](const auto& p) { return "of" + std::to_string(p.param); });

TEST(SharedStep, TwoGpusEqualOne) {
  NEEDS_GLOO();
  if (at::detail::getCUDAHooks().getNumGPUs() < 2) GTEST_SKIP() << "fewer than two CUDA devices; NCCL needs one for each rank";
  const TemporaryFolder alone, shared;
  expectAllZero(runRanks(1, "stepsOnGpus", {alone.path(), "alone"}));
  expectAllZero(runRanks(2, "stepsOnGpus", {shared.path(), "shared"}));
  for (const auto& c : stepCases())
    for (const auto* precision : {"fp32", "fp16"})
      for (const auto* what : {".losses", ".gradient", ".values"})
        expectEqual(alone, shared, 2, c.network.name + "_" + precision + what, precision == std::string("fp32") ? 1e-4 : 2e-2);
}

// The paper's setting: ViT-B, 200 classes, K = 1.
TEST(SharedStep, HandsLittleToTheSumWhereDenseDataParallelHandsAllParameters) {
  const auto model = Model::create("vit_base_patch16_224", 224, 200);
  const auto& parts = model->parts();
  SelectionSpec rule;
  rule.keptPerRow = 1;
  const auto selection = chooseEntries(parts.map, randomScores(model->map(), 5), rule);
  const auto set = makeTrainableSet(parts.map, Method::Gps, rule.decoder, &selection);
  const FlatState state(set, *parts.arena);
  const auto bytes = std::int64_t(state.gradientAndLoss.nbytes());
  EXPECT_EQ(bytes, (set.size() + 1) * 4);
  const auto line = TrainSharing(nullptr).sumLine(bytes, parts.map->parameterCount());
  EXPECT_NE(line.find("hands 1.28 MB to the sum of a step, of all 86.0 million parameters it would be 343.8 MB"), std::string::npos)
      << line;
}

}  // namespace
}  // namespace gps::test

int main(int argc, char** argv) {
  using namespace gps::test;
  return runTestsOrRole(argc, argv, {{"steps", steps}, {"stepsOnGpus", stepsOnGpus}});
}
