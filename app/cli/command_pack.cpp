// gps pack: a decoded data set in one file.
#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/data/pack.h"

namespace gps::cli {
namespace {

class PackCommand : public Command {
 public:
  std::string name() const override { return "pack"; }
  std::string summary() const override { return "Decode a data folder into one file that is readable without OpenCV"; }

  void declare(CLI::App& app) override {
    app.add_option("folder", m_folder, "Data folder")->type_name("FOLDER");
    app.add_option("--out", m_out, "The pack to write")->type_name("FILE");
    app.add_option("--seed", m_seed, "Seed of a split that the folder does not name (default 42)")->type_name("S");
  }

  CommandResult run(CommandContext& context) override {
    requireGiven(m_folder, "FOLDER", "a data folder: gps pack FOLDER --out FILE");
    requireGiven(m_out, "--out", "the file to write: --out pack.safetensors");
    const auto files = pictureFiles();
    DatasetOptions options;
    options.splitSeed = m_seed;
    DataSummary summary = openDataset(absolutePath(m_folder), files.get(), options, &context.control);
    const auto images = imageSourceOf(summary, files);
    checkPictures(summary, *images, &context.control);
    for (const auto& problem : summary.problems) context.log(LogLevel::Warning, problem.text);
    const std::string out = absolutePath(m_out);
    makeParentFolder(out);
    writePack(summary, *images, out, &context.control);

    CommandResult result;
    result.json["out"] = out;
    result.json["images"] = summary.items.size();
    result.json["splits"] = toJson(summary)["splits"];
    result.json["problems"] = toJson(summary)["problems"];
    result.json["bytes"] = std::filesystem::file_size(out);
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << countText(result["images"].get<std::int64_t>()) << " pictures in " << result["out"].get<std::string>() << ", "
        << fixedText(result["bytes"].get<double>() / 1048576.0, 1) << " MiB\n";
  }

 private:
  std::string m_folder, m_out;
  std::uint64_t m_seed = 42;
};

}  // namespace

std::unique_ptr<Command> makePackCommand() { return std::make_unique<PackCommand>(); }

}  // namespace gps::cli
