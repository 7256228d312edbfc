#include "core/evaluation/features.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include "core/backbones/modelparts.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/data/plainloading.h"
#include "core/evaluation/batchtensors.h"
#include "core/nn/errortranslation.h"
#include "core/values/error.h"

namespace gps {

namespace {

void append(std::vector<float>& to, const at::Tensor& values) {
  const auto host = values.to(at::kCPU, at::kFloat).contiguous();
  to.insert(to.end(), host.data_ptr<float>(), host.data_ptr<float>() + host.numel());
}

void requireInputSize(const std::vector<DataItem>& items, const ImageSource& images, int size) {
  for (const auto& item : items) {
    const auto found = images.sizeOf(item.imagePath);
    if (found.width != size || found.height != size)
      throw Error(ErrorCode::Mismatch, item.id,
                  "is " + std::to_string(found.width) + "x" + std::to_string(found.height) + ", the model reads " + std::to_string(size) +
                      "x" + std::to_string(size),
                  "Name that size with --image-size, or let the pictures be resized (--resize model)");
  }
}

}  // namespace

FeatureTable computeFeatures(const Model& model, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
                             const ModelSpec& spec, int batch, bool resize, RunControl& control) {
  return withTorchErrors("features", [&] {
    at::NoGradGuard noGrad;
    const auto& parts = model.parts();
    auto loading =
        plainLoading(items, model.preprocess(resize ? spec.preprocess : PreprocessKind::Squash), batch, parts.arena->device().is_cuda());
    loading.masks = false;
    if (!resize) requireInputSize(items, *images, model.imageSize());

    FeatureTable table;
    Loader loader(loading, images);
    ProgressMeter meter(control, "features", "images", std::int64_t(items.size()));
    loader.startEpoch(0);
    while (auto b = loader.next()) {
      control.stepBoundary();
      const auto input = toTensors(*b, loading.preprocess, parts.arena->device(), parts.arena->type()).images;
      const auto features = parts.classifier ? parts.classifier->features(input) : parts.samNetwork().encode(input);
      table.shape = features.sizes().slice(1).vec();
      append(table.features, features);
      if (parts.classifier && parts.classifier->classes() > 0) {
        table.classes = int(parts.classifier->classes());
        append(table.logits, parts.classifier->classify(features));
      }
      for (const int index : b->itemIndex) table.names.push_back(items[std::size_t(index)].id);
      meter.advance(b->count);
    }
    return table;
  });
}

void writeFeatures(const std::string& path, const FeatureTable& table, const Model& model) {
  const auto count = std::int64_t(table.names.size());
  std::vector<std::int64_t> shape{count};
  shape.insert(shape.end(), table.shape.begin(), table.shape.end());
  std::vector<TensorSpec> tensors{{"features", DType::F32, shape}};
  if (table.classes > 0) tensors.push_back({"logits", DType::F32, {count, table.classes}});
  SafetensorsWriter writer(path, tensors,
                           {{"format", "gps-features/1"},
                            {"names", nlohmann::json(table.names).dump()},
                            {"model", model.description().id},
                            {"base_hash", model.baseHash()}});
  writer.write("features", table.features.data(), table.features.size() * sizeof(float));
  if (table.classes > 0) writer.write("logits", table.logits.data(), table.logits.size() * sizeof(float));
  writer.finish();
}

}  // namespace gps
