// A gradient pass that real processes share equals that of one process, and ends well whatever becomes of a rank.
#include <ATen/detail/CUDAHooksInterface.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "core/backbones/device.h"
#include "core/distributed/partition.h"
#include "core/distributed/workgroup.h"
#include "core/selection/pass/passsharing.h"
#include "tests/core/passharness.h"
#include "tests/distributed/ranks.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;

constexpr int kPictures = 18;  // 4 batches of 4 and one of 2, which the classifiers drop

std::string nameOf(const std::string& folder, const std::string& what, int rank) {
  return folder + "/" + what + "." + std::to_string(rank);
}

// What must be equal on all ranks and, but for rounding, in the single process.
std::string countsOf(const GradientField& field) {
  std::ostringstream text;
  text << field.images << " pictures, " << field.batches << " batches:";
  for (const auto p : field.pictures) text << " " << p;
  return text.str();
}

void keep(const std::string& folder, const std::string& what, int rank, const GradientField& field) {
  const auto values = field.values.copy();
  writeFile(nameOf(folder, what + ".field", rank), values.data(), values.size() * sizeof(float));
  const auto counts = countsOf(field);
  writeFile(nameOf(folder, what + ".counts", rank), counts.data(), counts.size());
  writeFile(nameOf(folder, what + ".loss", rank), &field.meanLoss, sizeof field.meanLoss);
}

// The sum itself, in the model's type.
void keepSum(const std::string& folder, const std::string& what, const PassCase& c, const SelectionSpec& spec, const WorkGroup* group) {
  const auto model = c.model(at::kDouble);
  const auto accumulator = FieldAccumulator::make(fieldKindOf(spec.criterion), model->parts(), spec.decoder, FieldMemory::Device);
  const auto loss = makePassLoss(model->parts(), spec.loss, PromptMode::None);
  PassSharing sharing(group, spec);
  int batches = 0;
  forBatches(c, *model, kPictures, spec, [&](const PassBatch& batch) {
    if (ownerOfBatch(batches++, sharing.size()) != sharing.rank()) return;
    const at::AutoGradMode mode(accumulator->needsGradient());
    loss->run(batch, accumulator->needsGradient());
    accumulator->endBatch();
  });
  PassState state;
  sharing.reduce(accumulator->sum(), state);
  writeFile(nameOf(folder, what + ".sum", sharing.rank()), accumulator->sum().const_data_ptr(), accumulator->sum().nbytes());
}

std::vector<std::pair<std::string, SelectionSpec>> sharedRuns(const PassCase& c) {
  std::vector<std::pair<std::string, SelectionSpec>> runs{{c.name + "_gradient", c.spec()}};
  if (c.name != "seg" && c.name != "supcon_vit") return runs;
  runs.emplace_back(c.name + "_fisher", c.spec(Criterion::Fisher));
  runs.emplace_back(c.name + "_activation", c.spec(Criterion::Activation));
  return runs;
}

std::unique_ptr<WorkGroup> groupUnless(const std::string& alone, int cudaDevice = -1) {
  if (alone == "alone") return nullptr;
  WorkGroupOptions options;
  options.cudaDevice = cudaDevice;
  return WorkGroup::join(launchEnvironment().value(), options);
}

// FOLDER alone|shared
int passes(const Arguments& arguments) {
  const auto& folder = arguments.at(0);
  const auto group = groupUnless(arguments.at(1));
  const int rank = group ? group->rank() : 0;
  for (const auto& c : passCases()) {
    const auto model = c.model(at::kDouble);
    for (const auto& [name, spec] : sharedRuns(c)) {
      PassOptions options;
      options.group = group.get();
      options.memory = name == "seg_fisher" ? FieldMemory::Host : FieldMemory::Device;
      keep(folder, name, rank, pass(c, *model, kPictures, spec, options));
      if (name != c.name + "_gradient" || c.name == "seg" || c.name == "supcon_vit") keepSum(folder, name, c, spec, group.get());
    }
    // Fewer batches than ranks: 2, or 1 where the last is dropped.
    PassOptions options;
    options.group = group.get();
    keep(folder, c.name + "_few", rank, pass(c, *model, 5, c.spec(), options));
  }
  return 0;
}

// FOLDER alone|shared; every rank on a GPU of its own.
int passesOnGpus(const Arguments& arguments) {
  setenv("CUDA_VISIBLE_DEVICES", std::getenv("LOCAL_RANK"), 1);
  const auto group = groupUnless(arguments.at(1), 0);
  for (const auto& c : {passCases()[0], passCases()[1]}) {
    const auto model = c.model();
    DeviceSpec device;
    device.device = DeviceKind::Cuda;
    useDevice(*model, device);
    for (const auto memory : {FieldMemory::Device, FieldMemory::Host}) {
      PassOptions options;
      options.group = group.get();
      options.memory = memory;
      keep(arguments.at(0), c.name + (memory == FieldMemory::Host ? "_host" : "_device"), group ? group->rank() : 0,
           pass(c, *model, kPictures, c.spec(), options));
    }
  }
  return 0;
}

// Pictures of which one cannot be read on rank 1.
class BadOnRankOne : public DiscSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    if (path == "6") throw Error(ErrorCode::BadFile, "picture 6", "the picture cannot be decoded");
    return DiscSource::loadImage(path);
  }
};

// FOLDER WHAT: one pass over segmentation batches of 2 by all ranks, of which rank 1 does WHAT once it has done a batch.
//   on: nothing; stop: it is asked to stop; kill: it is killed; bad: it meets a picture that cannot be read; trace: all ask for a trace
// "resume" in front: goes on from what an earlier one left. Exit code 130: cancelled.
int passThat(const Arguments& arguments) {
  const auto& folder = arguments.at(0);
  const std::string& what = arguments.at(1);
  const auto group = groupUnless("shared");
  const auto c = passCases()[0];
  const auto model = c.model(at::kDouble);
  auto spec = c.spec();
  spec.batch = 2;
  spec.trace = what == "trace";
  PassOptions options{FieldMemory::Device, folder + "/pass.partial", what.starts_with("resume")};
  options.group = group.get();
  const std::shared_ptr<const ImageSource> images =
      what == "bad" && group->rank() == 1 ? std::make_shared<BadOnRankOne>() : std::make_shared<DiscSource>();
  RunControl control;
  control.setProgressSink([&](const Progress& p) {
    if (group->rank() != 1 || p.done < 2) return;
    if (what == "stop") control.requestStop();
    if (what == "kill") ::raise(SIGKILL);
  });
  try {
    keep(folder, "result", group->rank(), runGradientPass(*model, c.data(kPictures), images, {}, spec, control, options));
  } catch (const Cancelled&) {
    return 130;
  }
  return 0;
}

std::vector<double> doublesOf(const std::string& path, bool areFloats) {
  const auto bytes = textOfFile(path);
  std::vector<double> result;
  const auto add = [&]<typename T>(T value) {
    for (std::size_t at = 0; at + sizeof value <= bytes.size(); at += sizeof value) {
      std::memcpy(&value, bytes.data() + at, sizeof value);
      result.push_back(double(value));
    }
  };
  areFloats ? add(float()) : add(double());
  return result;
}

double distanceOf(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0, norm = 0;
  EXPECT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference += (a[i] - b[i]) * (a[i] - b[i]);
    norm += b[i] * b[i];
  }
  EXPECT_GT(norm, 0);
  return std::sqrt(difference / norm);
}

void expectAllZero(const std::vector<RankEnd>& ends) {
  for (const auto& end : ends) ASSERT_EQ(end.exitCode, 0) << end.output;
}

// Every file of rank 0 in `shared`: the same bits on every rank, and in `alone` but for rounding.
int compareAll(const TemporaryFolder& alone, const TemporaryFolder& shared, int size, double tolerance) {
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(alone.path())) {
    const auto name = entry.path().filename().string();
    const auto what = entry.path().stem().string(), kind = entry.path().stem().extension().string();
    const auto first = textOfFile(shared / name);
    for (int rank = 1; rank < size; ++rank) EXPECT_EQ(textOfFile(nameOf(shared.path(), what, rank)), first) << name;
    ++compared;
    if (kind == ".counts") {
      EXPECT_EQ(first, textOfFile(alone / name)) << name;
      continue;
    }
    const bool areFloats = kind == ".field";
    const double apart = distanceOf(doublesOf(shared / name, areFloats), doublesOf(alone / name, areFloats));
    EXPECT_LE(apart, tolerance) << name;
  }
  return compared;
}

class SharedPassOf : public testing::TestWithParam<int> {};

TEST_P(SharedPassOf, EqualsTheSingleProcess) {
  NEEDS_GLOO();
  const int size = GetParam();
  const TemporaryFolder alone, shared;
  expectAllZero(runRanks(1, "passes", {alone.path(), "alone"}));
  expectAllZero(runRanks(size, "passes", {shared.path(), "shared"}));
  // 9 runs and 5 short ones of 3 files each, and 6 exact sums
  EXPECT_EQ(compareAll(alone, shared, size, 1e-12), 48);
}

TEST_P(SharedPassOf, StoppedOnOneRankStopsAllAndResumedIsBitIdentical) {
  NEEDS_GLOO();
  const int size = GetParam();
  const TemporaryFolder whole, stopped;
  expectAllZero(runRanks(size, "passThat", {whole.path(), "on"}));
  for (const auto& end : runRanks(size, "passThat", {stopped.path(), "stop"})) ASSERT_EQ(end.exitCode, 130) << end.output;
  for (int rank = 0; rank < size; ++rank)
    EXPECT_TRUE(fs::exists(stopped / ("pass.partial.rank" + std::to_string(rank) + "of" + std::to_string(size))));
  expectAllZero(runRanks(size, "passThat", {stopped.path(), "resume"}));
  for (const auto* kind : {"field", "counts", "loss"})
    EXPECT_EQ(textOfFile(nameOf(stopped.path(), std::string("result.") + kind, 0)),
              textOfFile(nameOf(whole.path(), std::string("result.") + kind, 0)));
  for (const auto& entry : fs::directory_iterator(stopped.path()))
    EXPECT_EQ(entry.path().filename().string().find("partial"), std::string::npos) << entry.path();
}

TEST_P(SharedPassOf, AKilledRankEndsAllAndThePassGoesOnFromWhatTheOthersKept) {
  NEEDS_GLOO();
  const int size = GetParam();
  const TemporaryFolder whole, broken;
  expectAllZero(runRanks(size, "passThat", {whole.path(), "on"}));
  const auto ends = runRanks(size, "passThat", {broken.path(), "kill"});
  EXPECT_EQ(ends[1].signal, SIGKILL);
  for (int rank = 0; rank < size; ++rank) {
    const auto part = broken / ("pass.partial.rank" + std::to_string(rank) + "of" + std::to_string(size));
    EXPECT_EQ(fs::exists(part), rank != 1);  // it was too young to have kept anything
    if (rank == 1) continue;
    const auto& end = ends[std::size_t(rank)];
    EXPECT_EQ(end.exitCode, 1) << end.output;
    EXPECT_NE(end.output.find("lost contact waiting for the other ranks"), std::string::npos) << end.output;
    EXPECT_NE(end.output.find("--resume"), std::string::npos) << end.output;
    EXPECT_LT(end.seconds - ends[1].seconds, 5);
  }
  expectAllZero(runRanks(size, "passThat", {broken.path(), "resume"}));
  EXPECT_EQ(textOfFile(nameOf(broken.path(), "result.field", 0)), textOfFile(nameOf(whole.path(), "result.field", 0)));
  EXPECT_EQ(textOfFile(nameOf(broken.path(), "result.counts", 0)), textOfFile(nameOf(whole.path(), "result.counts", 0)));
}

INSTANTIATE_TEST_SUITE_P(Ranks, SharedPassOf, testing::Values(2, 3), [](const auto& p) { return "of" + std::to_string(p.param); });

TEST(SharedPass, ARankThatFailsSaysWhyAndTheOthersSayThatOneFailed) {
  NEEDS_GLOO();
  const TemporaryFolder folder;
  const auto ends = runRanks(2, "passThat", {folder.path(), "bad"});
  EXPECT_EQ(ends[0].exitCode, 1);
  EXPECT_NE(ends[0].output.find("another rank has failed"), std::string::npos) << ends[0].output;
  EXPECT_EQ(ends[1].exitCode, 1);
  EXPECT_NE(ends[1].output.find("picture 6: the picture cannot be decoded"), std::string::npos) << ends[1].output;
}

TEST(SharedPass, ResumingWhereNobodyKeptAnythingIsRefusedOnAllRanks) {
  NEEDS_GLOO();
  const TemporaryFolder folder;
  for (const auto& end : runRanks(2, "passThat", {folder.path(), "resume"})) {
    EXPECT_EQ(end.exitCode, 1) << end.output;
    EXPECT_NE(end.output.find("there is no unfinished gradient pass"), std::string::npos) << end.output;
  }
}

TEST(SharedPass, ATraceOrAnEarlyStopIsRefused) {
  NEEDS_GLOO();
  const TemporaryFolder folder;
  for (const auto& end : runRanks(2, "passThat", {folder.path(), "trace"})) {
    EXPECT_EQ(end.exitCode, 1) << end.output;
    EXPECT_NE(end.output.find("--trace: it needs the whole field"), std::string::npos) << end.output;
  }
}

TEST(SharedPass, TwoGpusEqualOne) {
  NEEDS_GLOO();
  if (at::detail::getCUDAHooks().getNumGPUs() < 2) GTEST_SKIP() << "fewer than two CUDA devices; NCCL needs one for each rank";
  const TemporaryFolder alone, shared;
  expectAllZero(runRanks(1, "passesOnGpus", {alone.path(), "alone"}));
  expectAllZero(runRanks(2, "passesOnGpus", {shared.path(), "shared"}));
  EXPECT_EQ(compareAll(alone, shared, 2, 1e-5), 12);
}

}  // namespace
}  // namespace gps::test

int main(int argc, char** argv) {
  using namespace gps::test;
  return runTestsOrRole(argc, argv, {{"passes", passes}, {"passesOnGpus", passesOnGpus}, {"passThat", passThat}});
}
