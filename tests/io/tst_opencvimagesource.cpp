#include "core/io/opencvimagesource.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "tests/io/samplepictures.h"

namespace gps {
namespace {

using namespace test;

// "R", "G", "B" or "W", by the strongest channels.
char letterAt(const RgbImage& image, int x, int y) {
  const auto* p = image.pixels.data() + 3 * (std::size_t(y) * std::size_t(image.width) + std::size_t(x));
  const bool r = p[0] > 127, g = p[1] > 127, b = p[2] > 127;
  return r && g && b ? 'W' : r ? 'R' : g ? 'G' : b ? 'B' : '?';
}

std::string corners(const RgbImage& i) {
  const int w = i.width - 1, h = i.height - 1;
  return {letterAt(i, 2, 2), letterAt(i, w - 2, 2), letterAt(i, 2, h - 2), letterAt(i, w - 2, h - 2)};
}

TEST(OpenCvImageSource, AppliesEveryExifOrientation) {
  const TemporaryFolder folder;
  const OpenCvImageSource source;
  const auto jpeg = encoded(".jpg", fourCorners());
  // Upper left, upper right, lower left, lower right after turning.
  const std::map<int, std::string> expected{{1, "RGBW"}, {2, "GRWB"}, {3, "WBGR"}, {4, "BWRG"},
                                            {5, "RBGW"}, {6, "BRWG"}, {7, "WGBR"}, {8, "GWRB"}};
  for (const auto& [orientation, letters] : expected) {
    for (const bool bigEndian : {false, true}) {
      const std::string path = folder / ("turned " + std::to_string(orientation) + (bigEndian ? "b" : "l") + ".jpg");
      writeBytes(path, withOrientation(jpeg, std::uint8_t(orientation), bigEndian));
      const auto image = source.loadImage(path);
      EXPECT_EQ(corners(image), letters) << orientation;
      const auto size = source.sizeOf(path);
      EXPECT_EQ(size.width, orientation >= 5 ? 32 : 48);
      EXPECT_EQ(size.height, orientation >= 5 ? 48 : 32);
      EXPECT_EQ(size.width, image.width);
    }
  }
}

TEST(OpenCvImageSource, IgnoresAlpha) {
  const TemporaryFolder folder;
  cv::Mat picture(10, 12, CV_8UC4, cv::Scalar(10, 20, 200, 0));  // wholly transparent red
  picture.at<cv::Vec4b>(3, 4) = {1, 2, 3, 128};
  writeBytes(folder / "alpha.png", encoded(".png", picture));
  const auto image = OpenCvImageSource().loadImage(folder / "alpha.png");
  ASSERT_EQ(image.pixels.size(), 360U);
  EXPECT_EQ((std::vector<std::uint8_t>(image.pixels.begin(), image.pixels.begin() + 3)), (std::vector<std::uint8_t>{200, 20, 10}));
  const auto at = image.pixels.begin() + 3 * (3 * 12 + 4);
  EXPECT_EQ((std::vector<std::uint8_t>(at, at + 3)), (std::vector<std::uint8_t>{3, 2, 1}));
}

TEST(OpenCvImageSource, Scales16BitBy257) {
  const TemporaryFolder folder;
  cv::Mat picture(1, 5, CV_16UC3);
  const std::array<int, 5> values{0, 128, 129, 32896, 65535};
  for (int i = 0; i < 5; ++i) picture.at<cv::Vec3w>(0, i) = cv::Vec3w::all(std::uint16_t(values[std::size_t(i)]));
  writeBytes(folder / "deep.png", encoded(".png", picture));
  const auto image = OpenCvImageSource().loadImage(folder / "deep.png");
  const std::array<int, 5> expected{0, 0, 1, 128, 255};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(int(image.pixels[3 * i]), expected[i]) << values[i];
}

TEST(OpenCvImageSource, SpreadsGrey) {
  const TemporaryFolder folder;
  writeBytes(folder / "grey.png", encoded(".png", cv::Mat(4, 4, CV_8UC1, cv::Scalar(77))));
  const auto image = OpenCvImageSource().loadImage(folder / "grey.png");
  EXPECT_EQ(image.pixels, std::vector<std::uint8_t>(48, 77));
}

TEST(OpenCvImageSource, BinarisesMasksOfEveryKind) {
  const TemporaryFolder folder;
  cv::Mat grey(2, 4, CV_8UC1, cv::Scalar(0));
  grey.at<std::uint8_t>(0, 0) = 127;
  grey.at<std::uint8_t>(0, 1) = 128;
  grey.at<std::uint8_t>(1, 3) = 255;
  const std::vector<std::uint8_t> expected{0, 255, 0, 0, 0, 0, 0, 255};
  writeBytes(folder / "grey.png", encoded(".png", grey));
  EXPECT_EQ(OpenCvImageSource().loadMask(folder / "grey.png").pixels, expected);

  cv::Mat deep;
  grey.convertTo(deep, CV_16UC1, 257);
  writeBytes(folder / "deep.png", encoded(".png", deep));
  EXPECT_EQ(OpenCvImageSource().loadMask(folder / "deep.png").pixels, expected);

  cv::Mat red(2, 4, CV_8UC3, cv::Scalar(0, 0, 0));  // the largest channel decides
  for (int i = 0; i < 8; ++i) red.at<cv::Vec3b>(i / 4, i % 4)[2] = grey.at<std::uint8_t>(i / 4, i % 4);
  writeBytes(folder / "red.png", encoded(".png", red));
  EXPECT_EQ(OpenCvImageSource().loadMask(folder / "red.png").pixels, expected);

  cv::Mat half(64, 64, CV_8UC1, cv::Scalar(0));
  half(cv::Rect(32, 0, 32, 64)) = 255;
  writeBytes(folder / "mask.jpg", encoded(".jpg", half));
  const auto fromJpeg = OpenCvImageSource().loadMask(folder / "mask.jpg");
  EXPECT_EQ(std::count(fromJpeg.pixels.begin(), fromJpeg.pixels.end(), 255), 64 * 32);
}

TEST(OpenCvImageSource, TellsGreyMasksFromBinaryOnes) {
  const TemporaryFolder folder;
  cv::Mat ramp(64, 64, CV_8UC1);
  for (int x = 0; x < 64; ++x) ramp.col(x) = x * 4;
  writeBytes(folder / "ramp.png", encoded(".png", ramp));
  const auto grey = OpenCvImageSource().maskStatistics(folder / "ramp.png");
  EXPECT_GT(grey.greyShare, 0.7);
  EXPECT_EQ(grey.largest, 252);

  cv::Mat half(64, 64, CV_8UC1, cv::Scalar(0));
  half(cv::Rect(13, 11, 30, 40)) = 255;
  writeBytes(folder / "noisy.jpg", encoded(".jpg", half));
  const auto noisy = OpenCvImageSource().maskStatistics(folder / "noisy.jpg");
  EXPECT_LT(noisy.greyShare, 0.05);
  EXPECT_NEAR(noisy.foregroundShare, 1200.0 / 4096, 0.01);

  writeBytes(folder / "classes.png", encoded(".png", cv::Mat(8, 8, CV_8UC1, cv::Scalar(1))));
  const auto classes = OpenCvImageSource().maskStatistics(folder / "classes.png");
  EXPECT_EQ(classes.largest, 1);
  EXPECT_EQ(classes.foregroundShare, 0);
}

TEST(OpenCvImageSource, RefusesCutFiles) {
  const TemporaryFolder folder;
  const OpenCvImageSource source;
  cv::Mat busy(200, 200, CV_8UC3);
  cv::randu(busy, 0, 255);
  for (const std::string ending : {".jpg", ".png"}) {
    const auto whole = encoded(ending, busy);
    for (const double share : {0.02, 0.5, 0.99}) {
      const std::string path = folder / ("cut" + ending);
      writeBytes(path, Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(share * double(whole.size()))));
      const auto text = errorOf(ErrorCode::BadFile, [&] { source.loadImage(path); });
      EXPECT_NE(text.find(path), std::string::npos);
      errorOf(ErrorCode::BadFile, [&] { source.loadMask(path); });
    }
  }
}

TEST(OpenCvImageSource, RefusesDamagedPng) {
  const TemporaryFolder folder;
  auto bytes = encoded(".png", fourCorners());
  bytes[bytes.size() / 2] ^= 0x10;
  writeBytes(folder / "damaged.png", bytes);
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { OpenCvImageSource().loadImage(folder / "damaged.png"); }).find("checksum"),
            std::string::npos);
}

TEST(OpenCvImageSource, NamesWhatIsWrongWithAPath) {
  const TemporaryFolder folder;
  const OpenCvImageSource source;
  writeBytes(folder / "empty.jpg", {});
  writeBytes(folder / "words.jpg", {'h', 'e', 'l', 'l', 'o', '\n'});
  std::filesystem::create_directories(folder / "folder.png");
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { source.loadImage(folder / "empty.jpg"); }).find("empty"), std::string::npos);
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { source.loadImage(folder / "words.jpg"); }).find("Accepted are"), std::string::npos);
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { source.loadImage(folder / "folder.png"); }).find("folder"), std::string::npos);
  errorOf(ErrorCode::NotFound, [&] { source.loadMask(folder / "absent.png"); });
  errorOf(ErrorCode::NotFound, [&] { source.sizeOf(folder / "absent.png"); });
  errorOf(ErrorCode::BadFile, [&] { source.sizeOf(folder / "words.jpg"); });
}

TEST(OpenCvImageSource, RefusesHugePictures) {
  const TemporaryFolder folder;
  auto bytes = encoded(".png", fourCorners());
  bytes[16] = 0x00, bytes[17] = 0x01, bytes[18] = 0, bytes[19] = 0;  // width 65536
  bytes[20] = 0x00, bytes[21] = 0x01, bytes[22] = 0, bytes[23] = 0;  // height 65536
  writeBytes(folder / "huge.png", bytes);
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { OpenCvImageSource().loadImage(folder / "huge.png"); }).find("200 million"),
            std::string::npos);
}

TEST(OpenCvImageSource, SurvivesRandomBytesBehindAHeader) {
  const TemporaryFolder folder;
  const OpenCvImageSource source;
  const auto jpeg = withOrientation(encoded(".jpg", fourCorners()), 6);
  cv::RNG random(7);
  for (int i = 0; i < 400; ++i) {
    auto bytes = jpeg;
    for (int k = 0; k < 4; ++k) bytes[std::size_t(random.uniform(2, 300))] = std::uint8_t(random.uniform(0, 256));
    writeBytes(folder / "fuzz.jpg", bytes);
    try {
      const auto image = source.loadImage(folder / "fuzz.jpg");
      EXPECT_EQ(image.pixels.size(), std::size_t(image.width) * std::size_t(image.height) * 3);
    } catch (const Error& e) {
      EXPECT_TRUE(e.code() == ErrorCode::BadFile) << e.what();
    }
  }
}

TEST(OpenCvImageSource, IsThreadSafe) {
  const TemporaryFolder folder;
  const OpenCvImageSource source;
  writeBytes(folder / "p.png", encoded(".png", fourCorners()));
  const auto expected = source.loadImage(folder / "p.png");
  std::vector<std::thread> threads;
  std::atomic<int> same{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) same += source.loadImage(folder / "p.png") == expected;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(same, 200);
}

}  // namespace
}  // namespace gps
