// Against Pillow; see tests/reference/make_augment_vectors.py.
#include "core/data/views/augment.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/data/views/colour.h"
#include "core/data/views/resample.h"
#include "tests/data/augmentvectors.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

CounterRandom stream(std::uint64_t sample) { return {7, 1, sample, RandomPurpose::View}; }

TEST(Augment, ColoursArePillowsBitForBit) {
  const auto file = augmentVectors();
  const auto source = pictureOf(file, "picture.colours");
  const std::map<std::string, ColourOperation> kinds{{"brightness", ColourOperation::Brightness},
                                                     {"contrast", ColourOperation::Contrast},
                                                     {"saturation", ColourOperation::Saturation},
                                                     {"hue", ColourOperation::Hue}};
  int compared = 0;
  for (const auto& [kind, operation] : kinds) {
    const auto factors = valuesOf<double>(file, "operation." + kind + ".factors");
    for (std::size_t i = 0; i < factors.size(); ++i) {
      auto image = source;
      changeColour(image, operation, factors[i]);
      EXPECT_EQ(image, pictureOf(file, "operation." + kind + "." + std::to_string(i))) << kind << " " << factors[i];
      ++compared;
    }
  }
  EXPECT_EQ(compared, 16);
}

TEST(Augment, ViewsArePillowsBitForBit) {
  const auto views = goldenViews();
  EXPECT_EQ(views.size(), 30U);
  for (const auto& view : views) EXPECT_EQ(renderView(view.picture, view.plan, view.expected.width), view.expected) << view.name;
}

TEST(Augment, PlainIsTheWholePictureSquashed) {
  const auto image = noisePicture(37, 21, 5);
  auto random = stream(0);
  const auto plan = drawView(ViewKind::Plain, 37, 21, true, random);
  EXPECT_EQ(renderView(image, plan, 16), resizeImage(image, 16, 16, Interpolation::Bicubic));
}

TEST(Augment, FlipMirrorsHalfOfThePictures) {
  int mirrored = 0;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    auto random = stream(i);
    auto plan = drawView(ViewKind::Flip, 37, 21, true, random);
    mirrored += plan.isMirrored;
    plan.isMirrored = false;
    EXPECT_EQ(plan, (ViewPlan{{0, 0, 37, 21}}));
  }
  EXPECT_NEAR(mirrored / 4000.0, 0.5, 0.03);
}

TEST(Augment, CropsCoverTheirRangesAndStayInside) {
  constexpr int count = 20000;
  double areas = 0, logAspects = 0, lefts = 0;
  int bilinear = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto random = stream(i);
    const auto plan = drawView(ViewKind::Fgvc, 400, 300, true, random);
    const auto& c = plan.crop;
    ASSERT_TRUE(c.left >= 0 && c.top >= 0 && c.left + c.width <= 400 && c.top + c.height <= 300);
    const double area = c.width * c.height / 120000.0, aspect = double(c.width) / c.height;
    ASSERT_TRUE(area > 0.079 && area <= 1.0 && aspect > 0.74 && aspect < 1.35) << area << " " << aspect;
    ASSERT_FALSE(plan.isJittered || plan.isGrey);
    areas += area;
    logAspects += std::log(aspect);
    if (c.width < 400) lefts += double(c.left) / (400 - c.width);
    bilinear += plan.interpolation == Interpolation::Bilinear;
  }
  // A simulation of the same rule in numpy, 2 000 000 draws, gives these means of area and logarithm of the aspect.
  EXPECT_NEAR(areas / count, 0.4331, 0.006);
  EXPECT_NEAR(logAspects / count, 0.0306, 0.005);
  EXPECT_NEAR(lefts / count, 0.5, 0.01);
  EXPECT_NEAR(bilinear / double(count), 0.5, 0.02);
}

TEST(Augment, BicubicUnlessAskedOtherwise) {
  for (std::uint64_t i = 0; i < 200; ++i) {
    auto random = stream(i);
    EXPECT_EQ(drawView(ViewKind::Contrastive, 50, 50, false, random).interpolation, Interpolation::Bicubic);
  }
}

TEST(Augment, ContrastiveViewsJitterAndGreyAsOften) {
  constexpr int count = 20000;
  int jittered = 0, grey = 0, mirrored = 0, both = 0;
  std::map<std::array<ColourOperation, 4>, int> orders;
  std::array<double, 4> least{9, 9, 9, 9}, most{-9, -9, -9, -9}, sum{};
  for (std::uint64_t i = 0; i < count; ++i) {
    auto random = stream(i);
    const auto plan = drawView(ViewKind::Contrastive, 400, 300, false, random);
    jittered += plan.isJittered;
    grey += plan.isGrey;
    mirrored += plan.isMirrored;
    both += plan.isJittered && plan.isGrey;
    if (!plan.isJittered) continue;
    ++orders[plan.jitter.order];
    for (std::size_t k = 0; k < 4; ++k) {
      const double value = valueOf(plan.jitter, ColourOperation(k));
      least[k] = std::min(least[k], value);
      most[k] = std::max(most[k], value);
      sum[k] += value;
    }
  }
  EXPECT_NEAR(jittered / double(count), 0.8, 0.012);
  EXPECT_NEAR(grey / double(count), 0.2, 0.012);
  EXPECT_NEAR(mirrored / double(count), 0.5, 0.015);
  EXPECT_NEAR(both / double(count), 0.16, 0.012);
  EXPECT_EQ(orders.size(), 24U);
  for (const auto& [order, times] : orders) EXPECT_NEAR(times, jittered / 24.0, 130);
  for (std::size_t k = 0; k < 4; ++k) {
    const double centre = k == 3 ? 0 : 1, reach = k == 3 ? 0.1 : 0.4;
    EXPECT_TRUE(least[k] >= centre - reach && least[k] < centre - 0.99 * reach) << k << " " << least[k];
    EXPECT_TRUE(most[k] <= centre + reach && most[k] > centre + 0.99 * reach) << k << " " << most[k];
    EXPECT_NEAR(sum[k] / jittered, centre, 0.02 * reach) << k;
  }
}

TEST(Augment, ExtremePicturesGiveTheirMiddle) {
  for (const auto& [width, height, box] :
       {std::tuple{1, 500, CropBox{0, 249, 1, 1}}, std::tuple{500, 1, CropBox{249, 0, 1, 1}}, std::tuple{1, 1, CropBox{0, 0, 1, 1}},
        std::tuple{2000, 3, CropBox{998, 0, 4, 3}}, std::tuple{3, 2000, CropBox{0, 998, 3, 4}}}) {
    for (std::uint64_t i = 0; i < 50; ++i) {
      auto random = stream(i);
      EXPECT_EQ(drawView(ViewKind::Fgvc, width, height, false, random).crop, box) << width << "x" << height;
    }
  }
  auto random = stream(1);
  const auto plan = drawView(ViewKind::Contrastive, 1, 500, true, random);
  EXPECT_EQ(renderView(noisePicture(1, 500, 2), plan, 8).pixels.size(), 192U);
}

TEST(Augment, TheAddressAloneDecidesAViewAndTheTwoViewsDiffer) {
  int sameMirror = 0;
  constexpr int count = 5000;
  double first = 0, second = 0, product = 0, firstSquare = 0, secondSquare = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto a = stream(2 * i), again = stream(2 * i), b = stream(2 * i + 1);
    const auto one = drawView(ViewKind::Contrastive, 400, 300, true, a), two = drawView(ViewKind::Contrastive, 400, 300, true, b);
    ASSERT_EQ(one, drawView(ViewKind::Contrastive, 400, 300, true, again));
    ASSERT_NE(one, two);
    sameMirror += one.isMirrored == two.isMirrored;
    const double x = one.crop.width * one.crop.height, y = two.crop.width * two.crop.height;
    first += x;
    second += y;
    product += x * y;
    firstSquare += x * x;
    secondSquare += y * y;
  }
  const double covariance = product / count - first / count * second / count;
  const double firstVariance = firstSquare / count - std::pow(first / count, 2);
  const double secondVariance = secondSquare / count - std::pow(second / count, 2);
  EXPECT_NEAR(covariance / std::sqrt(firstVariance * secondVariance), 0, 0.05);
  EXPECT_NEAR(sameMirror / double(count), 0.5, 0.03);
}

TEST(Augment, RefusesWhatIsNoPicture) {
  auto random = stream(0);
  errorOf(ErrorCode::BadArgument, [&] { drawView(ViewKind::Fgvc, 0, 5, false, random); });
  const auto image = noisePicture(8, 8, 1);
  for (const CropBox& box : {CropBox{0, 0, 9, 8}, CropBox{-1, 0, 4, 4}, CropBox{5, 0, 4, 4}, CropBox{0, 5, 4, 4}, CropBox{0, 0, 0, 4}})
    errorOf(ErrorCode::BadArgument, [&] { renderView(image, ViewPlan{box}, 4); });
  errorOf(ErrorCode::BadArgument, [&] { renderView(image, ViewPlan{{0, 0, 8, 8}}, 0); });
}

}  // namespace
}  // namespace gps
