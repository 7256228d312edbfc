#pragma once
// What several ranks found in whole batches of a list of pictures: batch b is that of rank b % size (partition.h), and every rank gets all
// records in the order of one process.
#include <algorithm>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "core/distributed/agreement.h"
#include "core/distributed/partition.h"
#include "core/values/error.h"

namespace gps {

// Collective where it is shared, and begins with a vote. own: a record for each picture of this rank's batches, in their order; items:
// pictures of all; batch: of a batch, the last may be smaller.
template <typename T>
std::vector<T> inBatchOrder(const Agreement& ranks, const std::vector<T>& own, int items, int batch) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (!ranks.isShared()) return own;
  ranks.meet();
  const auto parts = ranks.group()->gather(std::string(reinterpret_cast<const char*>(own.data()), own.size() * sizeof(T)));
  std::vector<std::size_t> taken(parts.size());
  std::vector<T> all(std::size_t(items), T{});
  for (int first = 0; first < items; first += batch) {
    const auto owner = std::size_t(ownerOfBatch(first / batch, ranks.size()));
    const auto bytes = std::size_t(std::min(batch, items - first)) * sizeof(T);
    if (taken[owner] + bytes > parts[owner].size())
      throw Error(ErrorCode::Mismatch, "distributed run", "the ranks do not score the same pictures",
                  "Start all with the same data and flags");
    std::memcpy(all.data() + first, parts[owner].data() + taken[owner], bytes);
    taken[owner] += bytes;
  }
  return all;
}

}  // namespace gps
