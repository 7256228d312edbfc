// gps select: the gradient pass and the choice it leads to.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/passreport.h"
#include "app/cli/ranks.h"
#include "app/cli/table.h"
#include "core/checkpoints/gradientfieldfile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/levels/scorecounts.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"

namespace gps::cli {
namespace {

class SelectCommand : public Command {
 public:
  std::string name() const override { return "select"; }
  std::string summary() const override { return "Choose the weights to train from the gradient over the training split"; }

  bool isShared() const override { return true; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addData(app);
    m_flags.addSelection(app);
    m_flags.addPass(app);
    m_flags.addBatch(app, "Pictures per gradient step (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addLimit(app, "Training pictures used (default 0: all)");
    m_flags.addViews(app);
    m_flags.addSeed(app);
    m_flags.addDevice(app);
    auto* field = app.add_option("--field", m_field, "Write the gradient too")->type_name("FILE");
    app.add_option("--from-field", m_from, "Choose from a gradient written before; no pictures are needed")
        ->type_name("FILE")
        ->excludes(field);
    app.add_option("--out", m_out, "The selection to write")->type_name("FILE");
    app.add_flag("--resume", m_resume, "Go on with the gradient pass that was stopped and is kept beside --out");
  }

  CommandResult run(CommandContext& context) override {
    const Ranks ranks(context);
    return ranks.together().guarded([&] { return selectTogether(context, ranks); });
  }

  // All do the pass; rank 0 alone chooses and writes.
  CommandResult selectTogether(CommandContext& context, const Ranks& ranks) {
    TrainSpec spec = m_flags.resolve();
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    requireGiven(m_out, "--out", "the file to write: --out s.safetensors");
    refuseNeedless(spec.selection.criterion);
    std::optional<OpenedData> data;
    if (m_from.empty() || !spec.dataFolder.empty()) data = openData(spec.dataFolder, context);
    if (data) {
      requireTask(m_flags.task(), data->summary);
      spec = m_flags.resolve(defaultTrainSpec(data->summary.task));
    }
    if (spec.augment == AugmentKind::Fgvc) spec.selection.randomInterpolation = true;
    ranks.useDevice(spec.device);
    ReadyModel ready = readyModel(spec, context, data ? &data->summary : nullptr);
    Model& model = *ready.loaded.model;
    const std::string from = absolutePath(m_from), out = absolutePath(m_out), fieldPath = absolutePath(m_field);
    spec.selection =
        from.empty() ? recipeOf(model, data->summary, spec.model, spec.selection) : withOriginOf(spec.selection, readFieldRecipe(from));
    selectableIds(model.map(), spec.selection);  // refuses an unknown block or kind before the long pass
    makeParentFolder(out);
    makeParentFolder(fieldPath);

    const auto start = std::chrono::steady_clock::now();
    const std::shared_ptr<const ParameterMap> map(std::shared_ptr<void>(), &model.map());  // the model outlives it
    std::optional<GradientField> field;
    if (!from.empty()) {
      field = readGradientField(from, model, map);
    } else if (needsPass(spec.selection.criterion)) {
      const PassOptions options{spec.device.fieldMemory, out + ".partial", m_resume, false, ranks.group()};
      try {
        field = runGradientPass(model, data->summary, data->images, spec.model, spec.selection, context.control, options);
      } catch (const Cancelled&) {
        // Launchers end all ranks once one has ended: none does before all have kept their parts.
        if (ranks.together().hasStopped()) ranks.group()->barrier();
        return stoppedPass(ranks.together().partOf(options.statePath), context);
      }
    }
    if (!ranks.isMain()) {
      ranks.together().meet();
      return {};
    }
    if (field && !fieldPath.empty()) writeGradientField(fieldPath, *field, spec.selection);
    const Scores scores = scoresFor(model, field ? &*field : nullptr, spec.selection);
    Selection selection = chooseEntries(map, scores, spec.selection);
    if (field) selection.pictures = field->pictures;
    SelectionCounts counts = countSelection(*map, selection);
    addScores(*map, scores, selection, counts);
    writeSelection(out, *map, selection);
    ranks.together().meet();
    if (counts.zeroRows > 0) context.log(LogLevel::Warning, zeroRowText(counts, spec.selection.level));

    CommandResult result;
    Json& json = result.json;
    json = toJson(counts);
    json["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    json["model"] = spec.model.id;
    json["weights"] = spec.model.weightsPath;
    json["data"] = data ? Json(data->summary.folder) : Json(nullptr);
    json["spec"] = toJson(selection.spec);
    json["pass"] = field ? passJson(*field) : Json::object();
    json["leaks"] = data ? leaksJson(data->summary.leaks) : Json::array();
    json["contamination"] = data ? contaminationJson(data->summary, spec.model.id) : Json(nullptr);
    json["device"] = ready.device.name;
    json["peak_mib"] = peakMemoryMib();
    json["ranks"] = ranks.together().size();
    json["out"] = out;
    json["field"] = fieldPath.empty() ? Json(nullptr) : Json(fieldPath);
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    if (result.contains("cancelled")) return printStoppedPass(result, out);
    printPass(result["pass"], out);
    printBlocks(result["per_block"], out);
    out << "\nK = " << result["k"] << ": " << countText(result["selected"]) << " weights of " << countText(result["rows"]) << " neurons ("
        << countText(result["zero_rows"]) << " without gradient), " << percentText(result["captured_share"], 1) << " of |score|\n"
        << "trainable in the encoder: " << countText(result["trainable"]) << " (" << percentText(result["trainable_share"])
        << "); with the decoder or head: " << countText(result["trainable_total"]) << " (" << percentText(result["total_share"]) << ")\n"
        << result["out"].get<std::string>() << " written after " << durationText(result["seconds"]) << '\n';
  }

 private:
  // What the criterion makes pointless.
  void refuseNeedless(Criterion criterion) const {
    if (needsPass(criterion)) return;
    const std::string because = "--criterion " + wordOf(criterion) + " needs no gradient pass";
    if (!m_field.empty()) throw Error(ErrorCode::BadArgument, "--field", because, "Leave out --field, or select by gradient");
    if (!m_from.empty()) throw Error(ErrorCode::BadArgument, "--from-field", because, "Leave out --from-field, or select by gradient");
    if (m_resume) throw Error(ErrorCode::BadArgument, "--resume", because, "Leave out --resume");
  }
  static std::string zeroRowText(const SelectionCounts& counts, Level level) {
    const std::string text = std::to_string(counts.zeroRows) + " neurons have no score above zero";
    return level == Level::Neuron ? text + "; their K inputs are the first ones" : text;
  }

  SpecFlags m_flags;
  std::string m_out, m_field, m_from;
  bool m_resume = false;
};

}  // namespace

std::unique_ptr<Command> makeSelectCommand() { return std::make_unique<SelectCommand>(); }

}  // namespace gps::cli
