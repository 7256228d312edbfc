#include "core/tuning/metricsjson.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/tuning/textfile.h"
#include "core/values/error.h"

namespace gps {

using nlohmann::json;

std::map<std::string, double> metricsOf(const EpochRecord& e) {
  if (e.task == TaskKind::Segmentation)
    return {{"dice_mean", e.diceMean}, {"iou_mean", e.iouMean}, {"dice_pooled", e.dicePooled}, {"iou_pooled", e.iouPooled}};
  std::map<std::string, double> metrics{{"top1", e.top1}, {"top5", e.top5}};
  if (e.emaTop1) metrics["ema_top1"] = *e.emaTop1;
  if (e.emaTop5) metrics["ema_top5"] = *e.emaTop5;
  return metrics;
}

// JSON has no word for a number that is not finite; it is written as null.
static double lossOf(const json& j) { return j.is_null() ? std::numeric_limits<double>::quiet_NaN() : j.get<double>(); }

static EpochRecord recordOf(const json& j) {
  EpochRecord e;
  e.epoch = j.at("epoch");
  e.trainLoss = lossOf(j.at("train_loss"));
  e.valLoss = lossOf(j.at("val_loss"));
  e.learningRate = j.at("learning_rate");
  e.seconds = j.at("seconds");
  const auto& m = j.at("metrics");
  if (m.contains("top1")) {
    e.task = TaskKind::Classification;
    e.top1 = m.at("top1");
    e.top5 = m.at("top5");
    if (m.contains("ema_top1")) e.emaTop1 = m.at("ema_top1").get<double>();
    if (m.contains("ema_top5")) e.emaTop5 = m.at("ema_top5").get<double>();
  } else {
    e.diceMean = m.at("dice_mean");
    e.iouMean = m.at("iou_mean");
    e.dicePooled = m.at("dice_pooled");
    e.iouPooled = m.at("iou_pooled");
  }
  return e;
}

std::string metricsLine(const EpochRecord& e) {
  return json{{"epoch", e.epoch},        {"train_loss", e.trainLoss},       {"val_loss", e.valLoss},
              {"metrics", metricsOf(e)}, {"learning_rate", e.learningRate}, {"seconds", e.seconds}}
      .dump();
}

std::vector<EpochRecord> readMetrics(const std::string& path) {
  std::vector<EpochRecord> epochs;
  const auto text = readText(path);
  std::istringstream lines(text);
  const bool endsCleanly = text.empty() || text.back() == '\n';
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (lines.eof() && !endsCleanly) break;
    try {
      epochs.push_back(recordOf(json::parse(line)));
    } catch (const json::exception& e) {
      throw Error(ErrorCode::BadFile, path, "line " + std::to_string(number) + " cannot be read: " + e.what(), "Remove the damaged line");
    }
  }
  return epochs;
}

int bestEpochOf(const std::vector<EpochRecord>& epochs) {
  const EpochRecord* best = nullptr;
  for (const auto& e : epochs)
    if (e.epoch > 0 && (best == nullptr || e.headline() > best->headline())) best = &e;
  if (best == nullptr) return 0;
  return best->headline() > 0 ? best->epoch : epochs.back().epoch;
}

}  // namespace gps
