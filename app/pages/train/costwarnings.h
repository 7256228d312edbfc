#pragma once
// What a person should know before a run begins, one sentence each; the run may be begun all the same.
#include <QStringList>

#include "app/engine/messages.h"
#include "app/project/leakevidence.h"

namespace gps::app {

// cost: null while none was measured for these settings.
QStringList runWarnings(const TrainCost* cost, const LeakEvidence& evidence);

}  // namespace gps::app
