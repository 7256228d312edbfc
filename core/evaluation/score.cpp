#include <string>

#include "core/evaluation/prediction.h"
#include "core/values/error.h"

namespace gps {

PixelCounts comparePixels(const ProbabilityMap& probability, const MaskImage& truth, double threshold) {
  if (probability.width != truth.width || probability.height != truth.height)
    throw Error(ErrorCode::Mismatch, "mask",
                "is " + std::to_string(truth.width) + "×" + std::to_string(truth.height) + " but the picture is " +
                    std::to_string(probability.width) + "×" + std::to_string(probability.height),
                "Give picture and mask the same size");
  PixelCounts counts;
  for (std::size_t i = 0; i < truth.pixels.size(); ++i) {
    const bool predicted = double(probability.values[i]) > threshold, there = truth.pixels[i] > 127;
    auto& count = predicted ? (there ? counts.truePositive : counts.falsePositive) : (there ? counts.falseNegative : counts.trueNegative);
    ++count;
  }
  return counts;
}

SegmentationScore summarise(std::vector<CaseScore> cases) {
  SegmentationScore score;
  score.n = int(cases.size());
  PixelCounts all;
  for (const auto& c : cases) {
    score.diceMean += c.counts.dice();
    score.iouMean += c.counts.iou();
    score.precisionMean += c.counts.precision();
    score.recallMean += c.counts.recall();
    score.emptyTruth += c.counts.truePositive + c.counts.falseNegative == 0;
    all += c.counts;
  }
  if (score.n > 0) {
    score.diceMean /= score.n;
    score.iouMean /= score.n;
    score.precisionMean /= score.n;
    score.recallMean /= score.n;
    score.dicePooled = all.dice();
    score.iouPooled = all.iou();
  }
  score.perImage = std::move(cases);
  return score;
}

std::string scoreDefinition() {
  return "Foreground where probability > 0.5 (logit > 0) at the size of the source picture; masks are binarised > 127 before any resizing. "
         "*_mean: mean over pictures; *_pooled: from the pixel counts of all pictures together. A picture whose truth and prediction are "
         "both "
         "empty counts 1, one whose truth alone is empty counts 0.";
}

}  // namespace gps
