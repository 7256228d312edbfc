#pragma once
// A prediction as the network gives it, a fraction of the picture's size; to be kept in numbers and enlarged when it is looked at.
#include <vector>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"
#include "core/data/views/transforms.h"
#include "core/values/image.h"
#include "core/values/runspec.h"

namespace gps {

struct CoarsePrediction {
  int side = 0;
  std::vector<float> logits;  // [side, side]
  PreprocessGeometry geometry;
};

// With a control Cancelled is thrown at a block boundary.
CoarsePrediction predictCoarse(const Model& model, const RgbImage& image, const ModelSpec& spec, const RunControl* control = nullptr);
// The same numbers as predict()'s. Any thread; no tensors.
ProbabilityMap probabilityOf(const CoarsePrediction& prediction);

}  // namespace gps
