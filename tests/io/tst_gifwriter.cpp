#include "core/io/gifwriter.h"

#include <gif_lib.h>

#include <cmath>
#include <memory>

#include "core/io/palette.h"
#include "tests/io/samplepictures.h"

namespace gps {
namespace {

using namespace test;

struct Read {
  int width = 0, height = 0;
  std::vector<RgbImage> frames;
  std::vector<int> delaysMs;
  bool loops = false;
};

Read readGif(const std::string& path) {
  int code = 0;
  struct Closer {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
  };
  const std::unique_ptr<GifFileType, Closer> gif(DGifOpenFileName(path.c_str(), &code));
  Read read;
  EXPECT_TRUE(gif);
  if (!gif || DGifSlurp(gif.get()) != GIF_OK) return read;
  read.width = gif->SWidth, read.height = gif->SHeight;
  for (int i = 0; i < gif->ImageCount; ++i) {
    const SavedImage& saved = gif->SavedImages[i];
    GraphicsControlBlock control{};
    DGifSavedExtensionToGCB(gif.get(), i, &control);
    read.delaysMs.push_back(control.DelayTime * 10);
    RgbImage image{saved.ImageDesc.Width, saved.ImageDesc.Height, {}};
    for (int p = 0; p < image.width * image.height; ++p) {
      const GifColorType& c = gif->SColorMap->Colors[saved.RasterBits[p]];
      image.pixels.insert(image.pixels.end(), {c.Red, c.Green, c.Blue});
    }
    read.frames.push_back(image);
  }
  if (gif->ImageCount > 0)
    for (int i = 0; i < gif->SavedImages[0].ExtensionBlockCount; ++i)
      read.loops = read.loops || gif->SavedImages[0].ExtensionBlocks[i].Function == APPLICATION_EXT_FUNC_CODE;
  return read;
}

// Mucosa: a soft field of reds with a bright spot, and a cyan line over it with a dark one beside it.
constexpr std::uint32_t kLine = 0x00E5F5, kHalo = 0x0B1118;
RgbImage tissue(int width, int height, int lineAt) {
  RgbImage image{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double light = std::exp(-std::hypot(x - width * 0.6, y - height * 0.4) / 60);
      const int red = int(120 + 110 * light + 8 * std::sin(x * 0.3 + y * 0.11)), green = int(40 + 120 * light),
                blue = int(35 + 90 * light * light);
      std::uint32_t colour = std::uint32_t(std::min(red, 255)) << 16 | std::uint32_t(green) << 8 | std::uint32_t(blue);
      if (x == lineAt) colour = kLine;
      if (x == lineAt + 1) colour = kHalo;
      image.pixels.insert(image.pixels.end(), {std::uint8_t(colour >> 16), std::uint8_t(colour >> 8), std::uint8_t(colour)});
    }
  return image;
}

TEST(GifWriter, FramesComeBackWithTheirTimes) {
  const TemporaryFolder folder;
  std::vector<GifFrame> frames;
  for (int i = 0; i < 5; ++i) frames.push_back({tissue(160, 120, 20 + 10 * i), i == 4 ? 1500 : 200});
  writeGif(folder / "a.gif", frames, {kLine, kHalo});
  const Read read = readGif(folder / "a.gif");
  ASSERT_EQ(read.frames.size(), 5U);
  EXPECT_EQ(read.width, 160);
  EXPECT_EQ(read.height, 120);
  EXPECT_EQ(read.delaysMs, (std::vector<int>{200, 200, 200, 200, 1500}));
  EXPECT_TRUE(read.loops);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator()), 1);
}

TEST(GifWriter, ColoursStayTrue) {
  const TemporaryFolder folder;
  std::vector<GifFrame> frames;
  for (int i = 0; i < 4; ++i) frames.push_back({tissue(320, 240, 100 + 40 * i)});
  writeGif(folder / "a.gif", frames, {kLine, kHalo});
  const Read read = readGif(folder / "a.gif");
  ASSERT_EQ(read.frames.size(), frames.size());
  double sum = 0;
  int most = 0;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    const auto& was = frames[f].image.pixels;
    const auto& is = read.frames[f].pixels;
    ASSERT_EQ(was.size(), is.size());
    for (std::size_t i = 0; i < was.size(); i += 3) {
      const auto colour = std::uint32_t(was[i]) << 16 | std::uint32_t(was[i + 1]) << 8 | std::uint32_t(was[i + 2]);
      if (colour == kLine || colour == kHalo) {
        ASSERT_EQ(colour, std::uint32_t(is[i]) << 16 | std::uint32_t(is[i + 1]) << 8 | std::uint32_t(is[i + 2])) << i;
      }
      for (std::size_t c = 0; c < 3; ++c) {
        const int off = std::abs(int(was[i + c]) - int(is[i + c]));
        sum += off, most = std::max(most, off);
      }
    }
  }
  EXPECT_LT(sum / double(frames.size() * frames[0].image.pixels.size()), 2.0);
  EXPECT_LE(most, 16);
}

TEST(GifWriter, RefusesWhatIsNoAnimation) {
  const TemporaryFolder folder;
  errorOf(ErrorCode::BadArgument, [&] { writeGif(folder / "a.gif", {}); });
  errorOf(ErrorCode::BadArgument, [&] { writeGif(folder / "a.gif", {{tissue(20, 20, 1)}, {tissue(20, 21, 1)}}); });
  errorOf(ErrorCode::BadArgument, [&] { writeGif(folder / "a.gif", {{RgbImage{4, 4, {0, 0, 0}}}}); });
  EXPECT_FALSE(std::filesystem::exists(folder / "a.gif"));
  const auto text = errorOf(ErrorCode::Io, [&] { writeGif(folder / "absent/a.gif", {{tissue(20, 20, 1)}}); });
  EXPECT_NE(text.find("a.gif"), std::string::npos);
}

TEST(Palette, FewColoursAreKeptAsTheyAre) {
  PaletteBuilder builder;
  builder.add({3, 1, {255, 0, 0, 0, 255, 0, 10, 20, 30}});
  const auto colours = builder.colours({0xFF0000}, 256);
  EXPECT_EQ(colours.size(), 4U);
  EXPECT_EQ(colours[0], (PaletteColour{255, 0, 0}));
  NearestColour nearest(colours);
  for (std::size_t i = 0; i < colours.size(); ++i)
    EXPECT_EQ(colours[nearest.indexOf(colours[i][0], colours[i][1], colours[i][2])], colours[i]);
}

}  // namespace
}  // namespace gps
