#pragma once
// Decodes, augments and batches the pictures of a split ahead of the engine. The order and the views depend only on (seed,
// epoch, position of the item in the list), never on threads or timing.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/control/imagesource.h"
#include "core/data/pixels.h"
#include "core/data/samplecache.h"
#include "core/data/views/augment.h"
#include "core/data/views/normalisation.h"
#include "core/data/views/transforms.h"
#include "core/values/dataset.h"
#include "core/values/names.h"

namespace gps {

struct Batch {
  int count = 0, views = 1, size = 0;        // B, V, S
  int globalCount = 0;                       // of all ranks; count where one loads alone
  std::vector<float> images;                 // [V * B, 3, S, S], the first views of all pictures, then the second; empty when onDevice
  std::vector<float> masks;                  // [B, 1, S, S], 0 or 1; empty when onDevice or masks are not loaded
  std::vector<int> labels;                   // [B], classes; empty when there are none
  std::vector<int> itemIndex;                // [B], into LoaderSpec::items
  std::vector<PreprocessGeometry> geometry;  // [B]
  std::vector<std::uint64_t> fingerprints;   // [B], of the pictures as decoded
  int batchIndex = 0;                        // inside the epoch, 0-based
  // With onDevice, in place of images and masks: the pictures [B], shared with the cache, and what is to be made of them.
  std::vector<Pixels> pictures;        // fitted; as decoded where they are cropped at random
  std::vector<Pixels> maskPictures;    // fitted, [B]; empty when masks are not loaded
  std::vector<std::uint8_t> mirrored;  // of fitted pictures and their masks, [B], 0 or 1
  std::vector<ChannelScales> scales;   // of fitted pictures, [B]
  std::vector<ViewPlan> plans;         // of random crops, [V * B]
};

constexpr std::size_t kAutomaticCache = ~std::size_t{0};

struct LoaderSpec {
  std::vector<DataItem> items;
  PreprocessSpec preprocess;
  int batch = 8;
  bool shuffle = true;  // else in the order of items, every epoch
  ViewKind view = ViewKind::Flip;
  int views = 1;                     // independent views of each picture, 1 or 2
  bool randomInterpolation = false;  // of the random crops
  bool onDevice = false;             // what can be left to the device that computes is: batches carry 8-bit pictures
  bool masks = true;                 // not with random crops
  std::vector<int> labels;           // [items]; empty: none
  bool dropLast = false;             // leave out a last batch that is not full
  // Of every batch only the places of one rank (placesOfRank); a batch may then be empty.
  int rank = 0, ranks = 1;
  bool inPairs = false;
  std::uint64_t seed = 42;
  int threads = 0;   // decoding, 1…16; 0: half of the cores, 2…8
  int prefetch = 3;  // batches ready ahead of next(), 1…16
  // 8-bit pictures kept between epochs: fitted ones, or as decoded where they are cropped at random. 0: none; kAutomaticCache: see
  // cachelimit.h. What does not fit is decoded anew every epoch.
  std::size_t cacheBytes = kAutomaticCache;
  bool pinned = false;  // with onDevice: they are kept in page-locked memory, from which a GPU copies by itself
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
  // stride: of the batches from there on only each so manieth, where several processes share an epoch; at least 1.
  void startEpoch(int epoch, int firstBatch = 0, int stride = 1);
  // The next batch; nullopt at the end of the epoch, before the first startEpoch and after stop(). Rethrows what a decoding
  // thread threw (Error names the file); startEpoch begins afresh after that.
  std::optional<Batch> next();
  // Whether next() would return at once, were it called now.
  bool isReady() const;
  // Any thread; wakes a waiting next(). Idempotent. The loader cannot be started again.
  void stop();
  CacheState cacheState() const;  // any thread

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

// What training does to a picture; Vtab and None are plain.
ViewKind viewOf(AugmentKind augment);
// Class of every item by its place in `classes`. Throws Error(BadFile) for an item of another class.
std::vector<int> labelsOf(const std::vector<DataItem>& items, const std::vector<std::string>& classes);

}  // namespace gps
