// Deltas: exact both ways, tied to their base, found by file, epoch or run.
#include <algorithm>
#include <cstring>

#include "core/backbones/device.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/loading.h"
#include "tests/core/arenabytes.h"
#include "tests/core/checkpointfiles.h"

namespace gps::test {
namespace {

// Every 97th weight and two whole tensors, one of them in the decoder, with values that are no round numbers.
Delta makeDelta(Model& model, int epoch) {
  Delta delta;
  delta.info.modelId = model.description().id;
  delta.info.baseHash = model.baseHash();
  delta.info.epoch = epoch;
  delta.info.device = "CPU, 2 threads";
  delta.info.selection.keptPerRow = 3;
  delta.info.method = Method::Gps;
  delta.info.preprocess = {128, PreprocessKind::Squash, Normalisation::MinMax};
  delta.info.prompt = PromptMode::Full;
  delta.info.metrics = {{"dice_mean", epoch == 2 ? 0.9 : 0.5}, {"iou_mean", 0.25}};
  delta.map = std::shared_ptr<const ParameterMap>(std::shared_ptr<void>(), &model.map());
  const float* matrix = regionValues(model, Region::Matrix);
  for (const auto id : model.map().matrixIds()) {
    const ParameterEntry& e = model.map().entry(id);
    if (e.part != ModelPart::Encoder) continue;
    for (std::int64_t i = 0; i < e.count; i += 97) {
      delta.offsets.push_back(std::uint32_t(e.offset + i));
      delta.base.push_back(matrix[e.offset + i]);
      delta.values.push_back(matrix[e.offset + i] / 3 + float(epoch) * 0.1f);
    }
  }
  std::size_t wanted = 0;
  for (const char* suffix : {"qkv.bias", "mask_tokens.weight", "output_upscaling.0.weight"}) {
    for (const auto& e : model.map().entries()) {
      if (!e.name.ends_with(suffix)) continue;
      WholeTensor w{e.name, e.shape, {}, tensorValues(model, e.name)};
      for (const float v : w.base) w.values.push_back(v * 1.7f - float(epoch));
      delta.whole.push_back(std::move(w));
      ++wanted;
      break;
    }
  }
  EXPECT_EQ(wanted, 3u);
  return delta;
}

void expectEqual(const Delta& a, const Delta& b) {
  EXPECT_EQ(a.info.modelId, b.info.modelId);
  EXPECT_EQ(a.info.baseHash, b.info.baseHash);
  EXPECT_EQ(a.info.epoch, b.info.epoch);
  EXPECT_EQ(a.info.precision, b.info.precision);
  EXPECT_EQ(a.info.device, b.info.device);
  EXPECT_EQ(a.info.method, b.info.method);
  EXPECT_EQ(a.info.prompt, b.info.prompt);
  EXPECT_EQ(a.info.preprocess, b.info.preprocess);
  EXPECT_EQ(a.info.metrics, b.info.metrics);
  EXPECT_EQ(a.info.selection.keptPerRow, b.info.selection.keptPerRow);
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.values, b.values);
  EXPECT_EQ(a.base, b.base);
  ASSERT_EQ(a.whole.size(), b.whole.size());
  for (const WholeTensor& w : a.whole) {
    const auto same = std::find_if(b.whole.begin(), b.whole.end(), [&](const WholeTensor& o) { return o.name == w.name; });
    ASSERT_NE(same, b.whole.end()) << w.name;
    EXPECT_EQ(w.shape, same->shape);
    EXPECT_EQ(w.values, same->values);
    EXPECT_EQ(w.base, same->base);
  }
}

class DeltaTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { s_small = new SmallModel; }
  static void TearDownTestSuite() {
    delete s_small;
    s_small = nullptr;
  }
  void SetUp() override { model = std::move(loadModel({.id = {}, .weightsPath = s_small->weights}).model); }

  // A run folder with three epochs; the second is the best.
  std::string writeRun(const std::string& name = "run") {
    const std::string run = folder / name;
    std::filesystem::create_directories(run + "/deltas");
    for (int epoch = 1; epoch <= 3; ++epoch) {
      const Delta delta = makeDelta(*model, epoch);
      if (epoch == 1) writeDeltaBase(run + "/deltas/base.safetensors", delta);
      writeDeltaEpoch(run + "/deltas/epoch-000" + std::to_string(epoch) + ".safetensors", delta);
    }
    return run;
  }

  static SmallModel* s_small;
  TemporaryFolder folder;
  std::unique_ptr<Model> model;
};

SmallModel* DeltaTest::s_small = nullptr;

TEST_F(DeltaTest, ApplyThenRemoveRestoresEveryByte) {
  const Delta delta = makeDelta(*model, 1);
  const std::string before = arenaBytes(*model);
  applyDelta(delta, *model);
  const float* matrix = regionValues(*model, Region::Matrix);
  for (std::size_t i = 0; i < delta.offsets.size(); ++i) ASSERT_EQ(matrix[delta.offsets[i]], delta.values[i]);
  for (const WholeTensor& w : delta.whole) EXPECT_EQ(tensorValues(*model, w.name), w.values);
  // Nothing else moved: putting the base back by hand gives the old bytes.
  const std::string applied = arenaBytes(*model);
  EXPECT_NE(applied, before);
  std::size_t changed = 0, expected = delta.offsets.size();
  for (const WholeTensor& w : delta.whole) expected += w.values.size();
  for (std::size_t at = 0; at < applied.size(); at += 4) changed += std::memcmp(applied.data() + at, before.data() + at, 4) != 0;
  EXPECT_LE(changed, expected);
  EXPECT_GT(changed, expected * 9 / 10);
  removeDelta(delta, *model);
  EXPECT_EQ(arenaBytes(*model), before);
}

TEST_F(DeltaTest, ExactOnTheGpuToo) {
  if (!cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  const Delta delta = makeDelta(*model, 1);
  const std::string before = arenaBytes(*model);
  applyDelta(delta, *model);
  const std::string onCpu = arenaBytes(*model);
  removeDelta(delta, *model);
  moveModelTo(*model, "cuda");
  applyDelta(delta, *model);
  EXPECT_EQ(arenaBytes(*model), onCpu);
  removeDelta(delta, *model);
  EXPECT_EQ(arenaBytes(*model), before);
}

TEST_F(DeltaTest, EpochsFollowEachOtherAndTheBaseComesBack) {
  const std::string run = writeRun(), before = arenaBytes(*model);
  applyDelta(readDelta(run + "@3"), *model);
  const std::string third = arenaBytes(*model);
  applyDelta(readDelta(run + "@1"), *model);
  applyDelta(readDelta(run + "@3"), *model);
  EXPECT_EQ(arenaBytes(*model), third);
  removeDelta(readDelta(run + "@2"), *model);
  EXPECT_EQ(arenaBytes(*model), before);
}

TEST_F(DeltaTest, BundleRoundTrip) {
  const Delta delta = makeDelta(*model, 2);
  writeDeltaBundle(folder / "d", delta);
  expectEqual(readDelta(folder / "d"), delta);
  // The names of the format.
  const TensorFile file = openTensorFile(folder / "d");
  for (const char* name : {"offsets", "values", "base"}) EXPECT_NE(file.find(name), nullptr) << name;
  EXPECT_NE(file.find("whole." + delta.whole[0].name), nullptr);
  EXPECT_NE(file.find("whole_base." + delta.whole[0].name), nullptr);
  for (const char* key : {"parameter_map", "spec", "base_hash", "epoch", "metrics", "precision", "preprocess", "classes"})
    EXPECT_TRUE(file.metadata().contains(key)) << key;
  EXPECT_EQ(file.metadata().at("format"), "gps-delta/1");
}

TEST_F(DeltaTest, BundleWithoutBaseAppliesButCannotBeRemoved) {
  Delta delta = makeDelta(*model, 2);
  delta.base.clear();
  for (auto& w : delta.whole) w.base.clear();
  writeDeltaBundle(folder / "d", delta);
  const Delta back = readDelta(folder / "d");
  expectEqual(back, delta);
  applyDelta(back, *model);
  EXPECT_EQ(errorOf([&] { removeDelta(back, *model); }).code(), ErrorCode::Unavailable);
}

TEST_F(DeltaTest, RunsAndEpochsAreFound) {
  const std::string run = writeRun();
  EXPECT_EQ(readDelta(run).info.epoch, 2) << "the best";
  EXPECT_EQ(readDelta(run + "/").info.epoch, 2);
  EXPECT_EQ(readDelta(run + "/deltas").info.epoch, 2);
  EXPECT_EQ(readDelta(run + "@3").info.epoch, 3);
  EXPECT_EQ(readDelta(run + "/deltas/epoch-0001.safetensors").info.epoch, 1);
  expectEqual(readDelta(run + "@1"), makeDelta(*model, 1));
  // The base file of a run reads, but has nothing to apply.
  const Delta base = readDelta(run + "/deltas/base.safetensors");
  EXPECT_EQ(base.offsets.size(), base.base.size());
  EXPECT_TRUE(base.values.empty());
  EXPECT_EQ(errorOf([&] { applyDelta(base, *model); }).code(), ErrorCode::Unavailable);
}

TEST_F(DeltaTest, WhatIsNotThereIsNamed) {
  const std::string run = writeRun();
  const auto code = [](const std::string& name) { return errorOf([&] { readDelta(name); }).code(); };
  EXPECT_EQ(code(run + "@4"), ErrorCode::NotFound);
  EXPECT_NE(errorOf([&] { readDelta(run + "@4"); }).remedy().find("1 to 3"), std::string::npos);
  EXPECT_EQ(code(run + "@x"), ErrorCode::NotFound);
  EXPECT_EQ(code(run + "@"), ErrorCode::NotFound);
  EXPECT_EQ(code((folder / "absent") + "@1"), ErrorCode::NotFound);
  EXPECT_EQ(code(folder / "absent"), ErrorCode::NotFound);
  EXPECT_EQ(code(folder.path()), ErrorCode::NotFound);
  EXPECT_EQ(code(s_small->weights), ErrorCode::BadFile);
  std::filesystem::rename(run + "/deltas/base.safetensors", folder / "base");
  EXPECT_EQ(code(run + "@1"), ErrorCode::NotFound);
}

TEST_F(DeltaTest, FilesOfTwoRunsDoNotMix) {
  const std::string run = writeRun();
  Delta other = makeDelta(*model, 4);
  other.offsets.pop_back();
  other.values.pop_back();
  writeDeltaEpoch(run + "/deltas/epoch-0004.safetensors", other);
  EXPECT_EQ(errorOf([&] { readDelta(run + "@4"); }).code(), ErrorCode::Mismatch);
}

TEST_F(DeltaTest, TheDeltaOfAnotherRunIsRefusedUntilTheFirstIsTakenOut) {
  const std::string base = arenaBytes(*model);
  const Delta first = makeDelta(*model, 1);
  Delta second = makeDelta(*model, 2);
  for (auto* list : {&second.values, &second.base}) list->pop_back();
  second.offsets.pop_back();
  applyDelta(first, *model);
  applyDelta(first, *model);
  const std::string applied = arenaBytes(*model);
  EXPECT_EQ(errorOf([&] { applyDelta(second, *model); }).code(), ErrorCode::BadArgument);
  EXPECT_EQ(arenaBytes(*model), applied);
  removeDelta(first, *model);
  EXPECT_EQ(arenaBytes(*model), base);
  applyDelta(second, *model);
  removeDelta(second, *model);
  EXPECT_EQ(arenaBytes(*model), base);
}

TEST_F(DeltaTest, AnotherBaseIsRefusedAndNothingIsWritten) {
  Delta delta = makeDelta(*model, 1);
  delta.info.baseHash = std::string(64, 'f');
  const std::string before = arenaBytes(*model);
  const Error error = errorOf([&] { applyDelta(delta, *model); });
  EXPECT_EQ(error.code(), ErrorCode::Mismatch);
  EXPECT_NE(error.cause().find("ffffffffffff"), std::string::npos);
  EXPECT_NE(error.cause().find(model->baseHash().substr(0, 12)), std::string::npos);
  EXPECT_EQ(arenaBytes(*model), before);
}

TEST_F(DeltaTest, AnotherArchitectureOrTensorIsRefusedAndNothingIsWritten) {
  const std::string before = arenaBytes(*model);
  const Delta good = makeDelta(*model, 1);
  Delta delta = good;
  delta.info.modelId = "sam_vit_b";
  EXPECT_EQ(errorOf([&] { applyDelta(delta, *model); }).code(), ErrorCode::Mismatch);
  delta = good;
  delta.whole[1].name = "image_encoder.other";
  EXPECT_EQ(errorOf([&] { applyDelta(delta, *model); }).code(), ErrorCode::Mismatch);
  delta = good;
  delta.whole[1].shape.push_back(1);
  EXPECT_EQ(errorOf([&] { applyDelta(delta, *model); }).code(), ErrorCode::Mismatch);
  delta = good;
  delta.offsets.back() = std::uint32_t(model->map().matrixSize() - 1) + 64;
  EXPECT_EQ(errorOf([&] { applyDelta(delta, *model); }).code(), ErrorCode::BadFile);
  const auto mobile = Model::create("mobile_sam");
  mobile->setBaseHash(model->baseHash());
  delta = good;
  delta.info.modelId = "mobile_sam";
  EXPECT_EQ(errorOf([&] { applyDelta(delta, *mobile); }).code(), ErrorCode::Mismatch);
  EXPECT_EQ(arenaBytes(*model), before);
}

TEST_F(DeltaTest, DamagedFilesAreRefused) {
  Delta delta = makeDelta(*model, 1);
  writeDeltaBundle(folder / "d", delta);
  const std::string bytes = readBytes(folder / "d");
  writeBytes(folder / "cut", bytes.substr(0, bytes.size() / 2));
  EXPECT_EQ(errorOf([&] { readDelta(folder / "cut"); }).code(), ErrorCode::BadFile);
  std::string format = bytes;
  format.replace(format.find("gps-delta/1"), 11, "gps-delta/9");
  writeBytes(folder / "format", format);
  EXPECT_NE(errorOf([&] { readDelta(folder / "format"); }).cause().find("gps-delta/9"), std::string::npos);
  std::string method = bytes;
  method.replace(method.find("\"method\":\"gps\""), 14, "\"method\":\"gpx\"");
  writeBytes(folder / "method", method);
  EXPECT_EQ(errorOf([&] { readDelta(folder / "method"); }).code(), ErrorCode::BadFile);
  std::swap(delta.offsets[0], delta.offsets[1]);
  writeDeltaBundle(folder / "order", delta);
  EXPECT_EQ(errorOf([&] { readDelta(folder / "order"); }).code(), ErrorCode::BadFile);
}

TEST_F(DeltaTest, MergedExportLoadsAsAModelOfItsOwn) {
  const Delta delta = makeDelta(*model, 1);
  applyDelta(delta, *model);
  exportWeights(*model, folder / "merged.safetensors");
  const LoadedModel merged = loadModel({.id = {}, .weightsPath = folder / "merged.safetensors"});
  EXPECT_EQ(arenaBytes(*merged.model), arenaBytes(*model));
  EXPECT_NE(merged.info.baseHash, model->baseHash());
}

}  // namespace
}  // namespace gps::test
