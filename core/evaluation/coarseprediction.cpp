#include "core/evaluation/coarseprediction.h"

#include <ATen/ATen.h>

#include "core/evaluation/lowlogits.h"
#include "core/nn/errortranslation.h"

namespace gps {

CoarsePrediction predictCoarse(const Model& model, const RgbImage& image, const ModelSpec& spec, const RunControl* control) {
  return withTorchErrors("prediction", [&] {
    at::NoGradGuard noGrad;
    const Watched watched(model, control);
    const auto input = pictureInput(model, image, spec);
    const auto& net = model.parts().samNetwork();
    const auto low = net.decode(net.encode(input.images), spec.prompt)[0][0].to(at::kCPU, at::kFloat).contiguous();
    const float* first = low.data_ptr<float>();
    return CoarsePrediction{int(low.size(0)), {first, first + low.numel()}, input.geometry};
  });
}

ProbabilityMap probabilityOf(const CoarsePrediction& prediction) {
  const auto& g = prediction.geometry;
  return probabilityOf(logitsToSource(prediction.logits.data(), prediction.side, g), g.sourceWidth, g.sourceHeight);
}

}  // namespace gps
