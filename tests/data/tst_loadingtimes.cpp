// How long the pictures of a run take to come, and what follows for its epochs.
#include "core/data/loadingtimes.h"

#include <atomic>
#include <thread>

#include "core/values/traincost.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

constexpr int kDecodeMs = 20;

// Every picture takes its time to decode.
class SlowSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string&) const override {
    ++loads;
    std::this_thread::sleep_for(std::chrono::milliseconds(kDecodeMs));
    return noisePicture(32, 32, 1);
  }
  MaskImage loadMask(const std::string&) const override { return boxMask(32, 32); }
  Size sizeOf(const std::string&) const override { return {32, 32}; }
  mutable std::atomic<int> loads{0};
};

LoaderSpec loadingOf(int items, std::size_t cacheBytes) {
  LoaderSpec spec;
  for (int i = 0; i < items; ++i) spec.items.push_back({"id" + std::to_string(i), "train", "a", "a", {}});
  spec.preprocess.size = 16;
  spec.batch = 4;
  spec.threads = 2;
  spec.cacheBytes = cacheBytes;
  return spec;
}

TEST(LoadingTimes, AKeptPictureIsNotDecodedAgain) {
  const auto images = std::make_shared<SlowSource>();
  RunControl control;
  const auto times = measureLoading(loadingOf(24, kAutomaticCache), images, control);
  EXPECT_EQ(times.batches, 6);
  EXPECT_GE(times.firstMs, 4 * kDecodeMs / 2);  // two threads
  EXPECT_LT(times.laterMs, times.firstMs / 4);
  EXPECT_EQ(times.keptShare, 1);
  EXPECT_EQ(images->loads, 24);
}

TEST(LoadingTimes, WithoutRoomEveryEpochDecodes) {
  const auto images = std::make_shared<SlowSource>();
  RunControl control;
  const auto times = measureLoading(loadingOf(40, 0), images, control, 2);
  EXPECT_EQ(times.batches, 2);
  EXPECT_EQ(times.keptShare, 0);
  EXPECT_GE(times.laterMs, 4 * kDecodeMs / 2);
}

TEST(LoadingTimes, RoomForSomeIsToldAsAShare) {
  RunControl control;
  const std::size_t one = 16 * 16 * 4;  // a picture and its mask
  const auto times = measureLoading(loadingOf(24, 12 * one), std::make_shared<SlowSource>(), control);
  EXPECT_NEAR(times.keptShare, 0.5, 0.05);
}

TEST(LoadingTimes, AStopIsHeard) {
  RunControl control;
  control.requestStop();
  EXPECT_THROW(measureLoading(loadingOf(24, 0), std::make_shared<SlowSource>(), control), Cancelled);
}

TrainCost costOf(double stepMs, bool isCuda) {
  TrainCost cost;
  cost.stepMs = {stepMs};
  cost.isCuda = isCuda;
  cost.stepsPerEpoch = 10;
  cost.epochs = 3;
  cost.firstLoadMs = 200;
  cost.laterLoadMs = 40;
  cost.keptShare = 1;
  return cost;
}

TEST(TrainCost, ADeviceStepsWhileTheProcessorLoads) {
  EXPECT_DOUBLE_EQ(costOf(100, true).firstEpochSeconds(), 2);  // the loading is slower
  EXPECT_DOUBLE_EQ(costOf(100, true).laterEpochSeconds(), 1);  // the step is
  EXPECT_DOUBLE_EQ(costOf(100, true).totalSeconds(), 4);
  EXPECT_DOUBLE_EQ(costOf(100, false).firstEpochSeconds(), 3);
  EXPECT_DOUBLE_EQ(costOf(100, false).laterEpochSeconds(), 1.4);
  auto half = costOf(100, true);
  half.keptShare = 0.5;
  EXPECT_DOUBLE_EQ(half.laterEpochSeconds(), 1.2);
}

}  // namespace
}  // namespace gps
