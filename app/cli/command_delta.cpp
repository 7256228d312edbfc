// gps delta: what a run changed, as a file of its own.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/rowlayout.h"
#include "app/cli/table.h"
#include "core/checkpoints/exporting.h"
#include "core/values/selectioncounts.h"

namespace gps::cli {
namespace {

const std::string kDeltaForms = "a bundled file, an epoch file, a run folder (its best epoch) or RUN@epoch";

std::int64_t wholeValues(const Delta& delta) {
  std::int64_t count = 0;
  for (const auto& tensor : delta.whole) count += std::int64_t(tensor.values.size());
  return count;
}

bool carriesBase(const Delta& delta) {
  bool all = delta.base.size() == delta.offsets.size();
  for (const auto& tensor : delta.whole) all = all && tensor.base.size() == tensor.values.size();
  return all;
}

// Selected entries per block and kind, in the order of the map; blocks without any are left out.
Json perBlockJson(const Delta& delta) {
  std::vector<BlockCount> blocks;
  auto next = delta.offsets.begin();
  for (const auto id : delta.map->matrixIds()) {
    const auto& entry = delta.map->entry(id);
    const auto end = std::lower_bound(next, delta.offsets.end(), std::uint32_t(entry.offset + entry.count));
    const auto selected = std::int64_t(end - next);
    next = end;
    if (selected == 0) continue;
    auto row =
        std::find_if(blocks.begin(), blocks.end(), [&](const BlockCount& b) { return b.block == entry.block && b.kind == entry.kind; });
    if (row == blocks.end()) row = blocks.insert(row, BlockCount{entry.block, entry.kind, 0, 0});
    row->selected += selected;
    row->available += entry.count;
  }
  return blocksJson(blocks);
}

Json deltaJson(const Delta& delta, const std::string& name) {
  Json json;
  json["delta"] = name;
  json["model"] = delta.info.modelId;
  json["method"] = wordOf(delta.info.method);
  json["epoch"] = delta.info.epoch;
  json["base_hash"] = delta.info.baseHash;
  json["selected"] = delta.offsets.size();
  json["whole_values"] = wholeValues(delta);
  json["values"] = std::int64_t(delta.offsets.size()) + wholeValues(delta);
  json["has_base"] = carriesBase(delta);
  json["precision"] = delta.info.precision;
  json["device"] = delta.info.device;
  json["preprocess"] = {{"size", delta.info.preprocess.size}, {"kind", wordOf(delta.info.preprocess.kind)}};
  json["prompt"] = wordOf(delta.info.prompt);
  json["metrics"] = Json::object();
  for (const auto& [key, value] : delta.info.metrics) json["metrics"][key] = value;
  json["fp32_metrics"] = delta.info.fp32Metrics.empty() ? Json(nullptr) : Json(delta.info.fp32Metrics);
  return json;
}

class DeltaInfoCommand : public Command {
 public:
  std::string name() const override { return "info"; }
  std::string summary() const override { return "What a delta holds: model, base, epoch, counts, scores"; }
  void declare(CLI::App& app) override { app.add_option("delta", m_delta, "The delta: " + kDeltaForms)->type_name("D"); }

  CommandResult run(CommandContext&) override {
    requireGiven(m_delta, "D", "the delta: " + kDeltaForms);
    const Delta delta = readDelta(m_delta);
    CommandResult result;
    result.json = deltaJson(delta, m_delta);
    result.json["spec"] = toJson(delta.info.selection);
    result.json["per_block"] = perBlockJson(delta);
    result.json["whole"] = Json::array();
    for (const auto& tensor : delta.whole)
      result.json["whole"].push_back({{"name", tensor.name}, {"shape", tensor.shape}, {"values", tensor.values.size()}});
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    printBlocks(result["per_block"], out);
    out << '\n'
        << result["delta"].get<std::string>() << ": " << result["model"].get<std::string>() << ", method "
        << result["method"].get<std::string>() << ", epoch " << result["epoch"] << '\n'
        << countText(result["selected"].get<std::int64_t>()) << " selected weights and " << countText(result["whole_values"])
        << " values of " << result["whole"].size() << " whole tensors; base values "
        << (result["has_base"].get<bool>() ? "inside" : "not inside") << '\n'
        << "base " << result["base_hash"].get<std::string>() << '\n';
    const auto print = [&](const Json& metrics, const std::string& precision) {
      for (const auto& [key, value] : metrics.items()) out << "  " << key << ' ' << fixedText(value, 4) << inPrecision(precision) << '\n';
    };
    print(result["metrics"], result["precision"]);
    if (!result["fp32_metrics"].is_null()) print(result["fp32_metrics"], "fp32");
  }

 private:
  std::string m_delta;
};

// apply and remove read a checkpoint, change it by a delta and write another checkpoint.
class DeltaChangeCommand : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("delta", m_delta, "The delta: " + kDeltaForms)->type_name("D");
    app.add_option("--weights", m_weights, weightsHelp())->type_name("FILE");
    app.add_option("--out", m_out, "The checkpoint to write (.safetensors)")->type_name("FILE");
  }

  CommandResult run(CommandContext&) override {
    requireGiven(m_delta, "D", "the delta: " + kDeltaForms);
    requireGiven(m_weights, "--weights", "the checkpoint: --weights FILE");
    requireGiven(m_out, "--out", "the file to write: --out FILE");
    const std::string out = absolutePath(m_out);
    const Delta delta = readDelta(m_delta);
    ModelSpec spec = specOf(delta).model;
    spec.weightsPath = absolutePath(m_weights);
    const LoadedModel loaded = loadModel(spec);
    Json json = deltaJson(delta, m_delta);
    makeParentFolder(out);
    write(delta, *loaded.model, out, json);
    json["weights"] = spec.weightsPath;
    json["out"] = out;
    json["bytes"] = std::filesystem::file_size(out);
    return {std::move(json), false};
  }

  void print(const Json& result, std::ostream& out) const override {
    out << countText(result["values"]) << " values " << done() << "; " << result["out"].get<std::string>() << ", "
        << fixedText(result["bytes"].get<double>() / 1048576.0, 1) << " MiB\n";
  }

 protected:
  virtual std::string weightsHelp() const = 0;
  virtual std::string done() const = 0;
  virtual void write(const Delta& delta, Model& model, const std::string& out, Json& json) const = 0;

  std::string m_delta, m_weights, m_out;
};

class DeltaApplyCommand : public DeltaChangeCommand {
 public:
  std::string name() const override { return "apply"; }
  std::string summary() const override { return "Write the checkpoint that results from base weights and a delta"; }

 protected:
  std::string weightsHelp() const override { return "The base checkpoint the delta was trained from"; }
  std::string done() const override { return "put in"; }
  void write(const Delta& delta, Model& model, const std::string& out, Json&) const override {
    applyDelta(delta, model);
    exportWeights(model, out, {{"gps_delta_epoch", std::to_string(delta.info.epoch)}, {"gps_base_hash", delta.info.baseHash}});
  }
};

class DeltaRemoveCommand : public DeltaChangeCommand {
 public:
  std::string name() const override { return "remove"; }
  std::string summary() const override { return "Take a delta off a checkpoint again: writes the base, checked by its hash"; }

 protected:
  std::string weightsHelp() const override { return "The checkpoint that holds the delta"; }
  std::string done() const override { return "taken out; the base is back, bit for bit"; }
  // The target appears only once the file was read back and is the base by its hash.
  void write(const Delta& delta, Model& model, const std::string& out, Json& json) const override {
    model.setBaseHash(delta.info.baseHash);  // this checkpoint has a hash of its own; what comes out is checked below
    removeDelta(delta, model);
    const std::string unchecked = out + ".unchecked";
    exportWeights(model, unchecked, {}, delta.info.isHeadNew ? ExportedHead::Left : ExportedHead::Written);
    ModelSpec spec = specOf(delta).model;
    spec.weightsPath = unchecked;
    const std::string hash = loadModel(spec).model->baseHash();
    json["base_restored"] = hash == delta.info.baseHash;
    if (hash != delta.info.baseHash) {
      std::filesystem::remove(unchecked);
      throw Error(ErrorCode::Mismatch, m_weights,
                  "without the delta it is not the base that the delta names (" + hash.substr(0, 12) + "… against " +
                      delta.info.baseHash.substr(0, 12) + "…)",
                  "Give the checkpoint that `gps delta apply` wrote with this delta");
    }
    std::filesystem::rename(unchecked, out);
  }
};

class DeltaExportCommand : public Command {
 public:
  std::string name() const override { return "export"; }
  std::string summary() const override { return "Bundle an epoch of a run into one file that can be applied alone"; }

  void declare(CLI::App& app) override {
    app.add_option("delta", m_delta, "The delta: " + kDeltaForms)->type_name("D");
    app.add_option("--out", m_out, "The file to write")->type_name("FILE");
    app.add_option("--layout", m_layout, "bundle: applicable alone (default); rows: columns and values per neuron, for other tools")
        ->type_name("bundle|rows");
    app.add_flag("--no-base", m_noBase, "Leave out the base values: half the size, but the delta cannot be removed by itself");
  }

  CommandResult run(CommandContext&) override {
    requireGiven(m_delta, "D", "the delta: " + kDeltaForms);
    requireGiven(m_out, "--out", "the file to write: --out d.safetensors");
    if (m_layout != "bundle" && m_layout != "rows")
      throw Error(ErrorCode::BadArgument, "--layout", "\"" + m_layout + "\" is not one of its values", "Choose one of bundle|rows");
    Delta delta = readDelta(m_delta);
    if (m_noBase) {
      delta.base.clear();
      for (auto& tensor : delta.whole) tensor.base.clear();
    }
    const std::string out = absolutePath(m_out);
    makeParentFolder(out);
    if (m_layout == "rows")
      writeRowLayout(out, delta);
    else
      writeDeltaBundle(out, delta);
    CommandResult result;
    result.json = deltaJson(delta, m_delta);
    result.json["layout"] = m_layout;
    result.json["out"] = out;
    result.json["bytes"] = std::filesystem::file_size(out);
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << countText(result["values"]) << " values in " << result["out"].get<std::string>() << ", "
        << fixedText(result["bytes"].get<double>() / 1048576.0, 2) << " MiB\n";
  }

 private:
  std::string m_delta, m_out, m_layout = "bundle";
  bool m_noBase = false;
};

}  // namespace

std::unique_ptr<Command> makeDeltaInfoCommand() { return std::make_unique<DeltaInfoCommand>(); }
std::unique_ptr<Command> makeDeltaApplyCommand() { return std::make_unique<DeltaApplyCommand>(); }
std::unique_ptr<Command> makeDeltaRemoveCommand() { return std::make_unique<DeltaRemoveCommand>(); }
std::unique_ptr<Command> makeDeltaExportCommand() { return std::make_unique<DeltaExportCommand>(); }

}  // namespace gps::cli
