#pragma once
// Which entries of the matrix region train.
#include <cstdint>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/values/runspec.h"
#include "core/values/selectioncounts.h"

namespace gps {

struct Selection {
  std::vector<std::uint32_t> offsets;  // ascending, distinct, inside the matrix region, never padding
  SelectionSpec spec;
  std::vector<std::uint64_t> pictures;  // fingerprints of those it was made from, ascending; empty without a gradient
  std::int64_t rows = 0, zeroRows = 0;  // neurons considered; of these, rows whose score is exactly zero
};

// Matrix entries that a selection may touch: encoder weights, and with DecoderMode::Sparse the decoder's that an output depends on;
// less the excluded blocks and kinds. Ids in canonical order. Throws Error(BadArgument) for a block or kind that the model lacks.
std::vector<std::size_t> selectableIds(const ParameterMap& map, const SelectionSpec& spec);

// "0-3,7", "1.0-1.2", "patch_embed,neck" -> block names; ranges over equal prefixes. Throws Error(BadArgument).
std::vector<std::string> parseBlocks(const std::string& text);

// Counts and shares, as gps-method 1.6 counts them.
SelectionCounts countSelection(const ParameterMap& map, const Selection& selection);

}  // namespace gps
