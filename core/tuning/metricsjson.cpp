#include "core/tuning/metricsjson.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/tuning/textfile.h"
#include "core/values/error.h"

namespace gps {

using nlohmann::json;

std::map<std::string, double> metricsOf(const EpochRecord& e) {
  if (!e.isScored) return {};
  if (e.task == TaskKind::Segmentation) {
    std::map<std::string, double> metrics{
        {"dice_mean", e.diceMean}, {"iou_mean", e.iouMean}, {"dice_pooled", e.dicePooled}, {"iou_pooled", e.iouPooled}};
    if (e.precisionMean) metrics["precision_mean"] = *e.precisionMean;
    if (e.recallMean) metrics["recall_mean"] = *e.recallMean;
    return metrics;
  }
  std::map<std::string, double> metrics{{"top1", e.top1}, {"top5", e.top5}};
  if (e.emaTop1) metrics["ema_top1"] = *e.emaTop1;
  if (e.emaTop5) metrics["ema_top5"] = *e.emaTop5;
  return metrics;
}

// JSON has no word for a number that is not finite; it is written as null.
static double lossOf(const json& j) { return j.is_null() ? std::numeric_limits<double>::quiet_NaN() : j.get<double>(); }

static void readFigures(EpochRecord& e, const json& j, Precision unstated) {
  e.precision = j.contains("precision") ? parseWord<Precision>(j.at("precision").get<std::string>()) : unstated;
  e.valLoss = lossOf(j.at("val_loss"));
  const auto& m = j.at("metrics");
  e.isScored = !m.empty();
  if (!e.isScored) {
    if (j.contains("task")) e.task = parseWord<TaskKind>(j.at("task").get<std::string>());
    return;
  }
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
    if (m.contains("precision_mean")) e.precisionMean = m.at("precision_mean").get<double>();
    if (m.contains("recall_mean")) e.recallMean = m.at("recall_mean").get<double>();
  }
}

static EpochRecord recordIn(const json& j, Precision unstated) {
  EpochRecord e;
  e.epoch = j.at("epoch");
  e.trainLoss = lossOf(j.at("train_loss"));
  e.learningRate = j.at("learning_rate");
  e.seconds = j.at("seconds");
  readFigures(e, j, unstated);
  if (j.contains("again")) {
    EpochRecord again;
    readFigures(again, j.at("again"), Precision::Fp32);
    e.again = again;
  }
  return e;
}

static void addFigures(json& j, const EpochRecord& e) {
  j["precision"] = wordOf(e.precision);
  j["val_loss"] = e.isScored ? json(e.valLoss) : json(nullptr);
  j["metrics"] = metricsOf(e);
  if (!e.isScored) j["task"] = wordOf(e.task);
}

std::string metricsLine(const EpochRecord& e) {
  json line{{"epoch", e.epoch}, {"train_loss", e.trainLoss}, {"learning_rate", e.learningRate}, {"seconds", e.seconds}};
  addFigures(line, e);
  if (e.again) addFigures(line["again"], e.measuredLast());
  return line.dump();
}

std::vector<EpochRecord> readMetrics(const std::string& path, Precision unstated) {
  std::vector<EpochRecord> epochs;
  const auto text = readText(path);
  std::istringstream lines(text);
  const bool endsCleanly = text.empty() || text.back() == '\n';
  int number = 0;
  const auto fail = [&](const std::string& why) {
    throw Error(ErrorCode::BadFile, path, "line " + std::to_string(number) + " cannot be read: " + why, "Remove the damaged line");
  };
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (lines.eof() && !endsCleanly) break;
    try {
      epochs.push_back(recordIn(json::parse(line), unstated));
    } catch (const json::exception& e) {
      fail(e.what());
    } catch (const Error& e) {
      fail(e.what());
    }
  }
  return epochs;
}

const EpochRecord* recordOf(const std::vector<EpochRecord>& epochs, int epoch) {
  const auto found = std::find_if(epochs.begin(), epochs.end(), [&](const EpochRecord& e) { return e.epoch == epoch; });
  return found == epochs.end() ? nullptr : &*found;
}

int bestEpochOf(const std::vector<EpochRecord>& epochs) {
  const EpochRecord* best = nullptr;
  for (const auto& e : epochs)
    if (e.epoch > 0 && (best == nullptr || e.headline() > best->headline())) best = &e;
  if (best == nullptr) return 0;
  return best->headline() > 0 ? best->epoch : epochs.back().epoch;
}

}  // namespace gps
