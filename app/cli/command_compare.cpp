// gps compare: what selections have in common, and what they would by chance.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <sstream>

#include "app/cli/command.h"
#include "app/cli/comparisonjson.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "core/checkpoints/selectionset.h"
#include "core/selection/sets/agreement.h"

namespace gps::cli {
namespace {

std::vector<std::string> namesFor(const std::vector<std::string>& paths, const std::string& wish) {
  if (wish.empty()) return distinctNames(paths);
  std::vector<std::string> names;
  std::stringstream parts(wish);
  for (std::string part; std::getline(parts, part, ',');) names.push_back(part);
  const bool empty = std::any_of(names.begin(), names.end(), [](const auto& n) { return n.empty(); });
  if (names.size() != paths.size() || empty || std::set<std::string>(names.begin(), names.end()).size() != names.size())
    throw Error(ErrorCode::BadArgument, "--names",
                "\"" + wish + "\" does not give each of the " + std::to_string(paths.size()) + " selections a name of its own",
                "Write as many different names, separated by commas");
  return names;
}

class CompareCommand : public Command {
 public:
  std::string name() const override { return "compare"; }
  std::string summary() const override {
    return "What two or more selections share, per block and kind, beside what they would share by chance";
  }

  void declare(CLI::App& app) override {
    app.add_option("selections", m_paths, "Selection files, deltas or run folders, made on the same weights")->type_name("A B");
    app.add_option("--names", m_names, "What to call them (default: their file names)")->type_name("a,b,…");
    app.add_option("--csv", m_csv, "Write pairs and blocks as a table too")->type_name("FILE");
    app.footer(
        "shared: chosen by at least one other selection too; specific: by no other. The headline is the mean over the selections.\n"
        "by chance: each selection choosing the same number of each neuron's inputs (of each tensor's entries, unless all are of neuron\n"
        "level), uniformly and independently of the others. Jaccard: common / united positions, by chance E common / E united.");
  }

  CommandResult run(CommandContext&) override {
    if (m_paths.size() < 2)
      throw Error(ErrorCode::BadArgument, "A B", std::to_string(m_paths.size()) + " selections were given",
                  "Name two or more selection files, deltas or run folders");
    const auto names = namesFor(m_paths, m_names);
    const auto files = readComparable(m_paths);
    std::vector<NamedSelection> selections;
    for (std::size_t i = 0; i < files.size(); ++i) selections.push_back({names[i], &files[i].selection});
    CommandResult result;
    Json& json = result.json;
    json = toJson(compareSelections(*files[0].map, selections));
    for (std::size_t i = 0; i < files.size(); ++i) {
      json["tasks"][i]["file"] = absolutePath(m_paths[i]);
      json["tasks"][i]["spec"] = toJson(files[i].selection.spec);
    }
    json["base_hash"] = files[0].selection.spec.baseHash;
    json["csv"] = nullptr;
    if (!m_csv.empty()) {
      const std::string csv = absolutePath(m_csv);
      makeParentFolder(csv);
      writeComparisonTable(csv, json);
      json["csv"] = csv;
    }
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    printComparison(result, out);
    if (result["csv"].is_string()) out << result["csv"].get<std::string>() << " written\n";
  }

 private:
  std::vector<std::string> m_paths;
  std::string m_names, m_csv;
};

}  // namespace

std::unique_ptr<Command> makeCompareCommand() { return std::make_unique<CompareCommand>(); }

}  // namespace gps::cli
