// Against Pillow; see tests/reference/make_resize_vectors.py.
#include "core/data/views/resample.h"

#include <cstdlib>
#include <filesystem>

#include "core/checkpoints/readers/tensorfile.h"
#include "tests/support/expecterror.h"

namespace gps {
namespace {

using namespace test;

RgbImage pictureOf(const TensorFile& file, const TensorRecord& record) {
  RgbImage image{int(record.shape[1]), int(record.shape[0]), std::vector<std::uint8_t>(std::size_t(record.elements()))};
  copyRaw(file, record, image.pixels.data());
  return image;
}

TEST(Resample, IsPillowsBitForBit) {
  const char* root = std::getenv("GPS_SOURCE_DIR");
  const auto file = openTensorFile((std::filesystem::path(root == nullptr ? "." : root) / "tests/data/files/resize.safetensors").string());
  const auto image = pictureOf(file, file.at("image"));
  int compared = 0;
  for (const auto& record : file.records()) {
    if (record.name == "image") continue;
    const auto expected = pictureOf(file, record);
    const auto how = record.name.starts_with("bicubic") ? Interpolation::Bicubic : Interpolation::Bilinear;
    EXPECT_EQ(resizeImage(image, expected.width, expected.height, how), expected) << record.name;
    ++compared;
  }
  EXPECT_EQ(compared, 12);
}

TEST(Resample, RefusesNoPixels) {
  const RgbImage image{2, 2, std::vector<std::uint8_t>(12)};
  errorOf(ErrorCode::BadArgument, [&] { resizeImage(image, 0, 4); });
  errorOf(ErrorCode::BadArgument, [&] { resizeImage({}, 4, 4); });
}

}  // namespace
}  // namespace gps
