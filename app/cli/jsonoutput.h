#pragma once
// Values of the engine as JSON, with the keys that scripts rely on.
#include "app/cli/command.h"
#include "core/values/dataset.h"
#include "core/values/metrics.h"
#include "core/values/modelinfo.h"
#include "core/values/runspec.h"
#include "core/values/selectioncounts.h"

namespace gps::cli {

Json toJson(const ModelDescription& model);
Json blocksJson(const std::vector<BlockCount>& blocks);
Json toJson(const SelectionCounts& counts);
Json toJson(const SelectionSpec& spec);
Json toJson(const EpochRecord& record);
Json toJson(const DataSummary& summary);
Json contaminationJson(const DataSummary& data, const std::string& modelId);  // data_set sentence
Json leaksJson(const std::vector<DataLeak>& leaks);
Json metricsJson(const SegmentationScore& score);    // dice_mean iou_mean dice_pooled iou_pooled
Json caseJson(const CaseScore& score);               // id and every metric by its key; null: not measured, or undefined
Json metricsJson(const ClassificationScore& score);  // top1 top5 mean_class_accuracy
Json caseJson(const ClassCase& score, const std::vector<std::string>& classes);
Json classesJson(const ClassificationScore& score);     // per class: class n right accuracy; classes without pictures left out
Json confusionsJson(const ClassificationScore& score);  // class predicted count of what was wrong, most frequent first
std::string problemWord(ProblemKind kind);

// One line, replacing text that is not UTF-8; numbers that are not finite become null.
std::string jsonText(const Json& json);

// Counts per block as a table.
void printBlocks(const Json& perBlock, std::ostream& out);

}  // namespace gps::cli
