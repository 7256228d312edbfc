// The views on a torch device against renderView, which is held to Pillow by tst_augment.
#include "core/data/views/deviceviews.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/data/views/devicecolour.h"
#include "core/data/views/transforms.h"
#include "tests/data/augmentvectors.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

// [H, W, 3]
at::Tensor bytesOf(const RgbImage& image) {
  return at::from_blob(const_cast<std::uint8_t*>(image.pixels.data()), {image.height, image.width, 3}, at::kByte).clone();
}

// A smooth picture with edges and noise.
RgbImage scene(int width, int height, std::uint64_t seed) {
  auto image = noisePicture(width, height, seed);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) {
        auto& value = image.pixels[std::size_t((y * width + x) * 3 + c)];
        const double wave = 110 + 90 * std::sin(0.02 * (c + 1) * x + 0.03 * y + double(seed) + c);
        value = std::uint8_t((x / 40 + y / 30) % 5 == 0 ? value : std::clamp(wave + value / 16.0, 0.0, 255.0));
      }
  return image;
}

class DeviceViews : public testing::TestWithParam<at::DeviceType> {
 protected:
  void SetUp() override {
    if (GetParam() == at::kCUDA && !at::hasCUDA()) GTEST_SKIP() << "no CUDA device";
  }
  at::Device device() const { return GetParam(); }
};

bool isEqual(const at::Tensor& view, const RgbImage& expected) {
  return at::equal(view.cpu(), bytesOf(expected).permute({2, 0, 1}).to(at::kFloat));
}

TEST_P(DeviceViews, ColoursAreThoseOfTheCpuBitForBit) {
  const auto file = augmentVectors();
  const RgbImage source = pictureOf(file, "picture.colours");
  std::vector<ViewPlan> plans;
  for (std::uint64_t i = 0; plans.size() < 24; ++i) {
    CounterRandom random(3, 0, i, RandomPurpose::View);
    plans.push_back(drawView(ViewKind::Contrastive, 32, 32, false, random));
  }
  plans[0].isJittered = plans[0].isGrey = false;
  plans[1].isJittered = true;
  plans[1].jitter = {};
  const auto views = bytesOf(source).permute({2, 0, 1}).to(device(), at::kFloat).unsqueeze(0).repeat({24, 1, 1, 1});
  changeColours(views, plans);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    ViewPlan plan{{0, 0, 32, 32}};
    plan.isJittered = plans[i].isJittered;
    plan.jitter = plans[i].jitter;
    plan.isGrey = plans[i].isGrey;
    EXPECT_TRUE(isEqual(views[std::int64_t(i)], renderView(source, plan, 32))) << i;
  }
}

TEST_P(DeviceViews, EveryHueTurnsAsOnTheCpu) {
  // 64^3 colours, not on a grid of powers of two.
  RgbImage image{512, 512, {}};
  for (int i = 0; i < 512 * 512; ++i)
    for (const int level : {i >> 12, (i >> 6) & 63, i & 63}) image.pixels.push_back(std::uint8_t(level * 85 / 21));
  ViewPlan plan{{0, 0, 512, 512}};
  plan.isJittered = true;
  for (const double hue : {-0.1, 0.0, 0.0666}) {
    plan.jitter.hue = hue;
    EXPECT_TRUE(isEqual(renderViewOnDevice(bytesOf(image).to(device()), plan, 512), renderView(image, plan, 512))) << hue;
  }
}

TEST_P(DeviceViews, GoldenViewsArePillowsBitForBit) {
  for (const auto& view : goldenViews())
    EXPECT_TRUE(isEqual(renderViewOnDevice(bytesOf(view.picture).to(device()), view.plan, view.expected.width), view.expected))
        << view.name;
}

TEST_P(DeviceViews, RandomViewsAreThoseOfTheCpuBitForBit) {
  for (std::uint64_t i = 0; i < 40; ++i) {
    const auto image = scene(200 + int(i * 37 % 400), 180 + int(i * 53 % 300), i);
    CounterRandom random(11, 0, i, RandomPurpose::View);
    const auto plan = drawView(i % 2 == 0 ? ViewKind::Contrastive : ViewKind::Fgvc, image.width, image.height, true, random);
    EXPECT_TRUE(isEqual(renderViewOnDevice(bytesOf(image).to(device()), plan, 224), renderView(image, plan, 224))) << i;
  }
}

TEST_P(DeviceViews, BatchesAreModelInputsOfTheViews) {
  std::vector<RgbImage> images;
  std::vector<Pixels> pictures;
  for (std::uint64_t b = 0; b < 5; ++b) {
    images.push_back(scene(90 + 20 * int(b), 130, b));
    pictures.push_back(pixelsOf(std::make_shared<const RgbImage>(images.back())));
  }
  std::vector<ViewPlan> plans;
  for (std::uint64_t v = 0; v < 2; ++v)
    for (std::uint64_t b = 0; b < 5; ++b) {
      CounterRandom random(5, v, b, RandomPurpose::View);
      plans.push_back(drawView(ViewKind::Contrastive, pictures[b].width, pictures[b].height, true, random));
    }
  for (const auto normalisation : {Normalisation::MinMax, Normalisation::ImageNet, Normalisation::Half}) {
    const PreprocessSpec spec{64, PreprocessKind::Squash, normalisation, Interpolation::Bicubic};
    const auto batch = deviceBatch(pictures, plans, spec, device(), at::kFloat);
    ASSERT_EQ(batch.sizes(), (at::IntArrayRef{10, 3, 64, 64}));
    for (std::size_t i = 0; i < plans.size(); ++i) {
      auto expected = at::empty({3, 64, 64});
      writeModelInput(renderView(images[i % 5], plans[i], 64), spec, false, expected.data_ptr<float>());
      EXPECT_TRUE(at::allclose(batch[std::int64_t(i)].cpu(), expected, 0, 1e-6)) << i;
    }
  }
  EXPECT_EQ(deviceBatch(pictures, plans, {64}, device(), at::kBFloat16).scalar_type(), at::kBFloat16);
}

TEST_P(DeviceViews, OneColumnAndNoResize) {
  const auto column = noisePicture(1, 40, 1), square = noisePicture(16, 16, 2);
  const ViewPlan thin{{0, 3, 1, 20}}, whole{{0, 0, 16, 16}};
  EXPECT_TRUE(isEqual(renderViewOnDevice(bytesOf(column).to(device()), thin, 12), renderView(column, thin, 12)));
  EXPECT_TRUE(isEqual(renderViewOnDevice(bytesOf(square).to(device()), whole, 16), square));
}

TEST_P(DeviceViews, LeavesThePicturesAlone) {
  const auto image = noisePicture(16, 16, 2);
  const auto picture = std::make_shared<const RgbImage>(image);
  ViewPlan plan{{0, 0, 16, 16}};
  plan.isGrey = plan.isMirrored = true;
  deviceBatch({pixelsOf(picture)}, {plan}, {16}, device(), at::kFloat);
  EXPECT_EQ(*picture, image);
}

TEST_P(DeviceViews, RefusesCountsThatDoNotFit) {
  const auto picture = pixelsOf(std::make_shared<const RgbImage>(noisePicture(8, 8, 1)));
  errorOf(ErrorCode::BadArgument, [&] { deviceBatch({}, {}, {16}, device(), at::kFloat); });
  errorOf(ErrorCode::BadArgument, [&] { deviceBatch({picture, picture}, {ViewPlan{{0, 0, 8, 8}}}, {16}, device(), at::kFloat); });
  errorOf(ErrorCode::BadArgument, [&] { deviceBatch({picture}, {ViewPlan{{0, 0, 9, 8}}}, {16}, device(), at::kFloat); });
}

INSTANTIATE_TEST_SUITE_P(, DeviceViews, testing::Values(at::kCPU, at::kCUDA),
                         [](const auto& test) { return test.param == at::kCPU ? "Cpu" : "Cuda"; });

}  // namespace
}  // namespace gps
