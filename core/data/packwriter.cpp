#include "core/data/packwriter.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/readers/sha256.h"
#include "core/data/dataset.h"
#include "core/data/pack.h"
#include "core/values/error.h"

namespace gps {
namespace {

using Json = nlohmann::json;

}  // namespace

struct PackWriter::State {
  State(const std::string& path, const std::vector<TensorSpec>& tensors, const std::string& description)
      : writer(path, tensors, {{kPackKey, description}}) {}

  SafetensorsWriter writer;
};

PackWriter::PackWriter(const std::string& path, const PackDescription& description, const std::vector<PackEntry>& entries) {
  Json items = Json::array();
  std::vector<TensorSpec> tensors;
  for (const auto& e : entries) {
    items.push_back({{"id", e.id}, {"split", e.split}, {"class", e.className}, {"source_hash", e.sourceHash}});
    tensors.push_back({"image/" + e.id, DType::U8, {e.height, e.width, 3}});
    if (e.hasMask) tensors.push_back({"mask/" + e.id, DType::U8, {e.height, e.width}});
  }
  Json json{{"version", kPackVersion}, {"task", wordOf(description.task)}, {"classes", description.classes}, {"items", items}};
  if (!description.classTitles.empty()) json["class_titles"] = description.classTitles;
  if (description.isClassSubset) json["class_subset"] = true;
  std::string text;
  try {
    text = json.dump();
  } catch (const Json::exception&) {
    throw Error(ErrorCode::BadArgument, path, "an id or class name is not valid UTF-8", "Rename the file it comes from");
  }
  m_state = std::make_unique<State>(path, tensors, text);
}

PackWriter::~PackWriter() = default;

void PackWriter::addImage(const std::string& id, const RgbImage& image) {
  m_state->writer.write("image/" + id, image.pixels.data(), image.pixels.size());
}
void PackWriter::addMask(const std::string& id, const MaskImage& mask) {
  m_state->writer.write("mask/" + id, mask.pixels.data(), mask.pixels.size());
}
void PackWriter::finish() { m_state->writer.finish(); }

void writePack(const DataSummary& summary, const ImageSource& images, const std::string& path, RunControl* control) {
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "pack", "images", std::int64_t(summary.items.size()));
  std::vector<PackEntry> entries;
  for (const auto& item : summary.items) {
    if (control != nullptr) control->stepBoundary();
    const auto size = images.sizeOf(item.imagePath);
    entries.push_back({item.id, item.split, item.className, {}, size.width, size.height, !item.maskPath.empty()});
    if (hasPictureFiles(summary)) entries.back().sourceHash = sha256OfFile(item.imagePath);
  }
  PackWriter writer(path, {summary.task, summary.classes, summary.classTitles, summary.isClassSubset}, entries);
  for (const auto& item : summary.items) {
    if (control != nullptr) control->stepBoundary();
    const RgbImage image = images.loadImage(item.imagePath);
    writer.addImage(item.id, image);
    if (!item.maskPath.empty()) {
      const MaskImage mask = images.loadMask(item.maskPath);
      if (mask.width != image.width || mask.height != image.height) {
        throw Error(ErrorCode::Mismatch, item.maskPath, "the mask has another size than its picture",
                    "Bring both to one size, or leave the pair out");
      }
      writer.addMask(item.id, mask);
    }
    meter.advance();
  }
  writer.finish();
}

}  // namespace gps
