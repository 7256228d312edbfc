#include "core/data/views/transforms.h"

#include <algorithm>
#include <cmath>

#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using test::errorOf;
using test::noisePicture;

RgbImage grey(int width, int height, const std::vector<int>& values) {
  RgbImage image{width, height, {}};
  for (const int v : values) image.pixels.insert(image.pixels.end(), 3, std::uint8_t(v));
  return image;
}

TEST(Transforms, ShrinkingAveragesLikeATriangleFilter) {
  // PIL 9: Image.new 8x1 with these values, resize((4, 1), BILINEAR).
  const auto out = resizeImage(grey(8, 1, {0, 10, 40, 90, 160, 250, 30, 60}), 4, 1);
  // Weights of the inner pixels: 1/8 3/8 3/8 1/8; of the outer: 3/7 3/7 1/7.
  const std::vector<double> expected{(3 * 0 + 3 * 10 + 40) / 7.0, (10 + 3 * 40 + 3 * 90 + 160) / 8.0, (90 + 3 * 160 + 3 * 250 + 30) / 8.0,
                                     (250 + 3 * 30 + 3 * 60) / 7.0};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(int(out.pixels[3 * i]), int(expected[i] + 0.5));
}

TEST(Transforms, EnlargingInterpolates) {
  const auto out = resizeImage(grey(2, 1, {0, 100}), 4, 1);
  const std::vector<int> expected{0, 25, 75, 100};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(int(out.pixels[3 * i]), expected[i]);
}

TEST(Transforms, ResizingKeepsWhatDoesNotChange) {
  const auto image = noisePicture(31, 17, 3);
  EXPECT_EQ(resizeImage(image, 31, 17), image);
  const auto flat = grey(300, 200, std::vector<int>(60000, 77));
  for (const auto value : resizeImage(flat, 64, 128).pixels) ASSERT_EQ(value, 77);
}

TEST(Transforms, MasksTakeTheNearestPixel) {
  const MaskImage mask{4, 1, {255, 0, 0, 255}};
  EXPECT_EQ(resizeMask(mask, 8, 1).pixels, (std::vector<std::uint8_t>{255, 255, 0, 0, 0, 0, 255, 255}));
  EXPECT_EQ(resizeMask(mask, 2, 1).pixels, (std::vector<std::uint8_t>{0, 255}));  // centres at 1 and 3
}

TEST(Transforms, MinMaxFillsZeroToOne) {
  const PreprocessSpec spec{4, PreprocessKind::Squash, Normalisation::MinMax};
  auto image = noisePicture(4, 4, 1);
  for (auto& value : image.pixels) value = std::uint8_t(50 + value / 2);
  const auto input = modelInput(image, spec);
  const auto [low, high] = std::minmax_element(input.begin(), input.end());
  EXPECT_EQ(*low, 0.0F);
  EXPECT_EQ(*high, 1.0F);
  // One scale for the three channels: their order stays.
  const auto [imageLow, imageHigh] = std::minmax_element(image.pixels.begin(), image.pixels.end());
  EXPECT_NEAR(input[16 + 5], (image.pixels[3 * 5 + 1] - *imageLow) / double(*imageHigh - *imageLow), 1e-6);
}

TEST(Transforms, AFlatPictureIsNoDivisionByZero) {
  for (const float value : modelInput(grey(4, 4, std::vector<int>(16, 9)), {16, PreprocessKind::Squash, Normalisation::MinMax}))
    ASSERT_EQ(value, 0.0F);
}

TEST(Transforms, ImageNetConstants) {
  RgbImage image{16, 16, {}};
  for (int i = 0; i < 256; ++i) image.pixels.insert(image.pixels.end(), {124, 116, 0});
  const auto input = modelInput(image, {16, PreprocessKind::Squash, Normalisation::ImageNet});
  EXPECT_NEAR(input[0], (124 / 255.0 - 0.485) / 0.229, 1e-5);
  EXPECT_NEAR(input[256], (116 / 255.0 - 0.456) / 0.224, 1e-5);
  EXPECT_NEAR(input[512], (0.0 - 0.406) / 0.225, 1e-5);
}

TEST(Transforms, PadKeepsTheAspectAndFillsWithZeros) {
  const PreprocessSpec spec{64, PreprocessKind::Pad, Normalisation::ImageNet};
  const auto g = preprocessGeometry(spec, 100, 51);
  EXPECT_EQ(g.contentWidth, 64);
  EXPECT_EQ(g.contentHeight, 33);  // 51 * 0.64 = 32.64
  const auto input = modelInput(grey(100, 51, std::vector<int>(5100, 255)), spec);
  EXPECT_GT(input[32 * 64], 2.0F);
  for (std::size_t i = 33 * 64; i < 64 * 64; ++i) ASSERT_EQ(input[i], 0.0F);
}

TEST(Transforms, MirroringFlipsTheContentNotThePadding) {
  const PreprocessSpec spec{8, PreprocessKind::Pad, Normalisation::MinMax};
  const MaskImage mask{4, 8, [] {
                         std::vector<std::uint8_t> pixels(32);
                         for (std::size_t y = 0; y < 8; ++y) pixels[4 * y] = 255;  // left column
                         return pixels;
                       }()};
  std::vector<float> out(64);
  writeModelMask(mask, spec, true, out.data());
  for (std::size_t y = 0; y < 8; ++y)
    for (std::size_t x = 0; x < 8; ++x) ASSERT_EQ(out[8 * y + x], x == 3 ? 1.0F : 0.0F);
}

TEST(Transforms, LogitsComeBackToTheirPlace) {
  // A box in the source goes through the model's grid and back to the same place, for both ways of preprocessing.
  for (const auto kind : {PreprocessKind::Squash, PreprocessKind::Pad}) {
    const PreprocessSpec spec{64, kind, Normalisation::MinMax};
    const auto g = preprocessGeometry(spec, 200, 120);
    MaskImage source{200, 120, std::vector<std::uint8_t>(200 * 120)};
    for (int y = 30; y < 80; ++y)
      for (int x = 50; x < 150; ++x) source.pixels[std::size_t(y * 200 + x)] = 255;
    std::vector<float> seen(64 * 64);
    writeModelMask(resizeMask(source, g.contentWidth, g.contentHeight), spec, false, seen.data());
    for (auto& v : seen) v = v > 0 ? 6.0F : -6.0F;
    const auto low = resizePlane(seen.data(), 64, 64, 32, 32);  // a decoder answers on a coarser grid
    const auto back = maskOf(probabilityOf(logitsToSource(low.data(), 32, g), 200, 120));
    int wrong = 0;
    for (std::size_t i = 0; i < back.pixels.size(); ++i) wrong += back.pixels[i] != source.pixels[i];
    EXPECT_LT(wrong, 200 * 120 * 0.02);
  }
}

TEST(Transforms, PlanesResizeAsTorchDoes) {
  // torch.nn.functional.interpolate(arange(4.).view(1, 1, 2, 2), size=(3, 3), mode="bilinear", align_corners=False)
  const std::vector<float> plane{0, 1, 2, 3};
  const std::vector<float> expected{0, 0.5F, 1, 1, 1.5F, 2, 2, 2.5F, 3};
  const auto out = resizePlane(plane.data(), 2, 2, 3, 3);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(out[i], expected[i], 1e-6);
}

TEST(Transforms, ProbabilityHalfIsNotForeground) {
  const auto map = probabilityOf({-1, 0, 1e-3F, 100, -100, std::nanf("")}, 3, 2);
  EXPECT_EQ(maskOf(map).pixels, (std::vector<std::uint8_t>{0, 0, 255, 255, 0, 0}));
  errorOf(ErrorCode::BadArgument, [] { probabilityOf({1, 2, 3}, 2, 2); });
  errorOf(ErrorCode::BadArgument, [] { preprocessGeometry({}, 0, 5); });
}

}  // namespace
}  // namespace gps
