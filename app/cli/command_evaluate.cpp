// gps evaluate: scores per picture and over a split, at source resolution.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/evaluation/prediction.h"

namespace gps::cli {
namespace {

class EvaluateCommand : public Command {
 public:
  std::string name() const override { return "evaluate"; }
  std::string summary() const override { return "Score a model, with or without a delta, on a split"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    app.add_option("--delta", m_delta, "Bundled file, epoch file, run folder (its best epoch) or RUN@epoch")->type_name("D");
    m_flags.addData(app);
    app.add_option("--split", m_split, "Split to score (default val)")->type_name("NAME");
    m_flags.addBatch(app, "Pictures at a time (default 8, 1 at 1024 px)");
    m_flags.addLimit(app, "Pictures scored (default 0: all)");
    m_flags.addDevice(app);
  }

  CommandResult run(CommandContext& context) override {
    std::optional<Delta> delta;
    if (!m_delta.empty()) delta = readDelta(m_delta);
    TrainSpec spec = m_flags.resolve(delta ? specOf(*delta) : TrainSpec{});
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    const OpenedData data = openData(spec.dataFolder, context);
    const auto items = requireSplit(data.summary, m_split, spec.limit);
    ReadyModel ready = readyModel(spec, context);
    if (delta) applyDelta(*delta, *ready.loaded.model);
    if (spec.batch == 0) spec.batch = defaultBatch(spec.model.imageSize);
    const auto start = std::chrono::steady_clock::now();
    const auto evaluation = evaluate(*ready.loaded.model, items, data.images, spec.model, spec.batch, context.control);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    CommandResult result;
    Json& json = result.json;
    json["model"] = spec.model.id;
    json["weights"] = spec.model.weightsPath;
    json["delta"] = delta ? Json(m_delta) : Json(nullptr);
    json["epoch"] = delta ? delta->info.epoch : 0;
    json["data"] = data.summary.folder;
    json["split"] = m_split;
    json["split_rule"] = data.summary.splitRule;
    json["n"] = evaluation.score.n;
    json["metrics"] = metricsJson(evaluation.score);
    json["definition"] = scoreDefinition();
    json["empty_truth"] = evaluation.score.emptyTruth;
    json["mean_loss"] = evaluation.meanLoss;
    json["leaks"] = leaksJson(data.summary.leaks);
    json["precision"] = wordOf(spec.device.precision);
    json["image_size"] = spec.model.imageSize;
    json["prompt"] = wordOf(spec.model.prompt);
    json["preprocess"] = wordOf(spec.model.preprocess);
    json["device"] = ready.device.name;
    json["seconds"] = seconds;
    json["peak_mib"] = peakMemoryMib();
    json["per_image"] = Json::array();
    for (const auto& score : evaluation.score.perImage) json["per_image"].push_back(caseJson(score));
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    std::vector<Json> cases(result["per_image"].begin(), result["per_image"].end());
    std::stable_sort(cases.begin(), cases.end(),
                     [](const Json& a, const Json& b) { return a["dice"].get<double>() < b["dice"].get<double>(); });
    Table table({"picture (worst first)", "Dice", "IoU", "precision", "recall"}, "lrrrr");
    for (const auto& c : cases)
      table.add({c["id"], fixedText(c["dice"], 3), fixedText(c["iou"], 3), fixedText(c["precision"], 3), fixedText(c["recall"], 3)});
    table.print(out);
    const auto& metrics = result["metrics"];
    out << '\n'
        << result["n"] << " pictures of split " << result["split"].get<std::string>() << ":  mean Dice "
        << fixedText(metrics["dice_mean"], 4) << ", mean IoU " << fixedText(metrics["iou_mean"], 4) << ";  pooled Dice "
        << fixedText(metrics["dice_pooled"], 4) << ", pooled IoU " << fixedText(metrics["iou_pooled"], 4) << '\n'
        << result["definition"].get<std::string>() << '\n';
    if (!result["leaks"].empty()) out << "Careful: " << result["leaks"].size() << " pictures stand on both sides of the split.\n";
  }

 private:
  SpecFlags m_flags;
  std::string m_delta, m_split = "val";
};

}  // namespace

std::unique_ptr<Command> makeEvaluateCommand() { return std::make_unique<EvaluateCommand>(); }

}  // namespace gps::cli
