#pragma once
// What commands read: data sets, models, deltas. Each says on the log what it found.
#include <memory>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/backbones/device.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/loading.h"
#include "core/control/imagesource.h"
#include "core/data/dataset.h"
#include "core/values/runspec.h"

namespace gps::cli {

// Decodes picture files; null when built without OpenCV.
std::shared_ptr<const ImageSource> pictureFiles();

struct OpenedData {
  DataSummary summary;  // with its hash and the leaks of equal names and bytes
  std::shared_ptr<const ImageSource> images;
};
// For a job that computes on the data. Refuses a folder when pictures cannot be decoded.
OpenedData openData(const std::string& path, CommandContext& context);
// Throws Error(NotFound) naming the splits there are.
std::vector<DataItem> requireSplit(const DataSummary& summary, const std::string& split, int limit);

struct ReadyModel {
  LoadedModel loaded;
  DeviceInfo device;
};
// Loads, and moves to the device. Fills spec.model.id and imageSize with what was found.
ReadyModel readyModel(TrainSpec& spec, CommandContext& context);

// Model id, input size, prompt and preprocessing as the delta records them: the base for the flags of a command.
TrainSpec specOf(const Delta& delta);

// Creates the folder of a file to be written. Throws Error(Io).
void makeParentFolder(const std::string& path);
void makeFolder(const std::string& path);

}  // namespace gps::cli
