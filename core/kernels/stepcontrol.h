#pragma once
// What one training step must know and may change without asking the host, so that a step can be captured in a CUDA graph. A plain
// struct beside the arena, on its device; the host writes it between steps and reads it when it likes.
#include <cstdint>

#include "core/kernels/onboth.h"

namespace gps::kernels {

// Why nothing is written any more.
enum class BadCause : std::int32_t {
  None,
  Loss,      // a loss is not finite
  Gradient,  // an entry of the gradient is not finite, and no loss scale can be blamed
  Scale      // the loss scale fell below 1: the gradient overflows whatever it is
};

// Loss scaling after torch.amp.GradScaler: the loss is multiplied by the scale before the backward; a gradient that overflows costs its
// step and lowers the scale, `interval` good steps in a row raise it.
struct LossScaling {
  bool isOn = false;
  float initial = 65536, growth = 2, backoff = 0.5;
  std::int64_t interval = 2000;
};

struct StepControl {
  // Of the run; written by the host between steps.
  double learningRate = 0;  // of the next step, before a chunk's factor
  // Carried from step to step; a resumed run writes them back.
  std::int64_t steps = 0;         // updates written so far; the next one is t = steps + 1
  std::int64_t skipped = 0;       // steps left out because the scaled gradient overflowed
  std::int64_t goodSteps = 0;     // written in a row at this loss scale, 0 … interval - 1
  float lossScale = 1;            // multiplies the loss before the backward; 1 when scaling is off
  BadCause bad = BadCause::None;  // sticky: no array and nothing else here changes while it is set
  // Of this epoch, every step that was not bad, skipped ones included.
  double lossSum = 0;     // Σ loss × weight
  double lossWeight = 0;  // Σ weight
  // Of the last step; when it was bad, what made it so.
  double lastLoss = 0;
  double gradientNorm = 0;  // L2 norm of the whole gradient, unscaled, before clipping
  // From the decision to the update of one step.
  double gradientFactor = 1;  // undoes the scale and clips
  double rate = 0;            // learningRate / (1 - beta1^t)
  double rootCorrection = 1;  // 1 / sqrt(1 - beta2^t)
  std::int64_t isWritten = 0;
};

inline StepControl freshControl(double learningRate, const LossScaling& scaling = {}) {
  StepControl c;
  c.learningRate = learningRate;
  if (scaling.isOn) c.lossScale = scaling.initial;
  return c;
}

// A new epoch: its rate, its sums from zero.
GPS_ON_BOTH inline void startEpoch(StepControl& c, double learningRate) {
  c.learningRate = learningRate;
  c.lossSum = c.lossWeight = 0;
}

// The same for a control on the device; launched on `stream` (a cudaStream_t), so they take effect after the steps queued there. The value
// travels in the launch: no pinned memory, no wait. Return a CUDA error code, 0 on success.
int startEpochOnCuda(StepControl* control, double learningRate, void* stream);
int writeControlOnCuda(StepControl* control, const StepControl& value, void* stream);

}  // namespace gps::kernels
