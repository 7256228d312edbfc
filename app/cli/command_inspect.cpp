// gps inspect: what a checkpoint is and how its tensors fit.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/checkpoints/loading.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/selection/selection.h"

namespace gps::cli {
namespace {

constexpr int kNamesShown = 8;

const char* partWord(ModelPart part) {
  switch (part) {
    case ModelPart::Encoder:
      return "encoder";
    case ModelPart::PromptEncoder:
      return "prompt_encoder";
    case ModelPart::Decoder:
      return "decoder";
    case ModelPart::Head:
      return "head";
  }
  return "";
}

class InspectCommand : public Command {
 public:
  std::string name() const override { return "inspect"; }
  std::string summary() const override { return "Recognise a checkpoint: model, key report, blocks, neurons, counts for K"; }

  void declare(CLI::App& app) override {
    app.add_option("weights", m_weights, "Checkpoint (.safetensors, .pth)")->type_name("WEIGHTS");
    app.add_option("--model", m_model, "Model id; left out: recognised from the file")->type_name("ID");
    app.add_option("--image-size", m_imageSize, "Side of the model's input in pixels; left out: the model's own")->type_name("N");
    app.add_option("--k", m_k, "Weights kept per neuron, for the counts (default 1)")->type_name("N");
    app.add_flag("--tensors", m_tensors, "List every tensor");
  }

  CommandResult run(CommandContext&) override {
    requireGiven(m_weights, "WEIGHTS", "the checkpoint file: gps inspect WEIGHTS");
    if (m_k < 1) throw Error(ErrorCode::BadArgument, "--k", std::to_string(m_k) + " is out of range", "Give a whole number of 1 or more");
    if (m_imageSize < 0)
      throw Error(ErrorCode::BadArgument, "--image-size", std::to_string(m_imageSize) + " is out of range", "Give the side in pixels");
    const auto [info, map] = inspectCheckpoint(absolutePath(m_weights), m_model, m_imageSize);

    CommandResult result;
    Json& json = result.json;
    json["model"] = info.description.id;
    json["title"] = info.description.title;
    json["task"] = wordOf(info.description.task);
    json["weights"] = info.weightsPath;
    json["input_size"] = info.imageSize;
    json["classes"] = info.classes;
    json["layout"] = info.keys.layout;
    json["parameters"] = info.parameters;
    json["encoder_parameters"] = info.encoderParameters;
    json["decoder_parameters"] = info.decoderParameters;
    json["selectable_rows"] = info.selectableRows;
    json["selectable_weights"] = info.selectableWeights;
    json["usable"] = info.keys.usable();
    json["matched"] = info.keys.matched;
    json["missing"] = info.keys.missing;
    json["unexpected"] = info.keys.unexpected;
    json["shape_mismatch"] = Json::array();
    for (const auto& key : info.keys.shapeMismatch)
      json["shape_mismatch"].push_back({{"name", key.name}, {"expected", key.expected}, {"found", key.found}});
    json["counts"] = countsForK(info, *map);
    json["blocks"] = Json::array();
    for (const auto& block : info.blocks)
      json["blocks"].push_back({{"block", block.block}, {"kind", block.kind}, {"rows", block.rows}, {"available", block.available}});
    json["tensors"] = Json::array();
    for (const auto& entry : map->entries())
      json["tensors"].push_back({{"name", entry.name},
                                 {"shape", entry.shape},
                                 {"part", partWord(entry.part)},
                                 {"block", entry.block},
                                 {"kind", entry.kind},
                                 {"matrix", entry.region == Region::Matrix},
                                 {"rows", entry.rows},
                                 {"cols", entry.cols}});
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << result["title"].get<std::string>() << "  [" << result["model"].get<std::string>() << ", " << result["input_size"] << " px]\n";
    out << countText(result["parameters"]) << " parameters, " << countText(result["encoder_parameters"]) << " of them in the encoder; "
        << countText(result["selectable_rows"]) << " neurons to select from";
    if (result["task"] == wordOf(TaskKind::Classification))
      out << (result["classes"] == 0 ? ", no head" : "; a head of " + countText(result["classes"]) + " classes");
    out << '\n';
    out << "tensors: " << result["matched"] << " matched, " << result["missing"].size() << " missing, " << result["unexpected"].size()
        << " unexpected, " << result["shape_mismatch"].size() << " of another shape\n";
    printNames("missing", result["missing"], out);
    printNames("unexpected", result["unexpected"], out);
    for (const auto& key : result["shape_mismatch"])
      out << "  shape of " << key["name"].get<std::string>() << ": expected " << key["expected"].get<std::string>() << ", found "
          << key["found"].get<std::string>() << '\n';
    const auto& counts = result["counts"];
    out << "K = " << counts["k"] << ": " << countText(counts["selected"]) << " weights, " << countText(counts["trainable"])
        << " trainable in the encoder (" << percentText(counts["trainable_share"]) << "), " << countText(counts["trainable_total"])
        << " with the decoder or head (" << percentText(counts["total_share"]) << ")\n\n";
    Table table({"block", "kind", "neurons", "weights"}, "llrr");
    for (const auto& block : result["blocks"])
      table.add({block["block"], block["kind"], countText(block["rows"]), countText(block["available"])});
    table.print(out);
    if (m_tensors) printTensors(result["tensors"], out);
  }

 private:
  Json countsForK(const ModelInfo& info, const ParameterMap& map) const {
    SelectionSpec spec;
    spec.keptPerRow = m_k;
    std::int64_t selected = 0;
    for (const auto id : selectableIds(map, spec)) selected += map.entry(id).rows * std::min<std::int64_t>(m_k, map.entry(id).cols);
    const auto trainable = selected + info.trainedVectors, total = trainable + info.decoderParameters;
    Json json;
    json["k"] = m_k;
    json["selected"] = selected;
    json["trainable"] = trainable;
    json["trainable_share"] = info.encoderParameters > 0 ? double(trainable) / double(info.encoderParameters) : 0.0;
    json["trainable_total"] = total;
    json["total_share"] = info.parameters > 0 ? double(total) / double(info.parameters) : 0.0;
    return json;
  }

  static void printNames(const std::string& what, const Json& names, std::ostream& out) {
    int shown = 0;
    for (const auto& name : names) {
      if (shown++ == kNamesShown) {
        out << "  " << what << ": and " << names.size() - kNamesShown << " more\n";
        return;
      }
      out << "  " << what << ": " << name.get<std::string>() << '\n';
    }
  }

  static void printTensors(const Json& tensors, std::ostream& out) {
    out << '\n';
    Table table({"tensor", "shape", "part", "block", "kind"}, "lllll");
    for (const auto& tensor : tensors)
      table.add(
          {tensor["name"], shapeText(tensor["shape"].get<std::vector<std::int64_t>>()), tensor["part"], tensor["block"], tensor["kind"]});
    table.print(out);
  }

  std::string m_weights, m_model;
  int m_imageSize = 0, m_k = 1;
  bool m_tensors = false;
};

}  // namespace

std::unique_ptr<Command> makeInspectCommand() { return std::make_unique<InspectCommand>(); }

}  // namespace gps::cli
