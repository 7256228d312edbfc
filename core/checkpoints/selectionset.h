#pragma once
// Several selections to be compared or combined.
#include <string>
#include <vector>

#include "core/checkpoints/selectionfile.h"

namespace gps {

// A selection file; or a delta (bundled, epoch or base file), a run folder or RUN@epoch, which hold the selection they were trained with.
// The base hash in its spec is filled. Throws Error(NotFound, BadFile).
SelectionFile readSelectionOrDelta(const std::string& path);

// What a list tells of one, without its offsets; cheap. Takes and throws what readSelectionOrDelta does.
struct SelectionHead {
  SelectionSpec spec;  // its base hash and model id are filled
  std::int64_t selected = 0;
  std::vector<std::uint64_t> pictures;  // fingerprints of those it was made from
  std::string mapKey;                   // equal for the same weight matrices in the same places
};
SelectionHead readSelectionHead(const std::string& path);

// All of them. Throws Error(Mismatch) naming both files and what differs when two were made for different architectures or from
// different weights.
std::vector<SelectionFile> readComparable(const std::vector<std::string>& paths);

// One name a path: its file name without the suffix, with the folder's before it where that is not enough, numbered as a last resort.
std::vector<std::string> distinctNames(const std::vector<std::string>& paths);

}  // namespace gps
