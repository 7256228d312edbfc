#include "core/evaluation/figures/summary.h"

#include <utility>

namespace gps {

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
