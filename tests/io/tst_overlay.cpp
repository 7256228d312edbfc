#include "core/drawing/overlay.h"

#include <cmath>

#include "core/drawing/contourlines.h"
#include "tests/io/samplepictures.h"

namespace gps {
namespace {

using test::errorOf;

constexpr int kSide = 80;

RgbImage plain(std::uint8_t value = 100) { return {kSide, kSide, std::vector<std::uint8_t>(kSide * kSide * 3, value)}; }

// A ring: a disc with a hole, soft over two pixels.
ProbabilityMap ring(float outer, float inner) {
  ProbabilityMap map{kSide, kSide, {}};
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const float r = std::hypot(float(x) - 40, float(y) - 40);
      map.values.push_back(1 / (1 + std::exp(std::max(r - outer, inner - r))));
    }
  return map;
}

std::array<int, 3> at(const RgbImage& image, int x, int y) {
  const auto* p = image.pixels.data() + 3 * (std::size_t(y) * kSide + std::size_t(x));
  return {p[0], p[1], p[2]};
}

TEST(ContourLines, FollowACircleToAFractionOfAPixel) {
  const auto map = ring(25, -99);
  const auto lines = contourLines(map.values, kSide, kSide, 0.5F);
  ASSERT_EQ(lines.size(), 1U);
  for (const auto& p : lines[0]) EXPECT_NEAR(std::hypot(p.x - 40, p.y - 40), 25, 0.05);
}

TEST(ContourLines, HolesAndSinglePixelsHaveLinesOfTheirOwn) {
  EXPECT_EQ(contourLines(ring(30, 12).values, kSide, kSide, 0.5F).size(), 2U);
  std::vector<float> dots(25, 0.0F);
  dots[6] = dots[18] = 1;  // apart
  EXPECT_EQ(contourLines(dots, 5, 5, 0.5F).size(), 2U);
  dots[12] = 1;  // touching by corners only: still cut apart
  EXPECT_EQ(contourLines(dots, 5, 5, 0.5F).size(), 3U);
}

TEST(ContourLines, CloseAtTheBorder) {
  const std::vector<float> full(30, 1.0F), none(30, 0.0F);
  const auto lines = contourLines(full, 6, 5, 0.5F);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].size(), 22U);  // one point for every pixel along the border, two at the corners
  EXPECT_TRUE(contourLines(none, 6, 5, 0.5F).empty());
}

TEST(Overlay, FillIsMixedAtItsOpacity) {
  OverlayStyle style;
  style.contour = style.truth = false;
  const auto out = drawOverlay(plain(), ring(30, 12), nullptr, style);
  // 30 % of #00E5F5 over grey 100, in 256ths and rounded down as the viewer does.
  EXPECT_EQ(at(out, 40, 20), (std::array<int, 3>{69, 138, 143}));
  EXPECT_EQ(at(out, 40, 40), (std::array<int, 3>{100, 100, 100})) << "the hole must stay open";
  EXPECT_EQ(at(out, 1, 1), (std::array<int, 3>{100, 100, 100}));
}

TEST(Overlay, ContourIsCyanBetweenDarkEdges) {
  OverlayStyle style;
  style.fill = style.truth = false;
  const auto out = drawOverlay(plain(200), ring(30, 12), nullptr, style);
  EXPECT_EQ(at(out, 70, 40), (std::array<int, 3>{0, 0xE5, 0xF5}));  // on the line
  EXPECT_EQ(at(out, 52, 40), (std::array<int, 3>{0, 0xE5, 0xF5}));  // round the hole
  EXPECT_LT(at(out, 72, 40)[0], 120);                               // halo
  EXPECT_LT(at(out, 72, 40)[1], 120);
  EXPECT_EQ(at(out, 76, 40), (std::array<int, 3>{200, 200, 200}));
  EXPECT_EQ(at(out, 61, 40), (std::array<int, 3>{200, 200, 200}));
}

TEST(Overlay, LineCoversItsWidth) {
  OverlayStyle style;
  style.fill = style.truth = false;
  style.haloWidth = style.lineWidth = 3;
  style.halo = style.colour = 0xFFFFFF;
  const auto out = drawOverlay(plain(0), ring(25, -99), nullptr, style);
  double covered = 0;
  for (const auto value : out.pixels) covered += double(value) / 255 / 3;
  EXPECT_NEAR(covered / (2 * 3.14159265 * 25), 3.0, 0.5);
}

TEST(Overlay, TruthIsDashedWhite) {
  OverlayStyle style;
  style.fill = style.contour = false;
  MaskImage truth{kSide, kSide, std::vector<std::uint8_t>(kSide * kSide)};
  for (int y = 20; y < 60; ++y)
    for (int x = 20; x < 60; ++x) truth.pixels[std::size_t(y * kSide + x)] = 255;
  const auto out = drawOverlay(plain(), ring(30, 12), &truth, style);
  int white = 0, dark = 0;
  for (int y = 26; y < 54; ++y) {
    const int nearLine = std::max(at(out, 19, y)[0], at(out, 20, y)[0]);
    white += nearLine > 190;
    dark += nearLine < 100;  // the line under the dashes runs through
  }
  EXPECT_GT(white, 9);
  EXPECT_GT(dark, 2);
  EXPECT_EQ(at(out, 40, 40), (std::array<int, 3>{100, 100, 100}));
}

TEST(Overlay, ThresholdMovesTheContour) {
  OverlayStyle style;
  style.contour = style.truth = false;
  const auto filled = [&](double threshold) {
    style.threshold = threshold;
    const auto out = drawOverlay(plain(), ring(30, -99), nullptr, style);
    int n = 0;
    for (std::size_t i = 0; i < out.pixels.size(); i += 3) n += out.pixels[i] < 85;
    return n;
  };
  EXPECT_GT(filled(0.1), filled(0.5));
  EXPECT_GT(filled(0.5), filled(0.9));
}

TEST(Overlay, NothingPredictedLeavesThePicture) {
  const ProbabilityMap half{kSide, kSide, std::vector<float>(kSide * kSide, 0.5F)};  // 0.5 is not above 0.5
  EXPECT_EQ(drawOverlay(plain(), half, nullptr), plain());
}

TEST(Overlay, RefusesOtherSizes) {
  const ProbabilityMap small{4, 4, std::vector<float>(16)};
  EXPECT_NE(errorOf(ErrorCode::Mismatch, [&] { drawOverlay(plain(), small, nullptr); }).find("4x4"), std::string::npos);
  const MaskImage mask{4, 4, std::vector<std::uint8_t>(16)};
  errorOf(ErrorCode::Mismatch, [&] { drawOverlay(plain(), ring(30, 12), &mask); });
}

}  // namespace
}  // namespace gps
