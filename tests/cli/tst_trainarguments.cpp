// Settings written as a command line and read back by the program's own options: the same settings, through a real shell's quoting.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

#include "app/cli/command.h"
#include "core/tuning/presets.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/trainarguments.h"

using namespace gps;

namespace {

// What the command line leaves to the run itself.
TrainSpec asTold(TrainSpec spec) {
  spec.model.classes = 0;
  spec.selection.dropPath = spec.dropPath;
  spec.selection.randomInterpolation = false;
  return spec;
}

std::string readBack(const std::vector<std::string>& words, TaskKind task) {
  const auto command = cli::makeTrainCommand();
  CLI::App app;
  command->declare(app);
  std::vector<std::string> rest(words.begin() + 2, words.end());
  rest.insert(rest.end(), {"--task", wordOf(task), "--print-config"});
  std::reverse(rest.begin(), rest.end());  // as CLI11 wants them
  app.parse(rest);
  RunControl control;
  cli::CommandContext context{control, {}, {}};
  return command->run(context).json["config"].get<std::string>();
}

TrainSpec random(std::mt19937& draw, TaskKind task) {
  const auto one = [&](int n) { return int(draw() % unsigned(n)); };
  const auto word = [&]<typename E>(E& value) { value = EnumWords<E>::table[std::size_t(one(int(EnumWords<E>::table.size())))].value; };
  const auto real = [&](double& value) {
    if (one(2) == 0) value = double(1 + one(999)) / 1000;
  };
  TrainSpec s = defaultTrainSpec(task);
  if (one(2) == 0) s.model.id = "vit_base_patch16_224";
  s.model.weightsPath = one(2) == 0 ? "/weights/it's here/ViT-B $HOME.npz" : "/w.pth";
  s.model.imageSize = one(2) * 256;
  word(s.model.prompt), word(s.model.preprocess);
  s.dataFolder = one(2) == 0 ? "/data/息肉 \"set\"" : "/data";
  word(s.device.device), word(s.device.precision), word(s.device.fieldMemory);
  s.device.threads = one(3);
  word(s.method), word(s.selection.level), word(s.selection.criterion), word(s.selection.loss), word(s.selection.layerBudget);
  word(s.selection.decoder);
  s.selection.keptPerRow = 1 + one(20);
  if (one(3) == 0) s.selection.excludedBlocks = {"0", "1.2"};
  if (one(3) == 0) s.selection.excludedKinds = {"proj"};
  s.selection.keepExcludedBiases = one(2);
  s.selection.trace = one(2);
  s.selection.microBatch = one(3);
  if (one(2) == 0) s.selection.earlyStop = 0.9;
  s.batch = one(3) * 4;
  s.selection.batch = one(2) == 0 ? s.batch : one(40);
  s.limit = one(2) * 30;
  s.selection.limit = one(2) == 0 ? s.limit : one(40);
  s.validationLimit = one(3);
  s.seed = draw();
  s.selection.seed = one(2) == 0 ? s.seed : 42;
  s.epochs = 1 + one(50);
  s.warmupEpochs = one(3);
  real(s.learningRate), real(s.minLearningRate), real(s.warmupLearningRate), real(s.weightDecay), real(s.clipNorm), real(s.layerDecay);
  real(s.dropPath), real(s.mixup), real(s.cutmix), real(s.labelSmoothing), real(s.emaDecay);
  word(s.schedule), word(s.optimizer), word(s.augment), word(s.rule), word(s.backward);
  s.recompute = one(2), s.eager = one(2), s.fast = one(2), s.trainOnVal = one(2);
  if (one(2) == 0) s.selectionPath = "/masks/a b.safetensors";
  s.runFolder = "/runs/one two";
  return asTold(s);
}

TEST(TrainArguments, ReadBackAsTheSameSettings) {
  std::mt19937 draw(3);
  for (int i = 0; i < 60; ++i) {
    const auto task = i % 2 == 0 ? TaskKind::Segmentation : TaskKind::Classification;
    const auto spec = random(draw, task);
    EXPECT_EQ(readBack(trainArguments(spec, task), task), toToml(spec)) << shellLine(trainArguments(spec, task));
  }
}

TEST(TrainArguments, OfEveryPreset) {
  for (const auto& preset : presets()) {
    TrainSpec spec = withPreset(defaultTrainSpec(preset.task), preset, true);
    spec.selection.seed = spec.seed;
    spec.runFolder = "/runs/x";
    spec = asTold(spec);
    EXPECT_EQ(readBack(trainArguments(spec, preset.task), preset.task), toToml(spec)) << preset.id;
  }
}

TEST(TrainArguments, ShellReadsTheWordsThatWereWritten) {
  const std::vector<std::string> words{"printf", "%s|",  "a b",  "it's", "$HOME", "",    "`x`",
                                       "\"q\"",  "a\\b", "息肉", "*",    "~",     "x=1", "-5e-07"};
  std::FILE* shell = popen(shellLine(words).c_str(), "r");
  ASSERT_NE(shell, nullptr);
  std::string text;
  std::array<char, 256> part{};
  while (std::fgets(part.data(), int(part.size()), shell) != nullptr) text += part.data();
  EXPECT_EQ(pclose(shell), 0);
  std::string wanted;
  for (std::size_t i = 2; i < words.size(); ++i) wanted += words[i] + "|";
  EXPECT_EQ(text, wanted);
}

TEST(TrainArguments, TellNothingThatIsUsual) {
  EXPECT_EQ(shellLine(trainArguments(defaultTrainSpec(TaskKind::Classification), TaskKind::Classification)), "gps train");
}

}  // namespace
