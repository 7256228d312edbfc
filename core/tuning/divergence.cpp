#include "core/tuning/divergence.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/values/error.h"

namespace gps {

namespace {

[[noreturn]] void fail(const std::string& what, const RunPosition& position, std::int64_t steps, const std::string& more = {}) {
  const std::string kept = position.epoch == 0 ? "its beginning" : "the end of epoch " + std::to_string(position.epoch);
  throw Error(ErrorCode::Diverged, "training",
              what + " in epoch " + std::to_string(position.epoch + 1) + ", behind step " + std::to_string(steps),
              "The run is kept as it was at " + kept + ": go on with --resume and a lower --lr" + more);
}

// A NaN is both the smallest and the largest.
bool isFinite(const at::Tensor& t) {
  if (!t.defined() || t.numel() == 0) return true;
  const auto [low, high] = at::aminmax(t);
  return std::isfinite(low.item<double>()) && std::isfinite(high.item<double>());
}

}  // namespace

void requireFinite(const kernels::StepControl& control, const RunPosition& position) {
  switch (control.bad) {
    case kernels::BadCause::None:
      return;
    case kernels::BadCause::Loss:
      fail("the loss is not a finite number", position, control.steps);
    case kernels::BadCause::Gradient:
      fail("the gradient is not finite", position, control.steps);
    case kernels::BadCause::Scale:
      fail("the gradient overflows fp16 at any loss scale", position, control.steps, ", or in --precision bf16");
  }
}

void requireFinite(const FlatState& state, const RunPosition& position) {
  const auto control = state.control();
  requireFinite(control, position);
  for (const auto* t : {&state.values, &state.m, &state.v, &state.average})
    if (!isFinite(*t)) fail("a trained value or its moments are not finite", position, control.steps);
}

void requireFinite(const EpochRecord& record, const RunPosition& position) {
  if (record.isScored && !std::isfinite(record.valLoss)) fail("the validation loss is not a finite number", position, position.step);
}

}  // namespace gps
