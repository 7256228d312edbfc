#include "core/nn/trainableset.h"

#include <algorithm>
#include <set>

#include "core/values/error.h"

namespace gps {

TrainableSet::TrainableSet(std::shared_ptr<const ParameterMap> map, std::vector<std::uint32_t> offsets, std::vector<std::size_t> wholeIds)
    : m_map(std::move(map)), m_offsets(std::move(offsets)), m_wholeIds(std::move(wholeIds)) {
  if (!std::is_sorted(m_offsets.begin(), m_offsets.end()) || std::adjacent_find(m_offsets.begin(), m_offsets.end()) != m_offsets.end())
    throw Error(ErrorCode::BadArgument, "selection", "its offsets are not strictly ascending");
  const std::set<std::size_t> whole(m_wholeIds.begin(), m_wholeIds.end());
  if (whole.size() != m_wholeIds.size()) throw Error(ErrorCode::BadArgument, "trainable set", "names a tensor twice");
  for (std::size_t i = 0; i < m_offsets.size();) {
    const auto id = m_map->matrixIdAt(m_offsets[i]);
    const auto& e = m_map->entry(id);
    if (whole.contains(id)) throw Error(ErrorCode::BadArgument, e.name, "is selected in part and trained whole at once");
    std::size_t end = i;
    while (end < m_offsets.size() && std::int64_t(m_offsets[end]) < e.offset + e.count) ++end;
    m_slices.push_back({id, std::int64_t(i), std::int64_t(end - i), true});
    i = end;
  }
  m_size = std::int64_t(m_offsets.size());
  m_wholeIds.clear();
  for (const auto id : m_map->canonicalOrder()) {
    if (!whole.contains(id)) continue;
    m_wholeIds.push_back(id);
    m_slices.push_back({id, m_size, m_map->entry(id).count, false});
    m_size += m_map->entry(id).count;
  }
}

std::vector<std::int64_t> TrainableSet::localOffsets(const Slice& slice) const {
  std::vector<std::int64_t> local(std::size_t(slice.count));
  const auto begin = m_map->entry(slice.id).offset;
  for (std::int64_t i = 0; i < slice.count; ++i) local[std::size_t(i)] = std::int64_t(m_offsets[std::size_t(slice.flatBegin + i)]) - begin;
  return local;
}

}  // namespace gps
