// gps predict: masks, probabilities and overlays of pictures.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/classtable.h"
#include "app/cli/command.h"
#include "app/cli/errortext.h"
#include "app/cli/inputs.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/options.h"
#include "app/cli/promptflags.h"
#include "app/cli/table.h"
#include "core/data/views/transforms.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/prediction.h"
#ifdef GPS_WITH_OPENCV
#include "core/drawing/overlay.h"
#include "core/io/cocomasks.h"
#include "core/io/imagewriter.h"
#endif

namespace gps::cli {
namespace {

// What is written of each picture.
struct WrittenKinds {
  bool mask = false, indexed = false, probability = false, runs = false, overlay = false;
};

#ifdef GPS_WITH_OPENCV
class ResultWriter {
 public:
  ResultWriter(const WrittenKinds& kinds, const std::string& folder) : m_kinds(kinds), m_folder(folder) {}

  // Adds the files to what is told of the picture.
  void write(const std::string& stem, const DataItem& item, const RgbImage& image, const ProbabilityMap& probability, Json& entry) {
    makeParentFolder(stem);
    const MaskImage mask = maskOf(probability);
    const auto named = [&](const char* key, const std::string& ending) {
      entry[key] = stem + ending;
      return stem + ending;
    };
    if (m_kinds.mask) writeMask(named("mask", ".png"), mask);
    if (m_kinds.indexed) writeIndexedMask(named("indexed", "_indexed.png"), mask, OverlayStyle().colour);
    if (m_kinds.probability) writeProbability(named("probability", "_prob.png"), probability);
    if (m_kinds.overlay) writeRgb(named("overlay", "_overlay.png"), drawOverlay(image, probability, nullptr));
    if (m_kinds.runs) m_runs.push_back({std::filesystem::path(item.imagePath).filename().string(), runLengthsOf(mask)});
  }
  // One file for all pictures; empty: none was asked for.
  std::string finish() const {
    if (!m_kinds.runs) return {};
    const std::string path = m_folder + "/masks.json";
    writeCoco(path, m_runs);
    return path;
  }

 private:
  WrittenKinds m_kinds;
  std::string m_folder;
  std::vector<CocoMask> m_runs;
};
void requirePictureWriter() {}
#else
class ResultWriter {
 public:
  ResultWriter(const WrittenKinds&, const std::string&) {}
  void write(const std::string&, const DataItem&, const RgbImage&, const ProbabilityMap&, Json&) {}
  std::string finish() const { return {}; }
};
void requirePictureWriter() {
  throw Error(ErrorCode::Unavailable, "predict", "this build cannot write pictures", "Use a build with OpenCV (GPS_WITH_OPENCV)");
}
#endif

// A pack may carry any name; a picture never leaves the output folder.
std::string stemInside(const std::string& folder, const std::string& id) {
  const std::filesystem::path path = (std::filesystem::path(folder) / id).lexically_normal();
  const std::string relative = path.lexically_relative(folder).string();
  if (relative.empty() || relative == "." || relative.starts_with(".."))
    throw Error(ErrorCode::BadFile, id, "this picture's name leads out of the output folder", "Rename it in the pack");
  return path.string();
}

class PredictCommand : public Command {
 public:
  std::string name() const override { return "predict"; }
  std::string summary() const override { return "Write masks, probabilities and overlays of pictures, or their classes"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    app.add_option("--delta", m_delta, "Bundled file, epoch file, run folder (its best epoch) or RUN@epoch")->type_name("D");
    app.add_option("--images", m_images, "Folder of pictures, a pack, or one picture")->type_name("P");
    app.add_option("--out", m_out, "Folder to write to")->type_name("DIR");
    app.add_option("--masks", m_masks, "png (0/255), indexed, probability (16 bit), rle (COCO, masks.json); default png,probability")
        ->delimiter(',')
        ->type_name("KIND,…");
    app.add_flag("--overlay", m_overlay, "Write NAME_overlay.png too");
    m_promptFlags.add(app);
    app.add_option("--limit", m_limit, "Pictures predicted (default 0: all)")->type_name("N");
    m_flags.addDevice(app);
  }

  CommandResult run(CommandContext& context) override {
    requireGiven(m_images, "--images", "a folder of pictures, a pack or one picture: --images P");
    requireGiven(m_out, "--out", "the folder to write to: --out DIR");
    const PromptSet prompts = m_promptFlags.prompts();
    const WrittenKinds kinds = writtenKinds();
    if (m_limit < 0)
      throw Error(ErrorCode::BadArgument, "--limit", std::to_string(m_limit) + " is out of range", "Give a whole number of 0 or more");
    std::optional<Delta> delta;
    if (!m_delta.empty()) delta = readDelta(m_delta);
    TrainSpec spec = m_flags.resolve(delta ? specOf(*delta) : TrainSpec{});
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    const DataSummary pictures = openPictures(absolutePath(m_images));
    const auto images = imageSourceOf(pictures, pictureFiles());
    for (const auto& problem : pictures.problems) context.log(LogLevel::Warning, problem.text);
    if (pictures.items.empty())
      throw Error(ErrorCode::NotFound, pictures.folder, "there is no picture in it",
                  "Name a folder with .jpg or .png files, a pack, or one picture");
    const std::string out = absolutePath(m_out);
    makeFolder(out);
    ReadyModel ready = readyModel(spec, context);
    if (delta) applyDelta(*delta, *ready.loaded.model);
    const bool classifies = ready.loaded.info.description.task == TaskKind::Classification;
    if (classifies && (!prompts.empty() || m_overlay || !m_masks.empty()))
      throw Error(ErrorCode::BadArgument, "--point, --exclude, --box, --masks, --overlay",
                  "are for masks; " + spec.model.id + " classifies", "Leave them out");
    if (!classifies) requirePictureWriter();
    if (m_promptFlags.hasPoints() && !ready.loaded.info.description.takesPoints)
      context.log(LogLevel::Warning, spec.model.id + " was trained with boxes, not with points; expect little of --point");

    const auto start = std::chrono::steady_clock::now();
    CommandResult result;
    Json written = Json::array(), skipped = Json::array();
    const auto count = m_limit > 0 ? std::min(pictures.items.size(), std::size_t(m_limit)) : pictures.items.size();
    ResultWriter writer(kinds, out);
    ProgressMeter meter(context.control, "predict", "images", std::int64_t(count));
    for (std::size_t i = 0; i < count; ++i) {
      context.control.stepBoundary();
      const auto& item = pictures.items[i];
      RgbImage image;
      try {
        image = images->loadImage(item.imagePath);
      } catch (const Error& error) {
        // One file of a folder does not keep the others back.
        if (pictures.items.size() == 1 || error.code() == ErrorCode::Unavailable) throw;
        context.log(LogLevel::Warning, error.what());
        skipped.push_back({{"id", item.id}, {"problem", error.cause()}});
        meter.advance();
        continue;
      }
      if (classifies) {
        written.push_back(likeliest(item.id, classProbabilities(*ready.loaded.model, image, spec.model),
                                    delta ? delta->info.classes : std::vector<std::string>{}));
        meter.advance();
        continue;
      }
      requireInside(prompts, image, item.id);
      const ProbabilityMap probability = predict(*ready.loaded.model, image, spec.model, prompts);
      const auto foreground = std::count_if(probability.values.begin(), probability.values.end(), [](float p) { return p > 0.5f; });
      Json entry;
      entry["id"] = item.id;
      entry["width"] = image.width;
      entry["height"] = image.height;
      entry["foreground_share"] = probability.empty() ? 0.0 : double(foreground) / double(probability.values.size());
      writer.write(stemInside(out, item.id), item, image, probability, entry);
      written.push_back(std::move(entry));
      meter.advance();
    }
    if (classifies) writeClassTable(out + "/predictions.csv", written);
    const std::string coco = writer.finish();
    Json& json = result.json;
    if (!coco.empty()) json["coco"] = coco;
    json["task"] = wordOf(ready.loaded.info.description.task);
    json["model"] = spec.model.id;
    json["delta"] = delta ? Json(m_delta) : Json(nullptr);
    json["epoch"] = delta ? delta->info.epoch : 0;
    json["n"] = written.size();
    json["out"] = out;
    json["device"] = ready.device.name;
    json["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    json["peak_mib"] = peakMemoryMib();
    json["images"] = std::move(written);
    json["skipped"] = std::move(skipped);
    return result;
  }

  void print(const Json& result, std::ostream& out) const override {
    if (result["task"] == wordOf(TaskKind::Classification)) {
      Table classes({"picture", "class", "probability"}, "llr");
      for (const auto& image : result["images"])
        classes.add({image["id"], image["classes"][0]["class"], percentText(image["classes"][0]["probability"], 1)});
      classes.print(out);
      out << '\n' << result["n"] << " pictures in " << result["out"].get<std::string>() << "/predictions.csv\n";
      return;
    }
    Table table({"picture", "size", "foreground"}, "lrr");
    for (const auto& image : result["images"])
      table.add({image["id"], std::to_string(image["width"].get<int>()) + " x " + std::to_string(image["height"].get<int>()),
                 percentText(image["foreground_share"])});
    table.print(out);
    out << '\n' << result["n"] << " pictures written to " << result["out"].get<std::string>() << '\n';
    for (const auto& picture : result["skipped"])
      out << "skipped " << picture["id"].get<std::string>() << ": " << picture["problem"].get<std::string>() << '\n';
  }

 private:
  WrittenKinds writtenKinds() const {
    WrittenKinds kinds{m_masks.empty(), false, m_masks.empty(), false, m_overlay};
    for (const std::string& word : m_masks) {
      bool* kind = word == "png"           ? &kinds.mask
                   : word == "indexed"     ? &kinds.indexed
                   : word == "probability" ? &kinds.probability
                   : word == "rle"         ? &kinds.runs
                                           : nullptr;
      if (kind == nullptr)
        throw Error(ErrorCode::BadArgument, "--masks", "\"" + word + "\" is no kind of mask",
                    "Give some of png, indexed, probability, rle, with commas between");
      *kind = true;
    }
    return kinds;
  }

  SpecFlags m_flags;
  std::vector<std::string> m_masks;
  std::string m_delta, m_images, m_out;
  PromptFlags m_promptFlags;
  bool m_overlay = false;
  int m_limit = 0;
};

}  // namespace

std::unique_ptr<Command> makePredictCommand() { return std::make_unique<PredictCommand>(); }

}  // namespace gps::cli
