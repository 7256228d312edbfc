#include "core/evaluation/forwardbench.h"

#include <ATen/ATen.h>

#include <chrono>

#include "core/backbones/modelparts.h"
#include "core/nn/devicewait.h"
#include "core/nn/errortranslation.h"

namespace gps {

namespace {

constexpr int kWarmUps = 3;

void forward(const ModelParts& parts, const at::Tensor& images) {
  if (!parts.classifier)
    parts.samNetwork().decode(parts.samNetwork().encode(images), PromptMode::None);
  else if (parts.classifier->classes() > 0)
    parts.classifier->forward(images);
  else
    parts.classifier->features(images);
}

}  // namespace

std::vector<double> timeForward(const Model& model, int batch, int runs, RunControl& control) {
  return withTorchErrors("bench", [&] {
    at::NoGradGuard noGrad;
    const auto& parts = model.parts();
    const auto device = parts.arena->device();
    const auto images = at::randn({batch, 3, parts.imageSize, parts.imageSize}, parts.arena->vector().options());
    std::vector<double> times;
    ProgressMeter meter(control, "bench", "runs", runs);
    for (int i = 0; i < kWarmUps + runs; ++i) {
      control.stepBoundary();
      waitFor(device);
      const auto start = std::chrono::steady_clock::now();
      forward(parts, images);
      waitFor(device);
      const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
      if (i < kWarmUps) continue;
      times.push_back(took.count());
      meter.advance();
    }
    return times;
  });
}

}  // namespace gps
