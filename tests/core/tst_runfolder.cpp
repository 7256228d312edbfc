#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>

#include "core/tuning/metricsjson.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/runwriter.h"
#include "core/tuning/settingerror.h"
#include "core/tuning/textfile.h"
#include "core/tuning/trainer.h"
#include "core/values/error.h"

using namespace gps;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("gps-runfolder-" + std::to_string(::getpid()));
  Folder() { fs::remove_all(path); }
  ~Folder() {
    std::error_code ignored;
    fs::permissions(path, fs::perms::owner_all, ignored);
    fs::remove_all(path, ignored);
  }
};

std::string messageOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST(RunToml, RoundTripsEveryField) {
  TrainSpec spec;
  spec.model = {"lite_medsam", "/w/模型 1.pth", 128, PromptMode::Full, PreprocessKind::Pad};
  spec.dataFolder = "/data \"quoted\"";
  spec.method = Method::Bias;
  spec.selection.keptPerRow = 12;
  spec.selection.excludedBlocks = {"0", "neck"};
  spec.selection.keepExcludedBiases = true;
  spec.selection.decoder = DecoderMode::Sparse;
  spec.selection.microBatch = 3;
  spec.selection.earlyStop = 0.97;
  spec.selection.trace = true;
  spec.device.fieldMemory = FieldMemory::Host;
  spec.learningRate = 3.25e-5;
  spec.schedule = ScheduleKind::Paper;
  spec.optimizer = OptimizerKind::AdamW;
  spec.rule = Rule::Dense;
  spec.seed = 987654321;
  spec.fast = true;
  const auto text = toToml(spec);
  EXPECT_EQ(toToml(trainSpecFromToml(text, "x")), text);
  const auto back = trainSpecFromToml(text, "x");
  EXPECT_EQ(back.model.weightsPath, spec.model.weightsPath);
  EXPECT_EQ(back.selection.microBatch, 3);
  EXPECT_EQ(back.selection.earlyStop, 0.97);
  EXPECT_TRUE(back.selection.trace);
  EXPECT_EQ(back.device.fieldMemory, FieldMemory::Host);
}

TEST(RunToml, SettingsByKey) {
  TrainSpec spec;
  spec.learningRate = 0.003;
  spec.selection.keptPerRow = 7;
  const auto settings = settingsByKey(spec);
  EXPECT_EQ(settings.at("training.learning_rate"), "0.003");
  EXPECT_EQ(settings.at("selection.k"), "7");
  EXPECT_FALSE(settings.contains("schema"));
}

TEST(RunFolder, TellsWhoWritesItAndWhatItFailedOf) {
  const Folder folder;
  const auto run = (folder.path / "run").string();
  EXPECT_FALSE(isBeingWritten(run));
  EXPECT_EQ(failureInLog(run), "");
  {
    RunWriter writer(run, false);
    EXPECT_TRUE(isBeingWritten(run));
    writer.log("resumed at step 4");
    EXPECT_EQ(failureInLog(run), "");
    writer.log("failed: the loss is not finite");
    EXPECT_EQ(failureInLog(run), "the loss is not finite");
    writer.log(std::string(10000, 'x'));
    EXPECT_EQ(failureInLog(run), "");
    const RunTotals totals{3, 4, 5.5, 6.5, 7.5};
    EXPECT_FALSE(readTotals(run));
    writer.writeTotals(totals);
    EXPECT_EQ(readTotals(run), totals);
  }
  EXPECT_FALSE(isBeingWritten(run));
  // One who only looks takes nothing from one who wants to write.
  std::atomic<bool> isDone{false};
  std::thread looking([&] {
    while (!isDone) isBeingWritten(run);
  });
  for (int i = 0; i < 50; ++i) EXPECT_NO_THROW(RunWriter(run, true));
  isDone = true;
  looking.join();
  std::ofstream(run + "/outcome.json") << "{";
  EXPECT_FALSE(readTotals(run));
}

TEST(RunToml, RefusesUnknownKeysWrongTypesAndWords) {
  const auto read = [](const std::string& text) { return messageOf([&] { trainSpecFromToml(text, "my.toml"); }); };
  EXPECT_NE(read("[training]\nepoch = 3\n").find("training.epoch"), std::string::npos);
  EXPECT_NE(read("[training]\nepochs = \"3\"\n").find("training.epochs must be a whole number"), std::string::npos);
  EXPECT_NE(read("[training]\nmethod = \"gsp\"\n").find("gps|full|decoder|linear|bias"), std::string::npos);
  EXPECT_NE(read("[training\n").find("line 1"), std::string::npos);
  EXPECT_NE(read("schema = 99\n").find("schema 99"), std::string::npos);
  for (const auto& m : {read("[nothing]\n"), read("[training]\nepochs = 99999999999\n")}) EXPECT_NE(m, "no error");
}

TEST(RunToml, SaysTheLine) {
  const auto lineOf = [](const std::string& text) {
    try {
      trainSpecFromToml(text, "x");
    } catch (const SettingError& e) {
      EXPECT_NE(std::string(e.what()).find("line " + std::to_string(e.line())), std::string::npos) << e.what();
      EXPECT_EQ(e.causeAlone().find("line"), std::string::npos);
      return e.line();
    }
    return 0;
  };
  EXPECT_EQ(lineOf("[training]\nepochs = 3\nepoch = 3\n"), 3);
  EXPECT_EQ(lineOf("# a\n[training]\nepochs = \"three\"\n"), 3);
  EXPECT_EQ(lineOf("[training]\n\nschedule = \"cosin\"\n"), 3);
  EXPECT_EQ(lineOf("[training]\nepochs = 3\n[trainings]\n"), 3);
  EXPECT_EQ(lineOf("[training]\nepochs = \n"), 2);
}

TEST(Validate, NamesFieldValueAndRange) {
  TrainSpec spec;
  spec.runFolder = "r";
  EXPECT_TRUE(validate(spec).empty());
  spec.epochs = 0;
  spec.learningRate = -1;
  spec.method = Method::Decoder;
  spec.selection.decoder = DecoderMode::Freeze;
  const auto problems = validate(spec);
  ASSERT_GE(problems.size(), 3u);
  EXPECT_NE(problems[0].find("epochs is 0"), std::string::npos);
}

EpochRecord recordOf(int epoch, double loss, double dice) {
  EpochRecord record;
  record.epoch = epoch;
  record.trainLoss = record.valLoss = loss;
  record.diceMean = dice;
  record.learningRate = 1e-4;
  record.seconds = 2;
  return record;
}

TEST(Metrics, OfClassesComeBack) {
  Folder folder;
  const auto run = (folder.path / "run").string();
  EpochRecord record = recordOf(1, 0.5, 0);
  record.task = TaskKind::Classification;
  record.top1 = 0.25;
  record.top5 = 0.75;
  record.emaTop1 = 0.5;
  RunWriter writer(run, false);
  writer.writeSpec(defaultTrainSpec(TaskKind::Classification));
  writer.addMetrics(record);
  const auto back = readRun(run).epochs.at(0);
  EXPECT_EQ(back.task, TaskKind::Classification);
  EXPECT_EQ(back.top1, 0.25);
  EXPECT_EQ(back.top5, 0.75);
  EXPECT_EQ(back.emaTop1, 0.5);
  EXPECT_FALSE(back.emaTop5.has_value());
  EXPECT_EQ(back.headline(), 0.25);
  EXPECT_EQ(readRun(run).spec.schedule, ScheduleKind::Paper);
}

TEST(RunWriter, LocksRefusesToOverwriteAndCutsAKilledLine) {
  Folder folder;
  const auto run = (folder.path / "run").string();
  {
    RunWriter writer(run, false);
    writer.writeSpec({});
    EXPECT_NE(messageOf([&] { RunWriter second(run, true); }).find("another program"), std::string::npos);
    writer.addMetrics(recordOf(1, 0.5, 0.3));
    writer.addMetrics(recordOf(2, 0.4, 0.7));
  }
  EXPECT_NE(messageOf([&] { RunWriter again(run, false); }).find("already holds a run"), std::string::npos);
  std::ofstream(run + "/metrics.jsonl", std::ios::app) << "{\"epoch\":3,\"train_lo";  // killed while writing
  const auto record = readRun(run);
  ASSERT_EQ(record.epochs.size(), 2u);
  EXPECT_EQ(record.bestEpoch, 2);
  EXPECT_TRUE(record.resumable);  // from its beginning: nothing was saved
  EXPECT_EQ(listRuns(folder.path.string()).size(), 1u);
}

TEST(RunWriter, ReadOnlyAndFullPlacesAreNamed) {
  EXPECT_NE(messageOf([] { RunWriter writer("/proc/gps-run", false); }).find("/proc/gps-run"), std::string::npos);
  EXPECT_NE(messageOf([] { appendLine("/dev/full", "x"); }).find("Free some disk space"), std::string::npos);
  EXPECT_NE(messageOf([] { writeTextAtomically("/proc/none/x", "x"); }).find("/proc/none/x"), std::string::npos);
}

TEST(RunWriter, CleansUpBehindAKilledProcess) {
  Folder folder;
  const auto run = (folder.path / "run").string();
  { RunWriter(run, false).writeSpec({}); }
  std::ofstream(run + "/log.txt") << "2026-01-01T00:00:00Z half a li";
  for (const auto* name : {"/run.toml.tmp", "/deltas/epoch-0001.safetensors.tmp", "/state/last.safetensors.tmp"}) std::ofstream(run + name);
  for (const auto* name : {"epoch-0001.safetensors", "epoch-0002.safetensors", "epoch-0002-average.safetensors", "epoch-0003.safetensors"})
    std::ofstream(run + "/deltas/" + name);
  RunWriter writer(run, true);
  for (const auto& entry : fs::recursive_directory_iterator(run)) EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  writer.log("next");
  EXPECT_NE(readText(run + "/log.txt").find("half a li\n"), std::string::npos);
  writer.removeDeltasBehind(1);
  EXPECT_TRUE(fs::exists(writer.epochPath(1)));
  EXPECT_FALSE(fs::exists(writer.epochPath(2)) || fs::exists(writer.averagedPath(2)) || fs::exists(writer.epochPath(3)));
}

// The file stays open in a process that is gone: no lock is left.
TEST(RunWriter, AKilledWriterLeavesNoLock) {
  Folder folder;
  const auto run = (folder.path / "run").string();
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const RunWriter writer(run, false);
    if (::write(ready[1], "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_NE(messageOf([&] { RunWriter second(run, true); }).find("another program"), std::string::npos);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(messageOf([&] { RunWriter next(run, true); }), "no error");
}

TEST(Metrics, ANumberThatIsNotFiniteCanBeReadAgain) {
  Folder folder;
  const auto run = (folder.path / "run").string();
  RunWriter writer(run, false);
  writer.writeSpec({});
  writer.addMetrics(recordOf(0, std::numeric_limits<double>::infinity(), 0));
  writer.addMetrics(recordOf(1, 0.5, 0.25));
  const auto epochs = readRun(run).epochs;
  ASSERT_EQ(epochs.size(), 2u);
  EXPECT_TRUE(std::isnan(epochs[0].valLoss));
  EXPECT_EQ(epochs[1].valLoss, 0.5);
}

TEST(Metrics, WhatWasNotScoredSaysNothing) {
  Folder folder;
  const auto run = (folder.path / "run").string();
  EpochRecord record = recordOf(1, 0.5, 0.25);
  record.isScored = false;
  RunWriter writer(run, false);
  writer.writeSpec({});
  writer.addMetrics(record);
  EXPECT_TRUE(metricsOf(record).empty());
  const auto line = metricsLine(record);
  EXPECT_NE(line.find(R"("metrics":{})"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("val_loss":null)"), std::string::npos) << line;
  const auto back = readRun(run).epochs.at(0);
  EXPECT_FALSE(back.isScored);
  EXPECT_EQ(back.trainLoss, record.trainLoss);
  EXPECT_TRUE(metricsOf(back).empty());
}

// A file of a former version has no precision and recall: they are absent, not zero.
TEST(Metrics, FiguresThatAFormerVersionDidNotWriteAreAbsent) {
  Folder folder;
  EpochRecord record = recordOf(1, 0.5, 0.25);
  const auto former = metricsLine(record);
  EXPECT_EQ(former.find("precision_mean"), std::string::npos) << former;
  record.precisionMean = 0.75;
  record.recallMean = 0.0;
  fs::create_directories(folder.path);
  const auto path = (folder.path / "metrics.jsonl").string();
  std::ofstream(path) << former << '\n' << metricsLine(record) << '\n';
  const auto epochs = readMetrics(path);
  ASSERT_EQ(epochs.size(), 2u);
  EXPECT_FALSE(epochs[0].precisionMean || epochs[0].recallMean);
  EXPECT_EQ(epochs[1].precisionMean, 0.75);
  EXPECT_EQ(epochs[1].recallMean, 0.0);
  EXPECT_FALSE(metricsOf(epochs[0]).contains("precision_mean"));
  EXPECT_EQ(metricsOf(epochs[1]).at("recall_mean"), 0.0);
}

TEST(ReadRun, SaysWhatIsMissingOrDamaged) {
  Folder folder;
  EXPECT_NE(messageOf([&] { readRun(folder.path.string()); }).find("run.toml"), std::string::npos);
  fs::create_directories(folder.path / "bad");
  std::ofstream(folder.path / "bad/run.toml") << "[model]\nid = 3\n";
  EXPECT_NE(messageOf([&] { readRun((folder.path / "bad").string()); }).find("model.id"), std::string::npos);
  EXPECT_TRUE(listRuns(folder.path.string()).empty());
}

TEST(Best, IsTheHighestDiceTheEarlierOfEquals) {
  const auto epoch = [](int e, double dice) {
    EpochRecord r;
    r.epoch = e;
    r.diceMean = dice;
    return r;
  };
  EXPECT_EQ(bestEpochOf({epoch(0, 0.9), epoch(1, 0.5), epoch(2, 0.7), epoch(3, 0.7)}), 2);
  EXPECT_EQ(bestEpochOf({epoch(0, 0), epoch(1, 0), epoch(2, 0)}), 2);
  EXPECT_EQ(bestEpochOf({epoch(0, 0.9)}), 0);
}
