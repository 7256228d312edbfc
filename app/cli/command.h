#pragma once
// One command of the program: declares its flags, does its work, prints its result.
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>

#include "core/control/logsink.h"
#include "core/control/runcontrol.h"
#include "core/distributed/launchenvironment.h"

namespace CLI {
class App;
}

namespace gps::cli {

using Json = nlohmann::ordered_json;  // keys in the order they were set

struct CommandContext {
  RunControl& control;  // stop requests come from signals, progress goes to stderr
  LogSink log;
  std::optional<LaunchEnvironment> launch;  // of two processes or more that share this command
};

struct CommandResult {
  Json json;               // what --json prints; the human output is made from it too
  bool cancelled = false;  // stopped on request after saving
  bool failed = false;     // part of it; the result says what
};

class Command {
 public:
  virtual ~Command() = default;
  virtual std::string name() const = 0;
  virtual std::string summary() const = 0;
  // Flags bind to members: the command outlives the parse.
  virtual void declare(CLI::App& app) = 0;
  // Whether processes that torchrun or srun started together do it together; else each does it for itself. Only rank 0 prints the result
  // then.
  virtual bool isShared() const { return false; }
  // Throws Error and Cancelled.
  virtual CommandResult run(CommandContext& context) = 0;
  virtual void print(const Json& result, std::ostream& out) const = 0;
};

std::unique_ptr<Command> makeModelsCommand();
std::unique_ptr<Command> makeInspectCommand();
std::unique_ptr<Command> makeDataCommand();
std::unique_ptr<Command> makeFeaturesCommand();
std::unique_ptr<Command> makeSelectCommand();
std::unique_ptr<Command> makeTrainCommand();
std::unique_ptr<Command> makeSweepCommand();
std::unique_ptr<Command> makeEvaluateCommand();
std::unique_ptr<Command> makePredictCommand();
std::unique_ptr<Command> makePackCommand();
std::unique_ptr<Command> makeCompareCommand();
// Under `gps selection`.
std::unique_ptr<Command> makeSelectionInfoCommand();
std::unique_ptr<Command> makeSelectionExportCommand();
std::unique_ptr<Command> makeSelectionCombineCommand();
// Under `gps bench`.
std::unique_ptr<Command> makeBenchForwardCommand();
std::unique_ptr<Command> makeBenchSelectionCommand();
std::unique_ptr<Command> makeBenchStepCommand();
std::unique_ptr<Command> makeBenchFeedCommand();
// Under `gps delta`.
std::unique_ptr<Command> makeDeltaInfoCommand();
std::unique_ptr<Command> makeDeltaApplyCommand();
std::unique_ptr<Command> makeDeltaRemoveCommand();
std::unique_ptr<Command> makeDeltaExportCommand();

}  // namespace gps::cli
