#include "core/evaluation/figures/metric.h"

#include <cmath>

namespace gps {

const std::vector<MetricInfo>& allMetrics() {
  static const std::vector<MetricInfo> all{
      {Metric::Dice, "dice", "Dice", "", true, true, "2TP / (2TP + FP + FN); both masks empty: 1, one empty: 0"},
      {Metric::Iou, "iou", "IoU", "", true, true, "TP / (TP + FP + FN); both masks empty: 1, one empty: 0"},
      {Metric::Precision, "precision", "precision", "", true, true, "TP / (TP + FP); nothing predicted: 1 if nothing was there, else 0"},
      {Metric::Recall, "recall", "recall", "", true, true, "TP / (TP + FN); nothing there: 1"},
      {Metric::BoundaryF, "boundary_f", "boundary F", "", true, true,
       "2PR / (P + R), P and R: shares of the predicted and the true outline within 0.75 % of the picture's diagonal of the other "
       "(Csurka et al. 2013); outline: pixels of the mask with one of 4 neighbours outside it; both masks empty: 1, one empty: 0"},
      {Metric::Hd95, "hd95", "HD95", "px", false, true,
       "95th percentile, with linear interpolation, of the Euclidean distances of all outline pixels to the other outline, both "
       "directions together, in pixels of the source picture (as hd95 of MedPy); both masks empty: 0, one empty: undefined, left out "
       "and counted"},
      {Metric::AreaShare, "area_share", "predicted area", "", true, false, "(TP + FP) / pixels of the picture"},
      {Metric::AreaPixels, "area_px", "predicted area", "px", true, false, "TP + FP"},
  };
  return all;
}

const MetricInfo& infoOf(Metric metric) { return allMetrics()[std::size_t(metric)]; }

std::optional<double> valueOf(Metric metric, const CaseScore& score) {
  const auto& c = score.counts;
  const auto area = c.truePositive + c.falsePositive, all = area + c.falseNegative + c.trueNegative;
  switch (metric) {
    case Metric::Dice:
      return c.dice();
    case Metric::Iou:
      return c.iou();
    case Metric::Precision:
      return c.precision();
    case Metric::Recall:
      return c.recall();
    case Metric::BoundaryF:
      return score.boundary ? std::optional<double>(score.boundary->f()) : std::nullopt;
    case Metric::Hd95:
      if (!score.boundary || std::isnan(score.boundary->hd95())) return std::nullopt;
      return score.boundary->hd95();
    case Metric::AreaShare:
      return all > 0 ? std::optional<double>(double(area) / double(all)) : std::nullopt;
    case Metric::AreaPixels:
      return double(area);
  }
  return std::nullopt;
}

CaseScore allOnOf(const CaseScore& score) {
  const auto& c = score.counts;
  return {score.id, {c.truePositive + c.falseNegative, c.falsePositive + c.trueNegative, 0, 0}, score.allOn, score.allOn};
}

CaseScore allOffOf(const CaseScore& score) {
  const auto& c = score.counts;
  CaseScore none{score.id, {0, 0, c.truePositive + c.falseNegative, c.falsePositive + c.trueNegative}, {}, score.allOn};
  if (score.boundary) {
    none.boundary = BoundaryScore{};
    none.boundary->truthPixels = score.boundary->truthPixels;
    none.boundary->tolerance = score.boundary->tolerance;
  }
  return none;
}

}  // namespace gps
