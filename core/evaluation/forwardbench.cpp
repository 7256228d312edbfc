#include "core/evaluation/forwardbench.h"

#include <ATen/ATen.h>

#include <chrono>

#include "core/backbones/device.h"
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

// Narrow weights for a narrow precision: the forward that a run's validation is.
class InTrainingForm {
 public:
  explicit InTrainingForm(ModelParts& parts) : m_parts(parts) {
    setPrecision(parts, parts.precision, PrecisionUse::Training);
    if (parts.arena->device().is_cuda()) resetPeakMemory();  // the wide weights are no part of it
  }
  ~InTrainingForm() { setPrecision(m_parts, m_parts.precision); }
  InTrainingForm(const InTrainingForm&) = delete;
  InTrainingForm& operator=(const InTrainingForm&) = delete;

 private:
  ModelParts& m_parts;
};

}  // namespace

std::vector<double> timeForward(Model& model, int batch, int runs, RunControl& control) {
  return withTorchErrors("bench", [&] {
    at::NoGradGuard noGrad;
    auto& parts = model.parts();
    const InTrainingForm form(parts);
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
