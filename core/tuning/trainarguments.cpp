#include "core/tuning/trainarguments.h"

#include "core/values/decimaltext.h"

namespace gps {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

class Arguments {
 public:
  std::vector<std::string> words{"gps", "train"};

  void text(const char* flag, const std::string& value, const std::string& usual) {
    if (value != usual) add(flag, value);
  }
  void number(const char* flag, double value, double usual) {
    if (value != usual) add(flag, shortestDecimal(value));
  }
  void count(const char* flag, std::int64_t value, std::int64_t usual) {
    if (value != usual) add(flag, std::to_string(value));
  }
  void flag(const char* name, bool value) {
    if (value) words.emplace_back(name);
  }
  template <typename E>
  void word(E value, E usual) {
    if (value != usual) add(std::string(EnumWords<E>::option), wordOf(value));
  }
  void add(const std::string& flag, const std::string& value) {
    words.push_back(flag);
    words.push_back(value);
  }
};

void addModelAndData(Arguments& a, const TrainSpec& s, const TrainSpec& d) {
  a.text("--model", s.model.id, d.model.id);
  a.text("--weights", s.model.weightsPath, d.model.weightsPath);
  a.count("--image-size", s.model.imageSize, d.model.imageSize);
  a.word(s.model.prompt, d.model.prompt);
  a.word(s.model.preprocess, d.model.preprocess);
  a.text("--data", s.dataFolder, d.dataFolder);
}

void addSelection(Arguments& a, const TrainSpec& s, const TrainSpec& d) {
  a.text("--selection", s.selectionPath, d.selectionPath);
  a.word(s.selection.loss, d.selection.loss);
  a.word(s.selection.level, d.selection.level);
  a.word(s.selection.criterion, d.selection.criterion);
  a.word(s.selection.layerBudget, d.selection.layerBudget);
  if (s.selection.share > 0)
    a.number("--share", s.selection.share, 0);
  else
    a.count("--k", s.selection.keptPerRow, d.selection.keptPerRow);
  a.text("--exclude-blocks", joined(s.selection.excludedBlocks), {});
  a.text("--exclude-kinds", joined(s.selection.excludedKinds), {});
  a.flag("--keep-excluded-biases", s.selection.keepExcludedBiases);
  a.word(s.selection.decoder, d.selection.decoder);
  a.count("--micro-batch", s.selection.microBatch, d.selection.microBatch);
  a.number("--early-stop", s.selection.earlyStop, d.selection.earlyStop);
  a.flag("--trace", s.selection.trace);
  a.word(s.device.fieldMemory, d.device.fieldMemory);
}

void addTraining(Arguments& a, const TrainSpec& s, const TrainSpec& d) {
  a.word(s.method, d.method);
  a.count("--epochs", s.epochs, d.epochs);
  a.number("--lr", s.learningRate, d.learningRate);
  a.number("--min-lr", s.minLearningRate, d.minLearningRate);
  a.count("--warmup", s.warmupEpochs, d.warmupEpochs);
  a.number("--warmup-lr", s.warmupLearningRate, d.warmupLearningRate);
  a.number("--weight-decay", s.weightDecay, d.weightDecay);
  a.number("--clip-norm", s.clipNorm, d.clipNorm);
  a.number("--layer-decay", s.layerDecay, d.layerDecay);
  a.word(s.schedule, d.schedule);
  a.word(s.optimizer, d.optimizer);
  a.word(s.augment, d.augment);
  a.number("--drop-path", s.dropPath, d.dropPath);
  a.number("--mixup", s.mixup, d.mixup);
  a.number("--cutmix", s.cutmix, d.cutmix);
  a.number("--smoothing", s.labelSmoothing, d.labelSmoothing);
  a.number("--ema", s.emaDecay, d.emaDecay);
  a.flag("--train-on-val", s.trainOnVal);
  a.word(s.rule, d.rule);
  a.word(s.backward, d.backward);
  a.flag("--recompute", s.recompute);
  a.flag("--eager", s.eager);
  a.flag("--fast", s.fast);
}

// --batch, --limit and --seed are of the selection, too, unless that has its own.
void addShared(Arguments& a, const TrainSpec& s, const TrainSpec& d) {
  a.count("--batch", s.batch, d.batch);
  a.count("--selection-batch", s.selection.batch, s.batch == d.batch ? d.selection.batch : s.batch);
  a.count("--limit", s.limit, d.limit);
  a.count("--selection-limit", s.selection.limit, s.limit == d.limit ? d.selection.limit : s.limit);
  a.count("--val-limit", s.validationLimit, d.validationLimit);
  if (s.seed != d.seed) a.add("--seed", std::to_string(s.seed));
  if (s.selection.seed != (s.seed == d.seed ? d.selection.seed : s.seed)) a.add("--selection-seed", std::to_string(s.selection.seed));
}

}  // namespace

std::vector<std::string> trainArguments(const TrainSpec& spec, TaskKind task) {
  const TrainSpec usual = defaultTrainSpec(task);
  Arguments arguments;
  addModelAndData(arguments, spec, usual);
  addSelection(arguments, spec, usual);
  addTraining(arguments, spec, usual);
  addShared(arguments, spec, usual);
  arguments.word(spec.device.device, usual.device.device);
  arguments.word(spec.device.precision, usual.device.precision);
  arguments.count("--threads", spec.device.threads, usual.device.threads);
  arguments.text("--out", spec.runFolder, {});
  arguments.flag("--resume", spec.resume);
  return arguments.words;
}

std::string shellLine(const std::vector<std::string>& words) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
  std::string line;
  for (const auto& word : words) {
    if (!line.empty()) line += ' ';
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

}  // namespace gps
