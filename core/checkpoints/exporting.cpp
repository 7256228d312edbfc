#include "core/checkpoints/exporting.h"

#include <ATen/ATen.h>

#include <cstring>
#include <map>
#include <vector>

#include "core/backbones/modelparts.h"
#include "core/checkpoints/architecture.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/nn/errortranslation.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::int64_t kAsInFile = -1;

// One tensor of the file to write: the model's value, or the checkpoint's bytes.
struct Source {
  TensorSpec tensor;
  std::int64_t id = -1;
  const TensorRecord* record = nullptr;
};

std::vector<Source> ownNames(const Model& model) {
  std::vector<Source> sources;
  for (const auto id : model.map().canonicalOrder())
    sources.push_back({{model.map().entry(id).name, DType::F32, model.map().entry(id).shape}, static_cast<std::int64_t>(id), nullptr});
  return sources;
}

// Position embeddings that were resized and have not been trained since are written as the file has them.
bool isOriginal(const Model& model, std::size_t id, const TensorFile& checkpoint, const TensorPlan& plan, PositionResize how) {
  const ParameterEntry& entry = model.map().entry(id);
  if (!isResized(entry, plan)) return false;
  std::vector<float> values(static_cast<std::size_t>(checkedElements(plan.shape)));
  assemble(checkpoint, plan, values.data());
  const auto expected = resizePositions(values, plan.shape, entry.shape, how);
  const auto now = model.parts().arena->view(id).to(at::kCPU, at::kFloat).contiguous();
  return std::memcmp(now.const_data_ptr(), expected.data(), expected.size() * sizeof(float)) == 0;
}

// The checkpoint's own names and order where each tensor of the model is one of the file; else the model's names.
std::vector<Source> sourcesOf(const Model& model, const TensorFile& checkpoint) {
  const NamedTensors named = namedTensors(checkpoint);
  std::map<const TensorRecord*, std::int64_t> idOf;
  bool isOneToOne = true;
  for (const auto& [name, plan] : named.plans) {
    const std::int64_t id = model.map().idOf(name);
    if (id < 0) continue;
    const auto& shape = model.map().entry(static_cast<std::size_t>(id)).shape;
    if (plan.how != Assembly::Copy || plan.from.size() != 1)
      isOneToOne = false;
    else if (isOriginal(model, std::size_t(id), checkpoint, plan, named.positions))
      idOf[plan.from.front()] = kAsInFile;
    else if (isSameShape(plan.shape, shape))
      idOf[plan.from.front()] = id;
  }
  for (const auto& entry : model.map().entries()) {
    const auto plan = named.plans.find(entry.name);
    const bool isThere = plan != named.plans.end() && (isSameShape(plan->second.shape, entry.shape) || isResized(entry, plan->second));
    if (!isThere && entry.part != ModelPart::Head)
      throw Error(ErrorCode::Mismatch, checkpoint.path(), "is no longer the checkpoint the model was loaded from", "Load the model again");
    if (!isThere) isOneToOne = false;  // a head of another class count
  }
  if (!isOneToOne) return ownNames(model);
  std::vector<Source> sources;
  for (const TensorRecord& record : checkpoint.records()) {
    const auto id = idOf.find(&record);
    if (id == idOf.end() || id->second == kAsInFile)
      sources.push_back({{record.name, record.dtype, record.shape}, -1, &record});
    else
      sources.push_back({{record.name, DType::F32, record.shape}, id->second, nullptr});
  }
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

void exportWeights(const Model& model, const std::string& path, const std::map<std::string, std::string>& metadata, ExportedHead head) {
  withTorchErrors("exporting " + path, [&] {
    std::vector<Source> sources;
    std::map<std::string, std::string> allMetadata = metadata;
    std::unique_ptr<TensorFile> checkpoint;
    if (!model.weightsPath().empty()) {
      checkpoint = std::make_unique<TensorFile>(openTensorFile(model.weightsPath()));
      sources = sourcesOf(model, *checkpoint);
      allMetadata.insert(checkpoint->metadata().begin(), checkpoint->metadata().end());
    } else {
      sources = ownNames(model);
    }
    if (head == ExportedHead::Left)
      std::erase_if(sources, [&](const Source& s) { return s.id >= 0 && model.map().entry(std::size_t(s.id)).part == ModelPart::Head; });
    std::vector<TensorSpec> tensors;
    for (const Source& source : sources) tensors.push_back(source.tensor);
    SafetensorsWriter writer(path, tensors, allMetadata);
    writeAll(writer, sources, model, checkpoint.get());
    writer.finish();
  });
}

}  // namespace gps
