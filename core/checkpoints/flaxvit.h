#pragma once
// ViT as the AugReg project keeps it (.npz, JAX): linear layers as [in, out], heads apart, q, k and v apart.
#include "core/checkpoints/layouts.h"

namespace gps {

bool isFlaxVit(const TensorFile& file);
NamedTensors flaxVitTensors(const TensorFile& file);

}  // namespace gps
