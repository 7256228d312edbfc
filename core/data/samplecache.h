#pragma once
// Pictures as they are kept between epochs, and what keeps them.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/data/pinnedmemory.h"
#include "core/data/pixels.h"
#include "core/data/views/normalisation.h"
#include "core/data/views/transforms.h"
#include "core/values/image.h"

namespace gps {

// A picture decoded, and fitted unless it is cropped at random.
struct Sample {
  RgbImage image;
  MaskImage mask;        // fitted; without sides where none is loaded
  PinnedBytes pinned;    // where set, it holds the pixels of both, one behind the other, and they have none
  ChannelScales scales;  // of a fitted picture
  PreprocessGeometry geometry;
  std::uint64_t fingerprint = 0;  // of the picture as decoded

  std::size_t bytes() const { return image.pixels.size() + mask.pixels.size(); }
};
Pixels pixelsOf(const std::shared_ptr<const Sample>& sample);
Pixels maskPixelsOf(const std::shared_ptr<const Sample>& sample);

struct CacheState {
  std::size_t pictures = 0, bytes = 0, limit = 0;  // bytes: taken from the system, page-locked ones in whole blocks
  bool isPinned = false;
  std::string refusal;  // why the system refused page-locked memory, where it was wanted; what was kept since then is in ordinary memory
};

// Keeps the first samples that fit, by number: in a random order no later choice would serve better. Any thread.
class SampleCache {
 public:
  // isPinned: in page-locked memory, as long as the system gives it.
  SampleCache(std::size_t limit, bool isPinned) : m_limit(limit), m_isPinned(isPinned), m_memory(isPinned ? limit : 0) {}

  std::shared_ptr<const Sample> find(int item) const;
  // The sample to go on with: the given one, kept if there is room, or the one that is kept already.
  std::shared_ptr<const Sample> keep(int item, Sample sample);
  CacheState state() const;

 private:
  PinnedBytes pinnedRoom(std::size_t bytes);
  std::size_t takenBytes() const { return m_ordinaryBytes + m_memory.bytes(); }

  const std::size_t m_limit;
  const bool m_isPinned;
  mutable std::mutex m_mutex;
  PinnedMemory m_memory;
  std::unordered_map<int, std::shared_ptr<const Sample>> m_samples;
  std::size_t m_ordinaryBytes = 0;
};

}  // namespace gps
