#include "app/cli/inputs.h"

#include <filesystem>
#include <sstream>
#include <system_error>

#include "app/cli/errortext.h"
#include "core/data/checks/contamination.h"
#include "core/data/checks/leakcheck.h"
#include "core/drawing/overlay.h"
#ifdef GPS_WITH_OPENCV
#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#endif

namespace gps::cli {

std::shared_ptr<const ImageSource> pictureFiles() {
#ifdef GPS_WITH_OPENCV
  return std::make_shared<OpenCvImageSource>();
#else
  return nullptr;
#endif
}

PictureDrawer pictureDrawer() {
#ifdef GPS_WITH_OPENCV
  return [](const RgbImage& image, const ProbabilityMap& prediction, const MaskImage* truth) {
    return encodeJpeg(drawOverlay(image, prediction, truth), kEventPictureSide);
  };
#else
  return {};
#endif
}

OpenedData openData(const std::string& path, CommandContext& context) {
  requireGiven(path, "--data", "a data folder or a pack: --data D");
  const auto files = pictureFiles();
  OpenedData opened;
  opened.summary = openDataset(path, files.get(), {}, &context.control);
  opened.images = imageSourceOf(opened.summary, files);
  for (const auto& problem : opened.summary.problems) context.log(LogLevel::Warning, problem.text);
  opened.summary.dataHash = dataHash(opened.summary, &context.control);
  // Near duplicates need every picture decoded: `gps data` looks for them.
  LeakOptions quick;
  quick.nearDuplicates = false;
  opened.summary.leaks = findLeaks(opened.summary, *opened.images, quick, &context.control);
  for (const auto& leak : opened.summary.leaks)
    context.log(LogLevel::Warning, leak.idA + " (" + leak.splitA + ") and " + leak.idB + " (" + leak.splitB + "): " + leak.kind +
                                       " on both sides of the split; scores will look better than they are");
  return opened;
}

std::vector<std::string> requireSplits(const DataSummary& summary, const std::string& wish) {
  std::vector<std::string> splits;
  if (wish == "all") {
    for (const auto& [name, count] : summary.splits)
      if (name != "unlisted") splits.push_back(name);
  } else if (wish.empty()) {
    splits.push_back(summary.splits.contains("val") || !summary.splits.contains("test") ? "val" : "test");
  } else {
    std::istringstream words(wish);
    for (std::string word; std::getline(words, word, ',');)
      if (!word.empty()) splits.push_back(word);
  }
  for (const auto& split : splits) {
    if (summary.splits.contains(split)) continue;
    std::string known;
    for (const auto& [name, count] : summary.splits) known += (known.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::NotFound, "--split " + split, "there is no such split in " + summary.folder,
                known.empty() ? "Add pictures to the folder" : "Choose one of " + known);
  }
  return splits;
}

void requireTask(const std::optional<TaskKind>& task, const DataSummary& data) {
  if (task && *task != data.task)
    throw Error(ErrorCode::BadArgument, "--task " + wordOf(*task), data.folder + " is a data set for " + wordOf(data.task),
                "Leave --task out, or open another data set");
}

ReadyModel readyModel(TrainSpec& spec, CommandContext& context, const DataSummary* data) {
  requireGiven(spec.model.weightsPath, "--weights", "the checkpoint: --weights FILE");
  if (data != nullptr && spec.model.classes == 0) spec.model.classes = int(data->classes.size());
  resetPeakMemory();
  ReadyModel ready{loadModel(spec.model), {}};
  const auto& info = ready.loaded.info;
  spec.model.id = info.description.id;
  spec.model.imageSize = ready.loaded.model->imageSize();
  spec.model.preprocess = ready.loaded.model->preprocess(wishedPreprocess(spec)).kind;
  if (data != nullptr)
    for (const auto& known : knownContamination(*data, spec.model.id))
      context.log(LogLevel::Warning, known.dataSet + ": " + known.sentence);
  ready.device = useDevice(*ready.loaded.model, spec.device, spec.fast);
  context.log(LogLevel::Info, info.description.title + " at " + std::to_string(spec.model.imageSize) + " px on " + ready.device.name);
  return ready;
}

TrainSpec specOf(const Delta& delta) {
  TrainSpec spec;
  spec.model.id = delta.info.modelId;
  spec.model.imageSize = delta.info.preprocess.size;
  spec.model.preprocess = delta.info.preprocess.kind;
  spec.model.prompt = delta.info.prompt;
  spec.model.classes = int(delta.info.classes.size());
  return spec;
}

void makeFolder(const std::string& path) {
  if (path.empty()) return;
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (failure) throw Error(ErrorCode::Io, path, "the folder cannot be made: " + failure.message(), "Choose a folder you may write to");
  if (!std::filesystem::is_directory(path, failure)) throw Error(ErrorCode::Io, path, "is a file, not a folder", "Choose another name");
}

void makeParentFolder(const std::string& path) { makeFolder(std::filesystem::path(path).parent_path().string()); }

}  // namespace gps::cli
