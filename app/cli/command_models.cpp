// gps models: the registry.
#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/table.h"
#include "core/backbones/model.h"

namespace gps::cli {
namespace {

class ModelsCommand : public Command {
 public:
  std::string name() const override { return "models"; }
  std::string summary() const override { return "Known models: id, parameters, input size, where the weights come from"; }
  void declare(CLI::App&) override {}

  CommandResult run(CommandContext&) override {
    CommandResult result;
    result.json["models"] = Json::array();
    for (const auto& model : knownModels()) result.json["models"].push_back(toJson(model));
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    Table table({"id", "parameters", "input", "model", "weights"}, "lrrll");
    for (const auto& model : result["models"])
      table.add({model["id"], countText(model["parameters"]), std::to_string(model["input_size"].get<int>()) + " px", model["title"],
                 model["weights_source"]});
    table.print(out);
  }
};

}  // namespace

std::unique_ptr<Command> makeModelsCommand() { return std::make_unique<ModelsCommand>(); }

}  // namespace gps::cli
