#pragma once
// A run that several processes share, data parallel: each has its places of every batch, one sum a step adds gradients and losses, and
// every rank makes the same update. Rank 0 alone writes the run folder; what only it can read there it tells the others. Without a group,
// or with one of a single rank, the run is an ordinary one and nothing here does anything.
//
// Collective unless said otherwise.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "core/data/loader.h"
#include "core/distributed/agreement.h"
#include "core/tuning/runstate.h"
#include "core/values/runspec.h"

namespace gps {

class TrainSharing : public Agreement {
 public:
  explicit TrainSharing(const WorkGroup* group) : Agreement(group) {}

  // Of the loading of a run this rank's part. Not collective.
  LoaderSpec dividedLoading(LoaderSpec loading, const TrainSpec& spec) const;

  // What rank 0 has.
  std::string ofMain(const std::string& mine) const;
  template <typename T>
  std::vector<T> ofMain(const std::vector<T>& mine) const {
    static_assert(std::is_trivially_copyable_v<T>);
    if (!isShared()) return mine;
    const auto bytes = ofMain(std::string(reinterpret_cast<const char*>(mine.data()), mine.size() * sizeof(T)));
    std::vector<T> list(bytes.size() / sizeof(T), T{});
    if (!list.empty()) std::memcpy(list.data(), bytes.data(), bytes.size());
    return list;
  }
  template <typename T>
  T valueOfMain(const T& mine) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto bytes = ofMain(std::string(reinterpret_cast<const char*>(&mine), sizeof mine));
    T value = mine;
    std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
    return value;
  }
  // The same of values [n] on the CPU; the others may hand in nothing, but know how many and of which type.
  at::Tensor ofMain(const at::Tensor& mine, std::int64_t count, at::ScalarType type) const;
  std::vector<std::string> ofAll(const std::string& mine) const;

  // Error(Mismatch) on a rank whose weights, data or settings are not those of rank 0; where files lie and how many cores a rank has may
  // differ.
  void requireSameInputs(const std::string& baseHash, const std::string& dataHash, const TrainSpec& spec) const;
  // Rank 0's values, moments, average, control and position; not the arena.
  void spread(FlatState& state, RunPosition& position) const;
  // What the others have seen goes to rank 0, and they forget it. After all have stopped as well.
  void collect(std::set<std::uint64_t>& fingerprints) const;
  // In place of a vote between gradient and sum: where a rank has measured how its gradients are computed, all learn it, the lowest rank's
  // word counting, so that a run that goes on computes as before.
  void meetWithPaths();

  // For sums that are queued, before the host waits for the device. Not collective.
  void finishSums() const;
  // "3 ranks; each hands 1.3 MB to the sum of a step, of all 86.0 million parameters it would be 344.0 MB". Not collective.
  std::string sumLine(std::int64_t bytes, std::int64_t parameters) const;

 private:
  std::size_t m_pathsKnown = 0;
};

}  // namespace gps
