#pragma once
// Where a run stands, to the step: what is saved is exactly what the next step depends on (random numbers are counter-based and
// need no state).
#include <string>

#include "core/tuning/step/flatstate.h"

namespace gps {

struct RunPosition {
  int epoch = 0;          // 0-based epoch that is running
  int nextBatch = 0;      // inside it; = batches per epoch when only its validation is missing
  std::int64_t step = 0;  // steps done in the whole run
  bool warmedUp = false;  // the decoder warm-up is behind
  double epochSeconds = 0, totalSeconds = 0, selectionSeconds = 0;
};

// state/last.safetensors: values, m, v and, where it is defined, the average of the values, [n] F32; the position and the control of
// the steps. Waits for the device; written atomically.
void saveRunState(const std::string& path, const FlatState& state, const RunPosition& position);
// The position alone.
RunPosition readRunPosition(const std::string& path);
// Fills values (not the arena), m, v, the average where it is defined, and the control. Throws Error(NotFound, BadFile, Mismatch when the
// number of trained values differs).
RunPosition loadRunState(const std::string& path, FlatState& state);

}  // namespace gps
