#include "core/selection/levels/scorescanner.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/nn/cudalaunch.h"
#include "core/selection/levels/devicearray.h"
#include "core/selection/scoretensor.h"

namespace gps {

using detail::DeviceArray;
using detail::readOnly;
using detail::StartsAs;

struct ScoreScanner::Place {
  at::Tensor scores, chunkBytes;
  kernels::ScoreChunks view;
  at::Device device() const { return scores.device(); }
  bool isCuda() const { return scores.is_cuda(); }

  at::Tensor integers(std::int64_t count, int value) const { return at::full({count}, value, scores.options().dtype(at::kInt)); }
  std::vector<kernels::Descent> descend(const at::Tensor& counts, const std::vector<kernels::DescentQuery>& queries) const;
};

static std::uint32_t* countsOf(const at::Tensor& counts) { return static_cast<std::uint32_t*>(counts.data_ptr()); }

std::vector<kernels::Descent> ScoreScanner::Place::descend(const at::Tensor& counts,
                                                           const std::vector<kernels::DescentQuery>& queries) const {
  std::vector<kernels::Descent> answers(queries.size());
  DeviceArray<kernels::Descent> there(answers, device());
  auto queriesThere = readOnly(queries, device());
  if (!isCuda()) kernels::descendAll(countsOf(counts), queriesThere.data(), std::int64_t(queries.size()), there.data());
#ifdef GPS_WITH_CUDA
  if (isCuda())
    detail::checkLaunch(
        kernels::descendAllOnCuda(countsOf(counts), queriesThere.data(), std::int64_t(queries.size()), there.data(), detail::cudaStream()),
        "selection");
#endif
  there.fetch();
  return answers;
}

#ifdef GPS_WITH_CUDA
#define GPS_RUN(name, ...)                                                                                     \
  if (m_place->isCuda())                                                                                       \
    detail::checkLaunch(kernels::name##OnCuda(m_place->view, __VA_ARGS__, detail::cudaStream()), "selection"); \
  else                                                                                                         \
    kernels::name(m_place->view, __VA_ARGS__)
#else
#define GPS_RUN(name, ...) kernels::name(m_place->view, __VA_ARGS__)
#endif

ScoreScanner::ScoreScanner(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores, Groups groups)
    : m_place(std::make_unique<Place>()), m_tensors(ids.size()), m_groups(groups == Groups::AllTogether ? 1 : ids.size()) {
  m_place->scores = tensorOf(scores);
  const auto most = m_place->isCuda() ? kernels::kDeviceChunk : kernels::kHostChunk;
  for (std::size_t t = 0; t < ids.size(); ++t) {
    const auto& e = map.entry(ids[t]);
    for (std::int64_t from = 0; from < e.count; from += most)
      m_chunks.push_back(
          {e.offset + from, std::int32_t(std::min(most, e.count - from)), std::int32_t(t), std::int32_t(m_groups == 1 ? 0 : t)});
  }
  m_place->view = {m_place->scores.const_data_ptr<float>(), m_chunks.data(), std::int64_t(m_chunks.size())};
  if (!m_place->isCuda() || m_chunks.empty()) return;
  m_place->chunkBytes =
      at::from_blob(m_chunks.data(), {std::int64_t(m_chunks.size() * sizeof(kernels::ScoreChunk))}, at::kByte).to(m_place->device());
  m_place->view.chunks = static_cast<const kernels::ScoreChunk*>(m_place->chunkBytes.const_data_ptr());
}

ScoreScanner::~ScoreScanner() = default;

static double scaleOf(const std::uint32_t* buckets) {
  int top = int(kernels::coarseBucket(kernels::kOrderOfInfinity)) - 1;  // the last bucket of numbers that count
  while (top > 0 && buckets[top] == 0) --top;
  const int exponent = ((top + 1) << 20 >> 23) - 126;  // every score lies below 2^exponent
  return std::ldexp(1.0, kernels::kFixedBits - exponent);
}

ScoreScanner::Look ScoreScanner::look() const {
  Look look;
  look.coarse.assign(m_tensors * kernels::kCoarseBuckets, 0);
  look.totals.assign(m_tensors, 0);
  if (!m_place->isCuda()) {
    std::vector<double> chunkTotals(m_chunks.size(), 0);
    kernels::countCoarse(m_place->view, look.coarse.data(), chunkTotals.data());
    for (std::size_t i = 0; i < m_chunks.size(); ++i) look.totals[std::size_t(m_chunks[i].tensor)] += chunkTotals[i];
  }
#ifdef GPS_WITH_CUDA
  if (m_place->isCuda()) {
    DeviceArray<std::uint32_t> there(look.coarse, m_place->device(), StartsAs::Zeros);
    detail::checkLaunch(kernels::countCoarseOnCuda(m_place->view, there.data(), detail::cudaStream()), "selection");
    there.fetch();
  }
#endif
  for (std::size_t t = 0; t < m_tensors; ++t) look.scales.push_back(scaleOf(look.coarse.data() + t * kernels::kCoarseBuckets));
#ifdef GPS_WITH_CUDA
  if (m_place->isCuda()) {  // in whole units, so that the order of adding does not matter
    std::vector<std::uint64_t> units(m_tensors, 0);
    DeviceArray<std::uint64_t> there(units, m_place->device(), StartsAs::Zeros);
    auto scalesThere = readOnly(look.scales, m_place->device());
    detail::checkLaunch(kernels::sumAllOnCuda(m_place->view, scalesThere.data(), there.data(), detail::cudaStream()), "selection");
    there.fetch();
    for (std::size_t t = 0; t < m_tensors; ++t) look.totals[t] = double(units[t]) / look.scales[t];
  }
#endif
  return look;
}

// The histograms stay where they were counted; only the answers travel.
std::vector<kernels::Descent> ScoreScanner::fine(const std::vector<std::int32_t>& slots, std::int32_t slotCount,
                                                 const std::vector<kernels::DescentQuery>& queries) const {
  const auto counts = m_place->integers(std::int64_t(slotCount) * kernels::kFineBuckets, 0);
  auto slotsThere = readOnly(slots, m_place->device());
  GPS_RUN(countFine, slotsThere.data(), countsOf(counts));
  return m_place->descend(counts, queries);
}

std::vector<kernels::Descent> ScoreScanner::finest(const std::vector<std::int32_t>& slots, std::int32_t slotCount,
                                                   const std::vector<std::int64_t>& fineBuckets,
                                                   const std::vector<kernels::DescentQuery>& queries) const {
  const auto fineCount = std::int64_t(fineBuckets.size());
  const auto fineSlots = m_place->integers(std::int64_t(slotCount) * kernels::kFineBuckets, -1);
  fineSlots.index_put_({at::tensor(fineBuckets, at::kLong).to(m_place->device())}, at::arange(fineCount, fineSlots.options()));
  const auto counts = m_place->integers(fineCount * kernels::kFineBuckets, 0);
  auto slotsThere = readOnly(slots, m_place->device());
  GPS_RUN(countFinest, slotsThere.data(), fineSlots.const_data_ptr<std::int32_t>(), countsOf(counts));
  return m_place->descend(counts, queries);
}

std::vector<std::uint32_t> ScoreScanner::ties(const std::vector<std::uint32_t>& orders) const {
  std::vector<std::uint32_t> counts(m_chunks.size() * kernels::kMaxBounds, 0);
  DeviceArray<std::uint32_t> there(counts, m_place->device(), StartsAs::Zeros);
  auto ordersThere = readOnly(orders, m_place->device());
  GPS_RUN(countTies, ordersThere.data(), there.data());
  there.fetch();
  return counts;
}

std::vector<std::uint32_t> ScoreScanner::find(const std::vector<kernels::TieQuery>& queries) const {
  std::vector<std::uint32_t> offsets(queries.size(), 0);
  DeviceArray<std::uint32_t> there(offsets, m_place->device(), StartsAs::Zeros);
  auto queriesThere = readOnly(queries, m_place->device());
  GPS_RUN(findTies, queriesThere.data(), std::int64_t(queries.size()), there.data());
  there.fetch();
  return offsets;
}

ScoreScanner::Tally ScoreScanner::tally(const std::vector<std::uint64_t>& bounds, int boundCount, const std::vector<double>& scales) const {
  Tally tally;
  tally.counts.assign(m_tensors * kernels::kMaxBounds, 0);
  tally.sums.assign(m_tensors * kernels::kMaxBounds, 0);
  DeviceArray<std::uint64_t> counts(tally.counts, m_place->device(), StartsAs::Zeros), sums(tally.sums, m_place->device(), StartsAs::Zeros);
  auto boundsThere = readOnly(bounds, m_place->device());
  auto scalesThere = readOnly(scales, m_place->device());
  GPS_RUN(tally, boundsThere.data(), boundCount, scalesThere.data(), (kernels::TallyResult{counts.data(), sums.data()}));
  counts.fetch();
  sums.fetch();
  return tally;
}

std::vector<std::uint32_t> ScoreScanner::reached(const std::vector<std::uint64_t>& bounds) const {
  auto boundsThere = readOnly(bounds, m_place->device());
  std::vector<std::uint32_t> counts(m_chunks.size(), 0);
  DeviceArray<std::uint32_t> countsThere(counts, m_place->device(), StartsAs::Zeros);
  GPS_RUN(countReached, boundsThere.data(), countsThere.data());
  countsThere.fetch();
  std::vector<std::int64_t> starts(m_chunks.size(), 0);
  std::int64_t all = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    starts[i] = all;
    all += counts[i];
  }
  std::vector<std::uint32_t> offsets(std::size_t(all), 0);
  DeviceArray<std::uint32_t> there(offsets, m_place->device(), StartsAs::Zeros);
  auto startsThere = readOnly(starts, m_place->device());
  GPS_RUN(gatherReached, boundsThere.data(), startsThere.data(), there.data());
  there.fetch();
  return offsets;
}

#undef GPS_RUN

}  // namespace gps
