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

std::vector<int> placesOfRank(int batch, int rank, int size, bool inPairs) {
  std::vector<int> places;
  const auto part = partOfBatch(inPairs ? batch / 2 : batch, rank, size);
  for (int i = part.begin; i < part.begin + part.count; ++i) places.push_back(i);
  if (!inPairs) return places;
  if (batch % 2 == 1 && rank == size - 1) places.push_back(batch / 2);  // its own partner; the last rank has least
  for (int i = part.begin + part.count; i-- > part.begin;) places.push_back(batch - 1 - i);
  return places;
}

int ownerOfBatch(int batch, int size) {
  requireRank(0, size);
  require(batch >= 0, "batch", batch);
  return batch % size;
}

std::int64_t picturesOfRank(std::int64_t pictures, int batch, int rank, int size) {
  requireRank(rank, size);
  std::int64_t own = 0;
  for (std::int64_t first = std::int64_t(rank) * batch; first < pictures; first += std::int64_t(size) * batch)
    own += std::min<std::int64_t>(batch, pictures - first);
  return own;
}

int batchesOfRank(int batches, int rank, int size) {
  requireRank(rank, size);
  require(batches >= 0, "batches", batches);
  return batches / size + (rank < batches % size ? 1 : 0);
}

}  // namespace gps
