#include "core/nn/parametermap.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "core/values/error.h"

namespace gps {

static std::int64_t alignUp(std::int64_t n) {
  return (n + ParameterMap::kAlignment - 1) / ParameterMap::kAlignment * ParameterMap::kAlignment;
}

ParameterMap::ParameterMap(std::vector<ParameterEntry> entries) : m_entries(std::move(entries)) {
  std::unordered_set<std::string> names;
  for (auto& e : m_entries) {
    if (!names.insert(e.name).second) throw Error(ErrorCode::Internal, e.name, "the model registers this tensor twice");
    e.region = e.role == ParameterRole::Matrix ? Region::Matrix : Region::Vector;
    e.count = 1;
    for (const auto d : e.shape) e.count *= d;
    e.rows = e.shape.empty() ? 1 : e.shape[0];
    e.cols = e.rows > 0 ? e.count / e.rows : 0;
    auto& end = e.region == Region::Matrix ? m_matrixSize : m_vectorSize;
    e.offset = end;
    end = alignUp(end + e.count);
  }
  if (m_matrixSize > std::int64_t(std::numeric_limits<std::uint32_t>::max()))
    throw Error(ErrorCode::Internal, "weight arena", "the matrix region is larger than 32-bit offsets can name");
  for (std::size_t i = 0; i < m_entries.size(); ++i)
    if (m_entries[i].region == Region::Matrix) m_matrixIds.push_back(i);
  m_canonical = m_matrixIds;
  for (std::size_t i = 0; i < m_entries.size(); ++i)
    if (m_entries[i].region == Region::Vector) m_canonical.push_back(i);
}

std::int64_t ParameterMap::idOf(const std::string& name) const {
  for (std::size_t i = 0; i < m_entries.size(); ++i)
    if (m_entries[i].name == name) return std::int64_t(i);
  return -1;
}

const ParameterEntry* ParameterMap::find(const std::string& name) const {
  const auto id = idOf(name);
  return id < 0 ? nullptr : &m_entries[std::size_t(id)];
}

std::size_t ParameterMap::matrixIdAt(std::uint32_t offset) const {
  const auto it = std::upper_bound(m_matrixIds.begin(), m_matrixIds.end(), std::int64_t(offset),
                                   [&](std::int64_t o, std::size_t id) { return o < m_entries[id].offset; });
  if (it != m_matrixIds.begin()) {
    const auto& e = m_entries[*(it - 1)];
    if (std::int64_t(offset) < e.offset + e.count) return *(it - 1);
  }
  throw Error(ErrorCode::BadArgument, "offset " + std::to_string(offset), "lies outside every selectable weight of the model");
}

static bool isLearned(const ParameterEntry& e) {
  return e.role != ParameterRole::NormStatistic && e.name.find("positional_encoding_gaussian_matrix") == std::string::npos;
}

std::int64_t ParameterMap::parameterCount(ModelPart part) const {
  std::int64_t n = 0;
  for (const auto& e : m_entries)
    if (e.part == part && isLearned(e)) n += e.count;
  return n;
}

std::int64_t ParameterMap::parameterCount() const {
  std::int64_t n = 0;
  for (const auto& e : m_entries)
    if (isLearned(e)) n += e.count;
  return n;
}

}  // namespace gps
