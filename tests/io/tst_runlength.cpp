#include "core/io/runlength.h"

#include <cstdlib>

#include "core/io/cocomasks.h"
#include "tests/io/samplepictures.h"

namespace gps {
namespace {

using test::errorOf;

template <typename IsOn>
MaskImage maskWhere(int width, int height, IsOn isOn) {
  MaskImage mask{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) mask.pixels.push_back(isOn(x, y) ? 255 : 0);
  return mask;
}

MaskImage ring(int width, int height) {
  return maskWhere(width, height, [=](int x, int y) {
    const int d = (x - width / 2) * (x - width / 2) + (y - height / 2) * (y - height / 2);
    return d >= 49 && d < 196;
  });
}

struct Golden {
  const char* name;
  MaskImage mask;
  const char* counts;
  std::int64_t area;
  RunBox box;
};

// Made by pycocotools 2.0: encode, area and toBbox of the same masks.
std::vector<Golden> goldens() {
  return {
      {"ring", ring(50, 40), "_?;k04M2N2N2N2N2O@H070K04ON02O0000000000000000000000000001N021L050I08`01N2N2N2N2N3L[=", 464, {12, 7, 27, 27}},
      {"noise",
       maskWhere(7, 9, [](int x, int y) { return ((std::uint32_t(x) * 73856093U ^ std::uint32_t(y) * 19349663U) >> 7 & 1U) != 0; }),
       "111010O0000010O10O010O10O010O0000010O10O010O10O010O0",
       30,
       {0, 0, 7, 9}},
      {"full", maskWhere(4, 3, [](int, int) { return true; }), "0<", 12, {0, 0, 4, 3}},
      {"first pixel", maskWhere(6, 5, [](int x, int y) { return x == 0 && y == 0; }), "01m0", 1, {0, 0, 1, 1}},
      {"last pixel", maskWhere(6, 5, [](int x, int y) { return x == 5 && y == 4; }), "m01", 1, {5, 4, 1, 1}},
      {"nothing", maskWhere(4, 4, [](int, int) { return false; }), "`0", 0, {}},
      {"a large full one", maskWhere(1200, 1000, [](int, int) { return true; }), "0PlcT1", 1200000, {0, 0, 1200, 1000}},
      {"a large ring",
       ring(700, 600),
       "ogU6;[b04M2N2N2N2N2O@X^O0ga00[^O0da0O^^O0ba0O`^O0`a00`^O0`a00`^O0`a00`^"
       "O0`a00`^O0`a00`^O0`a00`^O0`a01^^O0ba01\\^O0ea00Y^O0ha0`01N2N2N2N2N3LkbT6",
       464,
       {337, 287, 27, 27}},
  };
}

TEST(RunLength, AsPycocotoolsWritesIt) {
  for (const Golden& golden : goldens()) {
    const RunLengths runs = runLengthsOf(golden.mask);
    EXPECT_EQ(compressedCounts(runs), golden.counts) << golden.name;
    EXPECT_EQ(foregroundPixels(runs), golden.area) << golden.name;
    EXPECT_EQ(boxOf(runs), golden.box) << golden.name;
    EXPECT_EQ(runLengthsFrom(golden.counts, golden.mask.width, golden.mask.height), runs) << golden.name;
    EXPECT_EQ(maskOfRuns(runs), golden.mask) << golden.name;
  }
}

TEST(RunLength, ByHand) {
  // 0 1     columns: 0 1, 1 1: one background pixel, three of foreground. 1 -> '1', 3 -> '3'.
  // 1 1
  const MaskImage mask{2, 2, {0, 255, 255, 255}};
  const RunLengths runs = runLengthsOf(mask);
  EXPECT_EQ(runs.counts, (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(compressedCounts(runs), "13");
}

TEST(RunLength, AnyMaskComesBack) {
  std::uint64_t state = 88172645463325252U;
  const auto random = [&state] {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
  };
  for (int i = 0; i < 300; ++i) {
    const int width = 1 + int(random() % 90), height = 1 + int(random() % 90);
    const auto often = 1 + random() % 40;  // long runs and short ones
    bool on = false;
    const MaskImage mask = maskWhere(width, height, [&](int, int) { return on = random() % often == 0 ? !on : on; });
    const RunLengths runs = runLengthsOf(mask);
    ASSERT_EQ(maskOfRuns(runs), mask) << width << " x " << height;
    ASSERT_EQ(runLengthsFrom(compressedCounts(runs), width, height), runs) << width << " x " << height;
  }
}

TEST(RunLength, RefusesTextThatIsNone) {
  errorOf(ErrorCode::BadFile, [] { runLengthsFrom("m0", 6, 6); });   // too few pixels
  errorOf(ErrorCode::BadFile, [] { runLengthsFrom("P", 6, 5); });    // ends within a number
  errorOf(ErrorCode::BadFile, [] { runLengthsFrom("m 1", 6, 5); });  // a character that stands for nothing
  errorOf(ErrorCode::BadFile, [] { runLengthsFrom("PPPPPPPP0", 6, 5); });
  errorOf(ErrorCode::BadFile, [] { runLengthsFrom("O", 6, 5); });  // a negative run
  errorOf(ErrorCode::BadArgument, [] { runLengthsOf({2, 2, {0, 255}}); });
}

TEST(CocoMasks, NumberPicturesAndLeaveEmptyOnesWithoutAnnotation) {
  const std::vector<CocoMask> masks{{"a \"b\"\\息肉.jpg", runLengthsOf({2, 2, {0, 255, 255, 255}})},
                                    {"empty.png", runLengthsOf({4, 4, std::vector<std::uint8_t>(16)})},
                                    {"sub/c.png", runLengthsOf({6, 5, [] {
                                                                  std::vector<std::uint8_t> p(30);
                                                                  p.back() = 255;
                                                                  return p;
                                                                }()})}};
  EXPECT_EQ(cocoJson(masks, "polyp"), R"({
 "images": [
  {"id": 1, "file_name": "a \"b\"\\息肉.jpg", "width": 2, "height": 2},
  {"id": 2, "file_name": "empty.png", "width": 4, "height": 4},
  {"id": 3, "file_name": "sub/c.png", "width": 6, "height": 5}
 ],
 "annotations": [
  {"id": 1, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": 3, "bbox": [0, 0, 2, 2], "segmentation": )"
                                      R"({"size": [2, 2], "counts": "13"}},
  {"id": 2, "image_id": 3, "category_id": 1, "iscrowd": 0, "area": 1, "bbox": [5, 4, 1, 1], "segmentation": )"
                                      R"({"size": [5, 6], "counts": "m01"}}
 ],
 "categories": [{"id": 1, "name": "polyp"}]
}
)");
}

}  // namespace
}  // namespace gps
