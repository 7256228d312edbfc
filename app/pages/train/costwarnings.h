#pragma once
// What a person should know before a run begins, one sentence each; the run may be begun all the same.
#include <QStringList>
#include <memory>
#include <vector>

#include "app/engine/messages.h"

namespace gps::app {

// cost: null while none was measured for these settings. data: null: not opened.
QStringList runWarnings(const TrainCost* cost, const DataSummary* data, const std::vector<KnownContamination>& contamination);

}  // namespace gps::app
