// Areas above every threshold against counting, and their table.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "core/io/areatable.h"
#include "core/values/areacounts.h"

namespace gps::test {
namespace {

TEST(AreaCounts, EqualCountingAtEveryThreshold) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> any(0, 1);
  ProbabilityMap map{61, 47, std::vector<float>(61 * 47)};
  for (float& p : map.values) p = any(random);
  // On the limits, one step beside them, and what no probability should be.
  for (int step = 0; step <= 100; ++step) {
    const auto limit = float(step / 100.0);
    map.values[std::size_t(step) * 3] = limit;
    map.values[std::size_t(step) * 3 + 1] = std::nextafter(limit, 2.0F);
    map.values[std::size_t(step) * 3 + 2] = std::nextafter(limit, -1.0F);
  }
  map.values[1000] = std::numeric_limits<float>::quiet_NaN();
  map.values[1001] = -1;
  map.values[1002] = 7;
  const AreaCounts counts = AreaCounts::of(map);
  EXPECT_EQ(counts.pixels(), 61 * 47);
  for (int step = 0; step <= 100; ++step) {
    const double threshold = step / 100.0;
    const auto counted = std::count_if(map.values.begin(), map.values.end(), [&](float p) { return p > float(threshold); });
    EXPECT_EQ(counts.at(threshold), counted) << threshold;
    EXPECT_EQ(counts.shareAt(threshold), double(counted) / (61 * 47));
  }
  EXPECT_EQ(AreaCounts().shareAt(0.5), 0);
}

TEST(AreaTable, NumbersReadBackAndUnknownTimesAreEmpty) {
  const std::string text = areaTable({{0, 0, 12, 0.1}, {5, 0.2000000004, 0, 0}, {10, std::numeric_limits<double>::quiet_NaN(), 7, 1.0 / 3}},
                                     {0.1 + 0.2, "lite_medsam", "untuned"});
  const std::string end = ",0.3,research use only; not for diagnosis,lite_medsam,untuned\n";
  EXPECT_EQ(text, "frame,time_s,area_px,area_share,threshold,use,model,outlined_by\n0,0,12,0.1" + end + "5,0.2,0,0" + end +
                      "10,,7,0.3333333333333333" + end);
}

TEST(AreaTable, NamesOfRunsMayHoldAnything) {
  const std::string text = areaTable({{0, 0, 0, 0}}, {0.5, "sam_vit_b", "K = 1, \"second\"@7"});
  EXPECT_TRUE(text.ends_with(",sam_vit_b,\"K = 1, \"\"second\"\"@7\"\n")) << text;
}

}  // namespace
}  // namespace gps::test
