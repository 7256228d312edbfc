#include "app/cli/options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <sstream>

#include "core/backbones/defaultbatch.h"
#include "core/selection/selection.h"
#include "core/values/error.h"

namespace gps::cli {
namespace {

[[noreturn]] void refuse(const std::string& flag, const std::string& value, const std::string& range) {
  throw Error(ErrorCode::BadArgument, flag, value + " is out of range", "Give " + range);
}

std::vector<std::string> splitWords(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream stream(text);
  for (std::string word; std::getline(stream, word, ',');)
    if (!word.empty()) words.push_back(word);
  return words;
}

}  // namespace

template <typename T>
CLI::Option* SpecFlags::add(CLI::App& app, const std::string& flag, const std::string& typeName, const std::string& help,
                            std::function<void(TrainSpec&, const T&)> set) {
  const auto remember = [this, set = std::move(set)](const T& value) {
    TrainSpec probe;
    set(probe, value);  // refuses a bad value at once, while the flag is known
    m_changes.push_back([set, value](TrainSpec& spec) { set(spec, value); });
  };
  return app.add_option_function<T>(flag, remember, help)->type_name(typeName);
}

template <typename E>
void SpecFlags::addWord(CLI::App& app, const std::string& help, std::function<void(TrainSpec&, E)> set) {
  add<std::string>(app, std::string(EnumWords<E>::option), wordsOf<E>(), help,
                   [set](TrainSpec& spec, const std::string& word) { set(spec, parseWord<E>(word)); });
}

CLI::Option* SpecFlags::addInt(CLI::App& app, const std::string& flag, long low, const std::string& help,
                               std::function<void(TrainSpec&, int)> set) {
  return add<std::int64_t>(app, flag, "N", help, [flag, low, set](TrainSpec& spec, const std::int64_t& value) {
    if (value < low || value > std::numeric_limits<int>::max())
      refuse(flag, std::to_string(value), "a whole number of " + std::to_string(low) + " or more");
    set(spec, int(value));
  });
}

void SpecFlags::addReal(CLI::App& app, const std::string& flag, bool zeroAllowed, const std::string& help,
                        std::function<void(TrainSpec&, double)> set) {
  add<double>(app, flag, "F", help, [flag, zeroAllowed, set](TrainSpec& spec, const double& value) {
    if (!std::isfinite(value) || value < 0 || (value == 0 && !zeroAllowed)) {
      std::ostringstream text;
      text << value;
      refuse(flag, text.str(), zeroAllowed ? "a number of 0 or more" : "a number above 0");
    }
    set(spec, value);
  });
}

void SpecFlags::addSwitch(CLI::App& app, const std::string& flag, const std::string& help, std::function<void(TrainSpec&)> set) {
  app.add_flag_callback(
      flag, [this, set = std::move(set)] { m_changes.push_back(set); }, help);
}

void SpecFlags::addModel(CLI::App& app) {
  add<std::string>(app, "--model", "ID", "Model id, see `gps models`; left out: recognised from the file",
                   [](TrainSpec& spec, const std::string& id) { spec.model.id = id; });
  add<std::string>(app, "--weights", "FILE", "Checkpoint (.safetensors, .pth)",
                   [](TrainSpec& spec, const std::string& path) { spec.model.weightsPath = absolutePath(path); });
  addInt(app, "--image-size", 1, "Side of the model's input in pixels; left out: the model's own",
         [](TrainSpec& spec, int value) { spec.model.imageSize = value; });
  addWord<PromptMode>(app, "What the decoder is told (default none)", [](TrainSpec& spec, PromptMode mode) { spec.model.prompt = mode; });
  addWord<PreprocessKind>(app, "How a picture becomes a square (default auto: crop for classification, squash for segmentation)",
                          [](TrainSpec& spec, PreprocessKind kind) { spec.model.preprocess = kind; });
}

void SpecFlags::addDevice(CLI::App& app) {
  addWord<DeviceKind>(app, "Where to compute (default auto)", [](TrainSpec& spec, DeviceKind kind) { spec.device.device = kind; });
  addWord<Precision>(app, "Arithmetic (default fp32)", [](TrainSpec& spec, Precision precision) { spec.device.precision = precision; });
  addInt(app, "--threads", 0, "Cores used (default 0: all)", [](TrainSpec& spec, int value) { spec.device.threads = value; });
}

void SpecFlags::addData(CLI::App& app) {
  add<std::string>(app, "--data", "D", "Data folder or pack",
                   [](TrainSpec& spec, const std::string& path) { spec.dataFolder = absolutePath(path); });
}

void SpecFlags::addBatch(CLI::App& app, const std::string& help) {
  addInt(app, "--batch", 1, help, [](TrainSpec& spec, int value) { spec.batch = spec.selection.batch = value; });
}

void SpecFlags::addLimit(CLI::App& app, const std::string& help) {
  addInt(app, "--limit", 0, help, [](TrainSpec& spec, int value) { spec.limit = spec.selection.limit = value; });
}

void SpecFlags::addSeed(CLI::App& app) {
  add<std::uint64_t>(app, "--seed", "S", "Seed of everything random (default 42)",
                     [](TrainSpec& spec, const std::uint64_t& seed) { spec.seed = spec.selection.seed = seed; });
}

void SpecFlags::addPassApart(CLI::App& app) {
  addInt(app, "--selection-batch", 0, "Pictures per batch of the gradient pass, when not that of --batch (0: as the model wants it)",
         [](TrainSpec& spec, int value) { spec.selection.batch = value; });
  addInt(app, "--selection-limit", 0, "Pictures of the gradient pass, when not that of --limit (0: all)",
         [](TrainSpec& spec, int value) { spec.selection.limit = value; });
  add<std::uint64_t>(app, "--selection-seed", "S", "Seed of the gradient pass, when not that of --seed",
                     [](TrainSpec& spec, const std::uint64_t& seed) { spec.selection.seed = seed; });
}

CLI::Option* SpecFlags::addShare(CLI::App& app) {
  return add<double>(app, "--share", "P", "Instead of --k: share of the selectable weights, above 0 and up to 1",
                     [](TrainSpec& spec, const double& value) {
                       if (!(value > 0 && value <= 1)) refuse("--share", std::to_string(value), "a number above 0 and up to 1");
                       spec.selection.share = value;
                     });
}

void SpecFlags::addSelection(CLI::App& app) {
  app.add_option_function<std::string>(
         "--task", [this](const std::string& word) { m_task = parseWord<TaskKind>(word); }, "Task (default: that of the data)")
      ->type_name(wordsOf<TaskKind>());
  addWord<LossKind>(app, "Loss whose gradient selects (default seg; supcon for classification)",
                    [](TrainSpec& spec, LossKind loss) { spec.selection.loss = loss; });
  addWord<Level>(app, "Where weights compete (default neuron)", [](TrainSpec& spec, Level level) { spec.selection.level = level; });
  addWord<Criterion>(app, "What ranks the weights (default gradient)",
                     [](TrainSpec& spec, Criterion criterion) { spec.selection.criterion = criterion; });
  addWord<LayerBudget>(app, "At layer level: the same share of every layer, or as much as K per neuron takes of it (default share)",
                       [](TrainSpec& spec, LayerBudget budget) { spec.selection.layerBudget = budget; });
  auto* k = addInt(app, "--k", 1, "Weights kept per neuron, or as many for each neuron on average (default 1)",
                   [](TrainSpec& spec, int value) { spec.selection.keptPerRow = value; });
  addShare(app)->excludes(k);
  add<std::string>(app, "--exclude-blocks", "0-3,7", "Blocks that get no selection",
                   [](TrainSpec& spec, const std::string& text) { spec.selection.excludedBlocks = parseBlocks(text); });
  add<std::string>(app, "--exclude-kinds", "proj,fc1", "Kinds of weights that get no selection",
                   [](TrainSpec& spec, const std::string& text) { spec.selection.excludedKinds = splitWords(text); });
  addSwitch(app, "--keep-excluded-biases", "Train the biases of excluded blocks and kinds all the same",
            [](TrainSpec& spec) { spec.selection.keepExcludedBiases = true; });
  addWord<DecoderMode>(app, "The mask decoder or head: trained whole, frozen, or (a decoder) selected like the encoder (default train)",
                       [](TrainSpec& spec, DecoderMode mode) { spec.selection.decoder = mode; });
}

void SpecFlags::addPass(CLI::App& app) {
  addInt(app, "--micro-batch", 0, "Pictures of a batch held in memory at once; the same gradient (default 0: the whole batch)",
         [](TrainSpec& spec, int value) { spec.selection.microBatch = value; });
  add<double>(app, "--early-stop", "T", "End the pass when the choice agrees with that at half as many batches by more than T, 0 … 1",
              [](TrainSpec& spec, const double& value) {
                if (!(value > 0 && value <= 1)) refuse("--early-stop", std::to_string(value), "a number above 0 and up to 1");
                spec.selection.earlyStop = value;
              });
  addSwitch(app, "--trace", "Report how early the pass knew what it would choose", [](TrainSpec& spec) { spec.selection.trace = true; });
  addWord<FieldMemory>(app, "Where the gradients are added up (default device)",
                       [](TrainSpec& spec, FieldMemory memory) { spec.device.fieldMemory = memory; });
}

void SpecFlags::addViews(CLI::App& app) {
  addWord<AugmentKind>(app, "Augmentation (default flip; vtab for classification); with fgvc the views are bilinear or bicubic at random",
                       [](TrainSpec& spec, AugmentKind kind) { spec.augment = kind; });
  addReal(app, "--drop-path", true, "Classification: share of residual branches dropped in the last block (default 0)",
          [](TrainSpec& spec, double value) { spec.dropPath = spec.selection.dropPath = value; });
}

void SpecFlags::addTraining(CLI::App& app) {
  addMethod(app);
  add<std::string>(app, "--selection", "FILE", "Selection made by `gps select`; left out: selects first",
                   [](TrainSpec& spec, const std::string& path) { spec.selectionPath = absolutePath(path); });
  addInt(app, "--epochs", 1, "Epochs (default 20; 100 for classification, and ten more that the paper's schedule adds)",
         [](TrainSpec& spec, int value) { spec.epochs = value; });
  addReal(app, "--lr", false, "Learning rate (default 2e-4; 1e-3 for classification)",
          [](TrainSpec& spec, double value) { spec.learningRate = value; });
  addInt(app, "--warmup", 0, "Epochs of decoder warm-up on embeddings computed once, before the first epoch (default 0)",
         [](TrainSpec& spec, int value) { spec.warmupEpochs = value; });
  addReal(app, "--warmup-lr", false, "Learning rate of the warm-up (default 1e-4)",
          [](TrainSpec& spec, double value) { spec.warmupLearningRate = value; });
  addReal(app, "--min-lr", true, "Where the cosine ends (default 1e-7)",
          [](TrainSpec& spec, double value) { spec.minLearningRate = value; });
  addReal(app, "--weight-decay", true, "On trained values only (default 0)",
          [](TrainSpec& spec, double value) { spec.weightDecay = value; });
  addReal(app, "--clip-norm", true, "Largest norm of the gradient of all trained values (default 0: not clipped)",
          [](TrainSpec& spec, double value) { spec.clipNorm = value; });
  addReal(app, "--layer-decay", false, "Factor of the learning rate from each block to the one before it (default 1)",
          [](TrainSpec& spec, double value) { spec.layerDecay = value; });
  addWord<ScheduleKind>(app, "Learning rate over epochs (default cosine; paper for classification)",
                        [](TrainSpec& spec, ScheduleKind kind) { spec.schedule = kind; });
  addWord<OptimizerKind>(app, "Optimiser (default adam)", [](TrainSpec& spec, OptimizerKind kind) { spec.optimizer = kind; });
  addViews(app);
  addReal(app, "--mixup", true, "Classification: alpha of mixup (default 0: off; FGVC of the paper 0.8)",
          [](TrainSpec& spec, double value) { spec.mixup = value; });
  addReal(app, "--cutmix", true, "Classification: alpha of cutmix (default 0: off; FGVC of the paper 1)",
          [](TrainSpec& spec, double value) { spec.cutmix = value; });
  addReal(app, "--smoothing", true, "Classification: label smoothing (default 0; FGVC of the paper 0.1)",
          [](TrainSpec& spec, double value) { spec.labelSmoothing = value; });
  addReal(app, "--ema", true, "Classification: decay of averaged values, scored beside the plain ones (default 0: none)",
          [](TrainSpec& spec, double value) { spec.emaDecay = value; });
  addSwitch(app, "--train-on-val", "Train on the splits train and val together and score on test, as the paper does",
            [](TrainSpec& spec) { spec.trainOnVal = true; });
  addStep(app);
  addInt(app, "--val-limit", 0, "Validation pictures used (default 0: all)",
         [](TrainSpec& spec, int value) { spec.validationLimit = value; });
  addSwitch(app, "--fast", "Give up bit-for-bit repeatability for speed", [](TrainSpec& spec) { spec.fast = true; });
}

void SpecFlags::addMethod(CLI::App& app) {
  addWord<Method>(app, "What trains (default gps)", [](TrainSpec& spec, Method method) { spec.method = method; });
}

void SpecFlags::addStep(CLI::App& app) {
  addWord<Rule>(app, "How gradients are made; dense is the reference (default sparse)",
                [](TrainSpec& spec, Rule rule) { spec.rule = rule; });
  addWord<BackwardPath>(app,
                        "Path of sparse gradients: the faster one of each layer (measured on a GPU, by rule on the CPU), entry by entry, "
                        "or the columns in use (default auto)",
                        [](TrainSpec& spec, BackwardPath path) { spec.backward = path; });
  addSwitch(app, "--recompute", "Keep only what enters each block and compute the rest again: slower, less memory",
            [](TrainSpec& spec) { spec.recompute = true; });
  addSwitch(app, "--eager", "On a GPU, run operations one by one instead of a recorded graph", [](TrainSpec& spec) { spec.eager = true; });
}

TrainSpec SpecFlags::resolve(TrainSpec base) const {
  for (const auto& change : m_changes) change(base);
  return base;
}

int defaultBatch(const ModelDescription& model, int imageSize) { return gps::defaultBatch(model, imageSize); }

std::string absolutePath(const std::string& path) {
  if (path.empty()) return path;
  std::string text = std::filesystem::absolute(path).lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::vector<double> parseNumbers(const std::string& flag, const std::string& text, std::size_t count, const std::string& form) {
  std::vector<double> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    double value = 0;
    const auto [next, failure] = std::from_chars(at, end, value);
    if (failure != std::errc{} || !std::isfinite(value) || (next < end && *next != ',')) break;
    numbers.push_back(value);
    at = next < end ? next + 1 : next;
    if (next == end)
      return numbers.size() == count ? numbers
                                     : throw Error(ErrorCode::BadArgument, flag,
                                                   "\"" + text + "\" has " + std::to_string(numbers.size()) + " numbers", "Give " + form);
  }
  throw Error(ErrorCode::BadArgument, flag, "\"" + text + "\" cannot be read", "Give " + form);
}

}  // namespace gps::cli
