#pragma once
// What a person should know before a run begins, one sentence each; the run may be begun all the same.
#include <QList>
#include <QString>

#include "app/engine/messages.h"
#include "app/project/diskneed.h"
#include "app/project/leakevidence.h"

namespace gps::app {

struct RunWarning {
  QString key;  // the same for the same trouble, however much is free at the moment and in any language
  QString text;
};

// cost: null while none was measured for these settings.
QList<RunWarning> runWarnings(const TrainCost* cost, const DiskNeed& disk, const LeakEvidence& evidence);

}  // namespace gps::app
