#pragma once
// Runs as tables and plots show them. Pure functions of values.
#include <QList>
#include <QSet>

#include "app/pages/runsettings.h"
#include "app/project/runlibrary.h"
#include "app/project/runnotes.h"
#include "widgets/frontierplot.h"
#include "widgets/parallelplot.h"
#include "widgets/runrow.h"

namespace gps::app {

ui::RunRow rowOf(const RunEntry& run, const RunNote& note);

bool isClassification(const RunEntry& run);
bool allClassify(const QList<RunPtr>& runs);  // no for none
// The value that the best epoch has; NaN: nothing was scored.
double bestValue(const RunEntry& run);

// Runs that differ in their seed only.
struct SeedGroup {
  QString name;  // by the settings in which the groups differ
  QList<RunPtr> runs;
  bool isClassification = false;
  double mean = 0, deviation = 0, low = 0, high = 0;  // of the best values; deviation NaN for one run
};
// Of those that have a value; in the order of their first runs.
QList<SeedGroup> seedGroups(const QList<RunPtr>& runs);

// What a sweep says of K. bySize: against MB (10⁶ bytes) instead.
QList<ui::FrontierSeries> frontierSeries(const QList<RunPtr>& runs, bool bySize);

struct ParallelData {
  QList<ui::ParallelAxis> axes;
  QList<ui::ParallelLine> lines;
};
// Axes for the settings in which the runs differ (level, criterion and method together are the scheme), and for the value. standOut: ticked
// ones, drawn in their colour.
ParallelData parallelData(const QList<RunPtr>& runs, const QSet<QString>& standOut, const RunNotes& notes);

}  // namespace gps::app
