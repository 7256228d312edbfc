#include "core/distributed/partition.h"

#include <algorithm>
#include <string>

#include "core/values/error.h"

namespace gps {
namespace {

void require(bool holds, const char* what, int value) {
  if (!holds) throw Error(ErrorCode::BadArgument, what, std::to_string(value) + " is out of range");
}

void requireRank(int rank, int size) {
  require(size >= 1, "number of ranks", size);
  require(rank >= 0 && rank < size, "rank", rank);
}

}  // namespace

BatchPart partOfBatch(int batch, int rank, int size) {
  requireRank(rank, size);
  require(batch >= 0, "batch", batch);
  const int least = batch / size, larger = batch % size;
  return {rank * least + std::min(rank, larger), least + (rank < larger ? 1 : 0)};
}

int ownerOfBatch(int batch, int size) {
  requireRank(0, size);
  require(batch >= 0, "batch", batch);
  return batch % size;
}

int batchesOfRank(int batches, int rank, int size) {
  requireRank(rank, size);
  require(batches >= 0, "batches", batches);
  return batches / size + (rank < batches % size ? 1 : 0);
}

}  // namespace gps
