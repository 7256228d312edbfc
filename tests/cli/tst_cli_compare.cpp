// gps compare and gps selection on selections of LiteMedSAM.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/selection/sets/setalgebra.h"
#include "tests/cli/pipeline.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

class CliCompare : public SmallProject {
 protected:
  static void SetUpTestSuite() {
    SmallProject::SetUpTestSuite();
    make("one", {"--criterion", "random", "--seed", "1", "--k", "3"});
    make("two", {"--criterion", "random", "--seed", "2", "--k", "3"});
    make("big", {"--criterion", "magnitude", "--k", "3"});
    make("net", {"--criterion", "magnitude", "--level", "net", "--k", "3"});
  }
  static void make(const std::string& name, const Words& words) {
    expectGps(0, selectWords() + words + Words{"--out", at(name + ".safetensors")});
  }
  static std::string file(const std::string& name) { return at(name + ".safetensors"); }
  static std::vector<std::uint32_t> offsetsOf(const std::string& name) { return readSelectionFile(file(name)).selection.offsets; }
  static nlohmann::json compare(const Words& words) { return expectGps(0, Words{"compare", "--json"} + words).json(); }
};

TEST_F(CliCompare, HeadlinePairsAndBlocksStandBesideChance) {
  const auto json = compare({file("one"), file("two"), file("big")});
  const auto one = offsetsOf("one"), two = offsetsOf("two"), big = offsetsOf("big");
  ASSERT_EQ(json["pairs"].size(), 3u);
  EXPECT_EQ(json["pairs"][0]["a"], "one");
  EXPECT_EQ(json["pairs"][0]["b"], "two");
  EXPECT_DOUBLE_EQ(json["pairs"][0]["jaccard"].get<double>(), jaccard(one, two));
  EXPECT_DOUBLE_EQ(json["pairs"][1]["overlap_b"].get<double>(), double(intersectionSize(one, big)) / double(big.size()));
  EXPECT_EQ(json["chance_per"], "row");
  EXPECT_NEAR(json["shared_share"].get<double>() + json["specific_share"].get<double>(), 1, 1e-12);

  double mean = 0;
  for (const auto& task : json["tasks"]) mean += task["shared_share"].get<double>() / 3;
  EXPECT_NEAR(json["shared_share"].get<double>(), mean, 1e-12);
  EXPECT_EQ(json["tasks"][2]["name"], "big");
  EXPECT_EQ(json["tasks"][2]["spec"]["criterion"], "magnitude");
  EXPECT_EQ(json["tasks"][2]["file"], file("big"));
  EXPECT_EQ(json["tasks"][0]["selected"], one.size());

  std::int64_t positions = 0, selected = 0;
  for (const auto& row : json["chosen_times"]) positions += row["count"].get<std::int64_t>();
  EXPECT_EQ(json["union"].get<std::int64_t>(), positions);
  for (const auto& row : json["per_block"]) {
    EXPECT_TRUE(row["block"].is_string() && row["kind"].is_string());
    ASSERT_EQ(row["selected"].size(), 3u);
    selected += row["selected"][0].get<std::int64_t>();
  }
  EXPECT_EQ(selected, std::int64_t(one.size()));

  // Two random choices agree as chance has it: hundreds of common picks, so within a tenth.
  const double is = json["pairs"][0]["jaccard"], chance = json["pairs"][0]["chance"];
  EXPECT_GT(intersectionSize(one, two), 400);
  EXPECT_NEAR(is, chance, 0.1 * chance);

  const auto text = expectGps(0, {"compare", file("one"), file("two"), file("big")}).out;
  for (const auto* word : {"by chance", "mean over 3 tasks", "Jaccard", "one, two"}) EXPECT_NE(text.find(word), std::string::npos) << word;
}

TEST_F(CliCompare, ARunHoldsTheSelectionItWasTrainedWith) {
  for (const auto& run : {at("run"), at("run") + "@1", at("run") + "/deltas/base.safetensors"}) {
    const auto json = compare({file("s"), run});
    EXPECT_EQ(json["pairs"][0]["jaccard"], 1.0) << run;
    EXPECT_EQ(json["shared_share"], 1.0);
    EXPECT_EQ(json["tasks"][1]["spec"]["k"], 2);
  }
}

TEST_F(CliCompare, MixedLevelsTakeTheChancePerTensor) {
  const auto json = compare({file("big"), file("net"), "--names", "neuron,net"});
  EXPECT_EQ(json["chance_per"], "tensor");
  EXPECT_EQ(json["tasks"][1]["name"], "net");
  EXPECT_EQ(json["pairs"][0]["a"], "neuron");
}

TEST_F(CliCompare, TableOfPairsAndBlocks) {
  const auto json = compare({file("one"), file("two"), "--csv", at("tables/c.csv"), "--names", "one \"x\",two"});
  EXPECT_EQ(json["csv"], at("tables/c.csv"));
  const auto text = readText(at("tables/c.csv"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), std::int64_t(1 + json["pairs"].size() + json["per_block"].size()));
  EXPECT_NE(text.find("\npair,\"one \"\"x\"\"\",two,"), std::string::npos) << text.substr(0, 400);
  EXPECT_NE(text.find("\nblock,,,patch_embed,"), std::string::npos);
}

TEST_F(CliCompare, WhatCannotBeComparedIsRefused) {
  const auto errorOf = [](const Words& words) { return expectGps(2, words + Words{"--json"}).json()["error"]; };
  EXPECT_EQ(errorOf({"compare"})["subject"], "A B");
  EXPECT_EQ(errorOf({"compare", file("one")})["code"], "bad_argument");
  EXPECT_EQ(errorOf({"compare", file("one"), at("absent")})["code"], "not_found");
  EXPECT_EQ(errorOf({"compare", file("one"), s_weights})["code"], "bad_file");
  for (const auto* names : {"a", "a,a", "a,b,c", "a,"})
    EXPECT_EQ(errorOf({"compare", file("one"), file("two"), "--names", names})["subject"], "--names") << names;
  auto other = readSelectionFile(file("two"));
  other.selection.spec.baseHash = "feedfeedfeed";
  writeSelection(file("elsewhere"), *other.map, other.selection);
  const auto error = errorOf({"compare", file("one"), file("elsewhere")});
  EXPECT_EQ(error["code"], "mismatch");
  EXPECT_EQ(error["subject"], file("elsewhere"));
  EXPECT_NE(error["cause"].get<std::string>().find(file("one")), std::string::npos);
  EXPECT_NE(error["cause"].get<std::string>().find("feedfeedfeed"), std::string::npos);
  EXPECT_EQ(errorOf({"selection", "combine", "union", file("one"), file("elsewhere"), "--out", at("u.safetensors")})["code"], "mismatch");
  EXPECT_EQ(errorOf({"selection", "info", file("elsewhere"), "--weights", s_weights})["code"], "mismatch");
  EXPECT_FALSE(fs::exists(at("u.safetensors")));
}

TEST_F(CliCompare, InfoTellsColumnsAndScores) {
  const auto json =
      expectGps(0, {"selection", "info", file("s"), "--weights", s_weights, "--field", at("g.safetensors"), "--top", "2", "--json"}).json();
  EXPECT_EQ(json["selected"], s_select["selected"]);
  EXPECT_EQ(json["rows"], s_select["rows"]);
  EXPECT_EQ(json["rows_without"], 0);
  EXPECT_EQ(json["per_block"], s_select["per_block"]);
  EXPECT_EQ(json["spec"]["k"], 2);
  EXPECT_GT(json["union_share"].get<double>(), 0);
  EXPECT_LE(json["union_share"].get<double>(), 1);
  for (const auto& layer : json["layers"]) {
    EXPECT_LE(layer["top_columns"].size(), 2u);
    EXPECT_EQ(layer["per_row"]["max"].get<std::int64_t>(), std::min<std::int64_t>(2, layer["cols"].get<std::int64_t>()));
  }
  const auto& whole = json["score_histograms"][0];
  const auto total = [](const nlohmann::json& counts) {
    std::int64_t sum = 0;
    for (const auto& n : counts["bins"]) sum += n.get<std::int64_t>();
    for (const auto* key : {"below", "above", "zeros", "infinite", "nan"}) sum += counts[key].get<std::int64_t>();
    return sum;
  };
  EXPECT_TRUE(whole["block"].is_null());
  EXPECT_EQ(total(whole["chosen"]), json["selected"].get<std::int64_t>());
  std::int64_t available = 0;
  for (const auto& block : json["per_block"]) available += block["available"].get<std::int64_t>();
  EXPECT_EQ(total(whole["all"]), available);

  const auto net = expectGps(0, {"selection", "info", file("net"), "--json"}).json();
  EXPECT_TRUE(net["score_histograms"].empty());
  EXPECT_GT(net["rows_without"].get<std::int64_t>(), 0);
  const auto text = expectGps(0, {"selection", "info", file("net"), "--weights", s_weights}).out;
  EXPECT_NE(text.find("of the columns in use"), std::string::npos);
  EXPECT_NE(text.find("|score|"), std::string::npos);
  EXPECT_EQ(expectGps(2, {"selection", "info", file("s"), "--field", at("g.safetensors"), "--json"}).json()["error"]["subject"],
            "--weights");
}

TEST_F(CliCompare, ExportWritesMasksOfTrueShapesAndATable) {
  expectGps(0, {"selection", "export", file("one"), "--weights", s_weights, "--mask", at("m.safetensors"), "--csv", at("m.csv"), "--json"});
  expectGps(0, {"selection", "export", file("one"), "--mask", at("flat.safetensors"), "--json"});
  const auto base = openTensorFile(s_weights), mask = openTensorFile(at("m.safetensors")), flat = openTensorFile(at("flat.safetensors"));
  ASSERT_EQ(mask.records().size(), flat.records().size());
  std::int64_t set = 0;
  for (const auto& record : mask.records()) {
    EXPECT_EQ(record.dtype, DType::Bool);
    EXPECT_EQ(record.shape, base.at(record.name).shape) << record.name;
    EXPECT_EQ(flat.at(record.name).shape.size(), 2u);
    std::vector<std::uint8_t> values(std::size_t(record.elements())), same(values.size());
    copyRaw(mask, record, values.data());
    copyRaw(flat, flat.at(record.name), same.data());
    EXPECT_EQ(values, same);
    set += std::count(values.begin(), values.end(), 1);
  }
  EXPECT_EQ(set, std::int64_t(offsetsOf("one").size()));
  const auto table = readText(at("m.csv"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), std::int64_t(1 + mask.records().size()));
  EXPECT_EQ(expectGps(2, {"selection", "export", file("one"), "--json"}).json()["error"]["subject"], "--mask");
}

TEST_F(CliCompare, TheirJsonIsDrawn) {
  const char* const root = std::getenv("GPS_SOURCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "GPS_SOURCE_DIR is not set";
  const char* const python = std::getenv("GPS_PYTHON");
  const auto draw = [&](const std::string& words) {
    const std::string command = std::string("'") + (python != nullptr && fs::exists(python) ? python : "python3") + "' '" + root +
                                "/scripts/plot_selection.py' " + words + " 2> '" + at("plot.log") + "'";
    return std::system(command.c_str());
  };
  writeText(at("compare.json"), compare({file("one"), file("two"), file("big")}).dump());
  writeText(at("net.json"), expectGps(0, {"selection", "info", file("net"), "--json"}).out);
  writeText(at("s.json"), s_select.dump());
  const auto quoted = [&](const std::string& name) { return "'" + at(name) + "'"; };
  ASSERT_EQ(draw("--blocks 'Net=" + at("net.json") + "' 'Neuron=" + at("s.json") + "' --out " + quoted("blocks.svg")), 0)
      << readText(at("plot.log"));
  ASSERT_EQ(draw("--sharing " + quoted("compare.json") + " --out " + quoted("sharing.svg")), 0) << readText(at("plot.log"));
  ASSERT_EQ(draw("--jaccard " + quoted("compare.json") + " --out " + quoted("jaccard.svg")), 0) << readText(at("plot.log"));
  for (const auto* name : {"blocks.svg", "sharing.svg", "jaccard.svg"}) {
    const auto text = readText(at(name));
    EXPECT_EQ(text.substr(0, 5), "<svg ") << name;
    EXPECT_NE(text.find("</svg>"), std::string::npos) << name;
    EXPECT_EQ(text.find("nan"), std::string::npos) << name;
  }
  EXPECT_NE(readText(at("blocks.svg")).find(">Neuron</text>"), std::string::npos);
  EXPECT_NE(readText(at("sharing.svg")).find(">big</text>"), std::string::npos);
  EXPECT_NE(draw("--sharing " + quoted("net.json") + " --out " + quoted("x.svg")), 0);
  EXPECT_NE(readText(at("plot.log")).find("lacks tasks"), std::string::npos);
}

TEST_F(CliCompare, CombinedSelectionsTrain) {
  const auto one = offsetsOf("one"), two = offsetsOf("two"), big = offsetsOf("big");
  const std::vector<Offsets> sets{one, two, big};
  const auto combine = [&](const std::string& operation) {
    const auto json =
        expectGps(0, {"selection", "combine", operation, file("one"), file("two"), file("big"), "--out", file(operation), "--json"}).json();
    EXPECT_EQ(json["spec"]["origin"], operation + " of one, two, big");
    EXPECT_EQ(json["selected"], offsetsOf(operation).size());
    return offsetsOf(operation);
  };
  EXPECT_EQ(combine("union"), unionOf(sets));
  EXPECT_EQ(combine("intersection"), intersectionOf(sets));
  EXPECT_EQ(combine("difference"), difference(sets));
  EXPECT_EQ(combine("shared"), chosenByTwoOrMore(sets));
  EXPECT_EQ(combine("specific"), chosenByOne(sets));

  const auto byAll = expectGps(0, Words{"selection", "combine", "shared", file("one"), file("two"), file("big"), "--at-least", "3", "--out",
                                        at("all.safetensors"), "--json"})
                         .json();
  EXPECT_EQ(byAll["spec"]["origin"], "shared by 3 or more of one, two, big");
  EXPECT_EQ(offsetsOf("all"), intersectionOf(sets));

  const auto trained = expectGps(0, trainWords() + Words{"--selection", file("union"), "--epochs", "1", "--limit", "2", "--val-limit", "1",
                                                         "--out", at("joint")})
                           .json();
  const auto json = compare({file("union"), at("joint")});
  EXPECT_EQ(json["pairs"][0]["jaccard"], 1.0);
  EXPECT_EQ(json["tasks"][1]["spec"]["origin"], "union of one, two, big");
  EXPECT_GT(trained["trainable"].get<std::int64_t>(), std::int64_t(unionOf(sets).size()));

  const auto errorOf = [](const Words& words) { return expectGps(2, words + Words{"--json"}).json()["error"]["subject"]; };
  EXPECT_EQ(errorOf({"selection", "combine", "sum", file("one"), file("two"), "--out", at("x")}), "OPERATION");
  EXPECT_EQ(errorOf({"selection", "combine", "union", file("one"), "--out", at("x")}), "A B");
  EXPECT_EQ(errorOf({"selection", "combine", "union", file("one"), file("two")}), "--out");
  EXPECT_EQ(errorOf({"selection", "combine"}), "OPERATION");
}

}  // namespace
}  // namespace gps::test
