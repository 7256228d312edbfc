#include "core/distributed/partition.h"

#include <algorithm>
#include <vector>

#include "tests/support/expecterror.h"

namespace gps {
namespace {

using namespace test;

TEST(Partition, EverySampleBelongsToOneRankInOrderAndPartsAreEven) {
  for (int size = 1; size <= 9; ++size)
    for (int batch = 0; batch <= 40; ++batch) {
      int next = 0, least = batch, most = 0;
      for (int rank = 0; rank < size; ++rank) {
        const auto part = partOfBatch(batch, rank, size);
        EXPECT_EQ(part.begin, next) << batch << " over " << size;
        EXPECT_LE(part.count, rank == 0 ? batch : most);  // larger parts first
        next += part.count;
        least = std::min(least, part.count);
        most = std::max(most, part.count);
      }
      EXPECT_EQ(next, batch);
      EXPECT_LE(most - least, 1);
    }
}

TEST(Partition, EveryBatchOfAPassBelongsToOneRankAndItsCountIsRight) {
  for (int size = 1; size <= 9; ++size)
    for (int batches = 0; batches <= 40; ++batches) {
      std::vector<int> count(std::size_t(size), 0);
      for (int b = 0; b < batches; ++b) {
        const int owner = ownerOfBatch(b, size);
        ASSERT_TRUE(owner >= 0 && owner < size);
        // rank, rank + size, …: what a stride over the batches visits
        EXPECT_EQ(owner + size * count[std::size_t(owner)], b);
        ++count[std::size_t(owner)];
      }
      for (int rank = 0; rank < size; ++rank) EXPECT_EQ(batchesOfRank(batches, rank, size), count[std::size_t(rank)]);
      EXPECT_LE(*std::max_element(count.begin(), count.end()) - *std::min_element(count.begin(), count.end()), 1);
    }
}

TEST(Partition, PicturesOfRanksAreThoseOfTheirBatches) {
  for (const int size : {1, 2, 3, 7})
    for (const std::int64_t pictures : {0, 1, 5, 8, 16, 17, 100})
      for (const int batch : {1, 3, 8}) {
        std::vector<std::int64_t> own(std::size_t(size), 0);
        for (std::int64_t first = 0, b = 0; first < pictures; first += batch, ++b)
          own[std::size_t(ownerOfBatch(int(b), size))] += std::min<std::int64_t>(batch, pictures - first);
        for (int rank = 0; rank < size; ++rank) EXPECT_EQ(picturesOfRank(pictures, batch, rank, size), own[std::size_t(rank)]);
      }
}

TEST(Partition, PlacesAreEachOnceAndPairsStayTogetherAndMirrored) {
  for (const bool inPairs : {false, true})
    for (int size = 1; size <= 5; ++size)
      for (int batch = 0; batch <= 25; ++batch) {
        std::vector<int> seen;
        std::size_t least = std::size_t(batch), most = 0;
        for (int rank = 0; rank < size; ++rank) {
          const auto places = placesOfRank(batch, rank, size, inPairs);
          seen.insert(seen.end(), places.begin(), places.end());
          least = std::min(least, places.size());
          most = std::max(most, places.size());
          for (std::size_t i = 0; inPairs && i < places.size(); ++i)
            EXPECT_EQ(places[i] + places[places.size() - 1 - i], batch - 1) << batch << " over " << size;
        }
        EXPECT_LE(most - least, inPairs ? 2U : 1U);
        std::sort(seen.begin(), seen.end());
        ASSERT_EQ(seen.size(), std::size_t(batch));
        for (int i = 0; i < batch; ++i) EXPECT_EQ(seen[std::size_t(i)], i);
      }
}

TEST(Partition, ASmallBatchLeavesTheLastRanksWithoutSamples) {
  EXPECT_EQ(partOfBatch(2, 1, 3).count, 1);
  EXPECT_EQ(partOfBatch(2, 2, 3).count, 0);
  EXPECT_EQ(partOfBatch(2, 2, 3).begin, 2);
}

TEST(Partition, RanksOutsideOfTheGroupAreRefused) {
  errorOf(ErrorCode::BadArgument, [] { partOfBatch(4, 2, 2); });
  errorOf(ErrorCode::BadArgument, [] { partOfBatch(4, -1, 2); });
  errorOf(ErrorCode::BadArgument, [] { partOfBatch(-1, 0, 2); });
  errorOf(ErrorCode::BadArgument, [] { placesOfRank(4, 2, 2, true); });
  errorOf(ErrorCode::BadArgument, [] { ownerOfBatch(0, 0); });
  errorOf(ErrorCode::BadArgument, [] { batchesOfRank(4, 3, 3); });
}

}  // namespace
}  // namespace gps
