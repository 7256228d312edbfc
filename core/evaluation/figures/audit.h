#pragma once
// The same predictions under every definition of a score, with intervals, beside what trivial predictors get on the same pictures.
#include <string>
#include <vector>

#include "core/evaluation/figures/interval.h"
#include "core/evaluation/figures/metric.h"

namespace gps {

// UpstreamScript: what the evaluation script released with the method prints (background ignored, pixels of all pictures together): its
// IoU is the pooled recall R, its Dice 2R / (1 + R). False positives do not count; a prediction of the whole picture scores 1.
enum class Averaging { PerImage, Pooled, UpstreamScript };
std::string titleOf(Averaging averaging);       // "mean over images" "pooled" "upstream script"
std::string definitionOf(Averaging averaging);  // one sentence

struct Figure {
  Metric metric = Metric::Dice;
  double value = 0;                  // NaN: undefined, or not measured
  std::optional<Interval> interval;  // nothing: fewer than two pictures, or no value
  int defined = 0;                   // pictures that have a value; of pooled figures all
};

struct FigureRow {
  Averaging averaging = Averaging::PerImage;
  std::vector<Figure> figures;  // only those that the averaging has
  const Figure* figure(Metric metric) const;
};

struct PredictorFigures {
  std::vector<FigureRow> rows;  // one an averaging
  const FigureRow& row(Averaging averaging) const { return rows[std::size_t(averaging)]; }
};

struct ScoreAudit {
  int pictures = 0, emptyTruth = 0, emptyPrediction = 0;
  bool hasBoundaries = false;
  PredictorFigures model, allOn, allOff;
  std::vector<std::string> impossible;  // what cannot be, of the model's rows; empty: all is consistent
};

ScoreAudit auditScores(const std::vector<CaseScore>& cases, const BootstrapOptions& options = {});

// For one averaging rule mean IoU >= D / (2 - D) holds, D the mean Dice, and IoU <= Dice. False: the two cannot come from the same masks.
// digits: decimals that they are known to; 0: exact.
bool canStandTogether(double dice, double iou, int digits = 0);

}  // namespace gps
