#include "core/data/loader.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "core/distributed/partition.h"
#include "core/values/counterrandom.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

// Pictures by number, "12": made, not read. Counts what was asked for; fails or waits on demand.
class NumberedSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    ++loads;
    if (path == failsAt) throw Error(ErrorCode::BadFile, path, "the picture cannot be decoded");
    if (path == waitsAt) {
      std::unique_lock lock(m_mutex);
      isWaiting = true;
      m_wake.notify_all();
      m_wake.wait(lock, [this] { return m_released; });
    }
    return noisePicture(30, 20, std::uint64_t(std::stoi(path)));
  }
  MaskImage loadMask(const std::string& path) const override { return path == wrongSizeAt ? boxMask(5, 5) : boxMask(30, 20); }
  Size sizeOf(const std::string&) const override { return {30, 20}; }

  void awaitWaiter() const {
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return isWaiting; });
  }
  void release() const {
    const std::lock_guard lock(m_mutex);
    m_released = true;
    m_wake.notify_all();
  }

  mutable std::atomic<int> loads{0};
  std::string failsAt, waitsAt, wrongSizeAt;
  mutable bool isWaiting = false;

 private:
  mutable std::mutex m_mutex;
  mutable std::condition_variable m_wake;
  mutable bool m_released = false;
};

LoaderSpec specOf(int items, int batch = 4) {
  LoaderSpec spec;
  for (int i = 0; i < items; ++i) spec.items.push_back({"id" + std::to_string(i), "train", std::to_string(i), std::to_string(i), {}});
  spec.preprocess.size = 16;
  spec.batch = batch;
  return spec;
}

std::vector<Batch> epochOf(Loader& loader, int epoch, int firstBatch = 0, int stride = 1) {
  std::vector<Batch> all;
  loader.startEpoch(epoch, firstBatch, stride);
  while (auto batch = loader.next()) all.push_back(std::move(*batch));
  return all;
}

void expectSame(const std::vector<Batch>& a, const std::vector<Batch>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].itemIndex, b[i].itemIndex);
    EXPECT_EQ(a[i].batchIndex, b[i].batchIndex);
    EXPECT_EQ(a[i].images, b[i].images);
    EXPECT_EQ(a[i].masks, b[i].masks);
  }
}

TEST(Loader, EveryItemOnceAnEpoch) {
  Loader loader(specOf(19), std::make_shared<NumberedSource>());
  EXPECT_EQ(loader.batchesPerEpoch(), 5);
  for (int epoch = 1; epoch <= 3; ++epoch) {
    const auto batches = epochOf(loader, epoch);
    ASSERT_EQ(batches.size(), 5U);
    std::multiset<int> seen;
    for (const auto& batch : batches) {
      EXPECT_EQ(batch.images.size(), std::size_t(batch.count) * 3 * 16 * 16);
      EXPECT_EQ(batch.masks.size(), std::size_t(batch.count) * 16 * 16);
      EXPECT_EQ(batch.itemIndex.size(), std::size_t(batch.count));
      EXPECT_EQ(batch.geometry[0].sourceWidth, 30);
      seen.insert(batch.itemIndex.begin(), batch.itemIndex.end());
    }
    EXPECT_EQ(batches.back().count, 3);
    EXPECT_EQ(seen.size(), 19U);
    EXPECT_EQ(std::set<int>(seen.begin(), seen.end()).size(), 19U);
  }
}

TEST(Loader, ThreadsPrefetchAndCacheChangeNothing) {
  Loader reference(specOf(23), std::make_shared<NumberedSource>());
  const auto first = epochOf(reference, 1), second = epochOf(reference, 2);
  for (const int threads : {1, 3, 8})
    for (const int prefetch : {1, 5})
      for (const std::size_t cache : {std::size_t{0}, std::size_t{5000}, std::size_t{1} << 24}) {
        auto spec = specOf(23);
        spec.threads = threads, spec.prefetch = prefetch, spec.cacheBytes = cache;
        Loader loader(spec, std::make_shared<NumberedSource>());
        expectSame(epochOf(loader, 1), first);
        expectSame(epochOf(loader, 2), second);
      }
}

TEST(Loader, SeedAndEpochChangeOrderAndFlips) {
  auto spec = specOf(40, 40);
  Loader a(spec, std::make_shared<NumberedSource>());
  spec.seed = 43;
  Loader b(spec, std::make_shared<NumberedSource>());
  EXPECT_NE(epochOf(a, 1)[0].itemIndex, epochOf(a, 2)[0].itemIndex);
  EXPECT_NE(epochOf(a, 1)[0].itemIndex, epochOf(b, 1)[0].itemIndex);
}

TEST(Loader, FlipsPictureAndMaskTogetherHalfOfTheTime) {
  auto spec = specOf(60, 60);
  spec.shuffle = false;
  Loader flipping(spec, std::make_shared<NumberedSource>());
  spec.view = ViewKind::Plain;
  Loader plain(spec, std::make_shared<NumberedSource>());
  const auto a = epochOf(flipping, 1)[0], b = epochOf(plain, 1)[0];
  int flipped = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    const auto at = [&](const std::vector<float>& planes, std::size_t channels, std::size_t x) {
      return planes[i * channels * 256 + 5 * 16 + x];
    };
    const bool isFlipped = at(a.masks, 1, 0) == 0;
    flipped += isFlipped;
    for (std::size_t x = 0; x < 16; ++x) {
      ASSERT_EQ(at(a.images, 3, x), at(b.images, 3, isFlipped ? 15 - x : x));
      ASSERT_EQ(at(a.masks, 1, x), at(b.masks, 1, isFlipped ? 15 - x : x));
    }
  }
  EXPECT_GT(flipped, 15);
  EXPECT_LT(flipped, 45);
}

TEST(Loader, ResumesInsideAnEpoch) {
  Loader loader(specOf(30), std::make_shared<NumberedSource>());
  const auto whole = epochOf(loader, 3);
  for (int first = 0; first <= 8; ++first) {
    Loader resumed(specOf(30), std::make_shared<NumberedSource>());
    expectSame(epochOf(resumed, 3, first), {whole.begin() + first, whole.end()});
  }
  errorOf(ErrorCode::BadArgument, [&] { loader.startEpoch(1, 9); });
  errorOf(ErrorCode::BadArgument, [&] { loader.startEpoch(1, -1); });
}

TEST(Loader, AStrideLeavesOutTheBatchesOfOthersAndLoadsNothingOfThem) {
  for (const bool dropLast : {false, true})
    for (const int stride : {2, 3, 11}) {
      auto spec = specOf(30);
      spec.dropLast = dropLast;
      spec.prefetch = stride == 3 ? 1 : 3;
      Loader all(spec, std::make_shared<NumberedSource>());
      const auto whole = epochOf(all, 3);
      std::size_t found = 0;
      for (int first = 0; first < std::min(stride, all.batchesPerEpoch() + 1); ++first) {
        std::vector<Batch> expected;
        int pictures = 0;
        for (std::size_t b = std::size_t(first); b < whole.size(); b += std::size_t(stride)) {
          expected.push_back(whole[b]);
          pictures += whole[b].count;
        }
        const auto source = std::make_shared<NumberedSource>();
        Loader own(spec, source);
        expectSame(epochOf(own, 3, first, stride), expected);
        EXPECT_EQ(source->loads, pictures);
        found += expected.size();
      }
      EXPECT_EQ(found, whole.size());
    }
  Loader loader(specOf(4), std::make_shared<NumberedSource>());
  errorOf(ErrorCode::BadArgument, [&] { loader.startEpoch(1, 0, 0); });
}

TEST(Loader, TheRanksLoadTheWholeBatchBetweenThem) {
  for (const bool inPairs : {false, true})
    for (const int ranks : {2, 3, 7}) {
      auto spec = specOf(26, 6);  // the last batch has 2
      Loader all(spec, std::make_shared<NumberedSource>());
      const auto whole = epochOf(all, 3);
      std::vector<std::vector<Batch>> parts;
      spec.ranks = ranks;
      spec.inPairs = inPairs;
      for (spec.rank = 0; spec.rank < ranks; ++spec.rank) {
        Loader own(spec, std::make_shared<NumberedSource>());
        parts.push_back(epochOf(own, 3));
        ASSERT_EQ(parts.back().size(), whole.size());
      }
      for (std::size_t b = 0; b < whole.size(); ++b) {
        int found = 0;
        for (int rank = 0; rank < ranks; ++rank) {
          const auto& part = parts[std::size_t(rank)][b];
          EXPECT_EQ(part.globalCount, whole[b].count);
          EXPECT_EQ(part.batchIndex, int(b));
          const auto places = placesOfRank(whole[b].count, rank, ranks, inPairs);
          ASSERT_EQ(std::size_t(part.count), places.size());
          for (std::size_t i = 0; i < places.size(); ++i, ++found) {
            const auto at = std::size_t(places[i]), plane = std::size_t(3 * 16 * 16);
            EXPECT_EQ(part.itemIndex[i], whole[b].itemIndex[at]);
            EXPECT_TRUE(std::equal(part.images.begin() + std::ptrdiff_t(i * plane), part.images.begin() + std::ptrdiff_t((i + 1) * plane),
                                   whole[b].images.begin() + std::ptrdiff_t(at * plane)));
          }
        }
        EXPECT_EQ(found, whole[b].count);
      }
    }
  auto spec = specOf(4);
  spec.rank = 2, spec.ranks = 2;
  errorOf(ErrorCode::BadArgument, [&] { Loader(spec, std::make_shared<NumberedSource>()); });
}

TEST(Loader, StartingAnewDropsWhatWasReady) {
  Loader loader(specOf(30), std::make_shared<NumberedSource>());
  const auto expected = epochOf(loader, 2);
  for (int i = 0; i < 50; ++i) {
    loader.startEpoch(1);
    for (int k = 0; k < i % 4; ++k) ASSERT_TRUE(loader.next());
  }
  expectSame(epochOf(loader, 2), expected);
}

TEST(Loader, ErrorsOfThePoolSurfaceInTheirPlace) {
  auto source = std::make_shared<NumberedSource>();
  source->failsAt = "9";
  auto spec = specOf(20);
  spec.shuffle = false;
  Loader loader(spec, source);
  loader.startEpoch(1);
  EXPECT_EQ(loader.next()->itemIndex[0], 0);
  EXPECT_EQ(loader.next()->itemIndex[0], 4);
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { loader.next(); }).find("9"), std::string::npos);
  EXPECT_FALSE(loader.next()) << "the epoch is over";
  loader.startEpoch(2, 3);  // behind the bad one
  EXPECT_EQ(loader.next()->itemIndex[0], 12);
}

TEST(Loader, MasksOfAnotherSizeAreAnError) {
  auto source = std::make_shared<NumberedSource>();
  source->wrongSizeAt = "2";
  Loader loader(specOf(4), source);
  loader.startEpoch(1);
  EXPECT_NE(errorOf(ErrorCode::Mismatch, [&] { loader.next(); }).find("5x5"), std::string::npos);
}

TEST(Loader, CacheSparesDecodingAndKeepsItsBound) {
  auto source = std::make_shared<NumberedSource>();
  Loader cached(specOf(20), source);
  for (int epoch = 1; epoch <= 3; ++epoch) epochOf(cached, epoch);
  EXPECT_EQ(source->loads, 20);
  auto none = std::make_shared<NumberedSource>();
  auto spec = specOf(20);
  spec.cacheBytes = 0;
  Loader uncached(spec, none);
  for (int epoch = 1; epoch <= 3; ++epoch) epochOf(uncached, epoch);
  EXPECT_EQ(none->loads, 60);
}

TEST(Loader, BatchesForADeviceShareTheirPicturesWithTheCache) {
  auto source = std::make_shared<NumberedSource>();
  auto spec = specOf(20);
  spec.onDevice = true;
  Loader loader(spec, source);
  std::vector<const std::uint8_t*> pictures(20), masks(20);
  for (int epoch = 1; epoch <= 3; ++epoch)
    for (const auto& batch : epochOf(loader, epoch))
      for (std::size_t i = 0; i < std::size_t(batch.count); ++i) {
        const auto item = std::size_t(batch.itemIndex[i]);
        ASSERT_EQ(batch.pictures[i].bytes(), 3U * 16 * 16);
        ASSERT_EQ(batch.maskPictures[i].bytes(), 16U * 16);
        if (epoch == 1) {
          pictures[item] = batch.pictures[i].data;
          masks[item] = batch.maskPictures[i].data;
        }
        EXPECT_EQ(batch.pictures[i].data, pictures[item]);
        EXPECT_EQ(batch.maskPictures[i].data, masks[item]);
      }
  EXPECT_EQ(source->loads, 20) << "nothing is decoded twice";
}

TEST(Loader, DecodesAnewWhatDoesNotFitIntoTheCache) {
  for (const bool onDevice : {false, true}) {
    auto source = std::make_shared<NumberedSource>();
    auto spec = specOf(20);
    spec.onDevice = onDevice;
    spec.cacheBytes = 7 * 4 * 16 * 16 + 100;
    Loader loader(spec, source);
    for (int epoch = 1; epoch <= 3; ++epoch) {
      epochOf(loader, epoch);
      EXPECT_LE(loader.cacheState().bytes, spec.cacheBytes);
    }
    EXPECT_EQ(loader.cacheState().pictures, 7U);
    EXPECT_EQ(source->loads, 20 + 2 * 13);
  }
}

TEST(Loader, SaysWhetherTheNextBatchIsThere) {
  auto source = std::make_shared<NumberedSource>();
  source->waitsAt = "0";
  auto spec = specOf(4);
  spec.shuffle = false;
  Loader loader(spec, source);
  EXPECT_TRUE(loader.isReady()) << "there is no epoch: next() returns at once";
  loader.startEpoch(1);
  source->awaitWaiter();
  EXPECT_FALSE(loader.isReady());
  source->release();
  ASSERT_TRUE(loader.next());
  EXPECT_TRUE(loader.isReady());
  EXPECT_FALSE(loader.next());
}

TEST(Loader, RunsAheadNoFartherThanAllowed) {
  auto source = std::make_shared<NumberedSource>();
  auto spec = specOf(100, 2);
  spec.prefetch = 2;
  spec.cacheBytes = 0;
  Loader loader(spec, source);
  loader.startEpoch(1);
  ASSERT_TRUE(loader.next());
  EXPECT_LE(source->loads, 6) << "one batch taken, two ahead";
}

TEST(Loader, StopWakesAWaitingConsumer) {
  auto source = std::make_shared<NumberedSource>();
  source->waitsAt = "0";
  auto spec = specOf(4);
  spec.shuffle = false;
  Loader loader(spec, source);
  loader.startEpoch(1);
  std::thread consumer([&] { EXPECT_FALSE(loader.next()); });
  source->awaitWaiter();
  loader.stop();
  consumer.join();  // while the decoder still hangs
  EXPECT_FALSE(loader.next());
  source->release();
}

TEST(Loader, DestroyedAtAnyMoment) {
  for (int i = 0; i < 60; ++i) {
    auto spec = specOf(24, 3);
    spec.threads = 1 + i % 4;
    Loader loader(spec, std::make_shared<NumberedSource>());
    if (i % 3 == 0) continue;
    loader.startEpoch(i);
    for (int k = 0; k < i % 7; ++k) loader.next();
  }
}

TEST(Loader, LeavesOutAShortBatchAndMasksWhenAsked) {
  auto spec = specOf(19);
  spec.dropLast = true;
  spec.masks = false;
  for (auto& item : spec.items) item.maskPath.clear();
  Loader loader(spec, std::make_shared<NumberedSource>());
  const auto batches = epochOf(loader, 1);
  ASSERT_EQ(batches.size(), 4U);
  EXPECT_TRUE(batches[0].masks.empty());
}

TEST(Loader, RefusesBadSpecs) {
  const auto source = std::make_shared<NumberedSource>();
  const auto refuse = [&](auto change) {
    auto spec = specOf(4);
    change(spec);
    return errorOf(ErrorCode::BadArgument, [&] { Loader loader(spec, source); });
  };
  refuse([](LoaderSpec& s) { s.items.clear(); });
  refuse([](LoaderSpec& s) { s.batch = 0; });
  refuse([](LoaderSpec& s) { s.threads = 99; });
  refuse([](LoaderSpec& s) { s.prefetch = 0; });
  EXPECT_NE(refuse([](LoaderSpec& s) { s.items[2].maskPath.clear(); }).find("id2"), std::string::npos);
  errorOf(ErrorCode::BadArgument, [&] { Loader loader(specOf(4), nullptr); });
}

}  // namespace
}  // namespace gps
