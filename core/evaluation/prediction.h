#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/evaluation/figures/summary.h"
#include "core/values/dataset.h"
#include "core/values/image.h"
#include "core/values/metrics.h"
#include "core/values/prompts.h"
#include "core/values/runspec.h"

namespace gps {

class WorkGroup;

// Probability at the size of the source picture.
ProbabilityMap predict(const Model& model, const RgbImage& image, const ModelSpec& spec);
// With prompts the model's prompt mode is ignored; see prompting.h.
ProbabilityMap predict(const Model& model, const RgbImage& image, const ModelSpec& spec, const PromptSet& prompts);

// prob > threshold against the truth, pixel by pixel; sizes must agree (Error(Mismatch)).
PixelCounts comparePixels(const ProbabilityMap& probability, const MaskImage& truth, double threshold = 0.5);

struct EvaluationResult {
  SegmentationScore score;
  double meanLoss = 0;                      // BCE + soft IoU at the model's input size
  std::vector<std::uint64_t> fingerprints;  // of the pictures, in the order of the items
};
// Scores every item at source resolution, in batches of `batch`. Stage "validate", unit "images". Calls onCase (may be empty) with each
// result. group: several ranks share the batches, and every one gets the result of all, the same bits as one process; collective. onCase
// then hears of this rank's only. withBoundaries: outlines are compared as well, some ms a picture. threshold: of counts and outlines.
EvaluationResult evaluate(const Model& model, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
                          const ModelSpec& spec, int batch, RunControl& control,
                          const std::function<void(const CaseScore&, const ProbabilityMap&)>& onCase = {}, const WorkGroup* group = nullptr,
                          bool withBoundaries = false, double threshold = 0.5);

}  // namespace gps
