#include "core/selection/sets/scorehistogram.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "core/kernels/hostthreads.h"

namespace gps {
namespace {

// Finds the bin without a logarithm: numbers that share the upper 16 bits lie within 1/128 of each other, far less than a bin, so a table
// gives the bin of the smallest of them and one comparison tells whether the number is in the next one.
class BinTable {
 public:
  BinTable() {
    for (int i = 0; i <= ScoreCounts::kBins; ++i) m_edges[std::size_t(i)] = ScoreCounts::lowerEdge(i);
    m_edges.back() = std::numeric_limits<float>::infinity();
    for (std::size_t upper = 0; upper < m_bins.size(); ++upper) {
      const float smallest = std::bit_cast<float>(std::uint32_t(upper) << 16);
      const auto edge = std::upper_bound(m_edges.begin(), m_edges.begin() + ScoreCounts::kBins + 1, smallest);
      m_bins[upper] = std::int16_t(edge - m_edges.begin() - 1);  // -1: below the first
    }
  }

  void count(float score, ScoreCounts& counts) const {
    const auto bits = std::bit_cast<std::uint32_t>(score) & 0x7fffffffu;
    constexpr std::uint32_t kInfinity = 0x7f800000u;
    if (bits == 0) {
      ++counts.zeros;
    } else if (bits >= kInfinity) {
      ++(bits == kInfinity ? counts.infinite : counts.nans);
    } else {
      int bin = m_bins[bits >> 16];
      bin += std::bit_cast<float>(bits) >= m_edges[std::size_t(bin + 1)] ? 1 : 0;
      if (bin < 0)
        ++counts.below;
      else if (bin >= ScoreCounts::kBins)
        ++counts.above;
      else
        ++counts.bins[std::size_t(bin)];
    }
  }

 private:
  std::array<float, ScoreCounts::kBins + 2> m_edges{};
  std::array<std::int16_t, 1 << 15> m_bins{};
};

}  // namespace

std::vector<ScoreHistogram> scoreHistograms(const ParameterMap& map, const float* scores, const Selection& selection) {
  static const BinTable table;
  const auto ids = selectableIds(map, selection.spec);
  const auto& offsets = selection.offsets;
  std::vector<ScoreHistogram> parts(ids.size());
  kernels::forBlocks(std::int64_t(ids.size()), 1, [&](std::int64_t from, std::int64_t to) {
    for (auto i = std::size_t(from); i < std::size_t(to); ++i) {
      const auto& entry = map.entry(ids[i]);
      for (std::int64_t k = entry.offset; k < entry.offset + entry.count; ++k) table.count(scores[k], parts[i].all);
      const auto first =
          std::lower_bound(offsets.begin(), offsets.end(), entry.offset, [](std::uint32_t a, std::int64_t b) { return a < b; });
      for (auto o = first; o != offsets.end() && *o < entry.offset + entry.count; ++o) table.count(scores[*o], parts[i].chosen);
    }
  });
  std::vector<ScoreHistogram> result(1);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto& block = map.entry(ids[i]).block;
    auto own = std::find_if(result.begin() + 1, result.end(), [&](const ScoreHistogram& h) { return h.block == block; });
    if (own == result.end()) own = result.insert(own, ScoreHistogram{block, {}, {}});
    for (auto* to : {&result.front(), &*own}) {
      to->all.add(parts[i].all);
      to->chosen.add(parts[i].chosen);
    }
  }
  return result;
}

}  // namespace gps
