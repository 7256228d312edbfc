#pragma once
// The only way to QCustomPlot: its header uses the bare Qt keywords, which our targets switch off. Include it in .cpp files only,
// after every other header.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
