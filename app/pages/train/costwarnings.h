#pragma once
// What a person should know before a run begins, one sentence each; the run may be begun all the same.
#include <QList>
#include <QString>
#include <memory>
#include <vector>

#include "app/engine/messages.h"
#include "app/project/diskneed.h"

namespace gps::app {

struct RunWarning {
  QString key;  // the same for the same trouble, however much is free at the moment and in any language
  QString text;
};

// cost: null while none was measured for these settings. data: null: not opened.
QList<RunWarning> runWarnings(const TrainCost* cost, const DiskNeed& disk, const DataSummary* data,
                              const std::vector<KnownContamination>& contamination);

}  // namespace gps::app
