#pragma once
// What commands read: data sets, models, deltas. Each says on the log what it found.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/backbones/device.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/loading.h"
#include "core/control/imagesource.h"
#include "core/data/dataset.h"
#include "core/tuning/trainer.h"
#include "core/values/runspec.h"

namespace gps::cli {

// Decodes picture files; null when built without OpenCV.
std::shared_ptr<const ImageSource> pictureFiles();

// Draws what event files show of pictures; empty when built without OpenCV.
PictureDrawer pictureDrawer();

struct OpenedData {
  DataSummary summary;  // with its hash and the leaks of equal names and bytes
  std::shared_ptr<const ImageSource> images;
};
// For a job that computes on the data. Refuses a folder when pictures cannot be decoded.
OpenedData openData(const std::string& path, CommandContext& context);
// "val", "val,test", "all" (but unlisted items); empty: val, or test where there is no val. Throws Error(NotFound) naming the splits
// there are.
std::vector<std::string> requireSplits(const DataSummary& summary, const std::string& wish);

struct ReadyModel {
  LoadedModel loaded;
  DeviceInfo device;
};
// Loads, and moves to the device. Fills spec.model.id, imageSize and preprocess with what was found. The classes of a head are those of
// the data, when there are any and the spec names none.
ReadyModel readyModel(TrainSpec& spec, CommandContext& context, const DataSummary* data = nullptr);
// Throws Error(BadArgument) when --task names another task than the data's.
void requireTask(const std::optional<TaskKind>& task, const DataSummary& data);

// Model id, input size, prompt and preprocessing as the delta records them: the base for the flags of a command.
TrainSpec specOf(const Delta& delta);

// Creates the folder of a file to be written. Throws Error(Io).
void makeParentFolder(const std::string& path);
void makeFolder(const std::string& path);

}  // namespace gps::cli
