#include "core/evaluation/figures/casefile.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/values/error.h"

namespace gps {

using nlohmann::json;

namespace {

constexpr const char* kFormat = "gps-cases/1";

json toJson(const BoundaryScore& b) {
  return {{"truth_px", b.truthPixels}, {"predicted_px", b.predictedPixels},
          {"truth_near", b.truthNear}, {"predicted_near", b.predictedNear},
          {"tolerance", b.tolerance},  {"distance95", std::isfinite(b.surfaceDistance95) ? json(b.surfaceDistance95) : json(nullptr)}};
}

std::optional<BoundaryScore> boundaryIn(const json& c, const char* key) {
  if (!c.contains(key)) return std::nullopt;
  const auto& j = c.at(key);
  BoundaryScore b{j.at("truth_px"), j.at("predicted_px"), j.at("truth_near"), j.at("predicted_near"), j.at("tolerance")};
  if (!j.at("distance95").is_null()) b.surfaceDistance95 = j.at("distance95");
  return b;
}

json toJson(const ThresholdCounts& curve) {
  return {{"marked", curve.marked()}, {"hit", curve.hit()}, {"truth", curve.truth()}, {"pixels", curve.pixels()}};
}

// Nothing for counts that no picture can have.
std::optional<ThresholdCounts> curveIn(const json& j) {
  const auto curve = ThresholdCounts::from(j.at("marked").get<ThresholdCounts::Steps>(), j.at("hit").get<ThresholdCounts::Steps>(),
                                           j.at("truth").get<std::int64_t>(), j.at("pixels").get<std::int64_t>());
  for (std::size_t i = 0; i < curve.marked().size(); ++i) {
    const std::int64_t marked = curve.marked()[i], hit = curve.hit()[i];
    const bool isFalling = i == 0 || (marked <= curve.marked()[i - 1] && hit <= curve.hit()[i - 1]);
    const bool isPossible = hit >= 0 && hit <= marked && hit <= curve.truth() && marked - hit <= curve.pixels() - curve.truth();
    if (!isFalling || !isPossible) return std::nullopt;
  }
  return curve;
}

}  // namespace

std::string caseFileText(const CaseFile& file) {
  json root{{"format", kFormat}, {"basis", file.basis}, {"threshold", file.threshold}, {"cases", json::array()}};
  for (const auto& c : file.cases) {
    json one{{"id", c.id},
             {"tp", c.counts.truePositive},
             {"fp", c.counts.falsePositive},
             {"fn", c.counts.falseNegative},
             {"tn", c.counts.trueNegative}};
    if (c.boundary) one["outline"] = toJson(*c.boundary);
    if (c.allOn) one["outline_all_on"] = toJson(*c.allOn);
    if (const auto curve = file.curves.find(c.id); curve != file.curves.end()) one["thresholds"] = toJson(curve->second);
    root["cases"].push_back(std::move(one));
  }
  return root.dump(1) + "\n";
}

CaseFile parseCaseFile(const std::string& text, const std::string& sourceName) {
  const auto fail = [&](const std::string& why) -> Error { return {ErrorCode::BadFile, sourceName, why, "Score the pictures again"}; };
  try {
    const auto root = json::parse(text);
    if (root.at("format") != kFormat) throw fail("is not of the format " + std::string(kFormat));
    CaseFile file{root.at("basis"), root.at("threshold"), {}, {}};
    for (const auto& c : root.at("cases")) {
      file.cases.push_back(
          {c.at("id"), {c.at("tp"), c.at("fp"), c.at("fn"), c.at("tn")}, boundaryIn(c, "outline"), boundaryIn(c, "outline_all_on")});
      if (!c.contains("thresholds")) continue;
      const auto curve = curveIn(c.at("thresholds"));
      if (!curve) throw fail("holds counts of thresholds that cannot be");
      file.curves.emplace(c.at("id"), *curve);
    }
    return file;
  } catch (const json::exception& e) {
    throw fail(std::string("cannot be read: ") + e.what());
  }
}

std::optional<CaseFile> storedCases(const std::string& path, const std::map<std::string, std::string>& basis) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  try {
    auto file = parseCaseFile(text.str(), path);
    if (file.basis != basis) return std::nullopt;
    return file;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace gps
