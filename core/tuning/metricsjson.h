#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/values/metrics.h"

namespace gps {

// The scores of an epoch under the names that files and scripts use, by its task.
std::map<std::string, double> metricsOf(const EpochRecord& record);

// One line of metrics.jsonl and back.
std::string metricsLine(const EpochRecord& record);
// Lines in order; a last line cut short by a killed process is left out. unstated: the precision of lines that name none. Throws
// Error(BadFile) for anything else that is damaged.
std::vector<EpochRecord> readMetrics(const std::string& path, Precision unstated = Precision::Fp32);
// Highest headline from epoch 1 on, the earlier of equals; the last epoch where nothing was scored above 0; 0 without an epoch.
int bestEpochOf(const std::vector<EpochRecord>& epochs);
// Of that epoch; null: there is none.
const EpochRecord* recordOf(const std::vector<EpochRecord>& epochs, int epoch);

}  // namespace gps
