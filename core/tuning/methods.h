#pragma once
#include <memory>

#include "core/nn/trainableset.h"
#include "core/selection/selection.h"
#include "core/values/names.h"

namespace gps {

// What a method trains:
//   Gps      the selection, the encoder's biases and tables, and the decoder as `decoder` says (Sparse: its part of the selection)
//   Bias     the same without the selection
//   Full     every learned tensor of the encoder and the decoder, norms included, and no_mask_embed
//   Decoder  the mask decoder and no_mask_embed
//   Linear   the decoder's two last linear maps: the last transposed convolution and the last layer of mask token 0's hypernetwork
// selection: for Gps; its spec's exclusions also apply to Bias (may be null there).
TrainableSet makeTrainableSet(std::shared_ptr<const ParameterMap> map, Method method, DecoderMode decoder, const Selection* selection);

}  // namespace gps
