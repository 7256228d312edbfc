#include "core/io/thumbnails.h"

#include "core/io/opencvimagesource.h"
#include "tests/io/samplepictures.h"

namespace gps {
namespace {

using namespace test;

TEST(Thumbnails, KeepTheAspectAndNeverEnlarge) {
  const RgbImage wide{200, 50, std::vector<std::uint8_t>(200 * 50 * 3, 60)};
  const auto small = makeThumbnail(wide, 80);
  EXPECT_EQ(small.width, 80);
  EXPECT_EQ(small.height, 20);
  EXPECT_EQ(small.pixels, std::vector<std::uint8_t>(80 * 20 * 3, 60));
  EXPECT_EQ(makeThumbnail(wide, 500), wide);
  EXPECT_EQ(makeThumbnail(RgbImage{1000, 2, std::vector<std::uint8_t>(6000)}, 10).height, 1);
  errorOf(ErrorCode::BadArgument, [&] { makeThumbnail(wide, 0); });
}

TEST(Thumbnails, MasksStayBinary) {
  MaskImage mask{64, 64, std::vector<std::uint8_t>(64 * 64)};
  for (std::size_t i = 0; i < mask.pixels.size(); ++i) mask.pixels[i] = i % 64 < 31 ? 255 : 0;
  const auto small = makeMaskThumbnail(mask, 16);
  for (const auto pixel : small.pixels) EXPECT_TRUE(pixel == 0 || pixel == 255);
  EXPECT_EQ(small.pixels[0], 255);
  EXPECT_EQ(small.pixels[15], 0);
}

TEST(Thumbnails, ReducedDecodingLooksTheSame) {
  const TemporaryFolder folder;
  cv::Mat big(480, 640, CV_8UC3);
  for (int y = 0; y < big.rows; ++y)
    for (int x = 0; x < big.cols; ++x) big.at<cv::Vec3b>(y, x) = cv::Vec3b(std::uint8_t(x / 3), std::uint8_t(y / 2), 90);
  writeBytes(folder / "big.jpg", withOrientation(encoded(".jpg", big), 6));
  const auto quick = loadThumbnail(folder / "big.jpg", 80);
  const auto exact = makeThumbnail(OpenCvImageSource().loadImage(folder / "big.jpg"), 80);
  ASSERT_EQ(quick.width, 60);
  ASSERT_EQ(quick.height, 80);
  ASSERT_EQ(quick.pixels.size(), exact.pixels.size());
  for (std::size_t i = 0; i < quick.pixels.size(); ++i) EXPECT_NEAR(quick.pixels[i], exact.pixels[i], 5);
}

TEST(Thumbnails, ReportBadFiles) {
  const TemporaryFolder folder;
  auto bytes = encoded(".jpg", cv::Mat(400, 400, CV_8UC3, cv::Scalar(1, 2, 3)));
  bytes.resize(bytes.size() - 40);
  writeBytes(folder / "cut.jpg", bytes);
  errorOf(ErrorCode::BadFile, [&] { loadThumbnail(folder / "cut.jpg", 50); });
  errorOf(ErrorCode::NotFound, [&] { loadThumbnail(folder / "absent.jpg", 50); });
}

}  // namespace
}  // namespace gps
