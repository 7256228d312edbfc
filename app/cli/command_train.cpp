// gps train: selects if need be, fine-tunes, writes a run folder.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/checkpoints/selectionfile.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/trainer.h"

namespace gps::cli {
namespace {

std::string readText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    throw Error(ErrorCode::NotFound, path, "there is no such file, or it cannot be read", "Check --config");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string epochLine(const EpochRecord& record, int epochs) {
  std::string text = record.epoch == 0 ? "untuned     " : "epoch " + std::to_string(record.epoch) + "/" + std::to_string(epochs) + "  ";
  if (record.epoch > 0) text += "train loss " + fixedText(record.trainLoss, 4) + "  ";
  text += "val loss " + fixedText(record.valLoss, 4) + "  Dice " + fixedText(record.diceMean, 4) + "  IoU " + fixedText(record.iouMean, 4);
  if (record.epoch > 0) text += "  " + durationText(record.seconds);
  return text;
}

const EpochRecord* recordOf(const std::vector<EpochRecord>& epochs, int epoch) {
  const auto found = std::find_if(epochs.begin(), epochs.end(), [&](const EpochRecord& r) { return r.epoch == epoch; });
  return found == epochs.end() ? nullptr : &*found;
}

class TrainCommand : public Command {
 public:
  std::string name() const override { return "train"; }
  std::string summary() const override { return "Fine-tune what a method trains and nothing else; writes a run folder"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addData(app);
    m_flags.addTraining(app);
    m_flags.addSelection(app);
    m_flags.addBatch(app, "Pictures per step (default 8, 1 at 1024 px)");
    m_flags.addLimit(app, "Training pictures used, for selecting too (default 0: all)");
    m_flags.addSeed(app);
    m_flags.addDevice(app);
    app.add_option("--config", m_config, "Settings of a run (run.toml); flags given beside it win")->type_name("FILE");
    app.add_option("--out", m_out, "Run folder to write")->type_name("RUN");
    app.add_flag("--resume", m_resume, "Go on with the run in --out where it was stopped");
    app.add_flag("--print-config", m_printConfig, "Print the resolved settings and end");
  }

  CommandResult run(CommandContext& context) override {
    TrainSpec spec = resolvedSpec();
    if (m_printConfig) return {Json{{"config", toToml(spec)}}, false};
    requireGiven(spec.runFolder, "--out", "the run folder to write: --out RUN");
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    const auto problems = validate(spec);
    if (!problems.empty()) {
      std::string all;
      for (const auto& problem : problems) all += (all.empty() ? "" : "; ") + problem;
      throw Error(ErrorCode::BadArgument, "settings", all, "Correct the flags or the configuration file");
    }
    if (!spec.resume && std::filesystem::exists(spec.runFolder + "/run.toml"))
      throw Error(ErrorCode::BadArgument, spec.runFolder, "already holds a run", "Choose another --out, or continue it with --resume");
    const OpenedData data = openData(spec.dataFolder, context);
    ReadyModel ready = readyModel(spec, context);
    Model& model = *ready.loaded.model;
    if (spec.batch == 0) spec.batch = defaultBatch(spec.model.imageSize);
    if (spec.selection.batch == 0) spec.selection.batch = defaultBatch(spec.model.imageSize);
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
    listeners.epoch = [&](const EpochRecord& record) { context.log(LogLevel::Info, epochLine(record, spec.epochs)); };
    listeners.selected = [&](const SelectionCounts& made) {
      counts = made;
      context.log(LogLevel::Info, "selected " + countText(made.selected) + " weights, " + countText(made.trainableTotal) + " values train");
    };
    const TrainOutcome outcome =
        train(model, data.summary, data.images, selection ? &*selection : nullptr, spec, context.control, listeners);
    return {outcomeJson(outcome, spec, counts, data.summary, ready.device), outcome.cancelled};
  }

  void print(const Json& result, std::ostream& out) const override {
    if (result.contains("config")) {
      out << result["config"].get<std::string>();
      return;
    }
    Table table({"epoch", "train loss", "val loss", "Dice", "IoU", "pooled Dice", "time"}, "rrrrrrr");
    for (const auto& e : result["epochs"]) {
      const auto& m = e["metrics"];
      const bool untuned = e["epoch"] == 0;
      table.add({std::to_string(e["epoch"].get<int>()), untuned ? "-" : fixedText(e["train_loss"], 4), fixedText(e["val_loss"], 4),
                 fixedText(m["dice_mean"], 4), fixedText(m["iou_mean"], 4), fixedText(m["dice_pooled"], 4),
                 untuned ? "-" : durationText(e["seconds"])});
    }
    if (!table.empty()) {
      table.print(out);
      out << '\n';
    }
    if (result["cancelled"].get<bool>())
      out << "Stopped. " << (result["resumable"].get<bool>() ? "Go on with: gps train --resume --out " : "Nothing was trained yet in ")
          << result["run"].get<std::string>() << '\n';
    else if (!result["best"].is_null())
      out << "Best epoch " << result["best"]["epoch"] << " with mean Dice " << fixedText(result["best"]["metrics"]["dice_mean"], 4)
          << ".\n";
    out << countText(result["trainable"]) << " values trained in the encoder, " << countText(result["trainable_total"]) << " in all; "
        << durationText(result["seconds"]) << " of training, " << durationText(result["selection_seconds"]) << " of selecting, peak "
        << fixedText(result["peak_mib"], 0) << " MiB\n"
        << "Run folder: " << result["run"].get<std::string>() << '\n';
  }

 private:
  // The run's own settings when resuming, else the file, else defaults; then the flags.
  TrainSpec resolvedSpec() const {
    TrainSpec base;
    base.selection.batch = 0;  // follows the model's size
    const std::string out = absolutePath(m_out);
    if (!m_config.empty()) {
      base = trainSpecFromToml(readText(m_config), m_config);
    } else if (m_resume) {
      requireGiven(out, "--out", "the run folder to go on with: --resume --out RUN");
      base = readRun(out).spec;
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
    json["best"] = best != nullptr ? toJson(*best) : Json(nullptr);
    json["last"] = !outcome.epochs.empty() ? toJson(outcome.epochs.back()) : Json(nullptr);
    json["trainable"] = outcome.trainable;
    json["trainable_total"] = outcome.trainableTotal;
    json["selection"] = counts ? toJson(*counts) : Json(nullptr);
    json["seconds"] = outcome.seconds;
    json["selection_seconds"] = outcome.selectionSeconds;
    json["peak_mib"] = outcome.peakMib;
    json["device"] = device.name;
    json["precision"] = wordOf(spec.device.precision);
    json["split_rule"] = data.splitRule;
    json["leaks"] = leaksJson(data.leaks);
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
};

}  // namespace

std::unique_ptr<Command> makeTrainCommand() { return std::make_unique<TrainCommand>(); }

}  // namespace gps::cli
