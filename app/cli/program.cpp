#include "app/cli/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <iostream>
#include <new>
#include <optional>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/logging.h"
#include "app/cli/nearest.h"
#include "app/cli/progressbar.h"
#include "app/cli/signals.h"

namespace gps::cli {
namespace {

struct Entry {
  CLI::App* app = nullptr;
  std::unique_ptr<Command> command;
};

class Program {
 public:
  Program();
  // The chosen command; none after --help and --version, whose text has been printed.
  Command* parse(int argc, const char* const* argv);
  bool json = false;
  LogOptions log;

 private:
  void add(CLI::App& parent, std::unique_ptr<Command> command);
  void addOutputFlags(CLI::App& app);
  // Throws the error that says what was not understood and what was probably meant.
  void refuseExtras(const CLI::App& app) const;

  CLI::App m_app{"Gradient-based parameter selection: of every neuron keep the K inputs that matter for this task, train only those."};
  std::vector<Entry> m_entries;
};

Program::Program() {
  m_app.name("gps");
  m_app.set_version_flag("--version", "gps " GPS_VERSION);
  m_app.allow_extras();
  addOutputFlags(m_app);
  add(m_app, makeModelsCommand());
  add(m_app, makeInspectCommand());
  add(m_app, makeDataCommand());
  add(m_app, makeFeaturesCommand());
  add(m_app, makeSelectCommand());
  CLI::App* const selection = m_app.add_subcommand("selection", "Look at a selection, write it as masks, combine several");
  selection->allow_extras();
  addOutputFlags(*selection);
  add(*selection, makeSelectionInfoCommand());
  add(*selection, makeSelectionExportCommand());
  add(*selection, makeSelectionCombineCommand());
  add(m_app, makeCompareCommand());
  add(m_app, makeTrainCommand());
  add(m_app, makeSweepCommand());
  add(m_app, makeEvaluateCommand());
  add(m_app, makePredictCommand());
  CLI::App* const delta = m_app.add_subcommand("delta", "What a run changed: look at it, apply it, take it off, bundle it");
  delta->allow_extras();
  addOutputFlags(*delta);
  add(*delta, makeDeltaInfoCommand());
  add(*delta, makeDeltaApplyCommand());
  add(*delta, makeDeltaRemoveCommand());
  add(*delta, makeDeltaExportCommand());
  add(m_app, makePackCommand());
  CLI::App* const bench = m_app.add_subcommand("bench", "How long the parts of a run take on this machine");
  bench->allow_extras();
  addOutputFlags(*bench);
  add(*bench, makeBenchForwardCommand());
  add(*bench, makeBenchSelectionCommand());
  add(*bench, makeBenchStepCommand());
  add(*bench, makeBenchFeedCommand());
  m_app.footer("`gps COMMAND --help` lists the flags of a command. Exit codes: 0 done, 1 failed, 2 bad usage or input, 130 stopped.");
}

void Program::addOutputFlags(CLI::App& app) {
  app.add_flag("--json", json, "One JSON object on stdout");
  app.add_flag("--quiet", log.quiet, "No progress, warnings and errors only");
  app.add_flag("--verbose", log.verbose, "More lines on stderr");
}

void Program::add(CLI::App& parent, std::unique_ptr<Command> command) {
  CLI::App* const app = parent.add_subcommand(command->name(), command->summary());
  app->allow_extras();
  command->declare(*app);
  addOutputFlags(*app);
  m_entries.push_back({app, std::move(command)});
}

void Program::refuseExtras(const CLI::App& app) const {
  const auto extras = app.remaining();
  if (extras.empty()) return;
  std::string word = extras.front();
  for (const auto& extra : extras)
    if (extra.starts_with("-") && extra != "--") {
      word = extra;
      break;
    }
  word = word.substr(0, word.find('='));
  std::vector<std::string> known;
  std::string kind = "argument";
  const std::string path =
      &app == &m_app ? "gps" : "gps " + (app.get_parent() == &m_app ? app.get_name() : app.get_parent()->get_name() + " " + app.get_name());
  if (word.starts_with("-")) {
    kind = "flag";
    for (const auto* option : app.get_options())
      for (const auto& name : option->get_lnames()) known.push_back("--" + name);
  } else if (!app.get_subcommands([](const CLI::App*) { return true; }).empty()) {
    kind = "command";
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) known.push_back(sub->get_name());
  }
  const std::string nearest = nearestWord(word, known);
  throw Error(ErrorCode::BadArgument, word, path + " has no such " + kind,
              nearest.empty() ? "See " + path + " --help" : "Did you mean " + nearest + "?");
}

Command* Program::parse(int argc, const char* const* argv) {
  // CLI11 takes the words last to first. `gps help train` is `gps train --help`.
  std::vector<std::string> words(argv + 1, argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  std::reverse(words.begin(), words.end());
  try {
    m_app.parse(words);
  } catch (const CLI::Success& success) {  // --help, --version
    m_app.exit(success, std::cout, std::cerr);
    return nullptr;
  } catch (const CLI::ParseError& failure) {
    std::string cause = failure.what();
    throw Error(ErrorCode::BadArgument, "command line", cause, "See gps --help");
  }
  CLI::App* chosen = &m_app;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  for (const CLI::App* app = chosen; app != nullptr; app = app->get_parent()) refuseExtras(*app);
  for (auto& entry : m_entries)
    if (entry.app == chosen) return entry.command.get();
  std::string names;
  for (const auto* sub : chosen->get_subcommands([](const CLI::App*) { return true; }))
    names += (names.empty() ? "" : ", ") + sub->get_name();
  throw Error(ErrorCode::BadArgument, chosen == &m_app ? "gps" : "gps " + chosen->get_name(), "a command is missing",
              "Give one of " + names);
}

// What this process says of itself where several share a command; the others leave stdout to rank 0.
struct Speaker {
  std::string name = "gps: ";
  bool isMain = true, json = false;

  int report(const Error& error) const {
    std::cerr << name + error.what() + "\n" << std::flush;
    if (json && isMain) std::cout << jsonText(errorJson(error)) << std::endl;
    return exitCodeOf(error.code());
  }
};

// nullopt: this process does the command alone.
std::optional<LaunchEnvironment> launchOf(const Command& command) {
  if (!command.isShared()) return std::nullopt;
  auto launch = launchEnvironment();
  if (launch && launch->size == 1) launch.reset();
  return launch;
}

// The flag may stand where parsing broke off, so the words themselves are looked at.
bool asksForJson(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--json") return true;
  return false;
}

int execute(Command& command, const Program& program, RunControl& control, Speaker& speaker) {
  ProgressBar bar = ProgressBar::forStderr();
  const auto launch = launchOf(command);
  auto log = program.log;
  if (launch) {
    speaker.name += "rank " + std::to_string(launch->rank) + " of " + std::to_string(launch->size) + ": ";
    speaker.isMain = launch->rank == 0;
    log.silent = !speaker.isMain;
  }
  if (!log.quiet && !log.silent) control.setProgressSink([&bar](const Progress& progress) { bar.show(progress); });
  CommandContext context{control, makeLog(log, bar), launch};
  std::optional<CommandResult> result;
  try {
    result = command.run(context);
  } catch (...) {
    bar.clear();
    throw;
  }
  bar.clear();
  if (!speaker.isMain) return result->cancelled ? kExitCancelled : kExitDone;
  if (program.json)
    std::cout << jsonText(result->json) << std::endl;
  else
    command.print(result->json, std::cout);
  std::cout.flush();
  if (!std::cout) throw Error(ErrorCode::Io, "standard output", "cannot be written", "Check the disk or the pipe it goes to");
  return result->cancelled ? kExitCancelled : result->failed ? kExitFailed : kExitDone;
}

}  // namespace

int runProgram(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file over the user's size limit is an error of the write, not the end of the program
  RunControl control;
  SignalWatcher watcher(control);
  Speaker speaker;
  speaker.json = asksForJson(argc, argv);
  try {
    Program program;
    Command* const command = program.parse(argc, argv);
    return command == nullptr ? kExitDone : execute(*command, program, control, speaker);
  } catch (const Cancelled&) {
    std::cerr << speaker.name + "stopped before anything was finished\n" << std::flush;
    if (speaker.json && speaker.isMain) std::cout << jsonText(Json{{"cancelled", true}}) << std::endl;
    return kExitCancelled;
  } catch (const Error& error) {
    return speaker.report(error);
  } catch (const std::bad_alloc&) {
    return speaker.report(Error(ErrorCode::OutOfMemory, "memory", "there is not enough of it", "Use a smaller --batch or --image-size"));
  } catch (const std::exception& failure) {
    return speaker.report(Error(ErrorCode::Internal, "gps", failure.what(), "This is a fault of the program; please report the command"));
  } catch (...) {
    return speaker.report(
        Error(ErrorCode::Internal, "gps", "an unknown failure", "This is a fault of the program; please report the command"));
  }
}

}  // namespace gps::cli
