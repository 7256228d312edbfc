// `gps train` and `gps select` by several processes that were started as torchrun starts them.
#include <signal.h>

#include <filesystem>

#include "app/cli/ranks.h"
#include "core/checkpoints/deltafile.h"
#include "core/tuning/runfolder.h"
#include "tests/cli/pipeline.h"

#ifdef GPS_HAS_GLOO
#define NEEDS_GLOO()
#else
#define NEEDS_GLOO() GTEST_SKIP() << "built without Gloo's headers (libgloo-dev)"
#endif

namespace gps::test {
namespace {

class CliRanks : public SmallProject {
 protected:
  static std::vector<std::string> epochs(const std::string& run, const std::string& count = "2") {
    return trainWords() +
           std::vector<std::string>{"--selection", at("s.safetensors"), "--epochs", count, "--backward", "sampled", "--out", at(run)};
  }
  static std::vector<std::string> resumed(const std::string& run) {
    return {"train", "--resume", "--out", at(run), "--device", "cpu", "--json"};
  }
  static void expectCodes(const std::vector<Outcome>& ranks, const std::vector<int>& codes) {
    ASSERT_EQ(ranks.size(), codes.size());
    for (std::size_t r = 0; r < ranks.size(); ++r) EXPECT_EQ(ranks[r].exitCode, codes[r]) << "rank " << r << "\n" << ranks[r].err;
  }
  static void expectSameDelta(const std::string& a, const std::string& b) {
    const auto x = readDelta(a), y = readDelta(b);
    EXPECT_EQ(x.offsets, y.offsets);
    EXPECT_EQ(x.values, y.values);
    EXPECT_EQ(x.pictures, y.pictures);
    ASSERT_EQ(x.whole.size(), y.whole.size());
    for (std::size_t i = 0; i < x.whole.size(); ++i) EXPECT_EQ(x.whole[i].values, y.whole[i].values) << x.whole[i].name;
  }
};

TEST_F(CliRanks, TwoWriteTheRunFolderOfOne) {
  NEEDS_GLOO();
  expectGps(0, epochs("one"));
  const auto ranks = runGpsRanks(2, epochs("two"));
  expectCodes(ranks, {0, 0});
  EXPECT_EQ(ranks[1].out, "");
  EXPECT_EQ(ranks[1].err, "");
  const auto json = ranks[0].json();
  EXPECT_EQ(json["ranks"], 2);
  EXPECT_EQ(json["bytes_per_step"], (json["trainable_total"].get<std::int64_t>() + 1) * 4);
  // The names of event files tell time and process.
  const auto namesOf = [](std::vector<std::string> files) {
    EXPECT_EQ(std::erase_if(files, [](const std::string& name) { return name.starts_with("events.out.tfevents."); }), 1u);
    return files;
  };
  EXPECT_EQ(namesOf(filesBelow(at("two"))), namesOf(filesBelow(at("one"))));
  EXPECT_NE(readText(at("two/env.json")).find("\"ranks\": 2"), std::string::npos);
  EXPECT_NE(readText(at("two/log.txt")).find("2 ranks; each hands"), std::string::npos);
  const auto one = readRun(at("one")), two = readRun(at("two"));
  ASSERT_EQ(two.epochs.size(), one.epochs.size());
  for (std::size_t i = 0; i < one.epochs.size(); ++i) {
    EXPECT_NEAR(two.epochs[i].valLoss, one.epochs[i].valLoss, 1e-4 * one.epochs[i].valLoss);
    EXPECT_NEAR(two.epochs[i].trainLoss, one.epochs[i].trainLoss, 1e-4 * one.epochs[i].trainLoss);
  }
  EXPECT_EQ(readDelta(at("two") + "@2").pictures, readDelta(at("one") + "@2").pictures);
}

TEST_F(CliRanks, TwoSelectWhatOneSelects) {
  NEEDS_GLOO();
  const auto words = selectWords() + std::vector<std::string>{"--k", "2", "--out", at("s2.safetensors")};
  const auto ranks = runGpsRanks(2, words);
  expectCodes(ranks, {0, 0});
  EXPECT_EQ(ranks[1].out, "");
  EXPECT_EQ(ranks[0].json()["ranks"], 2);
  const auto same = expectGps(0, {"compare", at("s.safetensors"), at("s2.safetensors"), "--json"}).json();
  EXPECT_GT(same["intersection_share"].get<double>(), 0.999);
}

TEST_F(CliRanks, AKilledRankEndsTheOtherWhichSaysSoAndTheRunGoesOn) {
  NEEDS_GLOO();
  const auto ranks = runGpsRanks(2, epochs("killed", "3"), {SIGKILL, 1, "epoch 1/3"});
  expectCodes(ranks, {1, 128 + SIGKILL});
  EXPECT_LT(ranks[0].seconds - ranks[1].seconds, 5);
  EXPECT_NE(ranks[0].err.find("gps: rank 0 of 2: distributed run: "), std::string::npos) << ranks[0].err;
  EXPECT_NE(ranks[0].err.find("lost contact"), std::string::npos) << ranks[0].err;
  EXPECT_EQ(ranks[0].json()["error"]["code"], "io");
  EXPECT_TRUE(readRun(at("killed")).resumable);
  expectCodes(runGpsRanks(2, resumed("killed")), {0, 0});
  expectCodes(runGpsRanks(2, epochs("whole", "3")), {0, 0});
  expectSameDelta(at("killed") + "@3", at("whole") + "@3");
}

TEST_F(CliRanks, AnInterruptOfOneStopsAllAndTheRunGoesOn) {
  NEEDS_GLOO();
  const auto ranks = runGpsRanks(2, epochs("stopped", "3"), {SIGINT, 1, "epoch 1/3"});
  expectCodes(ranks, {130, 130});
  EXPECT_TRUE(ranks[0].json()["cancelled"].get<bool>());
  EXPECT_TRUE(readRun(at("stopped")).resumable);
  expectCodes(runGpsRanks(2, resumed("stopped")), {0, 0});
}

TEST_F(CliRanks, WhatRankZeroRefusesAllRefuse) {
  NEEDS_GLOO();
  const auto ranks = runGpsRanks(2, trainWords() + std::vector<std::string>{"--selection", at("s.safetensors"), "--out", at("run")});
  expectCodes(ranks, {2, 1});
  EXPECT_NE(ranks[0].err.find("already holds a run"), std::string::npos) << ranks[0].err;
  EXPECT_NE(ranks[1].err.find("gps: rank 1 of 2: distributed run: another rank has failed"), std::string::npos) << ranks[1].err;
}

TEST_F(CliRanks, OtherCommandsAreOrdinaryOnesInEachProcess) {
  RunOptions options;
  options.environment = {{"RANK", "1"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "127.0.0.1"}, {"MASTER_PORT", "1"}};
  EXPECT_FALSE(expectGps(0, {"models", "--json"}, options).json().empty());
  options.environment = {{"RANK", "2"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "127.0.0.1"}, {"MASTER_PORT", "1"}};
  const auto refused = expectGps(2, epochs("never"), options);
  EXPECT_EQ(refused.json()["error"]["subject"], "RANK");
}

TEST(CliRanksGpu, EveryRankTakesTheGpuOfItsPlace) {
  EXPECT_EQ(cli::ownGpu("", 3), "3");
  EXPECT_EQ(cli::ownGpu("4,5,6,7", 2), "6");
  EXPECT_EQ(cli::ownGpu("GPU-0a1b,GPU-2c3d", 1), "GPU-2c3d");
  EXPECT_EQ(cli::ownGpu("5", 2), "5");
  EXPECT_EQ(cli::ownGpu("0,1", 2), "-1");
}

}  // namespace
}  // namespace gps::test
