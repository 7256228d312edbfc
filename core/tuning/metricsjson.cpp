#include "core/tuning/metricsjson.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "core/tuning/textfile.h"
#include "core/values/error.h"

namespace gps {

using nlohmann::json;

std::string metricsLine(const EpochRecord& e) {
  return json{{"epoch", e.epoch},
              {"train_loss", e.trainLoss},
              {"val_loss", e.valLoss},
              {"metrics", {{"dice_mean", e.diceMean}, {"iou_mean", e.iouMean}, {"dice_pooled", e.dicePooled}, {"iou_pooled", e.iouPooled}}},
              {"learning_rate", e.learningRate},
              {"seconds", e.seconds}}
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
      const auto j = json::parse(line);
      const auto& m = j.at("metrics");
      epochs.push_back({j.at("epoch"), j.at("train_loss"), j.at("val_loss"), m.at("dice_mean"), m.at("iou_mean"), m.at("dice_pooled"),
                        m.at("iou_pooled"), j.at("learning_rate"), j.at("seconds")});
    } catch (const json::exception& e) {
      throw Error(ErrorCode::BadFile, path, "line " + std::to_string(number) + " cannot be read: " + e.what(), "Remove the damaged line");
    }
  }
  return epochs;
}

int bestEpochOf(const std::vector<EpochRecord>& epochs) {
  const EpochRecord* best = nullptr;
  for (const auto& e : epochs)
    if (e.epoch > 0 && (best == nullptr || e.diceMean > best->diceMean)) best = &e;
  if (best == nullptr) return 0;
  return best->diceMean > 0 ? best->epoch : epochs.back().epoch;
}

}  // namespace gps
