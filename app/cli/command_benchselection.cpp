// gps bench selection: how long the answers of the selection screen take on this machine.
#include <CLI/CLI.hpp>

#include "app/cli/benchmodel.h"
#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/backbones/device.h"
#include "core/selection/levels/selectionbench.h"
#include "core/selection/levels/tablecounts.h"
#include "core/selection/pass/benchfield.h"

namespace gps::cli {
namespace {

class BenchSelectionCommand : public Command {
 public:
  std::string name() const override { return "selection"; }
  std::string summary() const override { return "Time selection at every level on a model with random weights"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addBatch(app, "Pictures of the noise batch (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addSeed(app);
    m_flags.addDevice(app);
    app.add_option("--k", m_k, "Weights kept per neuron, 1 to 64 (default 1)")->type_name("N");
    app.add_option("--columns", m_columns, "Gradient: of one noise batch, or random numbers (default noise)")->type_name("noise|random");
    app.add_option("--runs", m_runs, "Timed runs of each line (default 10)")->type_name("N");
  }

  CommandResult run(CommandContext& context) override {
    TrainSpec spec = m_flags.resolve();
    requireRuns(m_runs);
    if (m_k < 1 || m_k > kTableDepth)
      throw Error(ErrorCode::BadArgument, "--k", std::to_string(m_k) + " is out of range", "Give a whole number of 1 to 64");
    if (m_columns != "noise" && m_columns != "random")
      throw Error(ErrorCode::BadArgument, "--columns", "\"" + m_columns + "\" is not one of its values", "Choose noise or random");
    const auto ready = readyBenchModel(spec);
    Model& model = *ready.model;
    const Scores field = m_columns == "noise" ? noiseField(model, spec.batch, spec.seed, context.control) : normalField(model, spec.seed);

    const auto lines = timeSelection(model, field, m_k, m_runs, context.control);
    CommandResult result;
    Json& json = result.json;
    json = benchJson(ready, spec, lines.front().milliseconds);
    json["k"] = m_k;
    json["columns"] = m_columns;
    json["union_share"] = unionShare(model, field, m_k);
    json["lines"] = Json::array();
    for (const auto& line : lines)
      json["lines"].push_back({{"name", line.name},
                               {"meaning", line.meaning},
                               {"ms_median", medianOf(line.milliseconds)},
                               {"ms_all", line.milliseconds},
                               {"target_ms", line.targetMs > 0 ? Json(line.targetMs) : Json(nullptr)}});
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << benchTitle(result, "K = " + std::to_string(result["k"].get<int>())) << ":\n";
    Table table({"", "median ms", "target", "what"}, "lrrl");
    for (const auto& line : result["lines"])
      table.add({line["name"].get<std::string>(), fixedText(line["ms_median"], 3),
                 line["target_ms"].is_null() ? "" : "<= " + fixedText(line["target_ms"], 0), line["meaning"].get<std::string>()});
    table.print(out);
    out << "columns in use " << percentText(result["union_share"], 1) << ", peak " << fixedText(result["peak_mib"], 0) << " MiB\n";
  }

 private:
  SpecFlags m_flags;
  int m_runs = 10, m_k = 1;
  std::string m_columns = "noise";
};

}  // namespace

std::unique_ptr<Command> makeBenchSelectionCommand() { return std::make_unique<BenchSelectionCommand>(); }

}  // namespace gps::cli
