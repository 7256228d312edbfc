#pragma once
// Columns of the table of runs that depend on the runs: further metrics that they recorded, settings in which they differ. Pure functions
// of values, but for the words, which are in the language of the moment.
#include "app/project/runlibrary.h"
#include "widgets/runrow.h"

namespace gps::app {

struct ExtraColumns {
  QList<ui::RunColumn> columns;
  QHash<QString, QHash<QString, QVariant>> values;  // by run's id, then by column's key
};
ExtraColumns extraColumns(const QList<RunPtr>& runs);

}  // namespace gps::app
