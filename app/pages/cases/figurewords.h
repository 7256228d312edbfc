#pragma once
// Metrics and averaging rules in the language of the window.
#include <QString>

#include "core/evaluation/figures/audit.h"

namespace gps::app {

QString metricName(Metric metric);
QString metricFormula(Metric metric);
QString averagingName(Averaging averaging);
QString averagingDefinition(Averaging averaging);
// "0.877", "6.1", "13 %"; "–" when not finite.
QString figureText(Metric metric, double value);
QString intervalText(Metric metric, const Interval& interval);

}  // namespace gps::app
