#pragma once
// What the K slider shows; kilobytes, cheap to copy.
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

struct BlockCount {
  std::string block, kind;
  std::int64_t selected = 0, available = 0;
  double scoreSum = 0;    // Σ|score| of the selected; 0 where no scores were looked at
  double scoreTotal = 0;  // Σ|score| of all available
  double threshold = 0;   // no selected entry has a smaller |score|; 0 when nothing is selected
  bool operator==(const BlockCount&) const = default;
};

struct SelectionCounts {
  int keptPerRow = 0;               // K
  std::int64_t selected = 0;        // matrix entries
  std::int64_t rows = 0;            // neurons considered
  std::int64_t zeroRows = 0;        // rows without a score above zero (at neuron level they still get K)
  std::int64_t trainable = 0;       // encoder: selected + biases + bias tables + layer scale
  double trainableShare = 0;        // of the encoder's parameters, 0…1
  std::int64_t trainableTotal = 0;  // with decoder and no_mask_embed
  double totalShare = 0;            // of the whole model, 0…1
  double capturedShare = 0;         // sum |g| of the selected / sum |g| of all selectable, 0…1
  double threshold = 0;             // the smallest of the blocks that have a selected entry
  std::vector<BlockCount> perBlock;
};

}  // namespace gps
