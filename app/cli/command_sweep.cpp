// gps sweep: the runs of a grid, one after the other.
#include <CLI/CLI.hpp>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/sweep/frontier.h"
#include "core/tuning/sweep/sweepplan.h"
#include "core/tuning/sweep/sweeprun.h"
#include "core/tuning/textfile.h"

namespace gps::cli {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

std::string wordOfStatus(SweepStatus status) {
  switch (status) {
    case SweepStatus::Finished:
      return "finished";
    case SweepStatus::Before:
      return "finished before";
    case SweepStatus::Failed:
      return "failed";
    case SweepStatus::Stopped:
      return "stopped";
    case SweepStatus::Waiting:
      break;
  }
  return "waiting";
}

std::string textOf(const Settings& settings) {
  std::string text;
  for (const auto& [axis, value] : settings) text += (text.empty() ? "" : ", ") + axis + " " + value;
  return text;
}

const EpochRecord* bestOf(const SweepResult& result) {
  return result.outcome.bestEpoch > 0 ? recordOf(result.outcome.epochs, result.outcome.bestEpoch) : nullptr;
}

bool isDone(const SweepResult& result) { return result.status == SweepStatus::Finished || result.status == SweepStatus::Before; }

// In single quotes for a shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

class SweepCommand : public Command {
 public:
  std::string name() const override { return "sweep"; }
  std::string summary() const override { return "Run a grid over K, scheme, learning rate, seed and other settings"; }

  void declare(CLI::App& app) override {
    app.add_option("plan", m_plan, "The settings of all runs as in run.toml, and [sweep] with a list for each that varies")
        ->type_name("PLAN");
    app.add_option("--out", m_out, "Folder for the runs; started again, it goes on with what is not finished")->type_name("DIR");
    app.add_flag("--list", m_list, "Run nothing: write the settings of every run to DIR/configs and print its train command");
  }

  CommandResult run(CommandContext& context) override {
    requireGiven(m_plan, "plan.toml", "the settings that are to vary: gps sweep plan.toml --out DIR");
    requireGiven(m_out, "--out", "the folder for the runs: --out DIR");
    const auto folder = absolutePath(m_out), text = readText(m_plan);
    // The defaults follow the task, which the data tells.
    auto plan = planFor(text, folder, TaskKind::Segmentation);
    const auto dataFolder = plan.runs.front().spec.dataFolder;
    requireGiven(dataFolder, "data.folder", "the data set, in " + m_plan);
    for (const auto& run : plan.runs)
      if (run.spec.dataFolder != dataFolder)
        throw Error(ErrorCode::BadArgument, m_plan, "varies data.folder", "Make a sweep for each data set");
    if (m_list) return listed(planFor(text, folder, openDataset(dataFolder, nullptr).task), folder);
    const OpenedData data = openData(dataFolder, context);
    plan = planFor(text, folder, data.summary.task);
    for (const auto& run : plan.runs)
      if (const auto problems = validate(run.spec); !problems.empty())
        throw Error(ErrorCode::BadArgument, run.name, problems.front(), "Correct " + m_plan);
    makeFolder(folder);

    SweepListeners listeners;
    listeners.log = context.log;
    listeners.draw = pictureDrawer();
    listeners.begin = [&](const SweepRun& run, std::size_t index, std::size_t all) {
      context.log(LogLevel::Info, "run " + std::to_string(index) + " of " + std::to_string(all) + ": " + run.name);
    };
    listeners.end = [&](const SweepResult& result) {
      const bool failed = result.status == SweepStatus::Failed;
      context.log(failed ? LogLevel::Error : LogLevel::Info,
                  result.run.name + " " + wordOfStatus(result.status) + (failed ? ": " + result.error : ""));
    };
    std::optional<ReadyModel> ready;
    std::string readyFor;
    const ModelSupply supply = [&](TrainSpec& spec) -> Model& {
      if (const auto wanted = modelKeyOf(spec); !ready || wanted != readyFor) {
        ready.reset();  // two models need not fit
        auto loading = spec;
        ready = readyModel(loading, context, &data.summary);
        readyFor = wanted;
      }
      // As gps train selects: as the model wants it, whatever the batch of training.
      if (spec.selection.batch == 0) spec.selection.batch = defaultBatch(ready->loaded.info.description, ready->loaded.model->imageSize());
      return *ready->loaded.model;
    };
    const auto results = runSweep(plan, folder, data.summary, data.images, supply, context.control, listeners);
    return resultOf(plan, results, data.summary, folder);
  }

  void print(const Json& result, std::ostream& out) const override {
    if (result.contains("commands")) {
      for (const auto& command : result["commands"]) out << command.get<std::string>() << '\n';
      return;
    }
    Table runs({"run", "", "best", "trained", "delta MiB", "time"}, "llrrrr");
    for (const auto& run : result["runs"])
      runs.add({run["name"], run["status"], run["score"].is_null() ? "-" : fixedText(run["score"], 4),
                run["trainable_total"].is_null() ? "-" : countText(run["trainable_total"]), fixedText(run["delta_mib"], 2),
                run["seconds"].is_null() ? "-" : durationText(run["seconds"])});
    runs.print(out);
    for (const auto& run : result["runs"])
      if (run.contains("error")) out << run["name"].get<std::string>() << ": " << run["error"].get<std::string>() << '\n';
    for (const auto& frontier : result["frontier"]) printFrontier(frontier, result["metric"].get<std::string>(), out);
    if (result["cancelled"].get<bool>()) out << "Stopped. Go on with the same command.\n";
  }

 private:
  SweepPlan planFor(const std::string& text, const std::string& folder, TaskKind task) const {
    auto plan = sweepPlanFromToml(text, m_plan, folder, defaultTrainSpec(task));
    for (auto& run : plan.runs) {
      run.spec.dataFolder = absolutePath(run.spec.dataFolder);
      run.spec.model.weightsPath = absolutePath(run.spec.model.weightsPath);
      run.spec.selectionPath = absolutePath(run.spec.selectionPath);
      requireGiven(run.spec.model.weightsPath, "model.weights", "the checkpoint, in " + m_plan);
    }
    return plan;
  }

  static CommandResult listed(const SweepPlan& plan, const std::string& folder) {
    makeFolder(folder + "/configs");
    CommandResult result;
    result.json["commands"] = Json::array();
    for (const auto& run : plan.runs) {
      const auto config = folder + "/configs/" + run.name + ".toml";
      writeTextAtomically(config, toToml(run.spec));
      result.json["commands"].push_back("gps train --config " + quoted(config) + " --out " + quoted(run.spec.runFolder));
    }
    return result;
  }

  static CommandResult resultOf(const SweepPlan& plan, const std::vector<SweepResult>& results, const DataSummary& data,
                                const std::string& folder) {
    CommandResult answer;
    Json& json = answer.json;
    const bool classifies = data.task == TaskKind::Classification;
    json["out"] = folder;
    json["axes"] = plan.axes;
    json["metric"] = classifies ? "top1" : "dice_mean";
    json["runs"] = Json::array();
    std::vector<ScoredRun> scored;
    int failed = 0;
    for (const auto& result : results) {
      const auto* best = bestOf(result);
      const bool hasScore = best != nullptr && best->isScored;
      Json run;
      run["name"] = result.run.name;
      run["status"] = wordOfStatus(result.status);
      run["run"] = result.run.spec.runFolder;
      run["settings"] = settingsJson(result.run.settings);
      run["score"] = hasScore ? Json(best->measuredLast().headline()) : Json(nullptr);
      run["best"] = best != nullptr ? toJson(best->measuredLast()) : Json(nullptr);
      run["last"] = !result.outcome.epochs.empty() ? toJson(result.outcome.epochs.back()) : Json(nullptr);
      run["trainable_total"] = result.outcome.trainableTotal > 0 ? Json(result.outcome.trainableTotal) : Json(nullptr);
      run["delta_mib"] = result.deltaMib;
      run["seconds"] = result.outcome.seconds > 0 ? Json(result.outcome.seconds) : Json(nullptr);
      if (result.status == SweepStatus::Failed) run["error"] = result.error;
      json["runs"].push_back(std::move(run));
      failed += result.status == SweepStatus::Failed;
      answer.cancelled |= result.status == SweepStatus::Stopped || result.status == SweepStatus::Waiting;
      if (isDone(result) && hasScore) scored.push_back({result.run.settings, best->measuredLast().headline(), result.deltaMib});
    }
    json["failed"] = failed;
    answer.failed = failed > 0;
    json["cancelled"] = answer.cancelled;
    json["frontier"] = Json::array();
    for (const auto& frontier : frontiersOf(scored)) json["frontier"].push_back(frontierJson(frontier));
    return answer;
  }

  static Json settingsJson(const Settings& settings) {
    Json json = Json::object();
    for (const auto& [axis, value] : settings) json[axis] = value;
    return json;
  }

  static Json frontierJson(const Frontier& frontier) {
    Json json;
    json["settings"] = settingsJson(frontier.settings);
    json["points"] = Json::array();
    for (const auto& point : frontier.points)
      json["points"].push_back({{"k", point.k.empty() ? Json(nullptr) : Json(point.k)},
                                {"runs", point.runs},
                                {"mean", point.mean},
                                {"sd", point.deviation ? Json(*point.deviation) : Json(nullptr)},
                                {"delta_mib", point.deltaMib}});
    json["enough"] = frontier.enough ? Json(*frontier.enough) : Json(nullptr);
    return json;
  }

  static void printFrontier(const Json& frontier, const std::string& metric, std::ostream& out) {
    Settings settings;
    for (const auto& [axis, value] : frontier["settings"].items()) settings.emplace_back(axis, value.get<std::string>());
    out << '\n' << (settings.empty() ? "All runs" : textOf(settings)) << '\n';
    Table table({"K", "runs", metric, "sd", "delta MiB"}, "rrrrr");
    for (const auto& point : frontier["points"])
      table.add({point["k"].is_null() ? "-" : point["k"].get<std::string>(), std::to_string(point["runs"].get<int>()),
                 fixedText(point["mean"], 4), point["sd"].is_null() ? "-" : fixedText(point["sd"], 4), fixedText(point["delta_mib"], 2)});
    table.print(out);
    if (!frontier["enough"].is_null() && frontier["points"].size() > 1)
      out << "K = " << frontier["enough"].get<std::string>() << " is the smallest within half a point of the best mean.\n";
  }

  std::string m_plan, m_out;
  bool m_list = false;
};

}  // namespace

std::unique_ptr<Command> makeSweepCommand() { return std::make_unique<SweepCommand>(); }

}  // namespace gps::cli
