#include "core/tuning/decoderwarmup.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/data/plainloading.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/loss.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {

namespace {

struct Embedded {
  at::Tensor embeddings;  // [N, 256, h, w], on the host
  at::Tensor masks;       // [N, 1, S, S]
};

Embedded embed(const ModelParts& parts, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
               const PreprocessSpec& preprocess, int batch, RunControl& control) {
  at::NoGradGuard noGrad;
  const auto loading = plainLoading(items, preprocess, batch, parts.arena->device().is_cuda());
  Loader loader(loading, std::move(images));
  loader.startEpoch(0);
  ProgressMeter meter(control, "embed", "images", std::int64_t(items.size()));
  std::vector<at::Tensor> embeddings, masks;
  std::int64_t bytes = 0;
  while (auto b = loader.next()) {
    control.stepBoundary();
    const auto t = toTensors(*b, preprocess, parts.arena->device(), parts.arena->type());
    embeddings.push_back(parts.samNetwork().encode(t.images).cpu());
    masks.push_back(t.masks.cpu());
    meter.advance(b->count);
    bytes += std::int64_t(embeddings.back().nbytes());
    if (bytes >= kWarmupBytes) break;
  }
  return {at::cat(embeddings), at::cat(masks)};
}

}  // namespace

void warmUpDecoder(ModelParts& parts, FlatState& state, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
                   const PreprocessSpec& preprocess, const TrainSpec& spec, RunControl& control) {
  const auto before = state.values.clone();
  const auto control0 = state.control();
  const auto clearMoments = [&] {
    state.m.zero_();
    state.v.zero_();
    state.setControl(control0);
  };
  try {
    const auto data = embed(parts, items, std::move(images), preprocess, spec.batch, control);
    const auto count = data.embeddings.size(0), perEpoch = (count + spec.batch - 1) / spec.batch;
    ProgressMeter meter(control, "warm-up", "steps", perEpoch * spec.warmupEpochs);
    state.startEpoch(spec.warmupLearningRate);
    for (int epoch = 0; epoch < spec.warmupEpochs; ++epoch) {
      const auto order = epochPermutation(int(count), spec.seed, std::uint64_t(epoch), RandomPurpose::Augment);
      for (std::int64_t first = 0; first < count; first += spec.batch) {
        control.stepBoundary();
        const std::vector<std::int64_t> picked(order.begin() + first, order.begin() + std::min(count, first + spec.batch));
        const auto index = at::tensor(picked, at::kLong);
        const auto embedding = data.embeddings.index_select(0, index).to(parts.arena->device());
        const auto masks = data.masks.index_select(0, index).to(parts.arena->device());
        state.zeroGradient();
        const auto low = parts.samNetwork().decode(embedding, spec.model.prompt);
        const auto loss = segmentationLoss(resizeBilinear(low, preprocess.size, preprocess.size), masks);
        torch::autograd::backward({state.scaled(loss)}, {});
        state.update(loss.detach(), int(picked.size()));
        meter.advance();
      }
    }
  } catch (...) {
    state.values.copy_(before);
    state.scatter(before);
    clearMoments();
    throw;
  }
  const bool isBad = state.control().bad != kernels::BadCause::None;
  clearMoments();
  if (isBad) throw Error(ErrorCode::Diverged, "decoder warm-up", "the loss is not a finite number", "Lower the warm-up's learning rate");
}

}  // namespace gps
