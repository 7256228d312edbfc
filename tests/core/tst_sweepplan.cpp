// The grid of a sweep as it stands in a plan, and what its runs say about K.
#include <gtest/gtest.h>

#include <cmath>

#include "core/tuning/runfolder.h"
#include "core/tuning/sweep/frontier.h"
#include "core/tuning/sweep/passkey.h"
#include "core/tuning/sweep/sweepplan.h"
#include "core/values/error.h"

namespace gps {
namespace {

SweepPlan planOf(const std::string& text) { return sweepPlanFromToml(text, "plan.toml", "out", defaultTrainSpec(TaskKind::Segmentation)); }

std::vector<std::string> namesOf(const SweepPlan& plan) {
  std::vector<std::string> names;
  for (const auto& run : plan.runs) names.push_back(run.name);
  return names;
}

TEST(SweepPlan, EveryCombinationIsARunTheFirstAxisSlowest) {
  const auto plan = planOf(R"(
[model]
weights = "w.pth"
[training]
epochs = 7
[sweep]
seed = [1, 2]
learning_rate = [3e-4, 0.01]
k = [1, 10]
scheme = ["neuron", "net random"]
)");
  EXPECT_EQ(plan.axes, (std::vector<std::string>{"scheme", "k", "learning_rate", "seed"}));
  ASSERT_EQ(plan.runs.size(), 16u);
  EXPECT_EQ(plan.runs[0].name, "neuron-k1-lr0.0003-seed1");
  EXPECT_EQ(plan.runs[1].name, "neuron-k1-lr0.0003-seed2");
  EXPECT_EQ(plan.runs[15].name, "net-random-k10-lr0.01-seed2");
  const auto& last = plan.runs[15].spec;
  EXPECT_EQ(last.runFolder, "out/net-random-k10-lr0.01-seed2");
  EXPECT_EQ(last.model.weightsPath, "w.pth");
  EXPECT_EQ(last.epochs, 7);
  EXPECT_EQ(last.selection.level, Level::Net);
  EXPECT_EQ(last.selection.criterion, Criterion::Random);
  EXPECT_EQ(last.selection.keptPerRow, 10);
  EXPECT_EQ(last.learningRate, 0.01);
  EXPECT_EQ(last.seed, 2u);
  EXPECT_EQ(last.selection.seed, 2u);
  EXPECT_EQ(plan.runs[0].spec.selection.criterion, Criterion::Gradient);
  EXPECT_EQ(plan.runs[15].settings[0], (std::pair<std::string, std::string>{"scheme", "net random"}));
}

TEST(SweepPlan, WhatSelectsNothingIsMadeOnceAndNotForEveryK) {
  const auto plan = planOf("[sweep]\nscheme = [\"neuron\", \"full\", \"bias\"]\nk = [1, 3]\nseed = [1, 2]\n");
  EXPECT_EQ(namesOf(plan), (std::vector<std::string>{"neuron-k1-seed1", "neuron-k1-seed2", "neuron-k3-seed1", "neuron-k3-seed2",
                                                     "full-seed1", "full-seed2", "bias-seed1", "bias-seed2"}));
  EXPECT_EQ(plan.runs[4].spec.method, Method::Full);
}

TEST(SweepPlan, AnyOtherSettingOfARunCanVary) {
  const auto plan = planOf("[sweep]\n\"training.epochs\" = [5, 20]\n\"device.precision\" = [\"fp32\", \"bf16\"]\n");
  EXPECT_EQ(namesOf(plan), (std::vector<std::string>{"precisionfp32-epochs5", "precisionfp32-epochs20", "precisionbf16-epochs5",
                                                     "precisionbf16-epochs20"}));
  EXPECT_EQ(plan.runs[3].spec.epochs, 20);
  EXPECT_EQ(plan.runs[3].spec.device.precision, Precision::Bf16);
}

TEST(SweepPlan, ItsPartsMakeTheSamePlanAgain) {
  const std::string text =
      "[training]\nepochs = 7\n[sweep]\n\"training.batch\" = [4, 8]\nlearning_rate = [1e-3, 3e-3]\nscheme = [\"net random\"]\n";
  EXPECT_TRUE(isSweepPlan(text));
  const auto parts = sweepTextFromToml(text, "plan.toml");
  ASSERT_EQ(parts.axes.size(), 3u);
  EXPECT_EQ(parts.axes[0].name, "scheme");
  EXPECT_EQ(parts.axes[0].text, std::vector<std::string>{"net random"});
  EXPECT_EQ(parts.axes[1].text, (std::vector<std::string>{"0.001", "0.003"}));
  EXPECT_EQ(parts.axes[2].name, "training.batch");
  EXPECT_FALSE(isSweepPlan(parts.shared));
  EXPECT_FALSE(isSweepPlan("[sweep"));
  std::string again = parts.shared + "\n[sweep]\n";
  for (const auto& axis : parts.axes) {
    again += "\"" + axis.name + "\" = [";
    for (const auto& value : axis.toml) again += value + ", ";
    again += "]\n";
  }
  const auto before = planOf(text), after = planOf(again);
  EXPECT_EQ(namesOf(after), namesOf(before));
  ASSERT_EQ(after.runs.size(), 4u);
  for (std::size_t i = 0; i < after.runs.size(); ++i) EXPECT_EQ(toToml(after.runs[i].spec), toToml(before.runs[i].spec));
}

TEST(SweepPlan, AsTheSettingsOfOneRunItIsNamedForWhatItIs) {
  try {
    trainSpecFromToml("[training]\nepochen = 7\n[sweep]\nk = [1]\n", "plan.toml");
    ADD_FAILURE() << "accepted";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("is the plan of a sweep"), std::string::npos) << e.what();
    EXPECT_NE(e.remedy().find("gps sweep"), std::string::npos) << e.remedy();
  }
}

TEST(SweepPlan, WhatIsWrongIsNamed) {
  const auto refuses = [](const std::string& text, const std::string& says) {
    try {
      planOf(text);
      ADD_FAILURE() << "accepted: " << text;
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find(says), std::string::npos) << e.what();
      EXPECT_FALSE(e.remedy().empty()) << e.what();
    }
  };
  refuses("[training]\nepochs = 3\n", "has no section [sweep]");
  refuses("[sweep]\nk = 3\n", "sweep.k is not a list");
  refuses("[sweep]\nk = []\n", "sweep.k is not a list");
  refuses("[sweep]\nk = [1, 1]\n", "two runs the name k1");
  refuses("[sweep]\nscheme = [\"neurone\"]\n", "\"neurone\"");
  refuses("[sweep]\nepochs = [1]\n", "sweep.epochs is no setting");
  refuses("[sweep]\n\"training.epochen\" = [1]\n", "training.epochen");
  refuses("[sweep]\nk = [1, \n", "is not valid TOML");
  std::string many = "[sweep]\nseed = [1";
  for (int i = 2; i <= 200; ++i) many += ", " + std::to_string(i);
  refuses(many + "]\nk = [1" + many.substr(many.find(',')) + "]\n", "more than 10000 runs");
  refuses("[training]\nepochen = 3\n[sweep]\nk = [1]\n", "training.epochen");
}

ScoredRun scored(const std::string& scheme, const std::string& k, const std::string& seed, double score, double mib = 1) {
  ScoredRun run{{{"scheme", scheme}}, score, mib};
  if (!k.empty()) run.settings.emplace_back("k", k);
  run.settings.emplace_back("seed", seed);
  return run;
}

// One pass serves every choice from its field, but only one over the decoder measures the decoder.
TEST(PassKey, TellsWhatOnePassMeasures) {
  TrainSpec spec;
  const auto key = passKeyOf(spec);
  EXPECT_FALSE(key.empty());
  TrainSpec other = spec;
  other.selection.keptPerRow = 9;
  other.selection.level = Level::Net;
  other.selection.criterion = Criterion::WeightGradient;
  other.selection.decoder = DecoderMode::Freeze;
  EXPECT_EQ(passKeyOf(other), key);
  other.selection.decoder = DecoderMode::Sparse;
  EXPECT_NE(passKeyOf(other), key);
  other = spec;
  other.selection.criterion = Criterion::Fisher;
  EXPECT_NE(passKeyOf(other), key);
  other.selection.criterion = Criterion::Magnitude;
  EXPECT_TRUE(passKeyOf(other).empty());
}

TEST(Frontier, MeansDeviationsAndTheSmallestKThatIsEnough) {
  const auto frontiers =
      frontiersOf({scored("neuron", "10", "1", 0.90, 4), scored("neuron", "10", "2", 0.88, 6), scored("neuron", "3", "1", 0.886),
                   scored("neuron", "3", "2", 0.886), scored("neuron", "1", "1", 0.8), scored("full", "", "1", 0.91)});
  ASSERT_EQ(frontiers.size(), 2u);
  const auto& neuron = frontiers[0];
  ASSERT_EQ(neuron.points.size(), 3u);
  EXPECT_EQ(neuron.points[0].k, "1");
  EXPECT_EQ(neuron.points[0].runs, 1);
  EXPECT_FALSE(neuron.points[0].deviation.has_value());
  EXPECT_EQ(neuron.points[2].k, "10");  // by number, not by letters
  EXPECT_DOUBLE_EQ(neuron.points[2].mean, 0.89);
  EXPECT_NEAR(neuron.points[2].deviation.value(), 0.02 / std::sqrt(2.0), 1e-12);
  EXPECT_DOUBLE_EQ(neuron.points[2].deltaMib, 5);
  EXPECT_EQ(neuron.enough, "3");
  EXPECT_EQ(frontiers[1].settings, (std::vector<std::pair<std::string, std::string>>{{"scheme", "full"}}));
  EXPECT_EQ(frontiers[1].points[0].k, "");
  EXPECT_FALSE(frontiers[1].enough.has_value());
  EXPECT_TRUE(frontiersOf({}).empty());
}

}  // namespace
}  // namespace gps
