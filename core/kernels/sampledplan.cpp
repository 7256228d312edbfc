#include "core/kernels/sampledplan.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include "core/values/error.h"

namespace gps::kernels {
namespace {

constexpr int kTogether = 8;  // lanes whose 16-byte reads of shared memory are served at once, from as many banks

struct Strand {
  std::int32_t row = 0, first = 0, count = 0;  // entries
};

// The one with the least work: a slot costs about as much as reading the row of a strand.
SampledShape shapeFor(const std::vector<std::int32_t>& rowStarts) {
  const auto cost = [&](const SampledShape& shape) {
    std::int64_t strands = 0;
    for (std::size_t r = 1; r < rowStarts.size(); ++r) strands += (rowStarts[r] - rowStarts[r - 1] + shape.depth - 1) / shape.depth;
    return strands * (shape.depth + 1);
  };
  return *std::min_element(std::begin(kSampledShapes), std::end(kSampledShapes),
                           [&](const SampledShape& a, const SampledShape& b) { return cost(a) < cost(b); });
}

std::vector<Strand> strandsOf(const SampledPlan& plan) {
  std::vector<Strand> strands;
  for (std::int32_t r = 0; r < std::int32_t(plan.rows); ++r) {
    auto at = plan.rowStarts[std::size_t(r)];
    const auto end = plan.rowStarts[std::size_t(r) + 1];
    do {
      const auto count = std::min(plan.depth, end - at);
      strands.push_back({r, at, count});
      at += count;
    } while (at < end);
  }
  return strands;
}

constexpr std::uint32_t kNothing = 0xffffu;  // no position
using Lanes = std::array<std::int32_t, kTogether>;

// Gives the entries of kTogether strands their slots so that the columns read at once lie in different banks, where that is possible.
// positions: of the columns of the strands' entries. slots: [depth], which entry of each strand, -1 for none.
void fillSlots(const std::array<std::vector<std::uint32_t>, kTogether>& positions, std::vector<Lanes>& slots) {
  std::array<std::vector<std::int32_t>, kTogether> left;  // entries without a slot
  Lanes inBank{};
  for (std::size_t lane = 0; lane < kTogether; ++lane) {
    left[lane].resize(positions[lane].size());
    std::iota(left[lane].begin(), left[lane].end(), 0);
    for (const auto p : positions[lane]) ++inBank[p % kTogether];
  }
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    slots[slot].fill(-1);
    std::array<std::uint32_t, kTogether> taken;  // the position read from each bank
    taken.fill(kNothing);
    std::array<std::size_t, kTogether> lanes;
    std::iota(lanes.begin(), lanes.end(), 0);
    std::stable_sort(lanes.begin(), lanes.end(), [&](auto a, auto b) { return left[a].size() > left[b].size(); });
    for (const auto lane : lanes) {
      const auto positionOf = [&](std::int32_t entry) { return positions[lane][std::size_t(entry)]; };
      auto& mine = left[lane];
      auto best = mine.end();
      for (auto e = mine.begin(); e != mine.end(); ++e) {
        const auto p = positionOf(*e), inSameBank = taken[p % kTogether];
        if (inSameBank != kNothing && inSameBank != p) continue;
        if (best == mine.end() || inBank[p % kTogether] > inBank[positionOf(*best) % kTogether]) best = e;
      }
      if (best == mine.end() && mine.size() >= slots.size() - slot) best = mine.begin();
      if (best == mine.end()) continue;
      slots[slot][lane] = *best;
      const auto p = positionOf(*best);
      taken[p % kTogether] = p;
      --inBank[p % kTogether];
      mine.erase(best);
    }
  }
}

class ChunkWriter {
 public:
  ChunkWriter(SampledPlan& plan, std::vector<Strand> strands) : m_plan(plan), m_strands(std::move(strands)) {}

  void writeAll(std::int64_t sharedBytes) {
    const auto count = std::int64_t(m_strands.size()), capacity = std::int64_t(kSampledThreads) * m_plan.strandsPerThread;
    const auto least = (count + capacity - 1) / capacity;
    const auto target = least == 0 ? 0 : std::min(capacity, ((count + least - 1) / least + kTogether - 1) / kTogether * kTogether);
    std::vector<std::int64_t> bounds;
    std::vector<std::int64_t> seenIn(std::size_t(m_plan.width / 2 + 1), -1);  // the chunk that last used a pair of columns
    std::int64_t from = 0, pairs = 0;
    for (std::int64_t s = 0; s < count; ++s) {
      const auto& strand = m_strands[std::size_t(s)];
      const auto more = [&](std::int64_t chunk) {  // and marks them
        std::int64_t n = 0;
        for (auto e = strand.first; e < strand.first + strand.count; ++e) {
          auto& seen = seenIn[std::size_t(m_plan.entryColumns[std::size_t(e)] / 2)];
          n += seen != chunk;
          seen = chunk;
        }
        return n;
      };
      pairs += more(std::int64_t(bounds.size()));
      const auto rowPairs = strand.row / 2 - m_strands[std::size_t(from)].row / 2 + 1;
      if (s - from < target && (pairs + rowPairs) * 2 * 16 <= sharedBytes) continue;
      bounds.push_back(s);
      from = s;
      pairs = more(std::int64_t(bounds.size()));
    }
    if (count > 0) bounds.push_back(count);
    m_plan.chunkCount = std::int32_t(bounds.size());
    m_plan.tables.resize(bounds.size() * sizeof(SampledChunk) / sizeof(std::int32_t));
    from = 0;
    for (std::size_t c = 0; c < bounds.size(); from = bounds[c++]) {
      const auto chunk = write(std::span(m_strands).subspan(std::size_t(from), std::size_t(bounds[c] - from)));
      std::memcpy(m_plan.tables.data() + c * sizeof chunk / sizeof(std::int32_t), &chunk, sizeof chunk);
    }
  }

 private:
  SampledPlan& m_plan;
  std::vector<Strand> m_strands;

  std::int32_t end() const { return std::int32_t(m_plan.tables.size()); }

  SampledChunk write(std::span<const Strand> strands) {
    SampledChunk chunk{};
    chunk.firstRow = strands.front().row / 2 * 2;
    chunk.rowPairs = (strands.back().row - chunk.firstRow) / 2 + 1;
    std::vector<std::int32_t> used(m_plan.entryColumns.begin() + strands.front().first,
                                   m_plan.entryColumns.begin() + strands.back().first + strands.back().count);
    std::sort(used.begin(), used.end());
    std::vector<std::int32_t> pairs;
    for (const auto c : used) {
      if (pairs.empty() || pairs.back() / 4 != c / 2) pairs.push_back(c / 2 * 4);
      pairs.back() |= 1 << (c & 1);
    }
    chunk.pairs = end();
    chunk.pairCount = std::int32_t(pairs.size());
    m_plan.tables.insert(m_plan.tables.end(), pairs.begin(), pairs.end());
    m_plan.sharedBytes = std::max<std::int64_t>(m_plan.sharedBytes, (chunk.rowPairs + chunk.pairCount) * 2 * 16);

    chunk.strands = end();
    chunk.count = std::int32_t(strands.size());
    for (const auto& s : strands) {
      const bool first = s.first == m_plan.rowStarts[std::size_t(s.row)];
      m_plan.tables.push_back(std::int32_t(mixedPosition(std::uint32_t(s.row - chunk.firstRow)) | (first ? kStrandOfBias : 0)));
    }
    writeSlots(strands, pairs, chunk);
    return chunk;
  }

  void writeSlots(std::span<const Strand> strands, const std::vector<std::int32_t>& pairs, SampledChunk& chunk) {
    const auto depth = std::size_t(m_plan.depth), count = strands.size(), words = (depth + 1) / 2;
    chunk.slots = end();
    chunk.entries = chunk.slots + std::int32_t(words * count);
    m_plan.tables.resize(std::size_t(chunk.slots) + (words + depth) * count, -1);
    const auto positionOf = [&](std::int32_t column) {
      const auto pair = std::lower_bound(pairs.begin(), pairs.end(), column / 2 * 4) - pairs.begin();
      return mixedPosition(std::uint32_t(2 * (chunk.rowPairs + pair) + (column & 1)));
    };
    std::vector<Lanes> order(depth);
    for (std::size_t s = 0; s < count; s += kTogether) {
      std::array<std::vector<std::uint32_t>, kTogether> positions;
      const auto lanes = std::min<std::size_t>(kTogether, count - s);
      for (std::size_t lane = 0; lane < lanes; ++lane)
        for (std::int32_t e = 0; e < strands[s + lane].count; ++e)
          positions[lane].push_back(positionOf(m_plan.entryColumns[std::size_t(strands[s + lane].first + e)]));
      fillSlots(positions, order);
      for (std::size_t slot = 0; slot < depth; ++slot)
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          const auto e = order[slot][lane];
          if (e < 0) continue;
          m_plan.tables[std::size_t(chunk.entries) + slot * count + s + lane] = strands[s + lane].first + e;
          auto& word = m_plan.tables[std::size_t(chunk.slots) + slot / 2 * count + s + lane];
          const auto position = positions[lane][std::size_t(e)], earlier = std::uint32_t(word);
          word = std::int32_t((earlier == kNoColumns ? position : earlier & 0xffffu) | position << 16);
        }
    }
  }
};

}  // namespace

SampledPlan makeSampledPlan(std::int64_t rows, std::int64_t cols, std::span<const std::uint32_t> offsets, const SampledOptions& options) {
  const auto refuse = [](const char* cause) { throw Error(ErrorCode::BadArgument, "sampled product", cause); };
  if (rows < 0 || cols < 0 || rows >= 1 << 28 || cols >= 1 << 28) refuse("rows and columns must lie in 0 .. 2^28 - 1");
  if (offsets.size() > std::size_t(1) << 28) refuse("more than 2^28 entries are chosen");
  if (options.sharedBytes < 1024 || options.sharedBytes > 1 << 19) refuse("the shared memory of a block must lie in 1 KiB .. 512 KiB");
  for (std::size_t i = 1; i < offsets.size(); ++i)
    if (offsets[i] <= offsets[i - 1]) refuse("the offsets must ascend");
  if (!offsets.empty() && std::int64_t(offsets.back()) >= rows * cols) refuse("an offset lies outside of the weight");

  SampledPlan plan;
  plan.rows = rows;
  plan.cols = plan.width = cols;
  plan.rowStarts.assign(std::size_t(rows) + 1, 0);
  for (const auto offset : offsets) {
    ++plan.rowStarts[std::size_t(offset / cols) + 1];
    plan.entryColumns.push_back(std::int32_t(offset % cols));
  }
  std::partial_sum(plan.rowStarts.begin(), plan.rowStarts.end(), plan.rowStarts.begin());
  if (options.compact) {
    plan.columns = plan.entryColumns;
    std::sort(plan.columns.begin(), plan.columns.end());
    plan.columns.erase(std::unique(plan.columns.begin(), plan.columns.end()), plan.columns.end());
    for (auto& c : plan.entryColumns)
      c = std::int32_t(std::lower_bound(plan.columns.begin(), plan.columns.end(), c) - plan.columns.begin());
    plan.width = std::int64_t(plan.columns.size());
  }
  const auto shape = shapeFor(plan.rowStarts);
  plan.depth = shape.depth;
  plan.strandsPerThread = shape.strandsPerThread;
  ChunkWriter(plan, strandsOf(plan)).writeAll(options.sharedBytes);
  plan.columnsAt = std::int32_t(plan.tables.size());
  plan.tables.insert(plan.tables.end(), plan.columns.begin(), plan.columns.end());
  return plan;
}

std::int64_t sampledSlices(const SampledPlan& plan, std::int64_t tokens, int processors) {
  const auto units = (tokens + kSampledSliceUnit - 1) / kSampledSliceUnit;
  const auto wanted =
      std::clamp<std::int64_t>(2 * std::int64_t(processors) / std::max(1, plan.chunkCount), 1, std::max<std::int64_t>(units, 1));
  const auto perSlice = std::max<std::int64_t>((units + wanted - 1) / wanted, 1);
  return (units + perSlice - 1) / perSlice;
}

}  // namespace gps::kernels
