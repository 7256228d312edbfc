// gps selection: look at a selection, write it for other programs, make one of several.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/comparisonjson.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/checkpoints/gradientfieldfile.h"
#include "core/checkpoints/maskfile.h"
#include "core/checkpoints/selectionset.h"
#include "core/selection/criteria.h"
#include "core/selection/sets/combine.h"
#include "core/selection/sets/scorehistogram.h"
#include "core/selection/sets/structure.h"

namespace gps::cli {
namespace {

const std::string kSelectionForms = "a selection file, a delta or a run folder";

// A selection, and the model it was made on where --weights names it.
struct OpenedSelection {
  Selection selection;
  std::shared_ptr<const ParameterMap> map;  // the model's, or as far as the file tells
  std::unique_ptr<Model> model;             // null without weights
};

OpenedSelection openSelection(const std::string& path, const std::string& weights, const std::string& modelId) {
  auto file = readSelectionOrDelta(path);
  OpenedSelection opened{std::move(file.selection), std::move(file.map), nullptr};
  if (weights.empty()) return opened;
  ModelSpec spec;
  spec.id = modelId;
  spec.weightsPath = absolutePath(weights);
  opened.model = std::move(loadModel(spec).model);
  requireMadeFor(*opened.model, {opened.selection, opened.map}, path);
  opened.map = std::shared_ptr<const ParameterMap>(std::shared_ptr<void>(), &opened.model->map());
  return opened;
}

// What info and export take.
class SelectionCommand : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("selection", m_selection, "The selection: " + kSelectionForms)->type_name("S");
    app.add_option("--weights", m_weights, weightsHelp())->type_name("FILE");
    app.add_option("--model", m_model, "Model id (default: recognised from the weights)")->type_name("ID");
  }

 protected:
  virtual std::string weightsHelp() const = 0;
  OpenedSelection open() const {
    requireGiven(m_selection, "S", "the selection: " + kSelectionForms);
    return openSelection(m_selection, m_weights, m_model);
  }

  std::string m_selection, m_weights, m_model;
};

class SelectionInfoCommand : public SelectionCommand {
 public:
  std::string name() const override { return "info"; }
  std::string summary() const override { return "How a selection was made and where its weights lie: columns in use, concentration"; }

  void declare(CLI::App& app) override {
    SelectionCommand::declare(app);
    app.add_option("--field", m_field, "The gradient it was chosen by (gps select --field); needs --weights")->type_name("FILE");
    app.add_option("--top", m_top, "Most picked columns told per weight (default 5)")->type_name("N");
  }

  CommandResult run(CommandContext&) override {
    if (m_top < 1 || m_top > 1000)
      throw Error(ErrorCode::BadArgument, "--top", std::to_string(m_top) + " is out of range", "Give 1 to 1000");
    if (!m_field.empty()) requireGiven(m_weights, "--weights", "the checkpoint that --field belongs to: --weights FILE");
    const auto opened = open();
    CommandResult result;
    Json& json = result.json;
    json = toJson(structureOf(*opened.map, opened.selection, m_top));
    json["selection"] = absolutePath(m_selection);
    json["zero_rows"] = opened.selection.zeroRows;
    json["pictures"] = opened.selection.pictures.size();
    json["spec"] = toJson(opened.selection.spec);
    json["score_histograms"] = histograms(opened);
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    const auto& spec = result["spec"];
    printStructure(result, out);
    out << '\n';
    printBlocks(result["per_block"], out);
    out << '\n'
        << countText(result["selected"]) << " weights of " << countText(result["rows"]) << " neurons (" << countText(result["rows_without"])
        << " without any); " << percentText(result["union_share"], 1) << " of the columns in use\n"
        << "level " << spec["level"].get<std::string>() << ", criterion " << spec["criterion"].get<std::string>() << ", K = " << spec["k"];
    if (spec.contains("origin")) out << "; " << spec["origin"].get<std::string>();
    out << "\nbase " << spec["base_hash"].get<std::string>() << '\n';
    if (!result["score_histograms"].empty()) printScores(result["score_histograms"][0], out);
  }

 protected:
  std::string weightsHelp() const override { return "The checkpoint it was made on: checked, and the sizes of its scores told"; }

 private:
  // Nothing where the scores cannot be had: no weights, or a criterion that needs a gradient which is not given.
  Json histograms(const OpenedSelection& opened) const {
    Json json = Json::array();
    const auto& spec = opened.selection.spec;
    if (opened.model == nullptr || !spec.origin.empty() || (needsPass(spec.criterion) && m_field.empty())) return json;
    std::optional<GradientField> field;
    if (!m_field.empty()) field = readGradientField(absolutePath(m_field), *opened.model, opened.map);
    const Scores scores = scoresFor(*opened.model, field ? &*field : nullptr, spec);
    for (const auto& histogram : scoreHistograms(*opened.map, scores.host(), opened.selection)) json.push_back(toJson(histogram));
    return json;
  }

  static void printScores(const Json& whole, std::ostream& out) {
    Table table({"|score|", "all", "chosen", "share"}, "lrrr");
    const auto row = [&](const std::string& range, std::int64_t all, std::int64_t chosen) {
      if (all > 0) table.add({range, countText(all), countText(chosen), percentText(double(chosen) / double(all))});
    };
    const auto& all = whole["all"];
    const auto& chosen = whole["chosen"];
    for (int decade = ScoreCounts::kLow; decade < ScoreCounts::kHigh; ++decade) {
      std::int64_t inAll = 0, inChosen = 0;
      for (int i = 0; i < ScoreCounts::kPerDecade; ++i) {
        const auto bin = std::size_t((decade - ScoreCounts::kLow) * ScoreCounts::kPerDecade + i);
        inAll += all["bins"][bin].get<std::int64_t>();
        inChosen += chosen["bins"][bin].get<std::int64_t>();
      }
      row("1e" + std::to_string(decade) + " to 1e" + std::to_string(decade + 1), inAll, inChosen);
    }
    for (const char* key : {"zeros", "below", "above", "infinite", "nan"}) row(key, all[key], chosen[key]);
    out << '\n';
    table.print(out);
  }

  std::string m_field;
  int m_top = 5;
};

class SelectionExportCommand : public SelectionCommand {
 public:
  std::string name() const override { return "export"; }
  std::string summary() const override { return "Write a selection for other programs: a mask per weight, a table"; }

  void declare(CLI::App& app) override {
    SelectionCommand::declare(app);
    app.add_option("--mask", m_mask, "safetensors with one BOOL tensor a weight, under the checkpoint's names")->type_name("FILE");
    app.add_option("--csv", m_csv, "A line a weight: selected, columns in use, most picked column")->type_name("FILE");
  }

  CommandResult run(CommandContext&) override {
    if (m_mask.empty() && m_csv.empty()) requireGiven("", "--mask", "a file to write: --mask m.safetensors or --csv s.csv");
    const auto opened = open();
    Json json{{"selection", absolutePath(m_selection)}, {"selected", opened.selection.offsets.size()}, {"mask", nullptr}, {"csv", nullptr}};
    if (!m_mask.empty()) {
      const std::string path = absolutePath(m_mask);
      makeParentFolder(path);
      writeMaskFile(path, *opened.map, opened.selection);
      json["mask"] = path;
    }
    if (!m_csv.empty()) {
      const std::string path = absolutePath(m_csv);
      makeParentFolder(path);
      writeSummaryTable(path, structureOf(*opened.map, opened.selection));
      json["csv"] = path;
    }
    json["true_shapes"] = opened.model != nullptr;
    return {std::move(json), false};
  }

  void print(const Json& result, std::ostream& out) const override {
    out << countText(result["selected"]) << " selected weights";
    for (const char* key : {"mask", "csv"})
      if (result[key].is_string()) out << "; " << result[key].get<std::string>();
    out << '\n';
  }

 protected:
  std::string weightsHelp() const override {
    return "The checkpoint it was made on: checked, and its true shapes in the mask (else rows x columns)";
  }

 private:
  std::string m_mask, m_csv;
};

class SelectionCombineCommand : public Command {
 public:
  std::string name() const override { return "combine"; }
  std::string summary() const override { return "Make one selection of several, to train with: " + wordsOf<SetOperation>(); }

  void declare(CLI::App& app) override {
    app.add_option("words", m_words, "The operation, then the selections: " + kSelectionForms)->type_name("OPERATION A B");
    app.add_option("--out", m_out, "The selection to write")->type_name("FILE");
    app.add_option("--at-least", m_atLeast, "shared: chosen by so many of them or more (default 2)")->type_name("N");
    app.footer(
        "union: chosen by any; intersection: by all; difference: by the first and no other; shared: by two or more, or as many as\n"
        "--at-least says; specific: by exactly one.");
  }

  CommandResult run(CommandContext&) override {
    requireGiven(m_words.empty() ? "" : m_words[0], "OPERATION", "one of " + wordsOf<SetOperation>());
    const auto operation = parseWord<SetOperation>(m_words[0]);
    const std::vector<std::string> paths(m_words.begin() + 1, m_words.end());
    if (paths.size() < 2)
      throw Error(ErrorCode::BadArgument, "A B", std::to_string(paths.size()) + " selections were given", "Name two or more");
    requireGiven(m_out, "--out", "the file to write: --out s.safetensors");
    const auto names = distinctNames(paths);
    const auto files = readComparable(paths);
    std::vector<NamedSelection> parts;
    for (std::size_t i = 0; i < files.size(); ++i) parts.push_back({names[i], &files[i].selection});
    const Selection selection = combineSelections(*files[0].map, operation, parts, m_atLeast);
    const std::string out = absolutePath(m_out);
    makeParentFolder(out);
    writeSelection(out, *files[0].map, selection);
    CommandResult result;
    Json& json = result.json;
    json["operation"] = m_words[0];
    json["selected"] = selection.offsets.size();
    json["parts"] = Json::array();
    for (const auto& part : parts) json["parts"].push_back({{"name", part.name}, {"selected", part.selection->offsets.size()}});
    json["per_block"] = blocksJson(structureOf(*files[0].map, selection).perBlock);
    json["spec"] = toJson(selection.spec);
    json["out"] = out;
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    printBlocks(result["per_block"], out);
    out << '\n';
    for (const auto& part : result["parts"]) out << part["name"].get<std::string>() << ": " << countText(part["selected"]) << '\n';
    out << result["spec"]["origin"].get<std::string>() << ": " << countText(result["selected"]) << " weights, "
        << result["out"].get<std::string>() << '\n';
  }

 private:
  std::vector<std::string> m_words;
  std::string m_out;
  int m_atLeast = 2;
};

}  // namespace

std::unique_ptr<Command> makeSelectionInfoCommand() { return std::make_unique<SelectionInfoCommand>(); }
std::unique_ptr<Command> makeSelectionExportCommand() { return std::make_unique<SelectionExportCommand>(); }
std::unique_ptr<Command> makeSelectionCombineCommand() { return std::make_unique<SelectionCombineCommand>(); }

}  // namespace gps::cli
