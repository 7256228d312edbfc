// gps bench feed: how fast pictures reach the steps of training on this machine.
#include <CLI/CLI.hpp>

#include "app/cli/benchmodel.h"
#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/backbones/device.h"
#include "core/tuning/feedbench.h"

namespace gps::cli {
namespace {

double rateOf(const FedEpoch& epoch) { return epoch.seconds > 0 ? epoch.pictures / epoch.seconds : 0; }

class BenchFeedCommand : public Command {
 public:
  std::string name() const override { return "feed"; }
  std::string summary() const override { return "Time how fast the pictures of a data set reach training, without its steps"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    m_flags.addData(app);
    m_flags.addBatch(app, "Pictures of a step (default 8, 1 at 1024 px, 32 for classification)");
    m_flags.addLimit(app, "Training pictures used (default 0: all)");
    m_flags.addViews(app);
    m_flags.addSeed(app);
    m_flags.addDevice(app);
    app.add_option("--epochs", m_epochs, "Epochs; the first decodes, the others find what the cache keeps (default 3)")->type_name("N");
  }

  CommandResult run(CommandContext& context) override {
    const std::string folder = m_flags.resolve().dataFolder;
    requireGiven(folder, "--data", "the data set: --data FOLDER");
    if (m_epochs < 2 || m_epochs > 1000)
      throw Error(ErrorCode::BadArgument, "--epochs", std::to_string(m_epochs) + " is out of range", "Give 2 to 1000");
    const auto data = openData(folder, context);
    TrainSpec spec = m_flags.resolve(defaultTrainSpec(data.summary.task));
    spec.model.preprocess = wishedPreprocess(spec);
    if (spec.model.classes == 0) spec.model.classes = int(data.summary.classes.size());
    const auto ready = readyBenchModel(spec);
    const auto rates = timeFeed(*ready.model, data.summary, data.images, spec, m_epochs, context.control);

    std::vector<double> warm, milliseconds;
    auto epochs = Json::array();
    for (const auto& epoch : rates.epochs) {
      epochs.push_back({{"seconds", epoch.seconds},
                        {"per_second", rateOf(epoch)},
                        {"waited_loader_ms", epoch.times.loaderMilliseconds},
                        {"waited_upload_ms", epoch.times.uploadMilliseconds}});
      if (&epoch == &rates.epochs.front()) continue;
      warm.push_back(rateOf(epoch));
      milliseconds.push_back(epoch.seconds * 1000 / epoch.batches);
    }
    CommandResult result;
    Json& json = result.json;
    json = benchJson(ready, spec, milliseconds);
    json["pictures"] = rates.epochs.front().pictures;
    json["cold_per_second"] = rateOf(rates.epochs.front());
    json["warm_per_second"] = medianOf(warm);
    json["epochs"] = std::move(epochs);
    json["cached_pictures"] = rates.cache.pictures;
    json["cached_mib"] = double(rates.cache.bytes) / (1 << 20);
    json["cache_limit_mib"] = double(rates.cache.limit) / (1 << 20);
    json["page_locked"] = rates.cache.isPinned;
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << benchTitle(result) << ": " << fixedText(result["cold_per_second"], 0) << " pictures a second decoded, "
        << fixedText(result["warm_per_second"], 0) << " from the cache (" << fixedText(result["ms_median"], 2)
        << " ms a batch), which keeps " << result["cached_pictures"] << " of " << result["pictures"] << " in "
        << fixedText(result["cached_mib"], 0) << " MiB" << (result["page_locked"].get<bool>() ? ", page-locked" : "") << '\n';
  }

 private:
  SpecFlags m_flags;
  int m_epochs = 3;
};

}  // namespace

std::unique_ptr<Command> makeBenchFeedCommand() { return std::make_unique<BenchFeedCommand>(); }

}  // namespace gps::cli
