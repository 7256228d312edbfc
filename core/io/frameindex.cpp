#include "core/io/frameindex.h"

#include <algorithm>

namespace gps {

void FrameIndex::add(int number, const IndexedFrame& frame) {
  const std::lock_guard lock(m_mutex);
  if (number != int(m_frames.size()) || m_isComplete) return;
  if (frame.isTimed && (m_hasUntimed || (!m_frames.empty() && !(frame.seconds > m_frames.back().seconds)))) m_isRising = false;
  m_hasUntimed = m_hasUntimed || !frame.isTimed;
  m_frames.push_back(frame);
}

void FrameIndex::end() {
  const std::lock_guard lock(m_mutex);
  m_isComplete = true;
}

bool FrameIndex::isComplete() const {
  const std::lock_guard lock(m_mutex);
  return m_isComplete;
}

int FrameIndex::size() const {
  const std::lock_guard lock(m_mutex);
  return int(m_frames.size());
}

IndexedFrame FrameIndex::at(int number) const {
  const std::lock_guard lock(m_mutex);
  return m_frames.at(std::size_t(number));
}

int FrameIndex::find(double seconds) const {
  const std::lock_guard lock(m_mutex);
  if (!m_isRising) return -1;
  const auto at = std::lower_bound(m_frames.begin(), m_frames.end(), seconds,
                                   [](const IndexedFrame& frame, double wanted) { return frame.seconds < wanted; });
  return at != m_frames.end() && at->seconds == seconds && at->isTimed ? int(at - m_frames.begin()) : -1;
}

bool FrameIndex::isRising() const {
  const std::lock_guard lock(m_mutex);
  return m_isRising;
}

}  // namespace gps
