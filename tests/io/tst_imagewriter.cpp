#include "core/io/imagewriter.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <opencv2/imgcodecs.hpp>

#include "core/io/opencvimagesource.h"
#include "core/io/picturefile.h"
#include "tests/io/samplepictures.h"

namespace gps {
namespace {

using namespace test;

std::size_t filesIn(const TemporaryFolder& folder) {
  const std::filesystem::directory_iterator all(folder.path());
  return std::size_t(std::distance(begin(all), end(all)));
}

TEST(ImageWriter, MasksComeBackAsTheyWere) {
  const TemporaryFolder folder;
  const MaskImage mask{3, 2, {0, 255, 0, 255, 255, 0}};
  writeMask(folder / "掩码.png", mask);
  EXPECT_EQ(OpenCvImageSource().loadMask(folder / "掩码.png"), mask);
  EXPECT_EQ(cv::imdecode(readBytes(folder / "掩码.png"), cv::IMREAD_UNCHANGED).type(), CV_8UC1);
  EXPECT_EQ(filesIn(folder), 1U);
}

TEST(ImageWriter, IndexedMasksHaveAPaletteOfTwo) {
  const TemporaryFolder folder;
  const MaskImage mask{5, 2, {0, 255, 0, 255, 255, 0, 0, 255, 0, 0}};
  writeIndexedMask(folder / "i.png", mask, 0x00E5F5);
  const Bytes bytes = readBytes(folder / "i.png");
  ASSERT_GT(bytes.size(), 60U);
  EXPECT_EQ(bytes[24], 8);  // bits
  EXPECT_EQ(bytes[25], 3);  // indexed
  EXPECT_EQ(std::string(bytes.begin() + 37, bytes.begin() + 41), "PLTE");
  EXPECT_EQ(Bytes(bytes.begin() + 41, bytes.begin() + 47), (Bytes{0, 0, 0, 0x00, 0xE5, 0xF5}));
  requireComplete(folder / "i.png", bytes);  // all checksums
  EXPECT_EQ(OpenCvImageSource().loadMask(folder / "i.png"), mask);
  const RgbImage seen = OpenCvImageSource().loadImage(folder / "i.png");
  EXPECT_EQ(Bytes(seen.pixels.begin(), seen.pixels.begin() + 6), (Bytes{0, 0, 0, 0x00, 0xE5, 0xF5}));
}

TEST(ImageWriter, ProbabilitiesKeep16Bits) {
  const TemporaryFolder folder;
  writeProbability(folder / "p.png", {4, 1, {0.0F, 0.5F, 1.0F, 1.0F / 65535}});
  const cv::Mat back = cv::imdecode(readBytes(folder / "p.png"), cv::IMREAD_UNCHANGED);
  ASSERT_EQ(back.type(), CV_16UC1);
  EXPECT_EQ(back.at<std::uint16_t>(0, 0), 0);
  EXPECT_EQ(back.at<std::uint16_t>(0, 1), 32768);
  EXPECT_EQ(back.at<std::uint16_t>(0, 2), 65535);
  EXPECT_EQ(back.at<std::uint16_t>(0, 3), 1);
}

TEST(ImageWriter, OddProbabilitiesStayInRange) {
  const TemporaryFolder folder;
  writeProbability(folder / "p.png", {3, 1, {-2.0F, 7.0F, std::nanf("")}});
  const cv::Mat back = cv::imdecode(readBytes(folder / "p.png"), cv::IMREAD_UNCHANGED);
  EXPECT_EQ(back.at<std::uint16_t>(0, 0), 0);
  EXPECT_EQ(back.at<std::uint16_t>(0, 1), 65535);
  EXPECT_EQ(back.at<std::uint16_t>(0, 2), 0);
}

TEST(ImageWriter, RgbKeepsItsChannels) {
  const TemporaryFolder folder;
  RgbImage image{16, 16, std::vector<std::uint8_t>(16 * 16 * 3)};
  for (std::size_t i = 0; i < image.pixels.size(); i += 3) image.pixels[i] = 200, image.pixels[i + 1] = 90, image.pixels[i + 2] = 10;
  writeRgb(folder / "a.png", image);
  EXPECT_EQ(OpenCvImageSource().loadImage(folder / "a.png"), image);
  writeRgb(folder / "a.JPG", image);
  const auto back = OpenCvImageSource().loadImage(folder / "a.JPG");
  EXPECT_NEAR(back.pixels[0], 200, 4);
  EXPECT_NEAR(back.pixels[2], 10, 4);
}

TEST(ImageWriter, JpegsInMemoryAreNoLargerThanAsked) {
  RgbImage image{300, 200, std::vector<std::uint8_t>(300 * 200 * 3)};
  for (std::size_t i = 0; i < image.pixels.size(); i += 3) image.pixels[i] = 200;
  const auto small = encodeJpeg(image, 90), whole = encodeJpeg(image, 1000);
  EXPECT_EQ(small.width, 90);
  EXPECT_EQ(small.height, 60);
  EXPECT_EQ(whole.width, 300);
  const cv::Mat back = cv::imdecode(std::vector<std::uint8_t>(small.bytes.begin(), small.bytes.end()), cv::IMREAD_COLOR);
  ASSERT_EQ(back.cols, 90);
  ASSERT_EQ(back.rows, 60);
  EXPECT_NEAR(back.at<cv::Vec3b>(30, 45)[2], 200, 4);  // red stays red
  EXPECT_NEAR(back.at<cv::Vec3b>(30, 45)[0], 0, 4);
  EXPECT_THROW(encodeJpeg({}, 90), Error);
}

TEST(ImageWriter, RefusesWhatItCannotWrite) {
  const TemporaryFolder folder;
  const RgbImage image{2, 2, std::vector<std::uint8_t>(12)};
  errorOf(ErrorCode::BadArgument, [&] { writeRgb(folder / "a.gif", image); });
  errorOf(ErrorCode::BadArgument, [&] { writeRgb(folder / "a.png", RgbImage{}); });
  errorOf(ErrorCode::BadArgument, [&] { writeMask(folder / "a.png", MaskImage{4, 4, {0, 255}}); });
  const auto text = errorOf(ErrorCode::Io, [&] { writeRgb(folder / "absent/a.png", image); });
  EXPECT_NE(text.find("No such file"), std::string::npos) << text;
  EXPECT_EQ(filesIn(folder), 0U);
}

TEST(ImageWriter, LeavesTheOldFileWhenItFails) {
  const TemporaryFolder folder;
  // The target is a folder that is not empty: the rename fails after everything was written.
  std::filesystem::create_directories(folder / "a.png/inside");
  errorOf(ErrorCode::Io, [&] { writeMask(folder / "a.png", MaskImage{1, 1, {255}}); });
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a.png/inside"));
  EXPECT_EQ(filesIn(folder), 1U) << "a temporary file was left behind";
}

TEST(ImageWriter, ReportsAFullDisk) {
  // A limit on the size of files stands in for the full disk, in a child process.
  const TemporaryFolder folder;
  cv::Mat busy(256, 256, CV_8UC3);
  cv::randu(busy, 0, 255);
  RgbImage image{256, 256, std::vector<std::uint8_t>(busy.data, busy.data + 256 * 256 * 3)};
  writeRgb(folder / "a.png", image);
  const auto before = readBytes(folder / "a.png");
  const auto writeWithLimit = [&] {
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {};
    limit.rlim_cur = limit.rlim_max = 4096;
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      writeRgb(folder / "a.png", image);
    } catch (const Error& e) {
      _exit(e.code() == ErrorCode::Io && filesIn(folder) == 1 ? 0 : 2);
    }
    _exit(1);
  };
  EXPECT_EXIT(writeWithLimit(), testing::ExitedWithCode(0), "");
  EXPECT_EQ(readBytes(folder / "a.png"), before);
}

}  // namespace
}  // namespace gps
