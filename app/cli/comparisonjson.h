#pragma once
// Comparisons and statistics of selections as JSON, tables and CSV.
#include <ostream>
#include <string>

#include "app/cli/command.h"
#include "core/values/scorehistogram.h"
#include "core/values/selectioncomparison.h"
#include "core/values/selectionstructure.h"

namespace gps::cli {

// Every key that describes a comparison; `tasks` lacks what only the file tells (file, spec).
Json toJson(const SelectionComparison& comparison);
Json toJson(const SelectionStructure& structure);
Json toJson(const ScoreHistogram& histogram);

void printComparison(const Json& json, std::ostream& out);
void printStructure(const Json& json, std::ostream& out);

// CSV, the pairs, then the blocks, told apart by the first column: part (pair|block), a, b, block, kind, and the numbers of either.
// Atomic. Throws Error(Io).
void writeComparisonTable(const std::string& path, const Json& json);

}  // namespace gps::cli
