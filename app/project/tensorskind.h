#pragma once
// What a .safetensors file holds: weights of a model, or what this program wrote. Any thread.
#include <QString>

namespace gps::app {

enum class TensorsKind {
  Weights,  // or anything else without a name of its own
  Pack,     // pictures
  Selection,
  Delta,  // also the values of a run
  GradientPass,
  Other,  // of this program, but nothing to open: a mask, a training state …
  Unreadable
};

// Reads the header, no values.
TensorsKind tensorsKindOf(const QString& path);

}  // namespace gps::app
