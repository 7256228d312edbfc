#pragma once
// What the page of data says about a data set, in the words of its task.
#include <QStringList>

#include "core/values/dataset.h"

namespace gps::app {

QString layoutLabel(const QString& layout);
QString problemText(const DataProblem& problem);
// When nothing is wrong.
QString noProblemText(TaskKind task, bool isChecked);
// train, val, test as far as they are there, then the others by name.
QStringList orderedSplits(const DataSummary& data);

}  // namespace gps::app
