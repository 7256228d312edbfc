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
#include "app/cli/table.h"
#include "core/checkpoints/gradientfieldfile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/selection/choose.h"
#include "core/selection/criteria.h"
#include "core/selection/gradientpass.h"
#include "core/selection/scorecounts.h"
#include "core/selection/passrecipe.h"

namespace gps::cli {
namespace {

class SelectCommand : public Command {
 public:
  std::string name() const override { return "select"; }
  std::string summary() const override { return "Choose the weights to train from the gradient over the training split"; }

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
    app.add_option("--field", m_field, "Write the gradient too")->type_name("FILE");
    app.add_option("--out", m_out, "The selection to write")->type_name("FILE");
    app.add_flag("--resume", m_resume, "Go on with the gradient pass that was stopped and is kept beside --out");
  }

  CommandResult run(CommandContext& context) override {
    TrainSpec spec = m_flags.resolve();
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    requireGiven(m_out, "--out", "the file to write: --out s.safetensors");
    if (!m_field.empty() && !needsPass(spec.selection.criterion))
      throw Error(ErrorCode::BadArgument, "--field", "there is no gradient with --criterion " + wordOf(spec.selection.criterion),
                  "Leave out --field, or select by gradient");
    if (m_resume && !needsPass(spec.selection.criterion))
      throw Error(ErrorCode::BadArgument, "--resume", "--criterion " + wordOf(spec.selection.criterion) + " needs no gradient pass",
                  "Leave out --resume");
    const OpenedData data = openData(spec.dataFolder, context);
    requireTask(m_flags.task(), data.summary);
    spec = m_flags.resolve(defaultTrainSpec(data.summary.task));
    if (spec.augment == AugmentKind::Fgvc) spec.selection.randomInterpolation = true;
    ReadyModel ready = readyModel(spec, context, &data.summary);
    Model& model = *ready.loaded.model;
    spec.selection = recipeOf(model, data.summary, spec.model, spec.selection);
    selectableIds(model.map(), spec.selection);  // refuses an unknown block or kind before the long pass
    const std::string out = absolutePath(m_out), fieldPath = absolutePath(m_field);
    makeParentFolder(out);
    makeParentFolder(fieldPath);

    const auto start = std::chrono::steady_clock::now();
    Json pass = Json::object();
    const std::shared_ptr<const ParameterMap> map(std::shared_ptr<void>(), &model.map());  // the model outlives it
    std::optional<GradientField> field;
    if (needsPass(spec.selection.criterion)) {
      const PassOptions options{spec.device.fieldMemory, out + ".partial", m_resume};
      try {
        field = runGradientPass(model, data.summary, data.images, spec.model, spec.selection, context.control, options);
      } catch (const Cancelled&) {
        return stoppedPass(options.statePath, context);
      }
      pass = passJson(*field);
      if (!fieldPath.empty()) writeGradientField(fieldPath, *field, spec.selection);
    }
    const Scores scores = scoresFor(model, field ? &*field : nullptr, spec.selection);
    Selection selection = chooseEntries(map, scores, spec.selection);
    if (field) selection.pictures = field->pictures;
    SelectionCounts counts = countSelection(*map, selection);
    addScores(*map, scores, selection, counts);
    writeSelection(out, *map, selection);
    if (counts.zeroRows > 0)
      context.log(LogLevel::Warning,
                  std::to_string(counts.zeroRows) + " neurons have no gradient at all; their K inputs are the first ones");

    CommandResult result;
    Json& json = result.json;
    json = toJson(counts);
    json["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    json["model"] = spec.model.id;
    json["weights"] = spec.model.weightsPath;
    json["data"] = data.summary.folder;
    json["spec"] = toJson(spec.selection);
    json["pass"] = std::move(pass);
    json["leaks"] = leaksJson(data.summary.leaks);
    json["contamination"] = contaminationJson(data.summary, spec.model.id);
    json["device"] = ready.device.name;
    json["peak_mib"] = peakMemoryMib();
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
  SpecFlags m_flags;
  std::string m_out, m_field;
  bool m_resume = false;
};

}  // namespace

std::unique_ptr<Command> makeSelectCommand() { return std::make_unique<SelectCommand>(); }

}  // namespace gps::cli
