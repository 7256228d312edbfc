#pragma once
#include "core/values/names.h"

namespace gps {

// How a picture becomes a square where nothing is asked for: cropped for classification, else squashed.
inline PreprocessKind preprocessFor(TaskKind task, PreprocessKind wish) {
  if (wish != PreprocessKind::Auto) return wish;
  return task == TaskKind::Classification ? PreprocessKind::Crop : PreprocessKind::Squash;
}

}  // namespace gps
