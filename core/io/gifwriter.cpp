#include "core/io/gifwriter.h"

#include <gif_lib.h>

#include <algorithm>
#include <memory>

#include "core/io/atomicwrite.h"
#include "core/io/palette.h"
#include "core/io/thumbnails.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr int kMostPixelsASide = 65535, kPaletteSize = 256, kColourBits = 8;

int append(GifFileType* gif, const GifByteType* bytes, int count) {
  auto* out = static_cast<std::vector<std::uint8_t>*>(gif->UserData);
  out->insert(out->end(), bytes, bytes + count);
  return count;
}

void require(const std::string& path, int result, int code) {
  if (result == GIF_ERROR) {
    const char* reason = GifErrorString(code);
    throw Error(ErrorCode::Io, path,
                std::string("the animation cannot be encoded (") + (reason != nullptr ? reason : "no reason given") + ")");
  }
}

void requireFrames(const std::string& path, const std::vector<GifFrame>& frames) {
  if (frames.empty()) throw Error(ErrorCode::BadArgument, path, "there is no frame to write");
  const RgbImage& first = frames.front().image;
  for (const GifFrame& frame : frames) {
    const RgbImage& image = frame.image;
    if (image.width < 1 || image.height < 1 || image.width > kMostPixelsASide || image.height > kMostPixelsASide ||
        image.pixels.size() != std::size_t(image.width) * std::size_t(image.height) * 3)
      throw Error(ErrorCode::BadArgument, path, "a frame is empty or too large for a GIF");
    if (image.width != first.width || image.height != first.height)
      throw Error(ErrorCode::BadArgument, path, "the frames are not of one size");
  }
}

struct MapDeleter {
  void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
};
struct FileCloser {
  void operator()(GifFileType* gif) const {
    int ignored = 0;
    EGifCloseFile(gif, &ignored);
  }
};

}  // namespace

void writeGif(const std::string& path, const std::vector<GifFrame>& frames, const std::vector<std::uint32_t>& kept) {
  requireFrames(path, frames);
  PaletteBuilder builder;
  for (const GifFrame& frame : frames) builder.add(frame.image);
  const std::vector<PaletteColour> palette = builder.colours(kept, kPaletteSize);
  NearestColour nearest(palette);
  const std::unique_ptr<ColorMapObject, MapDeleter> map(GifMakeMapObject(kPaletteSize, nullptr));
  if (!map) throw Error(ErrorCode::OutOfMemory, path, "there is no memory for it");
  for (std::size_t i = 0; i < palette.size(); ++i) map->Colors[i] = {palette[i][0], palette[i][1], palette[i][2]};

  std::vector<std::uint8_t> bytes;
  const int width = frames.front().image.width, height = frames.front().image.height;
  int code = 0;
  {
    const std::unique_ptr<GifFileType, FileCloser> gif(EGifOpen(&bytes, append, &code));
    if (!gif) require(path, GIF_ERROR, code);
    EGifSetGifVersion(gif.get(), true);
    require(path, EGifPutScreenDesc(gif.get(), width, height, kColourBits, 0, map.get()), gif->Error);
    // For ever: the block of Netscape 2.0, a count of 0.
    const GifByteType name[] = {'N', 'E', 'T', 'S', 'C', 'A', 'P', 'E', '2', '.', '0'}, loop[] = {1, 0, 0};
    require(path, EGifPutExtensionLeader(gif.get(), APPLICATION_EXT_FUNC_CODE), gif->Error);
    require(path, EGifPutExtensionBlock(gif.get(), sizeof name, name), gif->Error);
    require(path, EGifPutExtensionBlock(gif.get(), sizeof loop, loop), gif->Error);
    require(path, EGifPutExtensionTrailer(gif.get()), gif->Error);
    std::vector<GifPixelType> row(static_cast<std::size_t>(width));
    for (const GifFrame& frame : frames) {
      const GraphicsControlBlock control{DISPOSE_DO_NOT, false, std::clamp((frame.delayMs + 5) / 10, 0, 65535), NO_TRANSPARENT_COLOR};
      GifByteType extension[4];
      EGifGCBToExtension(&control, extension);
      require(path, EGifPutExtension(gif.get(), GRAPHICS_EXT_FUNC_CODE, sizeof extension, extension), gif->Error);
      require(path, EGifPutImageDesc(gif.get(), 0, 0, width, height, false, nullptr), gif->Error);
      const std::uint8_t* from = frame.image.pixels.data();
      for (int y = 0; y < height; ++y) {
        for (GifPixelType& pixel : row) {
          pixel = nearest.indexOf(from[0], from[1], from[2]);
          from += 3;
        }
        require(path, EGifPutLine(gif.get(), row.data(), width), gif->Error);
      }
    }
  }  // the trailer is written as it closes
  writeFileAtomically(path, bytes);
}

RgbImage fitted(const RgbImage& image, int longestSide) {
  return std::max(image.width, image.height) <= longestSide ? image : makeThumbnail(image, longestSide);
}

}  // namespace gps
