#pragma once
// From a picture to the network and from its coarse logits back to the picture.
#include <ATen/core/Tensor.h>

#include "core/backbones/modelparts.h"
#include "core/data/views/transforms.h"
#include "core/values/runspec.h"

namespace gps {

struct PictureInput {
  at::Tensor images;  // [1, 3, S, S] as the model's values are
  PreprocessGeometry geometry;
};
PictureInput pictureInput(const Model& model, const RgbImage& image, const ModelSpec& spec);

// The model's layers ask this control whether to stop, as long as this lives; null: as before.
class Watched {
 public:
  Watched(const Model& model, const RunControl* control);
  ~Watched();
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

 private:
  NetworkState& m_state;
  const RunControl* m_before;
};

// lowLogits [h, w], on any device -> probability at the size of the source picture.
ProbabilityMap probabilityFrom(const at::Tensor& lowLogits, const PreprocessGeometry& geometry);

}  // namespace gps
