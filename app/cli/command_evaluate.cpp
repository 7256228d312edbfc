// gps evaluate: scores per picture and over a split; masks at source resolution.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/scorejson.h"
#include "app/cli/table.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/figures/scoretables.h"
#include "core/evaluation/prediction.h"
#include "core/tuning/textfile.h"

namespace gps::cli {
namespace {

constexpr std::size_t kConfusionsShown = 10;

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ",") + word;
  return all;
}

// Pictures that the delta was selected or trained on, as leaks.
void addUsed(Json& leaks, const Delta& delta, const std::vector<DataItem>& items, const std::vector<std::uint64_t>& fingerprints) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (std::binary_search(delta.pictures.begin(), delta.pictures.end(), fingerprints[i]))
      leaks.push_back(
          {{"a", items[i].id}, {"split_a", items[i].split}, {"b", "the delta"}, {"split_b", ""}, {"kind", "selected or trained on"}});
}

void addMasks(Json& json, const EvaluationResult& evaluation, const ScoreAudit& audit) {
  json["n"] = evaluation.score.n;
  json["metrics"] = metricsJson(evaluation.score);
  json["definition"] = scoreDefinition();
  addAudit(json, audit);
  json["empty_truth"] = evaluation.score.emptyTruth;
  json["mean_loss"] = evaluation.meanLoss;
  json["per_image"] = Json::array();
  for (const auto& score : evaluation.score.perImage) json["per_image"].push_back(caseJson(score));
}

void addClasses(Json& json, const ClassificationResult& evaluation, const std::vector<DataItem>& items, const DataSummary& data) {
  const auto& score = evaluation.score;
  json["n"] = score.n;
  json["metrics"] = metricsJson(score);
  json["definition"] = classificationDefinition(data.isClassSubset);
  json["mean_loss"] = evaluation.meanLoss;
  std::map<std::string, std::vector<ClassCase>> bySplit;
  for (std::size_t i = 0; i < items.size(); ++i) bySplit[items[i].split].push_back(score.perImage[i]);
  json["per_split"] = Json::object();
  for (auto& [split, cases] : bySplit) {
    const auto part = summarise(std::move(cases), score.classes);
    json["per_split"][split] = metricsJson(part);
    json["per_split"][split]["n"] = part.n;
  }
  json["per_class"] = classesJson(score);
  json["confusions"] = confusionsJson(score);
  json["per_image"] = Json::array();
  for (const auto& c : score.perImage) json["per_image"].push_back(caseJson(c, score.classes));
}

void printMasks(const Json& result, std::ostream& out) {
  std::vector<Json> cases(result["per_image"].begin(), result["per_image"].end());
  std::stable_sort(cases.begin(), cases.end(),
                   [](const Json& a, const Json& b) { return a["dice"].get<double>() < b["dice"].get<double>(); });
  Table table({"picture (worst first)", "Dice", "IoU", "precision", "recall", "boundary F", "HD95 px", "area"}, "lrrrrrrr");
  for (const auto& c : cases)
    table.add({c["id"], fixedText(c["dice"], 3), fixedText(c["iou"], 3), fixedText(c["precision"], 3), fixedText(c["recall"], 3),
               fixedText(c["boundary_f"], 3), c["hd95"].is_null() ? std::string("-") : fixedText(c["hd95"], 1),
               percentText(c["area_share"], 1)});
  table.print(out);
  out << '\n'
      << result["n"] << " pictures of split " << result["split"].get<std::string>() << inPrecision(result["precision"]) << ", "
      << result["empty_truth"] << " without a polyp\n\n";
  printAudit(result, out);
}

void printClasses(const Json& result, std::ostream& out) {
  Table classes({"class", "pictures", "right", "accuracy"}, "lrrr");
  for (const auto& c : result["per_class"])
    classes.add({c["class"], countText(c["n"]), countText(c["right"]), percentText(c["accuracy"], 1)});
  classes.print(out);
  if (!result["confusions"].empty()) {
    out << '\n';
    Table confusions({"taken for another class", "as", "times"}, "llr");
    for (std::size_t i = 0; i < std::min(kConfusionsShown, result["confusions"].size()); ++i) {
      const auto& c = result["confusions"][i];
      confusions.add({c["class"], c["predicted"], countText(c["count"])});
    }
    confusions.print(out);
  }
  if (result["per_split"].size() > 1) {
    out << '\n';
    Table splits({"split", "pictures", "top-1", "top-5"}, "lrrr");
    for (const auto& [name, part] : result["per_split"].items())
      splits.add({name, countText(part["n"]), percentText(part["top1"], 2), percentText(part["top5"], 2)});
    splits.print(out);
  }
  const auto& metrics = result["metrics"];
  out << '\n'
      << result["n"] << " pictures of split " << result["split"].get<std::string>() << inPrecision(result["precision"]) << ":  top-1 "
      << percentText(metrics["top1"], 2) << ", top-5 " << percentText(metrics["top5"], 2) << ", mean over classes "
      << percentText(metrics["mean_class_accuracy"], 2) << '\n';
}

class EvaluateCommand : public Command {
 public:
  std::string name() const override { return "evaluate"; }
  std::string summary() const override { return "Score a model, with or without a delta, on a split"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    app.add_option("--delta", m_delta, "Bundled file, epoch file, run folder (its best epoch), RUN@epoch or RUN@epoch-average")
        ->type_name("D");
    m_flags.addData(app);
    app.add_option("--split", m_split, "Splits to score, with commas between them, or all (default val; test where there is no val)")
        ->type_name("NAME");
    m_flags.addBatch(app, "Pictures at a time (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addLimit(app, "Pictures of each split that are scored (default 0: all)");
    m_flags.addDevice(app);
    app.add_option("--csv", m_csv, "Write a row a picture, with the definitions")->type_name("FILE");
    app.add_option("--summary-csv", m_summaryCsv, "Write the figures of all pictures with intervals, trivial predictors beside them")
        ->type_name("FILE");
  }

  CommandResult run(CommandContext& context) override {
    std::optional<Delta> delta;
    if (!m_delta.empty()) delta = readDelta(m_delta);
    TrainSpec spec = m_flags.resolve(delta ? specOf(*delta) : TrainSpec{});
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    const OpenedData data = openData(spec.dataFolder, context);
    if (data.summary.task != TaskKind::Segmentation && !(m_csv.empty() && m_summaryCsv.empty()))
      throw Error(ErrorCode::BadArgument, m_csv.empty() ? "--summary-csv" : "--csv", "is for masks; these pictures have classes",
                  "Use --json");
    const auto splits = requireSplits(data.summary, m_split);
    std::vector<DataItem> items;
    for (const auto& split : splits) {
      const auto more = itemsOfSplit(data.summary, split, spec.limit);
      items.insert(items.end(), more.begin(), more.end());
    }
    ReadyModel ready = readyModel(spec, context);
    const Model& model = *ready.loaded.model;
    if (delta) applyDelta(*delta, *ready.loaded.model);
    if (spec.batch == 0) spec.batch = defaultBatch(ready.loaded.info.description, spec.model.imageSize);

    CommandResult result;
    Json& json = result.json;
    json["model"] = spec.model.id;
    json["weights"] = spec.model.weightsPath;
    json["delta"] = delta ? Json(m_delta) : Json(nullptr);
    json["epoch"] = delta ? delta->info.epoch : 0;
    json["task"] = wordOf(data.summary.task);
    json["data"] = data.summary.folder;
    json["split"] = joined(splits);
    json["split_rule"] = data.summary.splitRule;
    std::vector<std::uint64_t> fingerprints;
    const auto start = std::chrono::steady_clock::now();
    if (data.summary.task == TaskKind::Segmentation) {
      const auto evaluation = evaluate(model, items, data.images, spec.model, spec.batch, context.control, {}, nullptr, true);
      const auto audit = auditScores(evaluation.score.perImage);
      addMasks(json, evaluation, audit);
      if (!m_csv.empty()) writeTextAtomically(m_csv, caseTableCsv(evaluation.score.perImage));
      if (!m_summaryCsv.empty()) writeTextAtomically(m_summaryCsv, auditCsv(m_delta.empty() ? "base" : m_delta, audit));
      fingerprints = evaluation.fingerprints;
    } else {
      const auto outputs = headOutputs(data.summary, delta ? delta->info.classes : std::vector<std::string>{}, ready.loaded.info.classes);
      const auto evaluation = evaluateClasses(model, data.summary, items, data.images, spec.model, outputs, spec.batch, context.control);
      addClasses(json, evaluation, items, data.summary);
      fingerprints = evaluation.fingerprints;
    }
    json["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    json["leaks"] = leaksJson(data.summary.leaks);
    if (delta) addUsed(json["leaks"], *delta, items, fingerprints);
    json["contamination"] = contaminationJson(data.summary, spec.model.id);
    json["precision"] = wordOf(spec.device.precision);
    json["image_size"] = spec.model.imageSize;
    json["prompt"] = wordOf(spec.model.prompt);
    json["preprocess"] = wordOf(spec.model.preprocess);
    json["device"] = ready.device.name;
    json["peak_mib"] = peakMemoryMib();
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    if (result["task"] == wordOf(TaskKind::Segmentation))
      printMasks(result, out);
    else
      printClasses(result, out);
    out << result["definition"].get<std::string>() << '\n';
    for (const auto& entry : result["contamination"])
      out << "Careful, " << entry["data_set"].get<std::string>() << ": " << entry["sentence"].get<std::string>() << '\n';
    const auto used =
        std::count_if(result["leaks"].begin(), result["leaks"].end(), [](const Json& leak) { return leak["b"] == "the delta"; });
    if (used > 0) out << "Careful: the delta was selected or trained on " << used << " of these pictures.\n";
    const auto across = std::ptrdiff_t(result["leaks"].size()) - used;
    if (across > 0) out << "Careful: " << across << " pictures stand on both sides of the split.\n";
  }

 private:
  SpecFlags m_flags;
  std::string m_delta, m_split, m_csv, m_summaryCsv;
};

}  // namespace

std::unique_ptr<Command> makeEvaluateCommand() { return std::make_unique<EvaluateCommand>(); }

}  // namespace gps::cli
