#pragma once
// Decodes, resizes and batches the pictures of a split ahead of the engine. The order and the flips depend only on (seed,
// epoch, position of the item in the list), never on threads or timing.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/control/imagesource.h"
#include "core/data/transforms.h"
#include "core/values/dataset.h"
#include "core/values/names.h"

namespace gps {

struct SegmentationBatch {
  int count = 0, size = 0;                   // B, S
  std::vector<float> images;                 // [B, 3, S, S]
  std::vector<float> masks;                  // [B, 1, S, S], 0 or 1; empty when masks are not loaded
  std::vector<int> itemIndex;                // [B], into LoaderSpec::items
  std::vector<PreprocessGeometry> geometry;  // [B]
  int batchIndex = 0;                        // inside the epoch, 0-based
};

struct LoaderSpec {
  std::vector<DataItem> items;
  PreprocessSpec preprocess;
  int batch = 8;
  bool shuffle = true;                      // else in the order of items, every epoch
  AugmentKind augment = AugmentKind::Flip;  // Flip: mirrored left-right with probability 1/2
  bool masks = true;
  bool dropLast = false;  // leave out a last batch that is not full
  std::uint64_t seed = 42;
  int threads = 2;                                  // decoding, 1…16
  int prefetch = 3;                                 // batches ready ahead of next(), 1…16
  std::size_t cacheBytes = std::size_t{512} << 20;  // resized 8-bit pictures kept; 0: none
};

// One consumer thread calls startEpoch and next. The destructor stops the pool and never waits longer than one decode.
class Loader {
 public:
  // Throws Error(BadArgument) for an empty list or values out of range.
  Loader(LoaderSpec spec, std::shared_ptr<const ImageSource> images);
  ~Loader();
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  const LoaderSpec& spec() const;
  int batchesPerEpoch() const;
  // Begins an epoch (any number, in any order), at a batch inside it when resuming. Drops what an unfinished epoch had ready.
  void startEpoch(int epoch, int firstBatch = 0);
  // The next batch; nullopt at the end of the epoch, before the first startEpoch and after stop(). Rethrows what a decoding
  // thread threw (Error names the file); startEpoch begins afresh after that.
  std::optional<SegmentationBatch> next();
  // Any thread; wakes a waiting next(). Idempotent. The loader cannot be started again.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace gps
