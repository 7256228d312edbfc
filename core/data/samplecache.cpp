#include "core/data/samplecache.h"

#include <algorithm>
#include <utility>

namespace gps {

namespace {

void moveToPinned(Sample& sample, PinnedBytes bytes) {
  auto* out = std::copy(sample.image.pixels.begin(), sample.image.pixels.end(), bytes.data);
  std::copy(sample.mask.pixels.begin(), sample.mask.pixels.end(), out);
  sample.image.pixels = {};
  sample.mask.pixels = {};
  sample.pinned = std::move(bytes);
}

}  // namespace

Pixels pixelsOf(const std::shared_ptr<const Sample>& sample) {
  const auto& s = *sample;
  return {s.image.width, s.image.height, 3, s.pinned.block ? s.pinned.data : s.image.pixels.data(), sample, s.pinned.block.get()};
}

Pixels maskPixelsOf(const std::shared_ptr<const Sample>& sample) {
  const auto& s = *sample;
  const std::size_t before = std::size_t(s.image.width) * std::size_t(s.image.height) * 3;
  return {s.mask.width, s.mask.height, 1, s.pinned.block ? s.pinned.data + before : s.mask.pixels.data(), sample, s.pinned.block.get()};
}

std::shared_ptr<const Sample> SampleCache::find(int item) const {
  const std::lock_guard lock(m_mutex);
  const auto found = m_samples.find(item);
  return found == m_samples.end() ? nullptr : found->second;
}

PinnedBytes SampleCache::pinnedRoom(std::size_t bytes) {
  if (!m_isPinned || bytes == 0) return {};
  const std::lock_guard lock(m_mutex);
  return m_memory.take(bytes);
}

std::shared_ptr<const Sample> SampleCache::keep(int item, Sample sample) {
  const auto bytes = sample.bytes();
  if (auto room = pinnedRoom(bytes); room.block) moveToPinned(sample, std::move(room));
  const bool isPinned = sample.pinned.block != nullptr;
  auto kept = std::make_shared<const Sample>(std::move(sample));
  const std::lock_guard lock(m_mutex);
  if (const auto found = m_samples.find(item); found != m_samples.end()) return found->second;
  if (!isPinned) {
    const bool isOrdinary = !m_isPinned || !m_memory.refusal().empty();
    if (!isOrdinary || takenBytes() + bytes > m_limit) return kept;
    m_ordinaryBytes += bytes;
  }
  m_samples.emplace(item, kept);
  return kept;
}

CacheState SampleCache::state() const {
  const std::lock_guard lock(m_mutex);
  return {m_samples.size(), takenBytes(), m_limit, m_memory.bytes() > 0, m_memory.refusal()};
}

}  // namespace gps
