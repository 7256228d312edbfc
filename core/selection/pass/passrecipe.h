#pragma once
#include "core/backbones/model.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

// spec with everything filled in that leads to a selection: model, base, data, size, precision, prompt and preprocessing, and the batch
// where it is 0. What selection and field files carry.
SelectionSpec recipeOf(const Model& model, const DataSummary& data, const ModelSpec& modelSpec, const SelectionSpec& spec);

// `asked` of a selection that is made again from the same measurements: what it was made from is that of `made`.
SelectionSpec withOriginOf(SelectionSpec asked, const SelectionSpec& made);

}  // namespace gps
