// The feed gives what loader and objective give one after the other, however far it runs ahead.
#include "core/tuning/step/stepfeed.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/backbones/device.h"
#include "core/data/dataset.h"
#include "core/tuning/feedbench.h"
#include "core/tuning/feedlines.h"
#include "tests/core/tinyclassifier.h"
#include "tests/core/tinymodel.h"
#include "tests/support/expecterror.h"

namespace gps {
namespace {

using namespace test;

// One picture cannot be read.
class BrokenSource : public StripeSource {
 public:
  explicit BrokenSource(std::string path) : m_path(std::move(path)) {}
  RgbImage loadImage(const std::string& path) const override {
    if (path == m_path) throw Error(ErrorCode::BadFile, path, "the picture cannot be decoded");
    return StripeSource::loadImage(path);
  }

 private:
  std::string m_path;
};

struct FeedCase {
  std::string name;
  TaskKind task;
  AugmentKind augment;
  double mixup = 0, cutmix = 0, smoothing = 0, dropPath = 0;
};

class StepFeeding : public testing::TestWithParam<std::tuple<FeedCase, DeviceKind>> {
 protected:
  void SetUp() override {
    if (kind() == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
    const auto& c = std::get<0>(GetParam());
    m_spec = defaultTrainSpec(c.task);
    m_spec.augment = c.augment;
    m_spec.mixup = c.mixup;
    m_spec.cutmix = c.cutmix;
    m_spec.labelSmoothing = c.smoothing;
    m_spec.dropPath = c.dropPath;
    m_spec.batch = 4;
    m_spec.device.device = kind();
    m_spec.device.threads = 2;
    const bool isSeg = c.task == TaskKind::Segmentation;
    m_model = isSeg ? tinyModel() : tinyClassifier();
    m_data = isSeg ? discs(22, 2) : stripes(22, 2);
    if (isSeg)
      m_images = std::make_shared<DiscSource>();
    else
      m_images = std::make_shared<StripeSource>();
    useDevice(*m_model, m_spec.device);
    m_objective = makeObjective(*m_model, m_data, m_images, m_spec);
  }
  DeviceKind kind() const { return std::get<1>(GetParam()); }
  at::Device device() const { return m_model->parts().arena->device(); }
  LoaderSpec loading() const { return m_objective->loading(itemsOfSplit(m_data, "train")); }

  // One after the other, on the CPU.
  std::vector<StepInput> expected(int epoch, int firstBatch = 0) const {
    Loader loader(loading(), m_images);
    loader.startEpoch(epoch, firstBatch);
    std::vector<StepInput> all;
    while (const auto batch = loader.next()) {
      const auto input = m_objective->input(*batch, epoch);
      const auto host = [](const at::Tensor& t) { return t.defined() ? t.cpu() : t; };
      all.push_back({host(input.images), host(input.targets), host(input.dropPath), input.count});
    }
    return all;
  }

  static void expectSame(const StepInput& a, const StepInput& b) {
    const auto same = [](const at::Tensor& x, const at::Tensor& y) {
      if (!x.defined() || !y.defined()) return x.defined() == y.defined();
      return at::equal(x.cpu(), y.cpu());
    };
    EXPECT_EQ(a.count, b.count);
    EXPECT_TRUE(same(a.images, b.images));
    EXPECT_TRUE(same(a.targets, b.targets));
    EXPECT_TRUE(same(a.dropPath, b.dropPath));
  }

  TrainSpec m_spec;
  std::unique_ptr<Model> m_model;
  DataSummary m_data;
  std::shared_ptr<const ImageSource> m_images;
  std::unique_ptr<Objective> m_objective;
  RunControl m_control;
};

TEST_P(StepFeeding, GivesWhatLoaderAndObjectiveGive) {
  const OwnStream stream;
  Loader loader(loading(), m_images);
  StepFeed feed(loader, *m_objective, device(), m_control);
  for (const auto& [epoch, firstBatch] : {std::pair{0, 0}, {1, 0}, {2, 3}, {2, 0}}) {
    const auto inputs = expected(epoch, firstBatch);
    feed.startEpoch(epoch, firstBatch);
    for (const auto& input : inputs) {
      const auto fed = feed.next();
      ASSERT_TRUE(fed);
      EXPECT_EQ(fed->fingerprints.size(), std::size_t(input.count));
      expectSame(fed->input, input);
    }
    EXPECT_FALSE(feed.next());
    EXPECT_FALSE(feed.next());
    EXPECT_GT(feed.times().seconds, 0);
    EXPECT_GE(feed.times().loaderMilliseconds, 0);
    EXPECT_GE(feed.times().uploadMilliseconds, 0);
  }
}

// Steps that take long and let their input go while they are still queued: memory used again too early, or a wait left out, would show in
// the sums.
TEST_P(StepFeeding, InputsStayWhatTheyAreUntilSlowStepsHaveReadThem) {
  const OwnStream stream;
  Loader loader(loading(), m_images);
  StepFeed feed(loader, *m_objective, device(), m_control);
  auto busy = at::ones({512, 512}, at::TensorOptions(at::kFloat).device(device())) / 512;
  const int products = device().is_cuda() ? 400 : 1;
  for (int epoch = 0; epoch < 4; ++epoch) {
    const auto inputs = expected(epoch);
    std::vector<at::Tensor> copies;
    feed.startEpoch(epoch);
    while (const auto fed = feed.next()) {
      for (int i = 0; i < products; ++i) busy = busy.mm(busy);
      copies.push_back(fed->input.images + busy.mean() * 0);
    }
    ASSERT_EQ(copies.size(), inputs.size());
    for (std::size_t i = 0; i < copies.size(); ++i) EXPECT_TRUE(at::equal(copies[i].cpu(), inputs[i].images)) << i;
  }
}

TEST_P(StepFeeding, StartingAnewDropsWhatWasPrepared) {
  const OwnStream stream;
  Loader loader(loading(), m_images);
  StepFeed feed(loader, *m_objective, device(), m_control);
  const auto inputs = expected(5);
  for (int taken = 0; taken < 5; ++taken) {
    feed.startEpoch(4);
    for (int i = 0; i < taken; ++i) ASSERT_TRUE(feed.next());
    feed.startEpoch(5);
    for (const auto& input : inputs) {
      const auto fed = feed.next();
      ASSERT_TRUE(fed);
      expectSame(fed->input, input);
    }
    EXPECT_FALSE(feed.next());
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, StepFeeding,
                         testing::Combine(testing::Values(FeedCase{"Seg", TaskKind::Segmentation, AugmentKind::Flip},
                                                          FeedCase{"Vtab", TaskKind::Classification, AugmentKind::Vtab},
                                                          FeedCase{"Fgvc", TaskKind::Classification, AugmentKind::Fgvc, 0.8, 1.0, 0.1, 0.3},
                                                          FeedCase{"Flip", TaskKind::Classification, AugmentKind::Flip, 0.8, 0, 0, 0.3}),
                                          testing::Values(DeviceKind::Cpu, DeviceKind::Cuda)),
                         [](const auto& test) {
                           return std::get<0>(test.param).name + (std::get<1>(test.param) == DeviceKind::Cpu ? "Cpu" : "Cuda");
                         });

class FeedOnDevice : public testing::TestWithParam<DeviceKind> {
 protected:
  void SetUp() override {
    if (GetParam() == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
    m_spec = defaultTrainSpec(TaskKind::Classification);
    m_spec.batch = 4;
    m_spec.device.device = GetParam();
    useDevice(*m_model, m_spec.device);
  }
  std::unique_ptr<Model> m_model = tinyClassifier();
  TrainSpec m_spec;
  RunControl m_control;
};

TEST_P(FeedOnDevice, ABadPictureFailsInItsPlace) {
  const auto data = stripes(20, 2);
  const auto images = std::make_shared<BrokenSource>("13");
  const auto objective = makeObjective(*m_model, data, images, m_spec);
  auto loading = objective->loading(itemsOfSplit(data, "train"));
  loading.shuffle = false;
  const OwnStream stream;
  Loader loader(loading, images);
  StepFeed feed(loader, *objective, m_model->parts().arena->device(), m_control);
  feed.startEpoch(0);
  for (int batch = 0; batch < 3; ++batch) ASSERT_TRUE(feed.next()) << batch;
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { feed.next(); }).find("13"), std::string::npos);
  EXPECT_FALSE(feed.next()) << "the epoch is over";
  feed.startEpoch(0, 4);
  EXPECT_TRUE(feed.next());
}

TEST_P(FeedOnDevice, TheBenchCountsPicturesAndWhatIsKept) {
  const auto data = stripes(18, 2);
  const auto before = m_model->parts().arena->matrix().clone();
  const auto rates = timeFeed(*m_model, data, std::make_shared<StripeSource>(), m_spec, 3, m_control);
  ASSERT_EQ(rates.epochs.size(), 3U);
  for (const auto& epoch : rates.epochs) {
    EXPECT_EQ(epoch.pictures, 18);
    EXPECT_EQ(epoch.batches, 5);
    EXPECT_GT(epoch.seconds, 0);
    EXPECT_LE(epoch.times.loaderMilliseconds, epoch.seconds * 1000);
  }
  EXPECT_EQ(rates.cache.pictures, 18U);
  EXPECT_EQ(rates.cache.isPinned, GetParam() == DeviceKind::Cuda);
  EXPECT_TRUE(rates.cache.refusal.empty()) << rates.cache.refusal;
  EXPECT_TRUE(at::equal(m_model->parts().arena->matrix(), before));
}

INSTANTIATE_TEST_SUITE_P(Devices, FeedOnDevice, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& test) { return test.param == DeviceKind::Cpu ? "Cpu" : "Cuda"; });

TEST(FeedLines, SayWhatWasWaitedForAndWhatIsKept) {
  EXPECT_EQ(waitLine({45.14, 10, 2.04}), "waited for pictures: 12.0 ms of 45.1 s (0.03 %), 10.0 ms for decoding and 2.0 ms for uploads");
  EXPECT_EQ(waitLine({}), "waited for pictures: 0.0 ms of 0.0 s (0.00 %), 0.0 ms for decoding and 0.0 ms for uploads");
  EXPECT_EQ(cacheLine({880, (std::size_t{128} << 20) - 5, std::size_t{4} << 30, true, ""}, 880),
            "keeps 880 of 880 decoded pictures in 128 of at most 4096 MiB, page-locked");
  EXPECT_EQ(cacheLine({7, 100, 1 << 20, false, "no driver"}, 8),
            "keeps 7 of 8 decoded pictures in 1 of at most 1 MiB; the system gives no page-locked memory: no driver");
}

}  // namespace
}  // namespace gps
