#pragma once
#include <vector>

#include "core/nn/parametermap.h"

namespace gps {

// Layer-wise learning rates (BEiT, arXiv 2106.08254; the groups are timm's): by which factor each tensor's rate is multiplied, indexed
// like map.entries(). With N blocks the factor is decay^(N + 1 - depth): depth 0 for the patch embedding, tokens and positions; 1 … N for
// the blocks in the order of the forward, a downsampling counting with the block after it; N + 1, so factor 1, for all that follows them
// (last norm, head, neck, prompt, decoder). decay: above 0, at most 1; 1 gives ones. Throws Error(BadArgument) for another decay,
// Error(Internal) for a block that has no place in this order.
std::vector<float> layerwiseRates(const ParameterMap& map, double decay);

}  // namespace gps
