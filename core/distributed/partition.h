#pragma once
// Which part of the work a rank does. Pure functions of the numbers, so every rank knows everybody's part.
// All throw Error(BadArgument) unless 0 <= rank < size.

#include <cstdint>
#include <vector>

namespace gps {

struct BatchPart {
  int begin = 0, count = 0;  // samples of the global batch
};

// Contiguous, in the order of the ranks; sizes differ by at most one, the larger parts first. A batch smaller than the group (the last of
// an epoch) leaves the last ranks with count 0: they compute nothing and add zeros, but take part in the reduction as ever.
BatchPart partOfBatch(int batch, int rank, int size);
// The places of the rank's samples in the global batch. In pairs, for what mixes a sample with the one at the mirrored place (mixing.h):
// whole pairs, in an order in which the partner is at the mirrored place of the part too; sizes then differ by at most two.
std::vector<int> placesOfRank(int batch, int rank, int size, bool inPairs);

// Batches of a gradient pass are dealt out whole, since the contrastive loss compares all pictures of a batch: batch b goes to rank b %
// size.
int ownerOfBatch(int batch, int size);
// How many of so many pictures are then the rank's.
std::int64_t picturesOfRank(std::int64_t pictures, int batch, int rank, int size);
// How many of so many batches are the rank's: those at rank, rank + size, …; may be 0.
int batchesOfRank(int batches, int rank, int size);

}  // namespace gps
