// gps bench: how long the parts of a run take on this machine.
#include <CLI/CLI.hpp>

#include "app/cli/benchmodel.h"
#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/backbones/device.h"
#include "core/evaluation/forwardbench.h"

namespace gps::cli {
namespace {

class BenchForwardCommand : public Command {
 public:
  std::string name() const override { return "forward"; }
  std::string summary() const override { return "Time the forward of a model with random weights on random pictures"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addBatch(app, "Pictures at a time (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addDevice(app);
    app.add_option("--runs", m_runs, "Timed forwards (default 20)")->type_name("N");
  }

  CommandResult run(CommandContext& context) override {
    TrainSpec spec = m_flags.resolve();
    requireRuns(m_runs);
    const auto ready = readyBenchModel(spec);
    const auto times = timeForward(*ready.model, spec.batch, m_runs, context.control);

    CommandResult result;
    result.json = benchJson(ready, spec, times);
    result.json["ms_per_image"] = medianOf(times) / spec.batch;
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << benchTitle(result) << ": " << fixedText(result["ms_median"], 2) << " ms (median of " << result["ms_all"].size() << "), "
        << fixedText(result["ms_per_image"], 2) << " ms a picture, peak " << fixedText(result["peak_mib"], 0) << " MiB\n";
  }

 private:
  SpecFlags m_flags;
  int m_runs = 20;
};

}  // namespace

std::unique_ptr<Command> makeBenchForwardCommand() { return std::make_unique<BenchForwardCommand>(); }

}  // namespace gps::cli
