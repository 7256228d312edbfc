// gps features: what a model makes of pictures before any head.
#include <CLI/CLI.hpp>
#include <chrono>

#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "core/evaluation/features.h"

namespace gps::cli {
namespace {

class FeaturesCommand : public Command {
 public:
  std::string name() const override { return "features"; }
  std::string summary() const override { return "Write the features of pictures: pooled before the head, or SAM's embedding"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    app.add_option("--images", m_images, "Folder of pictures, a pack, or one picture")->type_name("P");
    app.add_option("--resize", m_resize, "model: as the model wants its pictures; none: they have its size already (default model)")
        ->type_name("model|none");
    app.add_option("--out", m_out, "Safetensors file to write")->type_name("F");
    m_flags.addBatch(app, "Pictures at a time (default 8, 1 at 1024 px)");
    m_flags.addLimit(app, "Pictures read (default 0: all)");
    m_flags.addDevice(app);
  }

  CommandResult run(CommandContext& context) override {
    requireGiven(m_images, "--images", "a folder of pictures, a pack or one picture: --images P");
    requireGiven(m_out, "--out", "the file to write: --out F");
    if (m_resize != "model" && m_resize != "none")
      throw Error(ErrorCode::BadArgument, "--resize", "\"" + m_resize + "\" is not one of its values", "Choose model or none");
    TrainSpec spec = m_flags.resolve();
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    DataSummary pictures = openPictures(absolutePath(m_images));
    const auto images = imageSourceOf(pictures, pictureFiles());
    for (const auto& problem : pictures.problems) context.log(LogLevel::Warning, problem.text);
    if (pictures.items.empty())
      throw Error(ErrorCode::NotFound, pictures.folder, "there is no picture in it",
                  "Name a folder with .jpg or .png files, a pack, or one picture");
    if (spec.limit > 0 && pictures.items.size() > std::size_t(spec.limit)) pictures.items.resize(std::size_t(spec.limit));
    const std::string out = absolutePath(m_out);
    makeParentFolder(out);
    ReadyModel ready = readyModel(spec, context);
    if (spec.batch == 0) spec.batch = defaultBatch(ready.loaded.info.description, spec.model.imageSize);
    const auto start = std::chrono::steady_clock::now();
    const auto table =
        computeFeatures(*ready.loaded.model, pictures.items, images, spec.model, spec.batch, m_resize == "model", context.control);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    writeFeatures(out, table, *ready.loaded.model);

    CommandResult result;
    Json& json = result.json;
    json["model"] = spec.model.id;
    json["n"] = table.names.size();
    json["shape"] = table.shape;
    json["classes"] = table.classes;
    json["image_size"] = spec.model.imageSize;
    json["preprocess"] = m_resize == "model" ? wordOf(spec.model.preprocess) : std::string("none");
    json["base_hash"] = ready.loaded.model->baseHash();
    json["out"] = out;
    json["device"] = ready.device.name;
    json["seconds"] = seconds;
    json["peak_mib"] = peakMemoryMib();
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    out << "Features of " << result["n"] << " pictures, " << result["shape"].dump() << " numbers each, in "
        << result["out"].get<std::string>() << '\n';
  }

 private:
  SpecFlags m_flags;
  std::string m_images, m_resize = "model", m_out;
};

}  // namespace

std::unique_ptr<Command> makeFeaturesCommand() { return std::make_unique<FeaturesCommand>(); }

}  // namespace gps::cli
