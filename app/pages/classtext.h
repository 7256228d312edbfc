#pragma once
// Classes as people read them.
#include <QStringList>

#include "core/values/dataset.h"
#include "core/values/metrics.h"

namespace gps::app {

// In the order of data.classes; titles where the classes are codes.
QStringList classTitles(const DataSummary& data);
// In the order of score.classes, with the titles of `data`.
QStringList classTitles(const ClassificationScore& score, const DataSummary& data);
// Definitions, one sentence each.
QString topOneDefinition(bool isClassSubset);
QString topFiveDefinition();
QString classAccuracyDefinition();

}  // namespace gps::app
