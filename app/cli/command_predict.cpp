// gps predict: masks, probabilities and overlays of pictures and of the frames of a video.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
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
#include "core/checkpoints/deltapath.h"
#include "core/data/views/transforms.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/prediction.h"
#ifdef GPS_WITH_OPENCV
#include "core/drawing/overlay.h"
#include "core/io/areatable.h"
#include "core/io/atomicwrite.h"
#include "core/io/cocomasks.h"
#include "core/io/imagewriter.h"
#include "core/io/videosource.h"
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
  ResultWriter(const WrittenKinds& kinds, const std::string& folder, double threshold) : m_kinds(kinds), m_folder(folder) {
    m_style.threshold = threshold;
  }

  // Adds the files to what is told of the picture.
  void write(const std::string& stem, const DataItem& item, const RgbImage& image, const ProbabilityMap& probability, Json& entry) {
    makeParentFolder(stem);
    const MaskImage mask = maskOf(probability, double(float(m_style.threshold)));  // as the window compares
    const auto named = [&](const char* key, const std::string& ending) {
      entry[key] = stem + ending;
      return stem + ending;
    };
    if (m_kinds.mask) writeMask(named("mask", ".png"), mask);
    if (m_kinds.indexed) writeIndexedMask(named("indexed", "_indexed.png"), mask, OverlayStyle().colour);
    if (m_kinds.probability) writeProbability(named("probability", "_prob.png"), probability);
    if (m_kinds.overlay) writeRgb(named("overlay", "_overlay.png"), drawOverlay(image, probability, nullptr, m_style));
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
  OverlayStyle m_style;
  std::vector<CocoMask> m_runs;
};
void requirePictureWriter() {}
#else
class ResultWriter {
 public:
  ResultWriter(const WrittenKinds&, const std::string&, double) {}
  void write(const std::string&, const DataItem&, const RgbImage&, const ProbabilityMap&, Json&) {}
  std::string finish() const { return {}; }
};
void requirePictureWriter() {
  throw Error(ErrorCode::Unavailable, "predict", "this build cannot write pictures", "Use a build with OpenCV (GPS_WITH_OPENCV)");
}
#endif

std::int64_t areaOf(const ProbabilityMap& map, double threshold) {
  return std::count_if(map.values.begin(), map.values.end(), [limit = float(threshold)](float p) { return p > limit; });
}

// A pack may carry any name; a picture never leaves the output folder.
std::string stemInside(const std::string& folder, const std::string& id) {
  const std::filesystem::path path = (std::filesystem::path(folder) / id).lexically_normal();
  const std::string relative = path.lexically_relative(folder).string();
  if (relative.empty() || relative == "." || relative.starts_with(".."))
    throw Error(ErrorCode::BadFile, id, "this picture's name leads out of the output folder", "Rename it in the pack");
  return path.string();
}

#ifdef GPS_WITH_OPENCV
// As the window names what outlined a video: "untuned", or RUN@7; after a file that lies in no run the file's own name.
std::string originOf(const std::string& given, const std::optional<Delta>& delta) {
  if (!delta) return "untuned";
  const auto file = std::filesystem::absolute(resolveDeltaPath(given)).lexically_normal();
  const auto folder = file.parent_path();
  const auto name = folder.filename() == "deltas" ? folder.parent_path().filename() : file.filename();
  return name.string() + '@' + std::to_string(delta->info.epoch) + (file.stem().string().ends_with("-average") ? "-average" : "");
}
#endif

class PredictCommand : public Command {
 public:
  std::string name() const override { return "predict"; }
  std::string summary() const override { return "Write masks, probabilities and overlays of pictures, or their classes"; }

  void declare(CLI::App& app) override {
    m_flags.addModel(app);
    app.add_option("--delta", m_delta, "Bundled file, epoch file, run folder (its best epoch) or RUN@epoch")->type_name("D");
    app.add_option("--images", m_images, "Folder of pictures, a pack, or one picture")->type_name("P");
    app.add_option("--video", m_video, "Instead of --images: a video file, a folder of numbered pictures, or a pattern (frame_%04d.png)")
        ->type_name("V");
    app.add_option("--every", m_every, "Of a video: every n-th frame (default 1: all)")->type_name("N");
    app.add_option("--out", m_out, "Folder to write to")->type_name("DIR");
    app.add_option("--masks", m_masks, "png (0/255), indexed, probability (16 bit), rle (COCO, masks.json); default png,probability")
        ->delimiter(',')
        ->type_name("KIND,…");
    app.add_flag("--overlay", m_overlay, "Write NAME_overlay.png too");
    app.add_option("--threshold", m_threshold, "Probability above which a pixel belongs to the mask (default 0.5)")->type_name("T");
    m_promptFlags.add(app);
    app.add_option("--limit", m_limit, "Pictures or frames predicted (default 0: all)")->type_name("N");
    m_flags.addDevice(app);
  }

  CommandResult run(CommandContext& context) override {
    if (m_video.empty()) requireGiven(m_images, "--images", "a folder of pictures, a pack or one picture: --images P");
    requireGiven(m_out, "--out", "the folder to write to: --out DIR");
    const PromptSet prompts = m_promptFlags.prompts();
    const WrittenKinds kinds = writtenKinds();
    if (m_limit < 0)
      throw Error(ErrorCode::BadArgument, "--limit", std::to_string(m_limit) + " is out of range", "Give a whole number of 0 or more");
    if (!(m_threshold >= 0 && m_threshold <= 1))
      throw Error(ErrorCode::BadArgument, "--threshold", "is out of range", "Give a number from 0 to 1");
    requireVideoFlags(prompts);
    std::optional<Delta> delta;
    if (!m_delta.empty()) delta = readDelta(m_delta);
    TrainSpec spec = m_flags.resolve(delta ? specOf(*delta) : TrainSpec{});
    requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
    if (!m_video.empty()) return runVideo(spec, delta, kinds, context);
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
    if (classifies && (!prompts.empty() || m_overlay || !m_masks.empty() || m_threshold != 0.5))
      throw Error(ErrorCode::BadArgument, "--point, --exclude, --box, --masks, --overlay, --threshold",
                  "are for masks; " + spec.model.id + " classifies", "Leave them out");
    if (!classifies) requirePictureWriter();
    if (m_promptFlags.hasPoints() && !ready.loaded.info.description.takesPoints)
      context.log(LogLevel::Warning, spec.model.id + " was trained with boxes, not with points; expect little of --point");

    const auto start = std::chrono::steady_clock::now();
    CommandResult result;
    Json written = Json::array(), skipped = Json::array();
    const auto count = m_limit > 0 ? std::min(pictures.items.size(), std::size_t(m_limit)) : pictures.items.size();
    ResultWriter writer(kinds, out, m_threshold);
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
      const auto foreground = areaOf(probability, m_threshold);
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
    if (!classifies) json["threshold"] = m_threshold;
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
    if (result.contains("video")) {
      out << result["n"] << " of " << result["frames"] << " frames written to " << result["out"].get<std::string>() << ", areas in "
          << result["areas"].get<std::string>() << '\n';
      if (!result["largest"].is_null())
        out << "largest area " << percentText(result["largest"]["area_share"]) << " of the picture in frame " << result["largest"]["frame"]
            << '\n';
      for (const auto& frame : result["skipped"])
        out << "skipped frame " << frame["frame"] << ": " << frame["problem"].get<std::string>() << '\n';
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
  void requireVideoFlags(const PromptSet& prompts) const {
    if (m_every < 1)
      throw Error(ErrorCode::BadArgument, "--every", std::to_string(m_every) + " is out of range", "Give a whole number of 1 or more");
    if (m_video.empty() && m_every != 1)
      throw Error(ErrorCode::BadArgument, "--every", "is for the frames of a video", "Leave it out, or name a video: --video V");
    if (!m_video.empty() && !m_images.empty())
      throw Error(ErrorCode::BadArgument, "--video", "and --images exclude each other", "Give one of them");
    if (!m_video.empty() && !prompts.empty())
      throw Error(ErrorCode::BadArgument, "--point, --exclude, --box", "are for pictures, not for the frames of a video", "Leave them out");
  }

#ifdef GPS_WITH_OPENCV
  // Frames come one by one, and so do their files; the table of areas is written last, on a signal too.
  CommandResult runVideo(TrainSpec spec, const std::optional<Delta>& delta, const WrittenKinds& kinds, CommandContext& context) {
    const auto video = openVideo(m_video);
    const VideoInfo& info = video->info();
    const std::string out = absolutePath(m_out);
    makeFolder(out);
    ReadyModel ready = readyModel(spec, context);
    if (delta) applyDelta(*delta, *ready.loaded.model);
    if (ready.loaded.info.description.task == TaskKind::Classification)
      throw Error(ErrorCode::BadArgument, "--video", "is for masks; " + spec.model.id + " classifies", "Use a model that outlines");

    const auto start = std::chrono::steady_clock::now();
    const std::string name = std::filesystem::path(info.path).lexically_normal().stem().string();
    CommandResult result;
    Json written = Json::array(), skipped = Json::array();
    std::vector<FrameArea> areas;
    ResultWriter writer(kinds, out, m_threshold);
    const std::int64_t announced = (info.announcedFrames + m_every - 1) / m_every;
    ProgressMeter meter(context.control, "predict", "frames",
                        m_limit > 0 && announced > 0 ? std::min<std::int64_t>(announced, m_limit) : announced);
    try {
      for (int number = 0; m_limit == 0 || int(areas.size() + skipped.size()) < m_limit; ++number) {
        context.control.stepBoundary();
        const bool isWanted = number % m_every == 0;
        const VideoFrame frame = video->next(isWanted);
        if (frame.isEnd()) break;
        if (!isWanted) continue;
        meter.advance();
        if (!frame.problem.empty()) {
          context.log(LogLevel::Warning, "frame " + std::to_string(number) + ": " + frame.problem);
          skipped.push_back({{"frame", number}, { "problem", frame.problem }});
          continue;
        }
        const ProbabilityMap probability = predict(*ready.loaded.model, frame.image, spec.model);
        const std::int64_t pixels = areaOf(probability, m_threshold);
        areas.push_back({number, frame.seconds, pixels, double(pixels) / double(probability.values.size())});
        char digits[16];
        std::snprintf(digits, sizeof digits, "_%06d", number);
        DataItem item;
        item.id = name + digits;
        item.imagePath = item.id + ".png";
        Json entry;
        entry["frame"] = number;
        entry["time_s"] = std::isnan(frame.seconds) ? Json(nullptr) : Json(frame.seconds);
        entry["area_px"] = pixels;
        entry["area_share"] = areas.back().share;
        writer.write(stemInside(out, item.id), item, frame.image, probability, entry);
        written.push_back(std::move(entry));
      }
    } catch (const Cancelled&) {
      result.cancelled = true;
    }
    if (areas.empty() && !result.cancelled)
      throw Error(ErrorCode::BadFile, info.path, "none of its frames can be read", "Copy the video again");
    const std::string table = out + "/area.csv";
    const std::string text = areaTable(areas, {m_threshold, spec.model.id, originOf(m_delta, delta)});
    writeFileAtomically(table, {text.begin(), text.end()});
    const std::string coco = writer.finish();
    const auto largest = std::max_element(areas.begin(), areas.end(), [](const auto& a, const auto& b) { return a.share < b.share; });
    Json& json = result.json;
    json["task"] = wordOf(ready.loaded.info.description.task);
    json["model"] = spec.model.id;
    json["delta"] = delta ? Json(m_delta) : Json(nullptr);
    json["epoch"] = delta ? delta->info.epoch : 0;
    json["video"] = info.path;
    json["width"] = info.width;
    json["height"] = info.height;
    json["frames"] = video->frameCount();
    json["frames_counted"] = video->index()->isComplete();
    json["frames_per_second"] = info.framesPerSecond > 0 ? Json(info.framesPerSecond) : Json(nullptr);
    json["every"] = m_every;
    json["threshold"] = m_threshold;
    json["n"] = areas.size();
    json["out"] = out;
    json["areas"] = table;
    if (!coco.empty()) json["coco"] = coco;
    json["largest"] = largest == areas.end() ? Json(nullptr) : Json{{"frame", largest->frame}, { "area_share", largest->share }};
    json["device"] = ready.device.name;
    json["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    json["peak_mib"] = peakMemoryMib();
    json["images"] = std::move(written);
    json["skipped"] = std::move(skipped);
    json["use"] = "research use only; not for diagnosis";
    return result;
  }
#else
  CommandResult runVideo(const TrainSpec&, const std::optional<Delta>&, const WrittenKinds&, CommandContext&) {
    throw Error(ErrorCode::Unavailable, "--video", "this build cannot read videos", "Use a build with OpenCV (GPS_WITH_OPENCV)");
  }
#endif

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
  std::string m_delta, m_images, m_video, m_out;
  PromptFlags m_promptFlags;
  bool m_overlay = false;
  int m_limit = 0, m_every = 1;
  double m_threshold = 0.5;
};

}  // namespace

std::unique_ptr<Command> makePredictCommand() { return std::make_unique<PredictCommand>(); }

}  // namespace gps::cli
