// The classification path on a small set: what every command prints and writes.
#include <gtest/gtest.h>

#include "core/backbones/model.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/exporting.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/data/packwriter.h"
#include "core/tuning/runfolder.h"
#include "tests/cli/program.h"
#include "tests/core/stripes.h"

namespace gps::test {
namespace {

using Words = std::vector<std::string>;

Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const Words kSmall{"--image-size", "32", "--device", "cpu", "--batch", "4", "--json"};

// 12 training, 6 validation and 6 test pictures of stripes in a pack; a ViT-Ti with random weights and no head.
class CliClasses : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = new TemporaryFolder;
    const auto model = Model::create("vit_tiny_patch16_224", 32);
    model->fillRandom(3);
    exportWeights(*model, at("vit.safetensors"));
    const auto data = stripes(12, 6, 6);
    const StripeSource source;
    std::vector<PackEntry> entries;
    for (const auto& item : data.items) entries.push_back({item.id, item.split, item.className, {}, 44, 40, false});
    PackWriter writer(at("set.pack"), {TaskKind::Classification, data.classes, {}, false}, entries);
    for (const auto& item : data.items) writer.addImage(item.id, source.loadImage(item.imagePath));
    writer.finish();
    s_train =
        expectGps(0, Words{"train"} + inputs() + kSmall +
                         Words{"--epochs", "3", "--schedule", "constant", "--lr", "3e-3", "--ema", "0.5", "--k", "2", "--out", at("run")})
            .json();
  }
  static void TearDownTestSuite() { delete s_folder; }
  static std::string at(const std::string& name) { return *s_folder / name; }
  static Words inputs() { return {"--weights", at("vit.safetensors"), "--data", at("set.pack")}; }

  static inline TemporaryFolder* s_folder = nullptr;
  static inline nlohmann::json s_train;
};

TEST_F(CliClasses, TrainFollowsTheTaskOfTheData) {
  EXPECT_EQ(s_train["epochs"].size(), 4u);
  const auto& metrics = s_train["last"]["metrics"];
  for (const char* key : {"top1", "top5", "ema_top1"}) EXPECT_TRUE(metrics.contains(key)) << key;
  EXPECT_EQ(metrics["top5"], 1.0);
  EXPECT_EQ(s_train["scored_split"], "val");
  EXPECT_LT(s_train["epochs"][3]["train_loss"], s_train["epochs"][1]["train_loss"]);
  EXPECT_EQ(s_train["trainable_total"].get<int>() - s_train["trainable"].get<int>(), 3 * 192 + 3);
  const auto run = readRun(at("run"));
  EXPECT_EQ(run.spec.selection.loss, LossKind::Contrastive);
  EXPECT_EQ(run.spec.augment, AugmentKind::Vtab);
  EXPECT_EQ(run.spec.model.preprocess, PreprocessKind::Squash);
  EXPECT_EQ(run.spec.model.classes, 3);
}

TEST_F(CliClasses, EvaluateScoresWithTheDelta) {
  const auto json = expectGps(0, Words{"evaluate"} + inputs() + kSmall + Words{"--delta", at("run@3"), "--split", "val,test"}).json();
  EXPECT_EQ(json["n"], 12);
  EXPECT_EQ(json["task"], "classification");
  EXPECT_EQ(json["per_split"]["val"]["n"], 6);
  EXPECT_EQ(json["per_split"]["val"]["top1"], s_train["last"]["metrics"]["top1"]);
  EXPECT_EQ(json["per_class"].size(), 3u);
  int right = 0, wrong = 0;
  for (const auto& c : json["per_class"]) right += c["right"].get<int>();
  for (const auto& c : json["confusions"]) wrong += c["count"].get<int>();
  EXPECT_EQ(right + wrong, 12);
  EXPECT_NEAR(json["metrics"]["top1"].get<double>(), right / 12.0, 1e-12);
  EXPECT_EQ(json["per_image"].size(), 12u);
  EXPECT_TRUE(json["leaks"].empty());
  const auto averaged = expectGps(0, Words{"evaluate"} + inputs() + kSmall + Words{"--delta", at("run@3-average")}).json();
  EXPECT_EQ(averaged["metrics"]["top1"], s_train["last"]["metrics"]["ema_top1"]);
  const auto text = expectGps(0, Words{"evaluate"} + inputs() + Words{"--image-size", "32", "--device", "cpu", "--delta", at("run@3")}).out;
  EXPECT_NE(text.find("top-1"), std::string::npos) << text;
}

// What a delta was made from is no test of it.
TEST_F(CliClasses, EvaluateTellsWhenItScoresPicturesOfTheRun) {
  const auto json = expectGps(0, Words{"evaluate"} + inputs() + kSmall + Words{"--delta", at("run@3"), "--split", "train"}).json();
  EXPECT_EQ(json["leaks"].size(), 12u);
  EXPECT_EQ(json["leaks"][0]["kind"], "selected or trained on");
}

TEST_F(CliClasses, EvaluateWithoutAHeadSaysWhatToDo) {
  const auto outcome = expectGps(2, Words{"evaluate"} + inputs() + kSmall);
  EXPECT_NE(outcome.err.find("--delta"), std::string::npos) << outcome.err;
}

TEST_F(CliClasses, SelectTakesBothLossesAndRefusesTheOtherTasks) {
  const auto select = [&](const std::string& loss, int code) {
    return expectGps(code, Words{"select"} + inputs() + kSmall + Words{"--loss", loss, "--out", at(loss + ".safetensors")});
  };
  const auto contrastive = select("supcon", 0).json(), entropy = select("ce", 0).json();
  EXPECT_EQ(contrastive["selected"], entropy["selected"]);
  EXPECT_EQ(contrastive["pass"]["images"], 12);
  EXPECT_NE(readText(at("supcon.safetensors")), readText(at("ce.safetensors")));
  EXPECT_NE(select("seg", 2).err.find("supcon"), std::string::npos);
  expectGps(2, Words{"select"} + inputs() + kSmall + Words{"--task", "segmentation", "--out", at("no.safetensors")});
  // A selection file trains.
  const auto train =
      expectGps(0, Words{"train"} + inputs() + kSmall +
                       Words{"--selection", at("supcon.safetensors"), "--epochs", "1", "--schedule", "constant", "--out", at("again")});
  EXPECT_EQ(train.json()["epochs"].size(), 2u);
}

TEST_F(CliClasses, FlagsOfTheOtherTaskAreRefused) {
  for (const Words& words : {Words{"--method", "decoder"}, Words{"--warmup", "3"}, Words{"--decoder", "sparse"}}) {
    const auto outcome = expectGps(2, Words{"train"} + inputs() + kSmall + words + Words{"--out", at("refused")});
    EXPECT_NE(outcome.err.find(words[0]), std::string::npos) << outcome.err;
  }
}

TEST_F(CliClasses, PredictNamesTheLikeliestClasses) {
  const auto json = expectGps(0, Words{"predict", "--weights", at("vit.safetensors"), "--device", "cpu", "--images", at("set.pack"),
                                       "--delta", at("run@3"), "--limit", "4", "--out", at("predicted"), "--json"})
                        .json();
  ASSERT_EQ(json["images"].size(), 4u);
  double sum = 0;
  for (const auto& c : json["images"][0]["classes"]) sum += c["probability"].get<double>();
  EXPECT_NEAR(sum, 1, 1e-6);
  EXPECT_EQ(readText(at("predicted/predictions.csv")).substr(0, 31), "picture,rank,class,probability\n");
}

// A head that the base does not have goes with the delta, and leaves with it.
TEST_F(CliClasses, ApplyBringsTheHeadAndRemoveTakesItAway) {
  expectGps(0, {"delta", "apply", at("run@3"), "--weights", at("vit.safetensors"), "--out", at("merged.safetensors")});
  EXPECT_NE(openTensorFile(at("merged.safetensors")).find("head.weight"), nullptr);
  const auto merged =
      expectGps(0, Words{"evaluate", "--weights", at("merged.safetensors"), "--data", at("set.pack"), "--preprocess", "squash"} + kSmall)
          .json();
  EXPECT_EQ(merged["metrics"]["top1"], s_train["last"]["metrics"]["top1"]);
  expectGps(0, {"delta", "remove", at("run@3"), "--weights", at("merged.safetensors"), "--out", at("base.safetensors")});
  const auto base = openTensorFile(at("base.safetensors")), original = openTensorFile(at("vit.safetensors"));
  EXPECT_EQ(base.find("head.weight"), nullptr);
  ASSERT_EQ(base.records().size(), original.records().size());
  for (const auto& record : original.records()) {
    std::vector<float> a(std::size_t(record.elements())), b(a.size());
    copyAsFloat(original, record, a.data());
    copyAsFloat(base, base.at(record.name), b.data());
    EXPECT_EQ(a, b) << record.name;
  }
}

TEST_F(CliClasses, BenchTimesTheForward) {
  const auto json = expectGps(0, {"bench", "forward", "--model", "vit_tiny_patch16_224", "--image-size", "32", "--batch", "2", "--runs",
                                  "3", "--device", "cpu", "--json"})
                        .json();
  EXPECT_EQ(json["ms_all"].size(), 3u);
  EXPECT_GT(json["ms_median"].get<double>(), 0);
  expectGps(2, {"bench", "forward"});
}

TEST_F(CliClasses, BenchTimesTheFeed) {
  const Words bench{"bench", "feed", "--model", "vit_tiny_patch16_224"};
  const auto json = expectGps(0, bench + Words{"--data", at("set.pack"), "--epochs", "3"} + kSmall).json();
  EXPECT_EQ(json["pictures"], 12);
  EXPECT_EQ(json["cached_pictures"], 12);
  EXPECT_EQ(json["page_locked"], false);
  EXPECT_EQ(json["epochs"].size(), 3u);
  EXPECT_EQ(json["ms_all"].size(), 2u);
  EXPECT_GT(json["cold_per_second"].get<double>(), 0);
  EXPECT_GT(json["warm_per_second"].get<double>(), 0);
  expectGps(2, bench);
  expectGps(2, bench + Words{"--data", at("set.pack"), "--epochs", "1"});
  expectGps(2, Words{"bench", "feed", "--model", "lite_medsam", "--data", at("set.pack")});
}

}  // namespace
}  // namespace gps::test
