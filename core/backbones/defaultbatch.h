#pragma once
#include "core/values/modelinfo.h"

namespace gps {

// Pictures of a batch where none is asked for: 32 for classification (gps-method 2.4), else 8, or 1 at 1024 px.
inline int defaultBatch(const ModelDescription& model, int imageSize) {
  if (model.task == TaskKind::Classification) return 32;
  return imageSize >= 1024 ? 1 : 8;
}

}  // namespace gps
