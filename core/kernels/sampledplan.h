#pragma once
// How the sampled product (sampledproduct.h) of one layer is worked: made once on the host from the chosen entries of its weight.
//
// On the GPU a thread works on strands. A strand is a row and up to `depth` of its entries; every row has at least one, for its bias. A
// block works on a chunk of consecutive strands and holds, for a tile of tokens, the rows and the columns of its chunk in shared
// memory, 16 bytes each, by position: rows first, then the columns in use.
#include <cstdint>
#include <span>
#include <vector>

#include "core/kernels/scoreorder.h"

namespace gps::kernels {

constexpr int kSampledThreads = 384;  // of a block

// Depths that kernels are made for, and how many strands the registers of a thread hold then.
struct SampledShape {
  std::int32_t depth, strandsPerThread;
};
constexpr SampledShape kSampledShapes[] = {{1, 8}, {4, 5}, {8, 3}};

// Positions are mixed so that neither storing pairs of columns nor reading neighbouring rows makes lanes wait. Its own inverse.
GPS_ON_BOTH inline std::uint32_t mixedPosition(std::uint32_t position) { return position ^ (position >> 3 & 1u); }

// Where in the tables a chunk finds its parts.
struct SampledChunk {
  std::int32_t firstRow, rowPairs;  // firstRow is even
  std::int32_t pairs, pairCount;    // a pair of columns: 4 * (column / 2) + 1 (the even one is in use) + 2 (the odd one)
  std::int32_t strands, count;      // [count]: mixed position of the row, + kStrandOfBias where the row's bias is summed
  std::int32_t slots;               // [(depth + 1) / 2, count]: two mixed positions of columns, the same one twice for one, or kNoColumns
  std::int32_t entries;             // [depth, count], -1 for none
};
constexpr std::uint32_t kStrandOfBias = 1u << 16, kNoStrand = 0xffffffffu, kNoColumns = 0xffffffffu;

struct SampledOptions {
  bool compact = false;                  // R holds only the columns in use
  std::int64_t sharedBytes = 96 * 1024;  // that a block may ask for, 1 to 512 KiB. Half of it or less lets two blocks share a processor.
};

struct SampledPlan {
  std::int64_t rows = 0, cols = 0;         // of the weight
  std::int64_t width = 0;                  // columns that R holds
  std::vector<std::int32_t> columns;       // compact: the column of the weight that each column of R is, ascending; otherwise empty
  std::vector<std::int32_t> rowStarts;     // [rows + 1]
  std::vector<std::int32_t> entryColumns;  // [entries], of R
  std::int64_t entries() const { return std::int64_t(entryColumns.size()); }

  // For the GPU. tables: to be copied to the device as they are; chunks come first, `columns` last.
  std::vector<std::int32_t> tables;
  std::int32_t chunkCount = 0, depth = 1, strandsPerThread = 1, columnsAt = 0;
  std::int64_t sharedBytes = 0;  // of the largest chunk
};

// offsets: row * cols + column, ascending, none twice; at most 2^28. Throws BadArgument.
SampledPlan makeSampledPlan(std::int64_t rows, std::int64_t cols, std::span<const std::uint32_t> offsets,
                            const SampledOptions& options = {});

// How many runs of tokens the GPU works on side by side: with the chunks about two blocks for every multiprocessor.
constexpr std::int64_t kSampledSliceUnit = 8;  // tokens
std::int64_t sampledSlices(const SampledPlan& plan, std::int64_t tokens, int processors);

}  // namespace gps::kernels
