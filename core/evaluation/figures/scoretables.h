#pragma once
// Scores as CSV, with the definitions in lines that begin with "# ". Numbers in the C locale, all digits; an empty cell: not measured, or
// undefined.
#include <string>
#include <vector>

#include "core/evaluation/figures/audit.h"

namespace gps {

// "dice: 2TP / …", one a metric; then the averaging rules and the intervals.
std::vector<std::string> definitionLines(double threshold, const BootstrapOptions& options = {});

// A row a picture: id, all metrics, area of the truth, pixel counts.
std::string caseTableCsv(const std::vector<CaseScore>& cases, double threshold = 0.5);
// A row for each predictor, averaging and metric: value, bounds, pictures that count. `name`: of the predictions.
std::string auditCsv(const std::string& name, const ScoreAudit& audit, double threshold = 0.5, const BootstrapOptions& options = {});

// Shortest text that reads back as the same number; empty unless finite.
std::string numberText(double value);

}  // namespace gps
