#include "core/evaluation/figures/scoretables.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/values/csvtext.h"

namespace gps {

std::string numberText(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::vector<std::string> definitionLines(double threshold, const BootstrapOptions& options) {
  std::vector<std::string> lines{"foreground: probability > " + numberText(threshold) + ", at the size of the source picture"};
  for (const auto& info : allMetrics()) lines.push_back(std::string(info.key) + ": " + info.formula);
  for (const auto averaging : {Averaging::PerImage, Averaging::Pooled, Averaging::UpstreamScript})
    lines.push_back(titleOf(averaging) + ": " + definitionOf(averaging));
  lines.push_back(bootstrapText(options));
  return lines;
}

static std::string commented(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += "# " + line + '\n';
  return text;
}

std::string caseTableCsv(const std::vector<CaseScore>& cases, double threshold) {
  std::string text = commented(definitionLines(threshold));
  text += "id";
  for (const auto& info : allMetrics()) text += std::string(",") + info.key;
  text += ",truth_area_px,tp,fp,fn,tn,boundary_tolerance_px\n";
  for (const auto& score : cases) {
    const auto& c = score.counts;
    text += csvField(score.id);
    for (const auto& info : allMetrics()) {
      const auto value = valueOf(info.metric, score);
      text += ',' + (value ? numberText(*value) : std::string());
    }
    for (const auto count : {c.truePositive + c.falseNegative, c.truePositive, c.falsePositive, c.falseNegative, c.trueNegative})
      text += ',' + std::to_string(count);
    text += ',' + (score.boundary ? numberText(score.boundary->tolerance) : std::string()) + '\n';
  }
  return text;
}

static void addRows(std::string& text, const std::string& predictor, const PredictorFigures& figures) {
  for (const auto& row : figures.rows)
    for (const auto& f : row.figures) {
      text += csvField(predictor) + ',' + csvField(titleOf(row.averaging)) + ',' + infoOf(f.metric).key + ',' + numberText(f.value) + ',';
      text += (f.interval ? numberText(f.interval->low) + ',' + numberText(f.interval->high) : std::string(",")) + ',';
      text += std::to_string(f.defined) + '\n';
    }
}

std::string auditCsv(const std::string& name, const ScoreAudit& audit, double threshold, const BootstrapOptions& options) {
  auto lines = definitionLines(threshold, options);
  for (const auto& sentence : audit.impossible) lines.push_back("impossible: " + sentence);
  std::string text = commented(lines) + "predictions,averaging,metric,value,low,high,pictures\n";
  addRows(text, name, audit.model);
  addRows(text, "all on", audit.allOn);
  addRows(text, "all off", audit.allOff);
  return text;
}

}  // namespace gps
