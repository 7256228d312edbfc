#pragma once
// What trains whole beside the selected entries (gps-method 1.5): decided by role, never by name.
#include <vector>

#include "core/nn/parametermap.h"
#include "core/values/runspec.h"

namespace gps {

struct TrainedSizes;

// Encoder: linear and conv biases, bias tables, layer scale, the neck norm biases of sam_vit_*; no other norm, no embedding.
// Blocks and kinds the spec excludes are left out, unless it keeps their biases. Canonical order.
std::vector<std::size_t> trainedEncoderVectors(const ParameterMap& map, const SelectionSpec& spec);
// What turns features into the answer. SAM family: Train: the whole mask decoder and no_mask_embed; Sparse: its linear and conv biases
// that an output depends on, and no_mask_embed; Freeze: nothing. Classification: the head, but with Freeze.
std::vector<std::size_t> trainedOutputTensors(const ParameterMap& map, DecoderMode mode);

// Every learned tensor of the encoder and of what turns features into the answer.
std::vector<std::size_t> learnedTensors(const ParameterMap& map);
// The last linear map before the answer: the head; of a mask decoder the last transposed convolution and the last layer of mask token
// 0's hypernetwork.
std::vector<std::size_t> lastMapTensors(const ParameterMap& map);
// How large all these are, for trainedCounts (core/values/trainedcounts.h).
TrainedSizes trainedSizesOf(const ParameterMap& map);

std::int64_t countOf(const ParameterMap& map, const std::vector<std::size_t>& ids);
bool isExcluded(const ParameterEntry& entry, const SelectionSpec& spec);

}  // namespace gps
