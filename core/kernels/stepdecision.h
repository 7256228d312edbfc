#pragma once
// Before an update: is it written, and by which factors. Σ g² over the flat gradient, then one decision from it and the loss.
#include <cmath>
#include <cstdint>

#include "core/kernels/onboth.h"
#include "core/kernels/stepcontrol.h"

namespace gps::kernels {

enum class UpdateRule { Adam, AdamW, Sgd };

// What does not change during a run. Goes to kernels by value, so a captured step keeps it.
struct OptimizerSettings {
  UpdateRule rule = UpdateRule::Adam;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  double weightDecay = 0, momentum = 0.9;
  double clipNorm = 0;  // largest L2 norm of the gradient; 0: not clipped
  double emaDecay = 0;  // of the averaged values
  LossScaling scaling;
};

// Σ g² in double, in an order that depends on n alone.
struct GradientSquares {
  double sum = 0;
  bool isFinite = true;  // every entry of g
};
template <typename T>
GradientSquares sumSquares(const T* gradient, std::int64_t n);

// Decides the step (see StepControl). loss: unscaled; weight: pictures behind it. Clips as torch.nn.utils.clip_grad_norm_: factor
// min(1, clip / (norm + 1e-6)). Scaling off: a loss or a gradient that is not finite is bad. Scaling on: such a gradient is a skipped
// step; bad is such a loss, or a scale below 1.
GPS_ON_BOTH inline void decideStep(const OptimizerSettings& s, StepControl& c, double loss, double weight, const GradientSquares& g) {
  c.isWritten = 0;
  if (c.bad != BadCause::None) return;
  c.lastLoss = loss;
  c.gradientNorm = std::sqrt(g.sum) / double(c.lossScale);
  if (!std::isfinite(loss)) c.bad = BadCause::Loss;
  if (c.bad == BadCause::None && !g.isFinite && !s.scaling.isOn) c.bad = BadCause::Gradient;
  if (c.bad != BadCause::None) return;
  c.lossSum += loss * weight;
  c.lossWeight += weight;
  if (!g.isFinite) {
    ++c.skipped;
    c.goodSteps = 0;
    c.lossScale *= s.scaling.backoff;
    if (c.lossScale < 1.0f) c.bad = BadCause::Scale;
    return;
  }
  c.isWritten = 1;
  const auto t = double(++c.steps);
  c.rate = c.learningRate / (1 - std::pow(s.beta1, t));
  c.rootCorrection = 1 / std::sqrt(1 - std::pow(s.beta2, t));
  c.gradientFactor = 1 / double(c.lossScale);
  if (s.clipNorm > 0) {
    const double clip = s.clipNorm / (c.gradientNorm + 1e-6);
    if (clip < 1) c.gradientFactor *= clip;
  }
  if (!s.scaling.isOn || ++c.goodSteps < s.scaling.interval) return;
  c.goodSteps = 0;
  const float grown = c.lossScale * s.scaling.growth;
  if (std::isfinite(grown)) c.lossScale = grown;
}

// Both on the device, in two launches on `stream` (a cudaStream_t) that wait for nothing and can be captured. workspace:
// [kSquareBlocks]. Returns a CUDA error code, 0 on success.
constexpr int kSquareBlocks = 512;
int decideOnCuda(const OptimizerSettings& settings, StepControl* control, const float* loss, double weight, const float* gradient,
                 std::int64_t n, double* workspace, void* stream);

}  // namespace gps::kernels
