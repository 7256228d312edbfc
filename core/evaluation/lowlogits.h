#pragma once
// From a picture to the network and from its coarse logits back to the picture.
#include <ATen/core/Tensor.h>

#include "core/backbones/model.h"
#include "core/data/views/transforms.h"
#include "core/values/runspec.h"

namespace gps {

struct PictureInput {
  at::Tensor images;  // [1, 3, S, S] as the model's values are
  PreprocessGeometry geometry;
};
PictureInput pictureInput(const Model& model, const RgbImage& image, const ModelSpec& spec);

// lowLogits [h, w], on any device -> probability at the size of the source picture.
ProbabilityMap probabilityFrom(const at::Tensor& lowLogits, const PreprocessGeometry& geometry);

}  // namespace gps
