// The whole path on a small set: what every command prints and writes, read back with the engine's own readers.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/tuning/runfolder.h"
#include "tests/cli/pipeline.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;

class CliPipeline : public SmallProject {};

void expectKeys(const nlohmann::json& json, const std::vector<std::string>& keys) {
  for (const auto& key : keys) EXPECT_TRUE(json.contains(key)) << key;
}

std::vector<float> floatsOf(const TensorFile& file, const std::string& name) {
  const auto& record = file.at(name);
  std::vector<float> values(std::size_t(record.elements()));
  copyAsFloat(file, record, values.data());
  return values;
}

TEST_F(CliPipeline, InspectRecognisesTheCheckpoint) {
  const auto json = expectGps(0, {"inspect", s_weights, "--k", "2", "--json"}).json();
  expectKeys(json, {"model", "parameters", "selectable_rows", "matched", "missing", "unexpected", "blocks", "tensors", "counts"});
  EXPECT_EQ(json["model"], "lite_medsam");
  EXPECT_EQ(json["parameters"], 9791300);
  EXPECT_GT(json["matched"].get<int>(), 100);
  EXPECT_TRUE(json["missing"].empty());
  EXPECT_EQ(json["selectable_rows"], s_select["rows"]);
  EXPECT_EQ(json["counts"]["selected"], s_select["selected"]);
  EXPECT_EQ(json["counts"]["trainable"], s_select["trainable"]);
  EXPECT_EQ(json["counts"]["trainable_total"], s_select["trainable_total"]);
  const auto text = expectGps(0, {"inspect", s_weights}).out;
  EXPECT_NE(text.find("patch_embed"), std::string::npos) << text;
}

TEST_F(CliPipeline, SelectionIsTheTopOfEveryRowOfTheField) {
  expectKeys(s_select,
             {"selected", "rows", "zero_rows", "trainable", "trainable_share", "trainable_total", "total_share", "per_block", "seconds"});
  expectKeys(s_select["per_block"].at(0), {"block", "kind", "selected", "available"});
  const auto file = readSelectionFile(at("s.safetensors"));
  const auto& offsets = file.selection.offsets;
  EXPECT_EQ(std::int64_t(offsets.size()), s_select["selected"].get<std::int64_t>());
  EXPECT_EQ(file.selection.spec.keptPerRow, 2);
  const auto raw = openTensorFile(at("s.safetensors"));
  EXPECT_EQ(raw.at("offsets").dtype, DType::U32);
  EXPECT_TRUE(nlohmann::json::accept(raw.metadata().at("parameter_map")));
  EXPECT_TRUE(nlohmann::json::accept(raw.metadata().at("spec")));
  // The rule, written out plainly: larger |g| first, then the smaller column.
  const auto field = openTensorFile(at("g.safetensors"));
  std::vector<std::uint32_t> expected;
  std::int64_t rows = 0;
  for (const auto id : file.map->matrixIds()) {
    const auto& entry = file.map->entry(id);
    if (field.find(entry.name) == nullptr) continue;
    EXPECT_EQ(field.at(entry.name).elements(), entry.count);
    const auto g = floatsOf(field, entry.name);
    for (std::int64_t row = 0; row < entry.rows; ++row, ++rows) {
      std::vector<std::uint32_t> columns(std::size_t(entry.cols));
      for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = std::uint32_t(i);
      const float* const line = g.data() + row * entry.cols;
      std::stable_sort(columns.begin(), columns.end(), [&](auto a, auto b) { return std::abs(line[a]) > std::abs(line[b]); });
      columns.resize(std::min<std::size_t>(2, columns.size()));
      std::sort(columns.begin(), columns.end());
      for (const auto column : columns) expected.push_back(std::uint32_t(entry.offset + row * entry.cols + column));
    }
  }
  EXPECT_EQ(rows, s_select["rows"].get<std::int64_t>());
  EXPECT_EQ(offsets, expected);
}

TEST_F(CliPipeline, OtherCriteriaAndExclusions) {
  const auto random =
      expectGps(0, selectWords() + std::vector<std::string>{"--criterion", "random", "--seed", "3", "--out", at("r.safetensors")}).json();
  const auto again =
      expectGps(0, selectWords() + std::vector<std::string>{"--criterion", "random", "--seed", "3", "--out", at("r2.safetensors")}).json();
  EXPECT_EQ(readSelectionFile(at("r.safetensors")).selection.offsets, readSelectionFile(at("r2.safetensors")).selection.offsets);
  const auto less = expectGps(0, selectWords() + std::vector<std::string>{"--criterion", "magnitude", "--exclude-kinds", "fc1,fc2",
                                                                          "--exclude-blocks", "patch_embed", "--out", at("m.safetensors")})
                        .json();
  EXPECT_LT(less["selected"].get<std::int64_t>(), random["selected"].get<std::int64_t>());
  for (const auto& block : less["per_block"]) {
    if (block["kind"] == "fc1" || block["block"] == "patch_embed") {
      EXPECT_EQ(block["selected"], 0) << block;
    }
  }
  // Beyond the depth of the table: whole rows where they are shorter.
  const auto deep =
      expectGps(0, selectWords() + std::vector<std::string>{"--criterion", "magnitude", "--k", "100", "--out", at("d.safetensors")}).json();
  EXPECT_GT(deep["captured_share"].get<double>(), 0.3);
  EXPECT_GT(deep["selected"].get<std::int64_t>(), 10 * random["selected"].get<std::int64_t>());
}

TEST_F(CliPipeline, TrainReportsEveryEpochAndWritesTheRunFolder) {
  expectKeys(s_train, {"epochs", "best", "last", "seconds", "peak_mib", "trainable", "trainable_total"});
  ASSERT_EQ(s_train["epochs"].size(), 3u);  // untuned, 1, 2
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& epoch = s_train["epochs"][i];
    EXPECT_EQ(epoch["epoch"], i);
    expectKeys(epoch, {"train_loss", "val_loss", "metrics"});
    expectKeys(epoch["metrics"], {"dice_mean", "iou_mean", "dice_pooled", "iou_pooled"});
  }
  EXPECT_EQ(s_train["last"]["epoch"], 2);
  EXPECT_GT(s_train["seconds"].get<double>(), 0);
  EXPECT_GT(s_train["peak_mib"].get<double>(), 0);
  EXPECT_EQ(s_train["trainable"], s_select["trainable"]);
  EXPECT_EQ(s_train["trainable_total"], s_select["trainable_total"]);
  for (const auto* name : {"run.toml", "env.json", "metrics.jsonl", "deltas/base.safetensors", "deltas/epoch-0001.safetensors",
                           "deltas/epoch-0002.safetensors", "log.txt"})
    EXPECT_TRUE(fs::exists(at("run/" + std::string(name)))) << name;
  EXPECT_TRUE(fs::is_directory(at("run/state")));
  EXPECT_TRUE(nlohmann::json::accept(readText(at("run/env.json"))));
  std::istringstream lines(readText(at("run/metrics.jsonl")));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_TRUE(nlohmann::json::accept(line)) << line;
  EXPECT_EQ(count, 3);
  const auto run = readRun(at("run"));
  EXPECT_TRUE(run.finished);
  EXPECT_EQ(run.spec.model.id, "lite_medsam");
  EXPECT_EQ(run.spec.model.imageSize, 64);
  EXPECT_EQ(run.spec.dataFolder, s_pack);
  EXPECT_EQ(run.epochs.size(), 3u);
}

TEST_F(CliPipeline, ARunIsNeverOverwritten) {
  const auto before = readText(at("run/run.toml"));
  EXPECT_EQ(expectGps(2, trainWords() + std::vector<std::string>{"--epochs", "1", "--out", at("run")}).json()["error"]["code"],
            "bad_argument");
  EXPECT_EQ(readText(at("run/run.toml")), before);
  // It is finished, so there is nothing to go on with.
  EXPECT_EQ(expectGps(2, {"train", "--resume", "--out", at("run"), "--json"}).json()["error"]["code"], "bad_argument");
}

TEST_F(CliPipeline, TrainSelectsFirstAndRepeatsFromItsConfiguration) {
  const auto flags = std::vector<std::string>{"--limit", "2", "--val-limit", "1", "--epochs", "1", "--k", "1"};
  const auto first = expectGps(0, trainWords() + flags + std::vector<std::string>{"--out", at("first")}).json();
  ASSERT_FALSE(first["selection"].is_null());
  EXPECT_EQ(first["selection"]["k"], 1);
  EXPECT_GT(first["selection_seconds"].get<double>(), 0);
  expectGps(0, {"train", "--config", at("first/run.toml"), "--out", at("again"), "--json"});
  const auto a = readDelta(at("first") + "@1"), b = readDelta(at("again") + "@1");
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.values, b.values);
}

TEST_F(CliPipeline, ARunInANarrowPrecisionSaysSoAndMeasuresItsBestInFp32) {
  const auto flags = trainWords() + std::vector<std::string>{"--selection", at("s.safetensors"), "--epochs", "1", "--precision", "bf16"};
  const auto json = expectGps(0, flags + std::vector<std::string>{"--out", at("narrow")}).json();
  for (const auto& epoch : json["epochs"]) EXPECT_EQ(epoch["precision"], "bf16") << epoch;
  EXPECT_EQ(json["last"]["precision"], "bf16");
  EXPECT_EQ(json["best"]["precision"], "fp32");
  EXPECT_EQ(json["best"]["epoch"], 1);
  const auto evaluated = [&](const std::string& precision) {
    return expectGps(0, evaluateWords() + std::vector<std::string>{"--delta", at("narrow"), "--precision", precision}).json();
  };
  const auto wide = evaluated("fp32"), narrow = evaluated("bf16");
  EXPECT_EQ(wide["precision"], "fp32");
  EXPECT_EQ(narrow["precision"], "bf16");
  for (const auto* key : {"dice_mean", "iou_mean", "dice_pooled", "iou_pooled"})
    EXPECT_NEAR(json["best"]["metrics"][key].get<double>(), wide["metrics"][key].get<double>(), 1e-6) << key;
  EXPECT_NEAR(json["best"]["val_loss"].get<double>(), wide["mean_loss"].get<double>(), 1e-6);
  const auto info = expectGps(0, {"delta", "info", at("narrow"), "--json"}).json();
  EXPECT_EQ(info["precision"], "bf16");
  EXPECT_EQ(info["metrics"]["dice_mean"], json["epochs"][1]["metrics"]["dice_mean"]);
  EXPECT_EQ(info["fp32_metrics"]["dice_mean"], json["best"]["metrics"]["dice_mean"]);
  EXPECT_NE(expectGps(0, {"delta", "info", at("narrow")}).out.find(" in bf16"), std::string::npos);
  // A finished run tells in words what its numbers are.
  auto words = flags + std::vector<std::string>{"--out", at("narrow_text")};
  words.erase(std::find(words.begin(), words.end(), "--json"));
  const auto text = expectGps(0, words).out;
  EXPECT_NE(text.find("in bf16: best epoch 1"), std::string::npos) << text;
  EXPECT_NE(text.find("measured again in fp32"), std::string::npos) << text;
}

TEST_F(CliPipeline, OtherMethodsTrainWhatTheySay) {
  for (const auto* method : {"full", "decoder", "linear", "bias"}) {
    const auto json = expectGps(0, trainWords() + std::vector<std::string>{"--method", method, "--limit", "2", "--val-limit", "1",
                                                                           "--epochs", "1", "--out", at(std::string("m_") + method)})
                          .json();
    EXPECT_EQ(json["method"], method);
    const auto info = expectGps(0, {"delta", "info", at(std::string("m_") + method), "--json"}).json();
    EXPECT_EQ(info["selected"], 0) << method;
    EXPECT_EQ(info["whole_values"], json["trainable_total"]) << method;
  }
}

TEST_F(CliPipeline, ASweepRunsItsGridListsItAndGoesOn) {
  const auto plan = at("plan.toml");
  std::ofstream(plan) << "[model]\nweights = \"" << s_weights << "\"\nimage_size = 64\n[data]\nfolder = \"" << s_pack
                      << "\"\n[device]\ndevice = \"cpu\"\n[training]\nepochs = 1\nbatch = 2\n[sweep]\nk = [1, 2]\nscheme = [\"neuron\", "
                         "\"decoder\"]\n";
  const std::vector<std::string> words{"sweep", plan, "--out", at("sweep"), "--json"};
  const auto listed = expectGps(0, {"sweep", plan, "--out", at("sweep"), "--list"}).out;
  EXPECT_EQ(std::count(listed.begin(), listed.end(), '\n'), 3);
  EXPECT_NE(listed.find("gps train --config '" + at("sweep/configs/neuron-k2.toml") + "' --out '" + at("sweep/neuron-k2") + "'"),
            std::string::npos)
      << listed;
  EXPECT_FALSE(std::filesystem::exists(at("sweep/neuron-k2")));
  // One of the listed commands, as a task of an array runs it: the sweep finds its run finished.
  expectGps(0, {"train", "--config", at("sweep/configs/neuron-k2.toml"), "--out", at("sweep/neuron-k2"), "--json"});

  const auto json = expectGps(0, words).json();
  expectKeys(json, {"out", "axes", "metric", "runs", "failed", "cancelled", "frontier"});
  ASSERT_EQ(json["runs"].size(), 3u);
  EXPECT_EQ(json["runs"][0]["name"], "neuron-k1");
  EXPECT_EQ(json["runs"][0]["status"], "finished");
  EXPECT_EQ(json["runs"][1]["status"], "finished before");
  EXPECT_EQ(json["runs"][2]["name"], "decoder");
  EXPECT_EQ(json["failed"], 0);
  ASSERT_EQ(json["frontier"].size(), 2u);
  EXPECT_EQ(json["frontier"][0]["points"].size(), 2u);
  EXPECT_EQ(json["frontier"][0]["points"][0]["k"], "1");
  EXPECT_TRUE(json["frontier"][0]["points"][0]["sd"].is_null());
  for (const auto& run : json["runs"]) EXPECT_GT(run["delta_mib"].get<double>(), 0) << run;

  for (const auto& run : expectGps(0, words).json()["runs"]) EXPECT_EQ(run["status"], "finished before");
  const auto bad = expectGps(2, {"sweep", at("run/run.toml"), "--out", at("sweep2")});
  EXPECT_NE(bad.err.find("has no section [sweep]"), std::string::npos) << bad.err;
  const auto mistaken = expectGps(2, {"train", "--config", plan, "--out", at("sweep3")});
  EXPECT_NE(mistaken.err.find("gps sweep"), std::string::npos) << mistaken.err;
}

TEST_F(CliPipeline, EvaluateGivesTheScoresOfTheRun) {
  const auto untuned = expectGps(0, evaluateWords()).json();
  expectKeys(untuned, {"n", "metrics", "definition", "per_image"});
  EXPECT_EQ(untuned["n"], 2);
  EXPECT_EQ(untuned["per_image"].size(), 2u);
  expectKeys(untuned["per_image"][0], {"id", "dice", "iou"});
  EXPECT_NE(untuned["definition"].get<std::string>().find("0.5"), std::string::npos);
  const auto compare = [](const nlohmann::json& evaluated, const nlohmann::json& epoch) {
    for (const auto* key : {"dice_mean", "iou_mean", "dice_pooled", "iou_pooled"})
      EXPECT_NEAR(evaluated["metrics"][key].get<double>(), epoch["metrics"][key].get<double>(), 1e-9) << key;
    EXPECT_NEAR(evaluated["mean_loss"].get<double>(), epoch["val_loss"].get<double>(),
                1e-5);  // fp32, fused attention against the one that training needs
  };
  compare(untuned, s_train["epochs"][0]);
  // RUN@2, the epoch's file and a bundle are one delta; image size and preprocessing come with it.
  expectGps(0, {"delta", "export", at("run") + "@2", "--out", at("bundle.safetensors"), "--json"});
  for (const auto& delta : {at("run") + "@2", at("run/deltas/epoch-0002.safetensors"), at("bundle.safetensors")}) {
    const auto json =
        expectGps(0, {"evaluate", "--weights", s_weights, "--data", s_pack, "--delta", delta, "--batch", "2", "--device", "cpu", "--json"})
            .json();
    EXPECT_EQ(json["epoch"], 2) << delta;
    EXPECT_EQ(json["image_size"], 64) << delta;
    compare(json, s_train["epochs"][2]);
  }
  const auto best = expectGps(0, evaluateWords() + std::vector<std::string>{"--delta", at("run")}).json();
  EXPECT_GE(best["epoch"].get<int>(), 1);
  EXPECT_EQ(expectGps(0, evaluateWords() + std::vector<std::string>{"--split", "train", "--limit", "3"}).json()["n"], 3);
}

TEST_F(CliPipeline, EvaluateTellsEveryFigureWithItsDefinition) {
  const auto words =
      evaluateWords() + std::vector<std::string>{"--delta", at("run"), "--csv", at("每.csv"), "--summary-csv", at("all.csv")};
  const auto json = expectGps(0, words).json();
  expectKeys(json["metrics"], {"dice_mean", "iou_mean", "precision_mean", "recall_mean", "boundary_f_mean", "hd95_mean", "area_share_mean",
                               "dice_pooled", "iou_pooled", "precision_pooled", "recall_pooled"});
  for (const auto& [key, interval] : json["intervals"].items()) {
    if (interval.is_null()) continue;
    EXPECT_LE(interval[0].get<double>(), json["metrics"][key].get<double>() + 1e-12) << key;
    EXPECT_GE(interval[1].get<double>(), json["metrics"][key].get<double>() - 1e-12) << key;
  }
  expectKeys(json["per_image"][0], {"dice", "boundary_f", "hd95", "area_share", "area_px", "truth_area_px", "counts"});
  EXPECT_EQ(json["sanity"].size(), 2u);
  EXPECT_EQ(json["sanity"][0]["metrics"]["recall_mean"], 1.0);
  EXPECT_EQ(json["sanity"][0]["upstream_script"]["metrics"]["dice"], 1.0);
  EXPECT_TRUE(json["sanity"][1]["metrics"]["hd95_mean"].is_null());
  // The script's definition stands apart and is the pooled recall.
  EXPECT_NEAR(json["upstream_script"]["metrics"]["iou"].get<double>(), json["metrics"]["recall_pooled"].get<double>(), 1e-12);
  EXPECT_TRUE(json["impossible_pairs"].empty());
  expectKeys(json["definitions"], {"dice", "iou", "precision", "recall", "boundary_f", "hd95", "area_share", "upstream script"});
  const auto lines = [](const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
  };
  const auto rows = lines(at("每.csv"));
  EXPECT_EQ(rows.front().rfind("# ", 0), 0u);
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const std::string& line) { return line.rfind("# ", 0) != 0; }), 1 + 2);
  const auto summary = lines(at("all.csv"));
  EXPECT_TRUE(std::any_of(summary.begin(), summary.end(), [](const std::string& line) { return line.rfind("all on,", 0) == 0; }));

  const auto text = expectGps(0, {"evaluate", "--weights", s_weights, "--data", s_pack, "--image-size", "64", "--device", "cpu"}).out;
  for (const char* word : {"boundary F", "HD95", "upstream script", "all on", "BCa", "Csurka"})
    EXPECT_NE(text.find(word), std::string::npos) << word;
}

}  // namespace
}  // namespace gps::test
