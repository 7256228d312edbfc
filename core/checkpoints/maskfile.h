#pragma once
// A selection for other programs.
#include <string>

#include "core/selection/selection.h"
#include "core/values/selectionstructure.h"

namespace gps {

// safetensors: for every weight that the method may select from one BOOL tensor under the checkpoint's own name, true where selected;
// its shape is the map's (a selection file's own map knows rows x columns only, a model's the true shape). Metadata `format`
// gps-mask/1 and `spec`. Atomic. Throws Error(Io).
void writeMaskFile(const std::string& path, const ParameterMap& map, const Selection& selection);

// CSV, a line a weight: block, kind, tensor, rows, cols, selected, share, union_columns, union_share, top_column, top_column_share.
// A weight without a pick has no top column. Atomic. Throws Error(Io).
void writeSummaryTable(const std::string& path, const SelectionStructure& structure);

}  // namespace gps
