#include "core/checkpoints/exporting.h"

#include <ATen/ATen.h>

#include <vector>

#include "core/backbones/modelparts.h"
#include "core/checkpoints/architecture.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/nn/errortranslation.h"
#include "core/values/error.h"

namespace gps {
namespace {

// One tensor of the file to write: the model's value, or the checkpoint's bytes.
struct Source {
  TensorSpec tensor;
  std::int64_t id = -1;
  const TensorRecord* record = nullptr;
};

std::vector<Source> sourcesOf(const Model& model, const TensorFile& checkpoint) {
  const std::string prefix = commonPrefix(checkpoint);
  std::vector<Source> sources;
  std::size_t found = 0;
  for (const TensorRecord& record : checkpoint.records()) {
    const std::int64_t id = isIntegerBuffer(record) ? -1 : model.map().idOf(record.name.substr(prefix.size()));
    if (id < 0) {
      sources.push_back({{record.name, record.dtype, record.shape}, -1, &record});
      continue;
    }
    if (record.shape != model.map().entry(static_cast<std::size_t>(id)).shape) break;
    ++found;
    sources.push_back({{record.name, DType::F32, record.shape}, id, nullptr});
  }
  if (found != model.map().size())
    throw Error(ErrorCode::Mismatch, checkpoint.path(), "is no longer the checkpoint the model was loaded from", "Load the model again");
  return sources;
}

void writeAll(SafetensorsWriter& writer, const std::vector<Source>& sources, const Model& model, const TensorFile* checkpoint) {
  for (const Source& source : sources) {
    if (source.id >= 0) {
      const auto values = model.parts().arena->view(static_cast<std::size_t>(source.id)).to(at::kCPU, at::kFloat).contiguous();
      writer.write(source.tensor.name, values.const_data_ptr(), static_cast<std::size_t>(values.numel()) * sizeof(float));
    } else {
      std::vector<std::byte> bytes(static_cast<std::size_t>(source.record->elements()) * itemSize(source.record->dtype));
      copyRaw(*checkpoint, *source.record, bytes.data());
      writer.write(source.tensor.name, bytes.data(), bytes.size());
    }
  }
}

}  // namespace

void exportWeights(const Model& model, const std::string& path, const std::map<std::string, std::string>& metadata) {
  withTorchErrors("exporting " + path, [&] {
    std::vector<Source> sources;
    std::map<std::string, std::string> allMetadata = metadata;
    std::unique_ptr<TensorFile> checkpoint;
    if (!model.weightsPath().empty()) {
      checkpoint = std::make_unique<TensorFile>(openTensorFile(model.weightsPath()));
      sources = sourcesOf(model, *checkpoint);
      allMetadata.insert(checkpoint->metadata().begin(), checkpoint->metadata().end());
    } else {
      for (const auto id : model.map().canonicalOrder())
        sources.push_back({{model.map().entry(id).name, DType::F32, model.map().entry(id).shape}, static_cast<std::int64_t>(id), nullptr});
    }
    std::vector<TensorSpec> tensors;
    for (const Source& source : sources) tensors.push_back(source.tensor);
    SafetensorsWriter writer(path, tensors, allMetadata);
    writeAll(writer, sources, model, checkpoint.get());
    writer.finish();
  });
}

}  // namespace gps
