#pragma once
// The flags that commands share. Each flag given becomes a change to a TrainSpec, applied over defaults, a configuration file or
// what a delta records; so a flag always wins and a flag not given changes nothing.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/values/modelinfo.h"
#include "core/values/runspec.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace gps::cli {

class SpecFlags {
 public:
  void addModel(CLI::App& app);   // --model --weights --image-size --prompt --preprocess
  void addDevice(CLI::App& app);  // --device --precision --threads
  void addData(CLI::App& app);    // --data
  void addBatch(CLI::App& app, const std::string& help);
  void addLimit(CLI::App& app, const std::string& help);
  void addSeed(CLI::App& app);
  void addSelection(CLI::App& app);  // --task --loss --level --criterion --k --exclude-… --decoder
  void addPass(CLI::App& app);       // --micro-batch --early-stop --trace --field-memory
  // --selection-batch, -limit, -seed, of a pass that does not follow --batch, --limit and --seed; call after those.
  void addPassApart(CLI::App& app);
  void addViews(CLI::App& app);     // --augment --drop-path, as the gradient pass of a classification run uses them
  void addTraining(CLI::App& app);  // --method --epochs --lr …, and addStep
  void addMethod(CLI::App& app);    // --method
  void addStep(CLI::App& app);      // --rule --backward --recompute --eager

  // The base with every given flag applied; file names made absolute.
  TrainSpec resolve(TrainSpec base = {}) const;
  // What --task says; nothing when it was not given.
  std::optional<TaskKind> task() const { return m_task; }

 private:
  using Change = std::function<void(TrainSpec&)>;
  template <typename T>
  CLI::Option* add(CLI::App& app, const std::string& flag, const std::string& typeName, const std::string& help,
                   std::function<void(TrainSpec&, const T&)> set);
  template <typename E>
  void addWord(CLI::App& app, const std::string& help, std::function<void(TrainSpec&, E)> set);
  CLI::Option* addInt(CLI::App& app, const std::string& flag, long low, const std::string& help, std::function<void(TrainSpec&, int)> set);
  CLI::Option* addShare(CLI::App& app);
  void addReal(CLI::App& app, const std::string& flag, bool zeroAllowed, const std::string& help,
               std::function<void(TrainSpec&, double)> set);
  void addSwitch(CLI::App& app, const std::string& flag, const std::string& help, std::function<void(TrainSpec&)> set);

  std::vector<Change> m_changes;
  std::optional<TaskKind> m_task;
};

// 8, or 1 at 1024 px; 32 for classification.
int defaultBatch(const ModelDescription& model, int imageSize);
// Absolute and without "." and ".."; empty stays empty.
std::string absolutePath(const std::string& path);
// "1.5,2" -> numbers; exactly `count` of them. Throws Error(BadArgument).
std::vector<double> parseNumbers(const std::string& flag, const std::string& text, std::size_t count, const std::string& form);

}  // namespace gps::cli
