#include "app/pages/casemetrics.h"

#include <algorithm>
#include <limits>

#include "core/evaluation/figures/metric.h"

namespace gps::app {

double areaShare(const MaskImage* mask) {
  if (!mask || mask->empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto on = std::count_if(mask->pixels.begin(), mask->pixels.end(), [](auto p) { return p > 127; });
  return double(on) / double(mask->pixels.size());
}

ui::CaseRow caseRow(const CaseScore& score) {
  const auto value = [&](Metric metric) { return valueOf(metric, score).value_or(std::numeric_limits<double>::quiet_NaN()); };
  const auto& c = score.counts;
  const auto there = c.truePositive + c.falseNegative, all = there + c.falsePositive + c.trueNegative;
  ui::CaseRow row{QString::fromStdString(score.id),
                  value(Metric::Dice),
                  value(Metric::Iou),
                  value(Metric::Precision),
                  value(Metric::Recall),
                  all > 0 ? double(there) / double(all) : std::numeric_limits<double>::quiet_NaN()};
  row.boundaryF = value(Metric::BoundaryF);
  row.hd95 = value(Metric::Hd95);
  row.markedShare = value(Metric::AreaShare);
  return row;
}

}  // namespace gps::app
