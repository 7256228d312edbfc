#include "app/cli/jsonoutput.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/cli/table.h"
#include "core/checkpoints/specjson.h"
#include "core/data/checks/contamination.h"
#include "core/evaluation/figures/metric.h"
#include "core/tuning/metricsjson.h"

namespace gps::cli {

Json toJson(const ModelDescription& model) {
  Json json;
  json["id"] = model.id;
  json["title"] = model.title;
  json["parameters"] = model.parameters;
  json["input_size"] = model.inputSize;
  json["weights_source"] = model.weightsSource;
  if (model.task == TaskKind::Segmentation) json["points"] = model.takesPoints;
  return json;
}

Json blocksJson(const std::vector<BlockCount>& blocks) {
  Json json = Json::array();
  for (const auto& block : blocks)
    json.push_back({{"block", block.block}, {"kind", block.kind}, {"selected", block.selected}, {"available", block.available}});
  return json;
}

Json toJson(const SelectionCounts& counts) {
  Json json;
  json["k"] = counts.keptPerRow;
  json["selected"] = counts.selected;
  json["rows"] = counts.rows;
  json["zero_rows"] = counts.zeroRows;
  json["trainable"] = counts.trainable;
  json["trainable_share"] = counts.trainableShare;
  json["trainable_total"] = counts.trainableTotal;
  json["total_share"] = counts.totalShare;
  json["captured_share"] = counts.capturedShare;
  json["per_block"] = blocksJson(counts.perBlock);
  return json;
}

Json toJson(const SelectionSpec& spec) { return Json::parse(selectionSpecToJson(spec)); }

Json toJson(const EpochRecord& record) {
  Json json;
  json["epoch"] = record.epoch;
  json["train_loss"] = record.trainLoss;
  json["val_loss"] = record.isScored ? Json(record.valLoss) : Json(nullptr);
  json["metrics"] = metricsOf(record);
  json["precision"] = wordOf(record.precision);
  json["learning_rate"] = record.learningRate;
  json["seconds"] = record.seconds;
  return json;
}

std::string problemWord(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::MissingMask:
      return "missing_mask";
    case ProblemKind::MissingImage:
      return "missing_image";
    case ProblemKind::SizeMismatch:
      return "size_mismatch";
    case ProblemKind::EmptyMask:
      return "empty_mask";
    case ProblemKind::NonBinaryMask:
      return "non_binary_mask";
    case ProblemKind::Unreadable:
      return "unreadable";
    case ProblemKind::DuplicateId:
      return "duplicate_id";
    case ProblemKind::UnknownId:
      return "unknown_id";
    case ProblemKind::UnknownClass:
      return "unknown_class";
    case ProblemKind::EmptyClass:
      return "empty_class";
  }
  return "unknown";
}

Json contaminationJson(const DataSummary& data, const std::string& modelId) {
  Json json = Json::array();
  for (const auto& entry : knownContamination(data, modelId)) json.push_back({{"data_set", entry.dataSet}, {"sentence", entry.sentence}});
  return json;
}

Json leaksJson(const std::vector<DataLeak>& leaks) {
  Json json = Json::array();
  for (const auto& leak : leaks)
    json.push_back({{"a", leak.idA}, {"split_a", leak.splitA}, {"b", leak.idB}, {"split_b", leak.splitB}, {"kind", leak.kind}});
  return json;
}

// Pictures of every class in every split, classes in their order.
Json classCountsJson(const DataSummary& summary) {
  std::map<std::string, std::map<std::string, int>> counts;
  for (const auto& item : summary.items) ++counts[item.className][item.split];
  Json json = Json::array();
  for (std::size_t i = 0; i < summary.classes.size(); ++i) {
    Json row{{"class", summary.classes[i]}, {"splits", Json::object()}};
    if (!summary.classTitles.empty()) row["title"] = summary.classTitles[i];
    for (const auto& [split, count] : counts[summary.classes[i]]) row["splits"][split] = count;
    json.push_back(std::move(row));
  }
  return json;
}

Json toJson(const DataSummary& summary) {
  Json json;
  json["task"] = wordOf(summary.task);
  json["folder"] = summary.folder;
  json["layout"] = summary.layout;
  json["pack"] = summary.isPack;
  json["images"] = summary.items.size();
  json["classes"] = summary.classes;
  if (summary.task == TaskKind::Classification) {
    json["class_titles"] = summary.classTitles;
    json["class_subset"] = summary.isClassSubset;
    json["class_counts"] = classCountsJson(summary);
  }
  json["splits"] = Json::object();
  for (const auto& [name, count] : summary.splits) json["splits"][name] = count;
  json["split_rule"] = summary.splitRule;
  json["problems"] = Json::array();
  for (const auto& problem : summary.problems)
    json["problems"].push_back({{"kind", problemWord(problem.kind)}, {"id", problem.id}, {"text", problem.text}});
  json["leaks"] = leaksJson(summary.leaks);
  json["data_hash"] = summary.dataHash;
  return json;
}

Json metricsJson(const SegmentationScore& score) {
  Json json;
  json["dice_mean"] = score.diceMean;
  json["iou_mean"] = score.iouMean;
  json["dice_pooled"] = score.dicePooled;
  json["iou_pooled"] = score.iouPooled;
  return json;
}

Json caseJson(const CaseScore& score) {
  Json json;
  const auto& c = score.counts;
  json["id"] = score.id;
  for (const auto& info : allMetrics()) {
    const auto value = valueOf(info.metric, score);
    json[info.key] = value ? Json(*value) : Json(nullptr);
  }
  json["truth_area_px"] = c.truePositive + c.falseNegative;
  json["counts"] = {{"tp", c.truePositive}, {"fp", c.falsePositive}, {"fn", c.falseNegative}, {"tn", c.trueNegative}};
  if (score.boundary) json["boundary_tolerance_px"] = score.boundary->tolerance;
  return json;
}

Json metricsJson(const ClassificationScore& score) {
  return {{"top1", score.top1}, {"top5", score.top5}, {"mean_class_accuracy", score.meanClassAccuracy()}};
}

Json caseJson(const ClassCase& c, const std::vector<std::string>& classes) {
  return {{"id", c.id},
          {"class", classes[std::size_t(c.truth)]},
          {"predicted", classes[std::size_t(c.predicted)]},
          {"probability", c.probability},
          {"class_probability", c.truthProbability},
          {"right", c.truth == c.predicted},
          {"in_top5", c.inTopFive}};
}

Json classesJson(const ClassificationScore& score) {
  Json json = Json::array();
  for (std::size_t c = 0; c < score.classes.size(); ++c) {
    const auto accuracy = score.accuracy(int(c));
    if (!accuracy) continue;
    json.push_back(
        {{"class", score.classes[c]}, {"n", score.pictures(int(c))}, {"right", score.count(int(c), int(c))}, {"accuracy", *accuracy}});
  }
  return json;
}

Json confusionsJson(const ClassificationScore& score) {
  struct Confusion {
    std::size_t truth, predicted;
    int count;
  };
  std::vector<Confusion> all;
  const auto n = score.classes.size();
  for (std::size_t i = 0; i < score.confusion.size(); ++i)
    if (score.confusion[i] > 0 && i / n != i % n) all.push_back({i / n, i % n, score.confusion[i]});
  std::stable_sort(all.begin(), all.end(), [](const Confusion& a, const Confusion& b) { return a.count > b.count; });
  Json json = Json::array();
  for (const auto& c : all)
    json.push_back({{"class", score.classes[c.truth]}, {"predicted", score.classes[c.predicted]}, {"count", c.count}});
  return json;
}

std::string jsonText(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

void printBlocks(const Json& perBlock, std::ostream& out) {
  Table table({"block", "kind", "selected", "of", "share"}, "llrrr");
  for (const auto& row : perBlock) {
    const auto selected = row["selected"].get<std::int64_t>(), available = row["available"].get<std::int64_t>();
    table.add({row["block"], row["kind"], countText(selected), countText(available),
               percentText(available > 0 ? double(selected) / double(available) : 0, 3)});
  }
  table.print(out);
}

}  // namespace gps::cli
