#pragma once
// The arithmetic of one trained value, for host and device.
//
// g = gradient · gradientFactor (unscaled and clipped)
// Adam (Kingma & Ba 2015; as torch writes it):   m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g²
//   w = w - lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps)
// AdamW decays first (w = w - lr * wd * w), Adam and Sgd add wd * w to g. Sgd: m = mu m + g, w = w - lr m.
// Only trained values are stepped, so moments and decay touch nothing else: Adam here is the SparseAdam of a fixed mask.
#include <cmath>

#include "core/kernels/stepdecision.h"

namespace gps::kernels {

template <typename T>
struct UpdateFactors {
  T gradient, lr, rate, rootCorrection, b1, b2, eps, wd, mu;
};

template <typename T>
GPS_ON_BOTH inline UpdateFactors<T> factorsOf(const OptimizerSettings& s, const StepControl& c, float rateFactor) {
  const auto factor = double(rateFactor);
  return {T(c.gradientFactor), T(c.learningRate * factor), T(c.rate * factor), T(c.rootCorrection), T(s.beta1), T(s.beta2),
          T(s.epsilon),        T(s.weightDecay),           T(s.momentum)};
}

// Returns the new value; m and v are updated (v not by Sgd).
template <UpdateRule rule, typename T>
GPS_ON_BOTH inline T updatedValue(const UpdateFactors<T>& f, T w, T g, T& m, T& v) {
  g *= f.gradient;
  if constexpr (rule == UpdateRule::AdamW)
    w -= f.lr * f.wd * w;
  else
    g += f.wd * w;
  if constexpr (rule == UpdateRule::Sgd) {
    m = f.mu * m + g;
    return w - f.lr * m;
  } else {
    m = f.b1 * m + (1 - f.b1) * g;
    v = f.b2 * v + (1 - f.b2) * g * g;
    return w - f.rate * m / (std::sqrt(v) * f.rootCorrection + f.eps);
  }
}

}  // namespace gps::kernels
