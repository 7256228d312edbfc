// gps data: what a folder holds and what is wrong with it; makes the procedural sample set on request.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "app/cli/command.h"
#include "app/cli/datareport.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "core/backbones/model.h"
#include "core/data/checks/leakcheck.h"
#include "core/data/phantom/phantom.h"
#ifdef GPS_WITH_OPENCV
#include "core/io/imagewriter.h"
#endif

namespace gps::cli {
namespace {

#ifdef GPS_WITH_OPENCV
bool isPackName(const std::string& path) { return path.ends_with(".pack") || path.ends_with(".safetensors"); }
#endif

class DataCommand : public Command {
 public:
  std::string name() const override { return "data"; }
  std::string summary() const override { return "Check a data folder or pack: layout, pairs, splits, leaks; or make the sample set"; }

  void declare(CLI::App& app) override {
    app.add_option("folder", m_folder, "Data folder or pack")->type_name("FOLDER");
    app.add_option("--model", m_model, "Say whether this model's base is known to have seen the data")->type_name("ID");
    app.add_flag("--names-only", m_namesOnly, "Look at names and lists, decode nothing");
    app.add_flag("--make-phantom", m_makePhantom,
                 "First make the procedural sample set there (a pack if the name ends .pack or .safetensors)");
    app.add_option("--train", m_train, "Training pictures to make (default 24)")->type_name("N");
    app.add_option("--val", m_validation, "Validation pictures to make (default 8)")->type_name("N");
    app.add_option("--image-size", m_size, "Side of the pictures made, 64 to 1024 (default 256)")->type_name("N");
    app.add_option("--seed", m_seed, "Seed of the pictures made, or of a split the folder does not name (default 42)")->type_name("S");
    app.add_flag("--force", m_force, "Make the sample set in a place that holds files already");
  }

  CommandResult run(CommandContext& context) override {
    requireGiven(m_folder, "FOLDER", "a data folder or a pack: gps data FOLDER");
    requireKnownModel();
    const std::string path = absolutePath(m_folder);
    if (m_makePhantom) makePhantom(path, context);
    const auto files = pictureFiles();
    DatasetOptions options;
    options.splitSeed = m_seed;
    DataSummary summary = openDataset(path, files.get(), options, &context.control);
    if (!m_namesOnly) {
      const auto images = imageSourceOf(summary, files);
      checkPictures(summary, *images, &context.control);
      summary.leaks = findLeaks(summary, *images, {}, &context.control);
      summary.dataHash = dataHash(summary, &context.control);
    }
    CommandResult result;
    result.json = toJson(summary);
    result.json["checked"] = !m_namesOnly;
    if (!m_model.empty()) result.json["contamination"] = contaminationJson(summary, m_model);
    return result;
  }

  void print(const Json& result, std::ostream& out) const override { printDataReport(result, out); }

 private:
  void requireKnownModel() const {
    const auto models = knownModels();
    if (m_model.empty() || std::any_of(models.begin(), models.end(), [&](const auto& model) { return model.id == m_model; })) return;
    throw Error(ErrorCode::BadArgument, "--model " + m_model, "there is no such model", "gps models lists the ids");
  }

  void makePhantom(const std::string& path, CommandContext& context) const {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const bool taken = fs::is_directory(path, ignored) ? !fs::is_empty(path, ignored) : fs::exists(path, ignored);
    if (taken && !m_force)
      throw Error(ErrorCode::BadArgument, path, "holds files already", "Choose another place, or add --force to write into it");
#ifdef GPS_WITH_OPENCV
    if (!isPackName(path)) {
      const PictureWriters writers{[](const std::string& file, const RgbImage& image) { writeRgb(file, image); },
                                   [](const std::string& file, const MaskImage& mask) { writeMask(file, mask); }};
      writePhantomDataset(path, m_train, m_validation, m_size, m_seed, writers, &context.control);
      return;
    }
#endif
    makeParentFolder(path);
    makePhantomPack(path, m_train, m_validation, m_size, m_seed, &context.control);
  }

  std::string m_folder, m_model;
  bool m_namesOnly = false, m_makePhantom = false, m_force = false;
  int m_train = 24, m_validation = 8, m_size = 256;
  std::uint64_t m_seed = 42;
};

}  // namespace

std::unique_ptr<Command> makeDataCommand() { return std::make_unique<DataCommand>(); }

}  // namespace gps::cli
