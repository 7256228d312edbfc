#pragma once
// The passes of core/kernels/scorescan.h over the scores of some tensors, where the scores lie; everything here is on the host.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/kernels/scorescan.h"
#include "core/nn/parametermap.h"
#include "core/selection/scores.h"

namespace gps {

class ScoreScanner {
 public:
  // ids: matrix tensors in canonical order; "tensor" below is the index in it. Every tensor competes for itself, or all together.
  enum class Groups { EachTensor, AllTogether };
  ScoreScanner(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores, Groups groups);
  ~ScoreScanner();
  ScoreScanner(const ScoreScanner&) = delete;
  ScoreScanner& operator=(const ScoreScanner&) = delete;

  std::size_t tensors() const { return m_tensors; }
  std::size_t groups() const { return m_groups; }
  std::size_t groupOf(std::size_t tensor) const { return m_groups == 1 ? 0 : tensor; }
  const std::vector<kernels::ScoreChunk>& chunks() const { return m_chunks; }

  // How the scores of each tensor spread and what they sum to.
  struct Look {
    std::vector<std::uint32_t> coarse;  // [tensors, kCoarseBuckets]
    std::vector<double> scales;         // [tensors]: the largest power of two that keeps every score within kernels::kFixedBits
    std::vector<double> totals;         // [tensors]: Σ|score|, finite ones
  };
  Look look() const;
  // slots: [groups, kCoarseBuckets], or -1. One answer a query.
  std::vector<kernels::Descent> fine(const std::vector<std::int32_t>& slots, std::int32_t slotCount,
                                     const std::vector<kernels::DescentQuery>& queries) const;
  // fineBuckets: slot · kFineBuckets + fine bucket of each fine slot. The queries are of fine slots.
  std::vector<kernels::Descent> finest(const std::vector<std::int32_t>& slots, std::int32_t slotCount,
                                       const std::vector<std::int64_t>& fineBuckets,
                                       const std::vector<kernels::DescentQuery>& queries) const;
  std::vector<std::uint32_t> ties(const std::vector<std::uint32_t>& orders) const;  // [chunks, kMaxBounds]
  std::vector<std::uint32_t> find(const std::vector<kernels::TieQuery>& queries) const;
  struct Tally {
    std::vector<std::uint64_t> counts, sums;  // [tensors, kMaxBounds]
  };
  Tally tally(const std::vector<std::uint64_t>& bounds, int boundCount, const std::vector<double>& scales) const;
  std::vector<std::uint32_t> reached(const std::vector<std::uint64_t>& bounds) const;  // offsets, ascending; bounds: [groups]

 private:
  struct Place;  // scores and chunks where the kernels read them
  std::unique_ptr<Place> m_place;
  std::size_t m_tensors = 0, m_groups = 0;
  std::vector<kernels::ScoreChunk> m_chunks;
};

}  // namespace gps
