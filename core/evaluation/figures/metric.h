#pragma once
// The figures of one picture by name. Everywhere TP, FP, FN are pixels at the size of the source picture.
#include <optional>
#include <string>
#include <vector>

#include "core/values/metrics.h"

namespace gps {

enum class Metric { Dice, Iou, Precision, Recall, BoundaryF, Hd95, AreaShare, AreaPixels };

struct MetricInfo {
  Metric metric;
  const char* key;    // "boundary_f": in files
  const char* title;  // "boundary F": for people, English
  const char* unit;   // "px"; empty: a share 0…1
  bool isHigherBetter;
  bool isScore;         // false: it only describes (area)
  const char* formula;  // one line, with the rule for empty masks
};

const std::vector<MetricInfo>& allMetrics();  // in the order of the tables
const MetricInfo& infoOf(Metric metric);

// Nothing: not measured, or not defined for this picture (HD95 where exactly one of truth and prediction is empty).
std::optional<double> valueOf(Metric metric, const CaseScore& score);

// What a prediction of the whole picture, or of nothing, scores on the same picture.
CaseScore allOnOf(const CaseScore& score);
CaseScore allOffOf(const CaseScore& score);

}  // namespace gps
