#pragma once
#include "core/values/dataset.h"
#include "core/values/error.h"
#include "core/values/modelinfo.h"

namespace gps {

// Throws Error(Mismatch) when the model does another task than the data are for.
inline void requireSameTask(const ModelDescription& model, const DataSummary& data) {
  if (data.task == model.task) return;
  const auto does = wordOf(model.task);
  throw Error(ErrorCode::Mismatch, data.folder, "is a data set for " + wordOf(data.task) + "; " + model.id + " does " + does,
              "Open a data set for " + does + ", or another model");
}

}  // namespace gps
