// gps bench step: how long a training step takes on this machine, and what it holds in memory.
#include <CLI/CLI.hpp>

#include "app/cli/benchmodel.h"
#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/backbones/device.h"
#include "core/tuning/stepbench.h"

namespace gps::cli {
namespace {

class BenchStepCommand : public Command {
 public:
  std::string name() const override { return "step"; }
  std::string summary() const override { return "Time training steps on a batch of noise"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addBatch(app, "Pictures of a step (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addSeed(app);
    m_flags.addDevice(app);
    m_flags.addSelection(app);
    m_flags.addMethod(app);
    m_flags.addStep(app);
    app.add_option("--columns", m_bench.columns, "What is selected: by the gradient of a noise batch, random entries, or a selection file")
        ->type_name("noise|random|FILE");
    app.add_option("--steps", m_bench.steps, "Timed steps (default 20)")->type_name("N");
    app.add_option("--warm-ups", m_bench.warmUps, "Steps before them (default 5)")->type_name("N");
  }

  CommandResult run(CommandContext& context) override {
    TrainSpec spec = m_flags.resolve();
    requireRuns(m_bench.steps);
    if (m_bench.warmUps < 0 || m_bench.warmUps > 1000)
      throw Error(ErrorCode::BadArgument, "--warm-ups", std::to_string(m_bench.warmUps) + " is out of range", "Give 0 to 1000");
    constexpr int kClasses = 100;
    if (spec.model.classes == 0) spec.model.classes = kClasses;
    if (m_bench.columns != "noise" && m_bench.columns != "random") m_bench.columns = absolutePath(m_bench.columns);
    const auto ready = readyBenchModel(spec);
    const auto times = timeSteps(*ready.model, spec, m_bench, context.control);

    CommandResult result;
    Json& json = result.json;
    json = benchJson(ready, spec, times.milliseconds);
    json["method"] = wordOf(spec.method);
    json["rule"] = wordOf(spec.rule);
    json["backward"] = wordOf(spec.backward);
    json["recompute"] = spec.recompute;
    json["k"] = spec.selection.keptPerRow;
    json["columns"] = m_bench.columns;
    json["selected"] = times.selected;
    json["trainable"] = times.trainable;
    json["trainable_total"] = times.trainableTotal;
    json["union_share"] = times.unionShare;
    json["first_loss"] = times.losses.front();
    json["last_loss"] = times.losses.back();
    json["peak_mib"] = times.peakMib;
    json["peak_includes_selecting"] = !times.isPeakOfSteps;
    json["paths_measured"] = times.pathsMeasured;
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    const auto what =
        result["method"].get<std::string>() + " K = " + std::to_string(result["k"].get<int>()) + ", " + result["rule"].get<std::string>();
    out << benchTitle(result, what) << ": " << fixedText(result["ms_median"], 2) << " ms a step (median of " << result["ms_all"].size()
        << "), peak " << fixedText(result["peak_mib"], 0) << " MiB"
        << (result["peak_includes_selecting"].get<bool>() ? " with selecting" : "") << ", columns in use "
        << percentText(result["union_share"], 1) << ", " << result["paths_measured"] << " ways of gradients measured anew\n";
  }

 private:
  SpecFlags m_flags;
  StepBench m_bench;
};

}  // namespace

std::unique_ptr<Command> makeBenchStepCommand() { return std::make_unique<BenchStepCommand>(); }

}  // namespace gps::cli
