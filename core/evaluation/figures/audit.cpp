#include "core/evaluation/figures/audit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gps {

namespace {

constexpr double kRounding = 1e-9;

// Sums of TP, FP, FN and all pixels, as a score of them.
SummedStatistic pooledStatistic(const std::vector<CaseScore>& cases, double (*score)(const PixelCounts&)) {
  SummedStatistic s{4, {}, [score](const double* sums) {
                      const auto at = [&](int i) { return std::int64_t(std::llround(sums[i])); };
                      return score({at(0), at(1), at(2), at(3)});
                    }};
  for (const auto& c : cases)
    s.table.insert(s.table.end(), {double(c.counts.truePositive), double(c.counts.falsePositive), double(c.counts.falseNegative),
                                   double(c.counts.trueNegative)});
  return s;
}

double (*pooledScore(Averaging averaging, Metric metric))(const PixelCounts&) {
  if (averaging == Averaging::UpstreamScript) {
    if (metric == Metric::Iou) return [](const PixelCounts& c) { return c.recall(); };
    if (metric == Metric::Dice) return [](const PixelCounts& c) { return 2 * c.recall() / (1 + c.recall()); };
    return nullptr;
  }
  switch (metric) {
    case Metric::Dice:
      return [](const PixelCounts& c) { return c.dice(); };
    case Metric::Iou:
      return [](const PixelCounts& c) { return c.iou(); };
    case Metric::Precision:
      return [](const PixelCounts& c) { return c.precision(); };
    case Metric::Recall:
      return [](const PixelCounts& c) { return c.recall(); };
    case Metric::AreaShare:
      return [](const PixelCounts& c) {
        const auto area = c.truePositive + c.falsePositive;
        return double(area) / double(area + c.falseNegative + c.trueNegative);
      };
    default:
      return nullptr;
  }
}

PredictorFigures figuresOf(const std::vector<CaseScore>& cases, const BootstrapOptions& options) {
  PredictorFigures all;
  std::vector<SummedStatistic> statistics;
  for (const auto averaging : {Averaging::PerImage, Averaging::Pooled, Averaging::UpstreamScript}) {
    FigureRow row{averaging, {}};
    for (const auto& info : allMetrics()) {
      if (averaging == Averaging::PerImage) {
        std::vector<std::optional<double>> values;
        for (const auto& c : cases) values.push_back(valueOf(info.metric, c));
        const auto defined = int(std::count_if(values.begin(), values.end(), [](const auto& v) { return v.has_value(); }));
        statistics.push_back(meanStatistic(values));
        row.figures.push_back({info.metric, observed(statistics.back()), {}, defined});
      } else if (const auto score = pooledScore(averaging, info.metric)) {
        statistics.push_back(pooledStatistic(cases, score));
        row.figures.push_back({info.metric, cases.empty() ? std::nan("") : observed(statistics.back()), {}, int(cases.size())});
      }
    }
    all.rows.push_back(std::move(row));
  }
  const auto intervals = bootstrapIntervals(statistics, options);
  std::size_t next = 0;
  for (auto& row : all.rows)
    for (auto& figure : row.figures) figure.interval = intervals[next++];
  return all;
}

}  // namespace

std::string titleOf(Averaging averaging) {
  switch (averaging) {
    case Averaging::PerImage:
      return "mean over images";
    case Averaging::Pooled:
      return "pooled";
    case Averaging::UpstreamScript:
      return "upstream script";
  }
  return {};
}

std::string definitionOf(Averaging averaging) {
  switch (averaging) {
    case Averaging::PerImage:
      return "The figure of every picture, then their mean.";
    case Averaging::Pooled:
      return "The figure of the pixels of all pictures together; large polyps weigh more.";
    case Averaging::UpstreamScript:
      return "As the script released with the method counts: pixels of all pictures together, background ignored, so that false "
             "positives do not count. Its IoU is the pooled recall R, its Dice 2R / (1 + R).";
  }
  return {};
}

const Figure* FigureRow::figure(Metric metric) const {
  const auto found = std::find_if(figures.begin(), figures.end(), [&](const Figure& f) { return f.metric == metric; });
  return found == figures.end() ? nullptr : &*found;
}

bool canStandTogether(double dice, double iou, int digits) {
  const double slack = digits > 0 ? 0.5 * std::pow(10.0, -digits) : kRounding;
  const double least = dice - slack, most = dice + slack;
  return iou + slack >= least / (2 - least) - kRounding && iou - slack <= most + kRounding;
}

ScoreAudit auditScores(const std::vector<CaseScore>& cases, const BootstrapOptions& options) {
  ScoreAudit audit;
  audit.pictures = int(cases.size());
  std::vector<CaseScore> on, off;
  for (const auto& c : cases) {
    audit.emptyTruth += c.counts.truePositive + c.counts.falseNegative == 0;
    audit.emptyPrediction += c.counts.truePositive + c.counts.falsePositive == 0;
    audit.hasBoundaries = audit.hasBoundaries || c.boundary.has_value();
    on.push_back(allOnOf(c));
    off.push_back(allOffOf(c));
  }
  audit.model = figuresOf(cases, options);
  audit.allOn = figuresOf(on, options);
  audit.allOff = figuresOf(off, options);
  for (const auto& row : audit.model.rows) {
    const auto *dice = row.figure(Metric::Dice), *iou = row.figure(Metric::Iou);
    if (std::isfinite(dice->value) && !canStandTogether(dice->value, iou->value))
      audit.impossible.push_back(titleOf(row.averaging) + ": IoU " + std::to_string(iou->value) + " cannot stand beside Dice " +
                                 std::to_string(dice->value));
  }
  return audit;
}

}  // namespace gps
