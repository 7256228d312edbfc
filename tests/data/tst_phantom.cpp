#include "core/data/phantom/phantom.h"

#include <cmath>
#include <set>

#include "core/data/dataset.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

struct Statistics {
  double polyp[3] = {}, wall[3] = {};  // mean colour; black surround left out
  double foreground = 0, black = 0, white = 0;
};

Statistics statisticsOf(const PhantomScene& scene) {
  Statistics s;
  double on = 0, off = 0;
  for (std::size_t i = 0; i < scene.mask.pixels.size(); ++i) {
    const auto* p = scene.image.pixels.data() + 3 * i;
    const int sum = p[0] + p[1] + p[2];
    s.black += sum == 0;
    s.white += sum > 720;
    const bool isPolyp = scene.mask.pixels[i] != 0;
    if (!isPolyp && sum < 60) continue;
    (isPolyp ? on : off) += 1;
    for (std::size_t c = 0; c < 3; ++c) (isPolyp ? s.polyp : s.wall)[c] += p[c];
  }
  for (std::size_t c = 0; c < 3; ++c) s.polyp[c] /= std::max(on, 1.0), s.wall[c] /= std::max(off, 1.0);
  const double all = double(scene.mask.pixels.size());
  s.foreground = on / all, s.black /= all, s.white /= all;
  return s;
}

TEST(Phantom, SameAddressSamePixels) {
  const auto a = makePhantom(42, 7, 128), b = makePhantom(42, 7, 128);
  EXPECT_EQ(a.image, b.image);
  EXPECT_EQ(a.mask, b.mask);
  EXPECT_NE(a.image, makePhantom(42, 8, 128).image);
  EXPECT_NE(a.image, makePhantom(43, 7, 128).image);
}

TEST(Phantom, EverySceneHasAPolypThatCanBeSeen) {
  double smallest = 1, largest = 0, sum = 0;
  int several = 0;
  constexpr int kScenes = 60;
  for (int i = 0; i < kScenes; ++i) {
    const auto scene = makePhantom(42, i, 96);
    ASSERT_EQ(scene.image.pixels.size(), 96U * 96 * 3);
    ASSERT_EQ(scene.mask.pixels.size(), 96U * 96);
    const auto s = statisticsOf(scene);
    EXPECT_GE(s.foreground, 0.01) << i;
    EXPECT_LE(s.foreground, 0.4) << i;
    smallest = std::min(smallest, s.foreground), largest = std::max(largest, s.foreground), sum += s.foreground;
    several += scene.polyps > 1;
    for (const auto pixel : scene.mask.pixels) ASSERT_TRUE(pixel == 0 || pixel == 255);
    // Neither lost in the dark nor burnt out.
    const double light = (s.polyp[0] + s.polyp[1] + s.polyp[2]) / 3;
    EXPECT_GT(light, 35) << i;
    EXPECT_LT(light, 252) << i;
  }
  EXPECT_LT(smallest, 0.03);
  EXPECT_GT(largest, 0.12);
  EXPECT_GT(sum / kScenes, 0.03);
  EXPECT_GT(several, 3);
}

TEST(Phantom, LooksLikeTissueInABlackFrame) {
  double black = 0, white = 0;
  std::set<int> levels;
  for (int i = 0; i < 30; ++i) {
    const auto scene = makePhantom(3, i, 96);
    const auto s = statisticsOf(scene);
    EXPECT_GT(s.wall[0], s.wall[1]) << i;  // red before green before blue
    EXPECT_GT(s.wall[1], 0.9 * s.wall[2]) << i;
    EXPECT_GT(s.black, 0.0) << i;
    black += s.black, white += s.white;
    levels.insert(int(s.wall[0]) / 10);
  }
  EXPECT_GT(black / 30, 0.05);
  EXPECT_LT(black / 30, 0.6);
  EXPECT_GT(white / 30, 0.001) << "reflections";
  EXPECT_GT(levels.size(), 4U) << "brightness varies";
}

TEST(Phantom, ColourAloneDoesNotGiveThePolypAway) {
  // The best single threshold on redness must stay far from the mask in most scenes: the task is not trivial.
  int easy = 0;
  for (int i = 0; i < 30; ++i) {
    const auto scene = makePhantom(11, i, 96);
    double best = 0;
    for (const bool above : {true, false})
      for (int t = -60; t <= 160; t += 4) {
        double both = 0, either = 0;
        for (std::size_t k = 0; k < scene.mask.pixels.size(); ++k) {
          const auto* p = scene.image.pixels.data() + 3 * k;
          if (p[0] + p[1] + p[2] < 60) continue;
          const bool isRed = (int(p[0]) - (int(p[1]) + int(p[2])) / 2 > t) == above, isPolyp = scene.mask.pixels[k] != 0;
          both += 2 * (isRed && isPolyp), either += isRed + isPolyp;
        }
        best = std::max(best, both / std::max(either, 1.0));
      }
    easy += best > 0.8;
  }
  EXPECT_LT(easy, 10);
}

TEST(Phantom, ScalesWithTheSize) {
  const auto small = makePhantom(42, 1, 64), large = makePhantom(42, 1, 256);
  const auto a = statisticsOf(small), b = statisticsOf(large);
  EXPECT_NEAR(a.foreground, b.foreground, 0.02);
  EXPECT_NEAR(a.wall[0], b.wall[0], 15);
}

TEST(Phantom, RefusesOddSizes) {
  errorOf(ErrorCode::BadArgument, [] { makePhantom(1, 0, 63); });
  errorOf(ErrorCode::BadArgument, [] { makePhantom(1, 0, 4096); });
}

TEST(Phantom, WritesADataSet) {
  const TemporaryFolder folder;
  const PictureWriters writers{writePicture, writeGrey};
  writePhantomDataset(folder / "demo", 3, 2, 64, 42, writers);
  const auto s = openDataset(folder / "demo", nullptr);
  EXPECT_EQ(s.layout, "kvasir");
  EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 3}, {"val", 2}}));
  EXPECT_TRUE(s.problems.empty());
  EXPECT_EQ(FakeImageSource().loadMask(folder / "demo/masks/phantom_0004.png"), makePhantom(42, 4, 64).mask);
  writeText(folder / "file", "x");
  errorOf(ErrorCode::Io, [&] { writePhantomDataset(folder / "file/demo", 1, 1, 64, 1, writers); });
  errorOf(ErrorCode::BadArgument, [&] { writePhantomDataset(folder / "demo", 1, 1, 64, 1, {}); });
  RunControl control;
  control.requestStop();
  EXPECT_THROW(writePhantomDataset(folder / "demo", 1, 1, 64, 1, writers, &control), Cancelled);
}

}  // namespace
}  // namespace gps
