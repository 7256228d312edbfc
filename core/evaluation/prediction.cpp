#include "core/evaluation/prediction.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "core/backbones/modelparts.h"
#include "core/data/plainloading.h"
#include "core/data/views/transforms.h"
#include "core/distributed/partition.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/figures/boundary.h"
#include "core/evaluation/loss.h"
#include "core/evaluation/lowlogits.h"
#include "core/evaluation/prompting.h"
#include "core/evaluation/sharedresults.h"
#include "core/nn/errortranslation.h"

namespace gps {

PictureInput pictureInput(const Model& model, const RgbImage& image, const ModelSpec& spec) {
  const auto preprocess = model.preprocess(spec.preprocess);
  auto input = modelInput(image, preprocess);
  const auto view = at::from_blob(input.data(), {1, 3, preprocess.size, preprocess.size}, at::kFloat);
  const auto options = model.parts().arena->vector().options();
  return {view.to(options, false, true), preprocessGeometry(preprocess, image.width, image.height)};
}

Watched::Watched(const Model& model, const RunControl* control) : m_state(*model.parts().registry.state()), m_before(m_state.control) {
  if (control != nullptr) m_state.control = control;
}

Watched::~Watched() { m_state.control = m_before; }

ProbabilityMap probabilityFrom(const at::Tensor& lowLogits, const PreprocessGeometry& geometry) {
  const auto host = lowLogits.to(at::kCPU, at::kFloat).contiguous();
  return probabilityOf(logitsToSource(host.data_ptr<float>(), int(host.size(0)), geometry), geometry.sourceWidth, geometry.sourceHeight);
}

namespace {

// What ranks tell each other of a picture.
struct PictureRecord {
  PixelCounts counts;
  BoundaryScore boundary, allOn;
};

PictureRecord compare(const ProbabilityMap& probability, const MaskImage& truth, bool withBoundaries, double threshold) {
  PictureRecord record{comparePixels(probability, truth, threshold), {}, {}};
  if (!withBoundaries) return record;
  const auto there = foregroundOf(truth);
  record.boundary = compareBoundaries(foregroundOf(probability, threshold), there);
  record.allOn = compareWhole(there);
  return record;
}

CaseScore caseOf(const std::string& id, const PictureRecord& record, bool withBoundaries) {
  CaseScore score{id, record.counts, {}, {}};
  if (withBoundaries) score.boundary = record.boundary, score.allOn = record.allOn;
  return score;
}

}  // namespace

ProbabilityMap predict(const Model& model, const RgbImage& image, const ModelSpec& spec) {
  return withTorchErrors("prediction", [&] {
    at::NoGradGuard noGrad;
    const auto input = pictureInput(model, image, spec);
    const auto& net = model.parts().samNetwork();
    return probabilityFrom(net.decode(net.encode(input.images), spec.prompt)[0][0], input.geometry);
  });
}

ProbabilityMap predict(const Model& model, const RgbImage& image, const ModelSpec& spec, const PromptSet& prompts) {
  if (prompts.empty()) return predict(model, image, spec);
  return PromptedPicture(copyPromptHead(model), std::make_shared<const EncodedPicture>(model, image, spec), spec.prompt)
      .answer(prompts)
      .map;
}

EvaluationResult evaluate(const Model& model, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
                          const ModelSpec& spec, int batch, RunControl& control,
                          const std::function<void(const CaseScore&, const ProbabilityMap&)>& onCase, const WorkGroup* group,
                          bool withBoundaries, double threshold) {
  return withTorchErrors("evaluation", [&] {
    at::NoGradGuard noGrad;
    const Agreement ranks(group);
    const auto& parts = model.parts();
    const auto device = parts.arena->device();
    const auto loading = plainLoading(items, model.preprocess(spec.preprocess), batch, device.is_cuda());
    Loader loader(loading, images);
    const int batches = loader.batchesPerEpoch();
    loader.startEpoch(0, std::min(batches, ranks.rank()), ranks.size());
    ProgressMeter meter(control, "validate", "images", picturesOfRank(std::int64_t(items.size()), batch, ranks.rank(), ranks.size()));
    std::vector<PictureRecord> records;
    std::vector<std::uint64_t> fingerprints;
    std::vector<double> losses;  // of the batches, times their pictures
    while (auto b = loader.next()) {
      control.pollStop();
      const auto t = toTensors(*b, loading.preprocess, device, parts.arena->type());
      const auto low = parts.samNetwork().decode(parts.samNetwork().encode(t.images), spec.prompt);
      losses.push_back(segmentationLoss(resizeBilinear(low, b->size, b->size), t.masks).item<double>() * b->count);
      const auto host = low.to(at::kCPU, at::kFloat);
      for (int i = 0; i < b->count; ++i) {
        const auto& item = items[std::size_t(b->itemIndex[std::size_t(i)])];
        const auto probability = probabilityFrom(host[i][0], b->geometry[std::size_t(i)]);
        records.push_back(compare(probability, images->loadMask(item.maskPath), withBoundaries, threshold));
        if (onCase) onCase(caseOf(item.id, records.back(), withBoundaries), probability);
      }
      fingerprints.insert(fingerprints.end(), b->fingerprints.begin(), b->fingerprints.end());
      meter.advance(b->count);
    }
    EvaluationResult result;
    result.fingerprints = inBatchOrder(ranks, fingerprints, int(items.size()), batch);
    losses = inBatchOrder(ranks, losses, batches, 1);
    records = inBatchOrder(ranks, records, int(items.size()), batch);
    result.meanLoss = items.empty() ? 0 : std::accumulate(losses.begin(), losses.end(), 0.0) / double(items.size());
    std::vector<CaseScore> cases;
    for (std::size_t i = 0; i < items.size(); ++i) cases.push_back(caseOf(items[i].id, records[i], withBoundaries));
    result.score = summarise(std::move(cases));
    return result;
  });
}

}  // namespace gps
