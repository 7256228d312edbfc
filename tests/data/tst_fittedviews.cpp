// Fitted pictures made into model inputs on a torch device, against writeModelInput and writeModelMask bit for bit.
#include "core/data/views/fittedviews.h"

#include <ATen/ATen.h>

#include <cstring>

#include "core/data/loader.h"
#include "core/data/views/transforms.h"
#include "core/evaluation/batchtensors.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

class FittedViews : public testing::TestWithParam<at::DeviceType> {
 protected:
  void SetUp() override {
    if (GetParam() == at::kCUDA && !at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  }
  at::Device device() const { return GetParam(); }
};

// By bits: 0 and -0 differ.
bool isSame(const at::Tensor& a, const at::Tensor& b) {
  const auto x = a.cpu().contiguous(), y = b.cpu().contiguous();
  return x.sizes() == y.sizes() && x.scalar_type() == y.scalar_type() && std::memcmp(x.data_ptr(), y.data_ptr(), x.nbytes()) == 0;
}

Pixels pixelsOf(const MaskImage& mask) {
  const auto owner = std::make_shared<const MaskImage>(mask);
  return {mask.width, mask.height, 1, owner->pixels.data(), owner};
}

struct FittedBatch {
  std::vector<Pixels> pictures, masks;
  std::vector<std::uint8_t> mirrored;
  std::vector<ChannelScales> scales;
  at::Tensor expected, expectedMasks;
};

// Wide, tall and square ones, every other mirrored, one dark and one of a single colour.
FittedBatch batchOf(const PreprocessSpec& spec) {
  FittedBatch b;
  constexpr std::size_t kCount = 6;
  b.expected = at::empty({kCount, 3, spec.size, spec.size});
  b.expectedMasks = at::empty({kCount, 1, spec.size, spec.size});
  for (std::size_t i = 0; i < kCount; ++i) {
    const int width = 40 + int(i % 3) * 21, height = 40 + int(i / 2) * 17;
    auto picture = noisePicture(width, height, i);
    if (i == 1)
      for (auto& value : picture.pixels) value /= 5;
    if (i == 4) std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{77});
    const auto fitted = fitPicture(picture, spec);
    const auto mask = resizeMask(boxMask(width, height), fitted.width, fitted.height);
    const bool mirrored = i % 2 == 0;
    writeModelInput(fitted, spec, mirrored, b.expected[std::int64_t(i)].data_ptr<float>());
    writeModelMask(mask, spec, mirrored, b.expectedMasks[std::int64_t(i)].data_ptr<float>());
    b.pictures.push_back(gps::pixelsOf(std::make_shared<const RgbImage>(fitted)));
    b.masks.push_back(pixelsOf(mask));
    b.mirrored.push_back(mirrored);
    b.scales.push_back(pictureScales(fitted, spec.normalisation));
  }
  return b;
}

TEST_P(FittedViews, AreModelInputsBitForBit) {
  for (const int size : {16, 33, 224})
    for (const auto kind : {PreprocessKind::Squash, PreprocessKind::Pad, PreprocessKind::Crop})
      for (const auto normalisation : {Normalisation::MinMax, Normalisation::ImageNet, Normalisation::Half}) {
        const PreprocessSpec spec{size, kind, normalisation, Interpolation::Bilinear, 0.9};
        const auto b = batchOf(spec);
        for (const auto type : {at::kFloat, at::kBFloat16, at::kDouble}) {
          const auto images = fittedImages(b.pictures, b.mirrored, b.scales, size, device(), type);
          EXPECT_TRUE(images.is_contiguous());
          EXPECT_TRUE(isSame(images, b.expected.to(type))) << size << " kind " << int(kind) << " normalisation " << int(normalisation);
          const auto masks = fittedMasks(b.masks, b.mirrored, size, device(), type);
          EXPECT_TRUE(masks.is_contiguous());
          EXPECT_TRUE(isSame(masks, b.expectedMasks.to(type))) << size << " kind " << int(kind);
        }
      }
}

TEST_P(FittedViews, NothingMirrored) {
  const PreprocessSpec spec{24, PreprocessKind::Squash, Normalisation::MinMax, Interpolation::Bilinear};
  auto b = batchOf(spec);
  for (std::size_t i = 0; i < b.mirrored.size(); ++i)
    if (b.mirrored[i] != 0) b.expected[std::int64_t(i)].copy_(b.expected[std::int64_t(i)].flip(2));
  b.mirrored.assign(b.mirrored.size(), 0);
  EXPECT_TRUE(isSame(fittedImages(b.pictures, b.mirrored, b.scales, 24, device(), at::kFloat), b.expected));
}

TEST_P(FittedViews, RefuseWhatDoesNotFit) {
  const auto refuse = [&](auto change) {
    auto b = batchOf({24});
    change(b);
    errorOf(ErrorCode::BadArgument, [&] { fittedImages(b.pictures, b.mirrored, b.scales, 24, device(), at::kFloat); });
  };
  refuse([](FittedBatch& b) { b.pictures.clear(); });
  refuse([](FittedBatch& b) { b.mirrored.pop_back(); });
  refuse([](FittedBatch& b) { b.scales.pop_back(); });
  refuse([](FittedBatch& b) { b.pictures[2].width = 25; });
  refuse([](FittedBatch& b) { b.pictures[2].height = 0; });
  refuse([](FittedBatch& b) { b.pictures = b.masks; });
}

// Pictures by number, of three sizes.
class SizedSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string& path) const override { return noisePicture(width(path), 50, std::uint64_t(std::stoi(path))); }
  MaskImage loadMask(const std::string& path) const override { return boxMask(width(path), 50); }
  Size sizeOf(const std::string& path) const override { return {width(path), 50}; }

 private:
  static int width(const std::string& path) { return 30 + std::stoi(path) % 3 * 20; }
};

// What a loader leaves to the device is what it makes itself, in the first epoch and from the cache, kept in any memory.
TEST_P(FittedViews, ALoaderLeavesToTheDeviceWhatItMakesItself) {
  for (const auto view : {ViewKind::Plain, ViewKind::Flip})
    for (const auto kind : {PreprocessKind::Squash, PreprocessKind::Pad})
      for (const bool masks : {true, false})
        for (const int views : {1, 2}) {
          LoaderSpec spec;
          for (int i = 0; i < 10; ++i) spec.items.push_back({"id", "train", std::to_string(i), std::to_string(i), {}});
          spec.preprocess = {32, kind, Normalisation::MinMax, Interpolation::Bilinear};
          spec.batch = 4;
          spec.view = view;
          spec.views = views;
          spec.masks = masks;
          for (int i = 0; i < 10; ++i) spec.labels.push_back(i % 3);
          Loader host(spec, std::make_shared<SizedSource>());
          spec.onDevice = true;
          spec.pinned = GetParam() == at::kCUDA;
          for (const std::size_t cache : {std::size_t{0}, std::size_t{20000}, kAutomaticCache}) {
            spec.cacheBytes = cache;
            Loader deferred(spec, std::make_shared<SizedSource>());
            for (const int epoch : {0, 1, 2}) {
              host.startEpoch(epoch);
              deferred.startEpoch(epoch);
              while (const auto a = host.next()) {
                const auto b = deferred.next();
                ASSERT_TRUE(b);
                EXPECT_EQ(a->itemIndex, b->itemIndex);
                EXPECT_TRUE(b->images.empty() && b->masks.empty());
                const auto expected = toTensors(*a, spec.preprocess, at::kCPU, at::kFloat);
                const auto made = toTensors(*b, spec.preprocess, device(), at::kFloat);
                EXPECT_TRUE(isSame(made.images, expected.images));
                EXPECT_TRUE(isSame(made.labels, expected.labels));
                ASSERT_EQ(made.masks.defined(), masks);
                if (masks) {
                  EXPECT_TRUE(isSame(made.masks, expected.masks));
                }
              }
              EXPECT_FALSE(deferred.next());
            }
          }
        }
}

INSTANTIATE_TEST_SUITE_P(, FittedViews, testing::Values(at::kCPU, at::kCUDA),
                         [](const auto& test) { return test.param == at::kCPU ? "Cpu" : "Cuda"; });

}  // namespace
}  // namespace gps
