// gps train: selects if need be, fine-tunes, writes a run folder.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/ranks.h"
#include "app/cli/table.h"
#include "core/checkpoints/selectionfile.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/resume.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/schedule.h"
#include "core/tuning/textfile.h"
#include "core/tuning/trainer.h"

namespace gps::cli {
namespace {

std::string scoreText(const EpochRecord& record) {
  std::string text = "val loss " + fixedText(record.valLoss, 4);
  if (record.task == TaskKind::Classification) {
    text += "  top-1 " + fixedText(record.top1, 4) + "  top-5 " + fixedText(record.top5, 4);
    if (record.emaTop1) text += "  averaged top-1 " + fixedText(*record.emaTop1, 4);
  } else {
    text += "  Dice " + fixedText(record.diceMean, 4) + "  IoU " + fixedText(record.iouMean, 4);
  }
  return text;
}

std::string epochLine(const EpochRecord& record, int epochs) {
  std::string text = record.epoch == 0 ? "untuned     " : "epoch " + std::to_string(record.epoch) + "/" + std::to_string(epochs) + "  ";
  if (record.epoch > 0) text += "train loss " + fixedText(record.trainLoss, 4) + "  ";
  if (record.isScored) text += scoreText(record);
  if (record.epoch > 0) text += "  " + durationText(record.seconds);
  return text;
}

class TrainCommand : public Command {
 public:
  std::string name() const override { return "train"; }
  std::string summary() const override { return "Fine-tune what a method trains and nothing else; writes a run folder"; }
  bool isShared() const override { return !m_printConfig; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addData(app);
    m_flags.addTraining(app);
    m_flags.addSelection(app);
    m_flags.addPass(app);
    m_flags.addBatch(app, "Pictures per step (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addLimit(app, "Training pictures used, for selecting too (default 0: all)");
    m_flags.addSeed(app);
    m_flags.addPassApart(app);
    m_flags.addDevice(app);
    app.add_option("--config", m_config, "Settings of a run (run.toml); flags given beside it win")->type_name("FILE");
    app.add_option("--out", m_out, "Run folder to write")->type_name("RUN");
    app.add_flag(
        "--resume", m_resume,
        "Go on with the run in --out where it was stopped, with its settings; beside the device and what runs there, --lr, --min-lr and "
        "--batch may change");
    app.add_flag("--print-config", m_printConfig, "Print the resolved settings and end");
  }

  CommandResult run(CommandContext& context) override {
    if (m_printConfig) {
      readBegun();
      TrainSpec spec = resolvedSpec(m_flags.task().value_or(TaskKind::Segmentation));
      if (!m_flags.task() && !spec.dataFolder.empty()) spec = resolvedSpec(openDataset(spec.dataFolder, nullptr).task);
      return {Json{{"config", toToml(spec)}}, false};
    }
    const Ranks ranks(context);
    return ranks.together().guarded([&] { return trainTogether(context, ranks); });
  }

  CommandResult trainTogether(CommandContext& context, const Ranks& ranks) {
    shareBegun(ranks);
    // The defaults follow the task, which the data tells.
    TrainSpec spec = resolvedSpec(m_flags.task().value_or(TaskKind::Segmentation));
    requireGiven(spec.runFolder, "--out", "the run folder to write: --out RUN");
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    requireValid(spec);
    if (spec.resume) requireResumable(m_begun.value(), spec);
    if (!spec.resume && ranks.isMain() && std::filesystem::exists(spec.runFolder + "/run.toml"))
      throw Error(ErrorCode::BadArgument, spec.runFolder, "already holds a run", "Choose another --out, or continue it with --resume");
    const OpenedData data = openData(spec.dataFolder, context);
    requireTask(m_flags.task(), data.summary);
    spec = resolvedSpec(data.summary.task);
    requireValid(spec);
    ranks.useDevice(spec.device);
    ReadyModel ready = readyModel(spec, context, &data.summary);
    Model& model = *ready.loaded.model;
    if (spec.batch == 0) spec.batch = defaultBatch(ready.loaded.info.description, spec.model.imageSize);
    if (spec.selection.batch == 0) spec.selection.batch = defaultBatch(ready.loaded.info.description, spec.model.imageSize);
    selectableIds(model.map(), spec.selection);  // refuses an unknown block or kind now
    std::optional<Selection> selection;
    if (spec.method == Method::Gps && !spec.resume && !spec.selectionPath.empty()) {
      selection = readSelection(spec.selectionPath, model);
      spec.selection = selection->spec;  // what the run records is what it trains
    }

    std::optional<SelectionCounts> counts;
    if (selection) counts = countSelection(model.map(), *selection);
    TrainListeners listeners;
    listeners.log = context.log;
    listeners.draw = pictureDrawer();
    listeners.epoch = [&](const EpochRecord& record) { context.log(LogLevel::Info, epochLine(record, epochsToRun(spec))); };
    listeners.selected = [&](const SelectionCounts& made) {
      counts = made;
      context.log(LogLevel::Info, "selected " + countText(made.selected) + " weights, " + countText(made.trainableTotal) + " values train");
    };
    const TrainOutcome outcome =
        train(model, data.summary, data.images, selection ? &*selection : nullptr, spec, context.control, listeners, ranks.group());
    return {outcomeJson(outcome, spec, counts, data.summary, ready.device), outcome.cancelled};
  }

  void print(const Json& result, std::ostream& out) const override {
    if (result.contains("config")) {
      out << result["config"].get<std::string>();
      return;
    }
    const auto columns = metricColumns(result["epochs"]);
    std::vector<std::string> header{"epoch", "train loss", "val loss"};
    for (const auto& [key, title] : columns) header.push_back(title);
    header.push_back("time");
    Table table(header, std::string(header.size(), 'r'));
    for (const auto& e : result["epochs"]) {
      const bool untuned = e["epoch"] == 0;
      std::vector<std::string> row{std::to_string(e["epoch"].get<int>()), untuned ? "-" : fixedText(e["train_loss"], 4),
                                   e["val_loss"].is_null() ? "-" : fixedText(e["val_loss"], 4)};
      for (const auto& [key, title] : columns) row.push_back(e["metrics"].contains(key) ? fixedText(e["metrics"][key], 4) : "-");
      row.push_back(untuned ? "-" : durationText(e["seconds"]));
      table.add(row);
    }
    if (!table.empty()) {
      table.print(out);
      out << '\n';
    }
    if (result["cancelled"].get<bool>())
      out << "Stopped. " << (result["resumable"].get<bool>() ? "Go on with: gps train --resume --out " : "Nothing was trained yet in ")
          << result["run"].get<std::string>() << '\n';
    else if (!result["best"].is_null())
      printBest(result, out);
    if (result["ranks"] > 1)
      out << result["ranks"] << " ranks, " << fixedText(result["bytes_per_step"].get<double>() / 1e6, 2)
          << " MB from each to the sum of a step\n";
    out << countText(result["trainable"]) << " values trained in the encoder, " << countText(result["trainable_total"]) << " in all; "
        << durationText(result["seconds"]) << " of training, " << durationText(result["selection_seconds"]) << " of selecting, peak "
        << fixedText(result["peak_mib"], 0) << " MiB\n"
        << "Run folder: " << result["run"].get<std::string>() << '\n';
  }

 private:
  static void requireValid(const TrainSpec& spec) {
    const auto problems = validate(spec);
    if (problems.empty()) return;
    std::string all;
    for (const auto& problem : problems) all += (all.empty() ? "" : "; ") + problem;
    throw Error(ErrorCode::BadArgument, "settings", all, "Correct the flags or the configuration file");
  }

  static std::vector<std::pair<std::string, std::string>> metricColumns(const Json& epochs) {
    std::vector<std::pair<std::string, std::string>> columns;
    for (const auto& [key, title] : {std::pair{"dice_mean", "Dice"}, std::pair{"iou_mean", "IoU"}, std::pair{"dice_pooled", "pooled Dice"},
                                     std::pair{"top1", "top-1"}, std::pair{"top5", "top-5"}, std::pair{"ema_top1", "averaged top-1"}})
      if (!epochs.empty() && epochs.back()["metrics"].contains(key)) columns.emplace_back(key, title);
    return columns;
  }

  // Best and last stand apart: the best of many epochs on one split flatters.
  static void printBest(const Json& result, std::ostream& out) {
    const auto columns = metricColumns(result["epochs"]);
    if (columns.empty()) {
      out << "Nothing was scored: there were no pictures for it.\n";
      return;
    }
    const auto& [key, title] = columns.front();
    const auto& best = result["best"];
    out << "Scored on split " << result["scored_split"].get<std::string>() << inPrecision(result["last"]["precision"]) << ": best epoch "
        << best["epoch"] << " with " << title << ' ';
    const auto own =
        std::find_if(result["epochs"].begin(), result["epochs"].end(), [&](const Json& e) { return e["epoch"] == best["epoch"]; });
    if ((*own)["precision"] != best["precision"])
      out << fixedText((*own)["metrics"][key], 4) << ", measured again in " << best["precision"].get<std::string>() << ' ';
    out << fixedText(best["metrics"][key], 4) << ", last epoch with " << fixedText(result["last"]["metrics"][key], 4) << ".\n";
  }

  void readBegun() {
    if (!m_resume) return;
    const std::string out = absolutePath(m_out);
    requireGiven(out, "--out", "the run folder to go on with: --resume --out RUN");
    m_begun = readRun(out).spec;
  }

  // Rank 0 reads it and tells the others, who may see the folder late or not at all.
  void shareBegun(const Ranks& ranks) {
    if (ranks.isMain()) readBegun();
    if (!m_resume || ranks.group() == nullptr) return;
    ranks.together().meet();
    const auto text = ranks.group()->broadcast(m_begun ? toToml(*m_begun) : std::string());
    if (!ranks.isMain()) m_begun = trainSpecFromToml(text, m_out);
  }

  // The run's own settings when resuming, else the file over the task's defaults; then the flags.
  TrainSpec resolvedSpec(TaskKind task) const {
    TrainSpec base = defaultTrainSpec(task);
    const std::string out = absolutePath(m_out);
    if (!m_config.empty()) {
      base = trainSpecFromToml(readText(m_config), m_config, base);
    } else if (m_begun) {
      base = *m_begun;
    }
    TrainSpec spec = m_flags.resolve(std::move(base));
    if (!out.empty()) spec.runFolder = out;
    spec.dataFolder = absolutePath(spec.dataFolder);
    spec.model.weightsPath = absolutePath(spec.model.weightsPath);
    spec.selectionPath = absolutePath(spec.selectionPath);
    spec.resume = m_resume;
    return spec;
  }

  static Json outcomeJson(const TrainOutcome& outcome, const TrainSpec& spec, const std::optional<SelectionCounts>& counts,
                          const DataSummary& data, const DeviceInfo& device) {
    Json json;
    json["model"] = spec.model.id;
    json["method"] = wordOf(spec.method);
    json["run"] = spec.runFolder;
    json["cancelled"] = outcome.cancelled;
    json["resumable"] = outcome.cancelled && isResumable(spec.runFolder);
    json["epochs"] = Json::array();
    for (const auto& record : outcome.epochs) json["epochs"].push_back(toJson(record));
    const EpochRecord* const best = recordOf(outcome.epochs, outcome.bestEpoch);
    json["best"] = best != nullptr ? toJson(best->measuredLast()) : Json(nullptr);
    json["last"] = !outcome.epochs.empty() ? toJson(outcome.epochs.back()) : Json(nullptr);
    json["scored_split"] = outcome.scoredSplit;
    json["trainable"] = outcome.trainable;
    json["trainable_total"] = outcome.trainableTotal;
    json["selection"] = counts ? toJson(*counts) : Json(nullptr);
    json["seconds"] = outcome.seconds;
    json["selection_seconds"] = outcome.selectionSeconds;
    json["peak_mib"] = outcome.peakMib;
    json["ranks"] = outcome.ranks;
    json["bytes_per_step"] = outcome.bytesPerStep;
    json["device"] = device.name;
    json["precision"] = wordOf(spec.device.precision);
    json["split_rule"] = data.splitRule;
    json["leaks"] = leaksJson(data.leaks);
    json["contamination"] = contaminationJson(data, spec.model.id);
    return json;
  }

  static bool isResumable(const std::string& folder) {
    try {
      return readRun(folder).resumable;
    } catch (const Error&) {
      return false;  // stopped before the first save
    }
  }

  SpecFlags m_flags;
  std::string m_config, m_out;
  bool m_resume = false, m_printConfig = false;
  std::optional<TrainSpec> m_begun;  // what a resumed run was begun with
};

}  // namespace

std::unique_ptr<Command> makeTrainCommand() { return std::make_unique<TrainCommand>(); }

}  // namespace gps::cli
