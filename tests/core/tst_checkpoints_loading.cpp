// Recognition, key report, loading, base hash and export.
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>

#include "core/backbones/modelregistry.h"
#include "core/checkpoints/loading.h"
#include "tests/core/arenabytes.h"
#include "tests/core/checkpointfiles.h"

namespace gps::test {
namespace {

std::shared_ptr<const ParameterMap> mapOf(const std::string& id) {
  ParameterRegistry registry;
  const ModelRecipe& recipe = recipeOf(id);
  const auto network = recipe.build(registry, {recipe.inputSize, 0});
  return registry.makeMap();
}

// Private writable memory of this process, now; a limit on it makes any allocation beyond fail.
rlim_t privateBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmData:") {
      rlim_t kib = 0;
      status >> kib;
      return kib << 10;
    }
  return 0;
}

template <typename F>
[[noreturn]] void runWithin(rlim_t bytes, F&& work) {
  const rlimit limit{privateBytes() + bytes, privateBytes() + bytes};
  if (privateBytes() == 0 || setrlimit(RLIMIT_DATA, &limit) != 0) std::exit(2);
  try {
    work();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    std::exit(1);
  }
  std::exit(0);
}

constexpr rlim_t kMebibyte = 1 << 20;

// 2.5 GB of weights, at no time more than 64 MiB of memory.
TEST(LoadingDeathTest, InspectingCopiesNothing) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const TemporaryFolder folder;
  const std::string path = folder / "sam_vit_h.safetensors";
  writeHollowCheckpoint(path, tensorsOf(*mapOf("sam_vit_h")));
  EXPECT_EXIT(runWithin(64 * kMebibyte, [&] { inspectCheckpoint(path); }), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(runWithin(64 * kMebibyte, [&] { loadModel({"", path}); }), testing::ExitedWithCode(1), "memory");
}

// The arena, and nothing beside it that grows with the file.
TEST(LoadingDeathTest, LoadingCopiesOnce) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const TemporaryFolder folder;
  const std::string path = folder / "vit_large.safetensors";
  const auto map = mapOf("vit_large_patch16_224");
  writeHollowCheckpoint(path, tensorsOf(*map));
  const auto arena = rlim_t(map->matrixSize() + map->vectorSize()) * sizeof(float);
  EXPECT_EXIT(runWithin(arena + 64 * kMebibyte, [&] { loadModel({"", path}); }), testing::ExitedWithCode(0), "");
}

TEST(Loading, RecognisesEveryKnownModelByItsTensors) {
  const TemporaryFolder folder;
  for (const auto& model : knownModels()) {
    SCOPED_TRACE(model.id);
    const auto map = mapOf(model.id);
    auto tensors = tensorsOf(*map);
    tensors.push_back({"image_encoder.layers.1.blocks.0.attn.attention_bias_idxs", DType::I64, {49, 49}});
    tensors.push_back({"image_encoder.patch_embed.seq.0.bn.num_batches_tracked", DType::I64, {}});
    for (const char* prefix : {"", "module.", "model.", "module.sam."}) {
      auto named = tensors;
      for (auto& t : named) t.name = prefix + t.name;
      const std::string path = folder / "w.safetensors";
      writeHollowCheckpoint(path, named);
      const ModelInfo info = inspectCheckpoint(path).info;
      EXPECT_EQ(info.description.id, model.id) << prefix;
      EXPECT_EQ(info.keys.matched, int(map->size()));
      EXPECT_TRUE(info.keys.usable());
      EXPECT_TRUE(info.keys.unexpected.empty()) << info.keys.unexpected.front();
      EXPECT_EQ(info.parameters, model.parameters);
      EXPECT_TRUE(info.baseHash.empty());
    }
  }
}

TEST(Loading, CountsOfLiteMedSam) {
  const TemporaryFolder folder;
  writeHollowCheckpoint(folder / "w", tensorsOf(*mapOf("lite_medsam")));
  const ModelInfo info = inspectCheckpoint(folder / "w").info;
  EXPECT_EQ(info.parameters, 9'791'300);
  EXPECT_EQ(info.encoderParameters, 5'726'740);
  EXPECT_EQ(info.selectableRows, 22'144);
  EXPECT_EQ(info.trainedVectors, 16'704 + 7'252);
  EXPECT_EQ(info.decoderParameters, 4'058'340 + 256);
  std::int64_t rows = 0, weights = 0;
  bool decoderSeen = false;
  for (const BlockRow& b : info.blocks) {
    decoderSeen |= b.block == "decoder";
    EXPECT_EQ(decoderSeen, b.block == "decoder") << "decoder rows come last";
    if (b.block == "decoder") continue;
    rows += b.rows;
    weights += b.available;
  }
  EXPECT_TRUE(decoderSeen);
  EXPECT_EQ(rows, info.selectableRows);
  EXPECT_EQ(weights, info.selectableWeights);
}

TEST(Loading, KeyReportNamesEveryDifference) {
  const TemporaryFolder folder;
  const std::string path = folder / "w";
  auto tensors = tensorsOf(*mapOf("lite_medsam"));
  const std::string missing = tensors[3].name, misshaped = tensors[7].name;
  tensors[7].shape.push_back(2);
  tensors.erase(tensors.begin() + 3);
  tensors.push_back({"image_encoder.head.weight", DType::F32, {10, 320}});
  writeHollowCheckpoint(path, tensors);
  const ModelInfo info = inspectCheckpoint(path).info;
  EXPECT_EQ(info.keys.missing, std::vector<std::string>{missing});
  EXPECT_EQ(info.keys.unexpected, std::vector<std::string>{"image_encoder.head.weight"});
  ASSERT_EQ(info.keys.shapeMismatch.size(), 1u);
  EXPECT_EQ(info.keys.shapeMismatch[0].name, misshaped);
  EXPECT_EQ(info.keys.shapeMismatch[0].expected + "x2", info.keys.shapeMismatch[0].found);
  EXPECT_FALSE(info.keys.usable());
  const Error error = errorOf([&] { loadModel({.id = {}, .weightsPath = path}); });
  EXPECT_EQ(error.code(), ErrorCode::Mismatch);
  EXPECT_NE(error.cause().find(missing), std::string::npos);
  EXPECT_NE(error.cause().find(misshaped), std::string::npos);
}

TEST(Loading, RefusesWhatItDoesNotKnow) {
  const TemporaryFolder folder;
  writeHollowCheckpoint(folder / "other", {{"blocks.0.weight", DType::F32, {4, 4}}});
  EXPECT_EQ(errorOf([&] { inspectCheckpoint(folder / "other"); }).code(), ErrorCode::Mismatch);
  writeHollowCheckpoint(folder / "none", {});
  EXPECT_EQ(errorOf([&] { inspectCheckpoint(folder / "none"); }).code(), ErrorCode::Mismatch);
  EXPECT_EQ(errorOf([&] { inspectCheckpoint(folder / "absent"); }).code(), ErrorCode::NotFound);
  // TinyViT without its stem could be either; a named model settles it.
  auto tensors = tensorsOf(*mapOf("lite_medsam"));
  std::erase_if(tensors, [](const TensorSpec& t) { return t.name.ends_with("seq.0.c.weight") || t.name.ends_with("seq.2.c.weight"); });
  writeHollowCheckpoint(folder / "headless", tensors);
  EXPECT_NE(errorOf([&] { inspectCheckpoint(folder / "headless"); }).cause().find("equally well"), std::string::npos);
  EXPECT_EQ(inspectCheckpoint(folder / "headless", "mobile_sam").info.keys.missing.size(), 2u);
  EXPECT_EQ(errorOf([&] { inspectCheckpoint(folder / "headless", "resnet"); }).code(), ErrorCode::NotFound);
}

TEST(Loading, ValuesHashAndExportRoundTrip) {
  const SmallModel small;
  const LoadedModel first = loadModel({.id = {}, .weightsPath = small.weights});
  EXPECT_EQ(first.info.description.id, "lite_medsam");
  EXPECT_EQ(first.model->weightsPath(), small.weights);
  EXPECT_EQ(first.info.baseHash.size(), 64u);
  const auto random = Model::create("lite_medsam");
  random->fillRandom(1);
  EXPECT_EQ(arenaBytes(*first.model), arenaBytes(*random));

  // The same values under other names, order and type have the same hash.
  const TensorFile file = openTensorFile(small.weights);
  const auto isWide = [](const TensorRecord& r) { return r.elements() < 10'000; };
  std::vector<TensorSpec> reversed;
  for (auto r = file.records().rbegin(); r != file.records().rend(); ++r)
    reversed.push_back({"module." + r->name, isWide(*r) ? DType::F64 : DType::F32, r->shape});
  reversed.push_back({"module.image_encoder.num_batches_tracked", DType::I64, {}});
  const std::string other = small.folder / "other.safetensors";
  {
    SafetensorsWriter writer(other, reversed, {{"format", "pt"}});
    for (const TensorRecord& r : file.records()) {
      std::vector<float> values(std::size_t(r.elements()));
      copyAsFloat(file, r, values.data());
      const std::vector<double> wide(values.begin(), values.end());
      if (isWide(r))
        writer.write("module." + r.name, wide.data(), wide.size() * sizeof(double));
      else
        writer.write("module." + r.name, values.data(), values.size() * sizeof(float));
    }
    const std::int64_t seven = 7;
    writer.write("module.image_encoder.num_batches_tracked", &seven, sizeof seven);
    writer.finish();
  }
  const LoadedModel second = loadModel({.id = {}, .weightsPath = other});
  EXPECT_EQ(second.info.baseHash, first.info.baseHash);
  EXPECT_EQ(arenaBytes(*second.model), arenaBytes(*first.model));

  // An export keeps the checkpoint's names, buffers and metadata.
  const std::string exported = small.folder / "exported.safetensors";
  exportWeights(*second.model, exported, {{"note", "merged"}});
  const TensorFile back = openTensorFile(exported);
  EXPECT_EQ(back.records().size(), reversed.size());
  EXPECT_EQ(back.at("module.image_encoder.num_batches_tracked").dtype, DType::I64);
  EXPECT_EQ(floatsOf(back, "module.image_encoder.num_batches_tracked"), std::vector<float>{7});
  EXPECT_EQ(back.metadata().at("format"), "pt");
  EXPECT_EQ(back.metadata().at("note"), "merged");
  EXPECT_EQ(loadModel({.id = {}, .weightsPath = exported}).info.baseHash, first.info.baseHash);

  // One changed bit changes the hash.
  auto bytes = readBytes(small.weights);
  bytes[bytes.size() - 4] = char(bytes[bytes.size() - 4] ^ 1);
  writeBytes(small.folder / "changed", bytes);
  EXPECT_NE(loadModel({.id = {}, .weightsPath = small.folder / "changed"}).info.baseHash, first.info.baseHash);
}

TEST(Loading, RefusesValuesThatAreNotFinite) {
  const SmallModel small;
  auto bytes = readBytes(small.weights);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(bytes.data() + bytes.size() - 4, &nan, 4);
  writeBytes(small.folder / "nan", bytes);
  const Error error = errorOf([&] { loadModel({.id = {}, .weightsPath = small.folder / "nan"}); });
  EXPECT_EQ(error.code(), ErrorCode::BadFile);
  EXPECT_NE(error.cause().find("not finite"), std::string::npos);
}

// The hash was computed once by torch and hashlib from the same file, by the rule of the design.
TEST(Loading, RealLiteMedSam) {
  const std::string path = liteMedSamPath();
  if (path.empty()) GTEST_SKIP() << "lite_medsam.pth is not installed (GPS_WEIGHTS or GPS_DEPS)";
  const LoadedModel loaded = loadModel({.id = {}, .weightsPath = path, .imageSize = 128});
  EXPECT_EQ(loaded.info.description.id, "lite_medsam");
  EXPECT_EQ(loaded.model->imageSize(), 128);
  EXPECT_TRUE(loaded.info.keys.unexpected.empty());
  EXPECT_EQ(loaded.info.baseHash, "49dc6ed41803c41430d86370d3cfb7a849a74dcbfcc3ae00cfd6f83907bf137e");
  const TemporaryFolder folder;
  exportWeights(*loaded.model, folder / "w.safetensors");
  EXPECT_EQ(loadModel({.id = {}, .weightsPath = folder / "w.safetensors"}).info.baseHash, loaded.info.baseHash);
}

}  // namespace
}  // namespace gps::test
