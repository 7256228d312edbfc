#include "app/cli/scorejson.h"

#include <cmath>

#include "app/cli/table.h"
#include "core/evaluation/figures/metric.h"

namespace gps::cli {
namespace {

std::string keyOf(const Figure& figure, Averaging averaging) {
  const std::string key = infoOf(figure.metric).key;
  return averaging == Averaging::PerImage ? key + "_mean" : averaging == Averaging::Pooled ? key + "_pooled" : key;
}

Json numberOrNull(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void addRow(Json& json, const FigureRow& row) {
  for (const auto& figure : row.figures) {
    const auto key = keyOf(figure, row.averaging);
    json["metrics"][key] = numberOrNull(figure.value);
    json["intervals"][key] = figure.interval ? Json{figure.interval->low, figure.interval->high} : Json(nullptr);
  }
}

Json scriptJson(const PredictorFigures& figures) {
  Json json;
  addRow(json, figures.row(Averaging::UpstreamScript));
  return json;
}

Json predictorJson(const std::string& name, const PredictorFigures& figures) {
  Json json;
  json["predictor"] = name;
  addRow(json, figures.row(Averaging::PerImage));
  addRow(json, figures.row(Averaging::Pooled));
  json["upstream_script"] = scriptJson(figures);
  return json;
}

std::string cellOf(const Json& holder, const std::string& key, int digits) {
  if (!holder["metrics"].contains(key)) return {};
  const auto& value = holder["metrics"][key];
  if (value.is_null()) return "-";
  const auto& interval = holder["intervals"][key];
  std::string text = fixedText(value, digits);
  if (!interval.is_null()) text += " [" + fixedText(interval[0], digits) + ", " + fixedText(interval[1], digits) + "]";
  return text;
}

}  // namespace

void addAudit(Json& json, const ScoreAudit& audit) {
  addRow(json, audit.model.row(Averaging::PerImage));
  addRow(json, audit.model.row(Averaging::Pooled));
  json["interval_method"] = bootstrapText();
  json["defined_pictures"] = Json::object();
  for (const auto& figure : audit.model.row(Averaging::PerImage).figures)
    if (figure.defined != audit.pictures) json["defined_pictures"][keyOf(figure, Averaging::PerImage)] = figure.defined;
  json["upstream_script"] = scriptJson(audit.model);
  json["upstream_script"]["definition"] = definitionOf(Averaging::UpstreamScript);
  json["sanity"] = Json::array({predictorJson("all on", audit.allOn), predictorJson("all off", audit.allOff)});
  json["impossible_pairs"] = audit.impossible;
  json["definitions"] = Json::object();
  for (const auto& info : allMetrics()) json["definitions"][info.key] = info.formula;
  for (const auto averaging : {Averaging::PerImage, Averaging::Pooled, Averaging::UpstreamScript})
    json["definitions"][titleOf(averaging)] = definitionOf(averaging);
}

void printAudit(const Json& result, std::ostream& out) {
  Table table({"", "mean over images", "pooled", "all on", "all off"}, "lrrrr");
  for (const auto& info : allMetrics()) {
    const std::string key = info.key, mean = key + "_mean";
    const int digits = info.unit[0] == '\0' ? 3 : 1;
    const auto sanity = [&](int which) {
      const auto& value = result["sanity"][std::size_t(which)]["metrics"][mean];
      return value.is_null() ? std::string("-") : fixedText(value, digits);
    };
    const std::string unit = info.unit;
    table.add({info.title + (unit.empty() ? std::string() : ", " + unit), cellOf(result, mean, digits),
               cellOf(result, key + "_pooled", digits), sanity(0), sanity(1)});
  }
  table.print(out);
  for (const auto& [key, count] : result["defined_pictures"].items())
    out << key << " over " << count << " of " << result["n"] << " pictures; it is undefined, or was not measured, for the others\n";
  const auto& script = result["upstream_script"];
  out << "\nupstream script:  IoU " << cellOf(script, "iou", 3) << ", Dice " << cellOf(script, "dice", 3) << ";  all on: IoU "
      << fixedText(result["sanity"][0]["upstream_script"]["metrics"]["iou"], 3) << '\n'
      << script["definition"].get<std::string>() << "\n\n";
  for (const auto& sentence : result["impossible_pairs"]) out << "Careful, impossible: " << sentence.get<std::string>() << '\n';
  out << result["interval_method"].get<std::string>() << '\n';
  for (const auto& info : allMetrics())
    if (info.metric != Metric::AreaPixels) out << "  " << info.title << ": " << info.formula << '\n';
}

}  // namespace gps::cli
