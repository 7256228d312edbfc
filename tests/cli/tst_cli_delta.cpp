// gps delta and gps predict on a small run.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>

#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/loading.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/data/pack.h"
#include "tests/cli/pipeline.h"
#ifdef GPS_WITH_OPENCV
#include "core/io/opencvimagesource.h"
#include "core/io/runlength.h"
#endif

namespace gps::test {
namespace {

namespace fs = std::filesystem;

class CliDelta : public SmallProject {
 protected:
  static std::vector<float> floatsOf(const TensorFile& file, const TensorRecord& record) {
    std::vector<float> values(std::size_t(record.elements()));
    copyAsFloat(file, record, values.data());
    return values;
  }
};

TEST_F(CliDelta, InfoNamesTheBaseAndCounts) {
  const auto json = expectGps(0, {"delta", "info", at("run") + "@2", "--json"}).json();
  EXPECT_EQ(json["model"], "lite_medsam");
  EXPECT_EQ(json["epoch"], 2);
  EXPECT_EQ(json["method"], "gps");
  EXPECT_EQ(json["selected"], s_select["selected"]);
  EXPECT_EQ(json["values"], s_train["trainable_total"]);
  EXPECT_EQ(json["base_hash"], s_select["spec"]["base_hash"]);
  EXPECT_EQ(json["metrics"]["dice_mean"], s_train["epochs"][2]["metrics"]["dice_mean"]);
  EXPECT_TRUE(json["has_base"].get<bool>());
  std::int64_t selected = 0;
  for (const auto& block : json["per_block"]) selected += block["selected"].get<std::int64_t>();
  EXPECT_EQ(selected, json["selected"].get<std::int64_t>());
  EXPECT_NE(expectGps(0, {"delta", "info", at("run")}).out.find("dice_mean"), std::string::npos);
  EXPECT_EQ(expectGps(2, {"delta", "info", at("run") + "@9", "--json"}).json()["error"]["code"], "not_found");
}

TEST_F(CliDelta, ApplyChangesOnlyWhatTrainsAndRemoveGivesTheBaseBack) {
  const auto delta = readDelta(at("run") + "@2");
  expectGps(0, {"delta", "apply", at("run") + "@2", "--weights", s_weights, "--out", at("merged.safetensors"), "--json"});
  const auto base = openTensorFile(s_weights), merged = openTensorFile(at("merged.safetensors"));
  ASSERT_EQ(base.records().size(), merged.records().size());
  std::set<std::string> whole;
  for (const auto& tensor : delta.whole) whole.insert(tensor.name);
  std::int64_t changed = 0;
  for (const auto& record : base.records()) {
    const auto before = floatsOf(base, record), after = floatsOf(merged, merged.at(record.name));
    ASSERT_EQ(before.size(), after.size()) << record.name;
    if (whole.contains(record.name)) continue;
    const auto* const entry = delta.map->find(record.name);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (std::memcmp(&before[i], &after[i], sizeof(float)) == 0) continue;
      ++changed;
      ASSERT_NE(entry, nullptr) << record.name << " changed, but nothing of it was selected";
      ASSERT_TRUE(std::binary_search(delta.offsets.begin(), delta.offsets.end(), std::uint32_t(entry->offset + std::int64_t(i))))
          << record.name << ' ' << i;
    }
  }
  EXPECT_GT(changed, std::int64_t(delta.offsets.size()) / 2);
  // The merged checkpoint scores like base and delta.
  const auto scored =
      expectGps(0, std::vector<std::string>{"evaluate", "--weights", at("merged.safetensors"), "--data", s_pack} + kSmall).json();
  EXPECT_NEAR(scored["metrics"]["dice_mean"].get<double>(), s_train["epochs"][2]["metrics"]["dice_mean"].get<double>(), 1e-9);

  const auto removed =
      expectGps(0, {"delta", "remove", at("run") + "@2", "--weights", at("merged.safetensors"), "--out", at("back.safetensors"), "--json"})
          .json();
  EXPECT_TRUE(removed["base_restored"].get<bool>());
  const auto back = openTensorFile(at("back.safetensors"));
  for (const auto& record : base.records()) {
    const auto before = floatsOf(base, record), after = floatsOf(back, back.at(record.name));
    EXPECT_EQ(std::memcmp(before.data(), after.data(), before.size() * sizeof(float)), 0) << record.name;
  }
}

TEST_F(CliDelta, WrongBasesAreRefused) {
  expectGps(0, {"delta", "apply", at("run") + "@1", "--weights", s_weights, "--out", at("one.safetensors"), "--json"});
  // A delta does not go on top of another.
  EXPECT_EQ(expectGps(2, {"delta", "apply", at("run") + "@2", "--weights", at("one.safetensors"), "--out", at("x.safetensors"), "--json"})
                .json()["error"]["code"],
            "mismatch");
  EXPECT_EQ(expectGps(2, evaluateWords() + std::vector<std::string>{"--weights", at("one.safetensors")}).exitCode, 2);  // --weights twice
  // Taking a bias-only delta off the untouched base gives the base: nothing is wrong with that. Off other weights it is.
  auto words =
      trainWords() + std::vector<std::string>{"--method", "bias", "--limit", "2", "--val-limit", "1", "--epochs", "1", "--out", at("bias")};
  expectGps(0, words);
  EXPECT_EQ(expectGps(2, {"delta", "remove", at("bias"), "--weights", at("one.safetensors"), "--out", at("y.safetensors"), "--json"})
                .json()["error"]["code"],
            "mismatch");
  EXPECT_FALSE(fs::exists(at("x.safetensors")));
  EXPECT_FALSE(fs::exists(at("y.safetensors")));
  EXPECT_FALSE(fs::exists(at("y.safetensors.unchecked")));
}

TEST_F(CliDelta, ExportWithoutBaseCannotBeRemoved) {
  const auto full = expectGps(0, {"delta", "export", at("run") + "@2", "--out", at("full.safetensors"), "--json"}).json();
  const auto lean = expectGps(0, {"delta", "export", at("run") + "@2", "--no-base", "--out", at("lean.safetensors"), "--json"}).json();
  EXPECT_FALSE(lean["has_base"].get<bool>());
  EXPECT_LT(lean["bytes"].get<double>(), 0.8 * full["bytes"].get<double>());
  const auto a = readDelta(at("full.safetensors")), b = readDelta(at("lean.safetensors")), run = readDelta(at("run") + "@2");
  EXPECT_EQ(a.offsets, run.offsets);
  EXPECT_EQ(a.values, run.values);
  EXPECT_EQ(a.base, run.base);
  EXPECT_EQ(b.values, run.values);
  EXPECT_TRUE(b.base.empty());
  EXPECT_EQ(expectGps(2, {"delta", "remove", at("lean.safetensors"), "--weights", s_weights, "--out", at("z.safetensors"), "--json"})
                .json()["error"]["code"],
            "unavailable");
}

TEST_F(CliDelta, RowLayoutHoldsTheSameValuesPerNeuron) {
  const auto words = std::vector<std::string>{"delta", "export", at("run") + "@2", "--json", "--out", at("rows.safetensors"), "--layout"};
  EXPECT_EQ(expectGps(2, words + std::vector<std::string>{"columns"}).json()["error"]["subject"], "--layout");
  EXPECT_EQ(expectGps(0, words + std::vector<std::string>{"rows"}).json()["layout"], "rows");
  const auto delta = readDelta(at("run") + "@2");
  const auto file = openTensorFile(at("rows.safetensors"));
  std::map<std::uint32_t, float> seen;
  for (const auto id : delta.map->matrixIds()) {
    const auto& entry = delta.map->entry(id);
    if (file.find("columns." + entry.name) == nullptr) continue;
    const auto& record = file.at("columns." + entry.name);
    EXPECT_EQ(record.dtype, DType::I32);
    EXPECT_EQ(record.shape, (std::vector<std::int64_t>{entry.rows, std::min<std::int64_t>(2, entry.cols)})) << entry.name;
    const auto columns = floatsOf(file, record), values = floatsOf(file, file.at("values." + entry.name));
    const auto kept = record.shape[1];
    for (std::int64_t i = 0; i < record.elements(); ++i)
      seen[std::uint32_t(entry.offset + i / kept * entry.cols + std::int64_t(columns[std::size_t(i)]))] = values[std::size_t(i)];
  }
  ASSERT_EQ(seen.size(), delta.offsets.size());
  for (std::size_t i = 0; i < delta.offsets.size(); ++i) EXPECT_EQ(seen[delta.offsets[i]], delta.values[i]);
  for (const auto& tensor : delta.whole) EXPECT_EQ(floatsOf(file, file.at("whole." + tensor.name)), tensor.values) << tensor.name;
}

#ifdef GPS_WITH_OPENCV

TEST_F(CliDelta, PredictWritesMaskProbabilityAndOverlay) {
  const auto json = expectGps(0, {"predict", "--weights", s_weights, "--delta", at("run") + "@2", "--images", s_pack, "--out", at("masks"),
                                  "--overlay", "--limit", "2", "--device", "cpu", "--json"})
                        .json();
  ASSERT_EQ(json["n"], 2);
  ASSERT_EQ(json["images"].size(), 2u);
  EXPECT_EQ(filesBelow(at("masks")).size(), 6u);
  const OpenCvImageSource pictures;
  for (const auto& image : json["images"]) {
    const std::string stem = at("masks") + "/" + image["id"].get<std::string>();
    EXPECT_EQ(image["mask"], stem + ".png");
    const auto mask = pictures.loadMask(stem + ".png");
    EXPECT_EQ(mask.width, 96);
    EXPECT_EQ(mask.height, 96);
    const auto statistics = pictures.maskStatistics(stem + ".png");
    EXPECT_EQ(statistics.greyShare, 0);
    EXPECT_NEAR(statistics.foregroundShare, image["foreground_share"].get<double>(), 1e-9);
    EXPECT_EQ(pictures.sizeOf(stem + "_prob.png").width, 96);
    EXPECT_EQ(pictures.loadImage(stem + "_overlay.png").height, 96);
  }
}

TEST_F(CliDelta, PredictWritesTheKindsOfMasksAskedFor) {
  const auto words =
      std::vector<std::string>{"predict", "--weights", s_weights, "--delta", at("run") + "@2", "--images", s_pack, "--device",
                               "cpu",     "--json",    "--limit", "2",       "--out"};
  const auto json = expectGps(0, words + std::vector<std::string>{at("kinds"), "--masks", "indexed,rle"}).json();
  EXPECT_EQ(filesBelow(at("kinds")).size(), 3u);
  EXPECT_EQ(json["coco"], at("kinds") + "/masks.json");
  const auto coco = nlohmann::json::parse(readText(at("kinds/masks.json")));
  ASSERT_EQ(coco["images"].size(), 2u);
  std::size_t annotation = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& image = json["images"][i];
    EXPECT_FALSE(image.contains("mask"));
    const auto mask = OpenCvImageSource().loadMask(image["indexed"]);
    const auto foreground = std::count(mask.pixels.begin(), mask.pixels.end(), 255);
    EXPECT_NEAR(double(foreground) / double(mask.pixels.size()), image["foreground_share"].get<double>(), 1e-9);
    EXPECT_EQ(coco["images"][i]["width"], 96);
    if (foreground == 0) continue;
    const auto& entry = coco["annotations"].at(annotation++);
    EXPECT_EQ(entry["image_id"], i + 1);
    EXPECT_EQ(entry["area"], foreground);
    EXPECT_EQ(maskOfRuns(runLengthsFrom(entry["segmentation"]["counts"], 96, 96)), mask);
  }
  EXPECT_EQ(coco["annotations"].size(), annotation);
  EXPECT_EQ(expectGps(2, words + std::vector<std::string>{at("none"), "--masks", "jpeg"}).json()["error"]["subject"], "--masks");
}

TEST_F(CliDelta, PredictTakesPromptsAndRefusesThoseOutside) {
  const auto words = std::vector<std::string>{"predict", "--weights", s_weights, "--images",     s_pack, "--limit",
                                              "1",       "--device",  "cpu",     "--image-size", "64",   "--json"};
  EXPECT_EQ(expectGps(0, words + std::vector<std::string>{"--box", "10,10,80,80", "--out", at("boxed")}).json()["n"], 1);
  EXPECT_EQ(expectGps(0, words + std::vector<std::string>{"--point", "48,48", "--out", at("pointed")}).json()["n"], 1);
  EXPECT_EQ(expectGps(2, words + std::vector<std::string>{"--box", "10,10,800,80", "--out", at("outside")}).json()["error"]["subject"],
            "--box");
}

#else

TEST_F(CliDelta, PredictSaysThatItCannotWritePictures) {
  EXPECT_EQ(expectGps(2, {"predict", "--weights", s_weights, "--images", s_pack, "--out", at("masks"), "--json"}).json()["error"]["code"],
            "unavailable");
}

#endif

}  // namespace
}  // namespace gps::test
