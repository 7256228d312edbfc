#pragma once
#include "core/backbones/model.h"
#include "core/data/loader.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

// Refuses a loss that is not of the model's task, data of another one and, for cross-entropy, a head of another class count:
// Error(BadArgument, Mismatch).
void requireLossOfTask(const Model& model, const DataSummary& data, LossKind loss);
// Which pictures a pass takes, in which order and views; recipe as recipeOf makes it. Error(BadArgument) without a training split.
LoaderSpec passLoading(const Model& model, const DataSummary& data, const SelectionSpec& recipe);

}  // namespace gps
