// Frames of videos and of numbered pictures: the frame asked for is the frame that reading in order gives.
#include "core/io/videosource.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <random>

#include "core/io/framesequence.h"
#include "core/io/imagewriter.h"
#include "tests/io/samplepictures.h"
#include "tests/support/countedvideo.h"

namespace gps::test {
namespace {

constexpr int kFrames = 150;

std::vector<RgbImage> inOrder(VideoSource& source) {
  std::vector<RgbImage> all;
  for (VideoFrame frame = source.next(); !frame.isEnd(); frame = source.next()) {
    EXPECT_EQ(frame.number, int(all.size()));
    EXPECT_EQ(frame.problem, "");
    all.push_back(std::move(frame.image));
  }
  return all;
}

struct Codec {
  const char *file, *letters;
  bool isOurs;  // OpenCV encodes it without any other library
};

class Videos : public ::testing::TestWithParam<Codec> {
 protected:
  TemporaryFolder m_folder;
};

// MPEG-2 in a program stream is where OpenCV's own seek leads astray (40 of 60 frames), H.264 where the last frames carry no time.
TEST_P(Videos, AnyFrameEqualsReadingInOrder) {
  const std::string path = m_folder / GetParam().file;
  if (!writeCountedVideo(path, GetParam().letters, kFrames)) {
    ASSERT_FALSE(GetParam().isOurs);
    GTEST_SKIP() << "the installed OpenCV does not encode " << GetParam().letters;
  }
  const auto source = openVideo(path);
  const std::vector<RgbImage> all = inOrder(*source);
  ASSERT_EQ(int(all.size()), kFrames);
  for (int i = 0; i < kFrames; ++i) ASSERT_EQ(numberIn(all[std::size_t(i)]), i);
  EXPECT_TRUE(source->index()->isComplete());
  EXPECT_EQ(source->frameCount(), kFrames);
  const auto other = openVideo(path, source->index());
  std::mt19937 random(3);
  for (int round = 0; round < 80; ++round) {
    const int number = int(random() % kFrames);
    ASSERT_TRUE(other->frame(number) == all[std::size_t(number)]) << number << ", found " << numberIn(other->frame(number));
  }
  for (int number = kFrames; number-- > kFrames - 30;) ASSERT_TRUE(other->frame(number) == all[std::size_t(number)]) << number;  // backward
  const Error error = errorOf([&] { other->frame(kFrames); });
  EXPECT_EQ(error.code(), ErrorCode::NotFound);
}

// Nothing has been read yet: each reader learns the way to the frame it is asked for.
TEST_P(Videos, FramesCanBeAskedForBeforeTheyAreRead) {
  const std::string path = m_folder / GetParam().file;
  if (!writeCountedVideo(path, GetParam().letters, kFrames)) GTEST_SKIP() << "the installed OpenCV does not encode " << GetParam().letters;
  const auto source = openVideo(path);
  EXPECT_EQ(numberIn(source->frame(100)), 100);
  EXPECT_EQ(numberIn(source->frame(3)), 3);
  EXPECT_EQ(numberIn(source->frame(140)), 140);
  // And reading in order goes on by itself.
  for (int i = 0; i < 12; ++i) {
    const VideoFrame frame = source->next(i % 3 == 0);
    EXPECT_EQ(frame.number, i);
    EXPECT_EQ(frame.image.empty(), i % 3 != 0);
    if (!frame.image.empty()) {
      EXPECT_EQ(numberIn(frame.image), i);
    }
    if (i == 5) {
      EXPECT_EQ(numberIn(source->frame(77)), 77);
    }
  }
  const Error error = errorOf([&] { source->frame(kFrames + 20); });
  EXPECT_EQ(error.code(), ErrorCode::NotFound);
  EXPECT_EQ(source->frameCount(), kFrames);  // counted now
}

TEST_P(Videos, TimesAndFacts) {
  const std::string path = m_folder / GetParam().file;
  if (!writeCountedVideo(path, GetParam().letters, 50, 20)) {
    if (!GetParam().isOurs) GTEST_SKIP() << "the installed OpenCV does not encode it at this rate";
    FAIL();
  }
  const auto source = openVideo(path);
  if (std::abs(source->info().framesPerSecond - 20) > 0.01) GTEST_SKIP() << "this form knows other rates only";
  EXPECT_EQ(source->info().width, kBits * kField);
  EXPECT_EQ(source->info().height, 96);
  EXPECT_FALSE(source->info().isSequence);
  inOrder(*source);
  for (int i = 0; i < 50; ++i) EXPECT_NEAR(source->secondsOf(i), i / 20.0, 0.002) << i;
}

INSTANTIATE_TEST_SUITE_P(Codecs, Videos,
                         ::testing::Values(Codec{"a.avi", "MJPG", true}, Codec{"b.mp4", "mp4v", false}, Codec{"c.mp4", "avc1", false},
                                           Codec{"d.mpg", "MPG2", false}, Codec{"e.mkv", "MPG1", false}, Codec{"f.ts", "MPG2", false},
                                           Codec{"g.webm", "VP80", false}),
                         [](const auto& test) { return std::string(test.param.file, 1) + "_" + test.param.letters; });

class VideoFiles : public ::testing::Test {
 protected:
  std::string avi(int frames = 20) {
    const std::string path = m_folder / "sample.avi";
    EXPECT_TRUE(writeCountedVideo(path, "MJPG", frames));
    return path;
  }
  TemporaryFolder m_folder;
};

TEST_F(VideoFiles, ErrorsNameThingCauseAndRemedy) {
  const auto expect = [](const std::string& path, ErrorCode code, const std::string& words) {
    const Error error = errorOf([&] { openVideo(path); });
    EXPECT_EQ(int(error.code()), int(code)) << error.what();
    EXPECT_NE(error.cause().find(words), std::string::npos) << error.what();
    EXPECT_NE(error.subject().find(path.substr(path.rfind('/') + 1)), std::string::npos) << error.what();
    EXPECT_FALSE(error.remedy().empty()) << error.what();
  };
  expect(m_folder / "none.mp4", ErrorCode::NotFound, "no such file");
  writeBytes(m_folder / "empty.mp4", {});
  expect(m_folder / "empty.mp4", ErrorCode::BadFile, "empty");
  writeBytes(m_folder / "text.mp4", Bytes(500, 'x'));
  expect(m_folder / "text.mp4", ErrorCode::BadFile, "no video");
  // A playlist in a video's clothes would have the decoder fetch what it names.
  const std::string list = "#EXTM3U\n#EXTINF:10,\nhttp://localhost/a.ts\n";
  writeBytes(m_folder / "list.mp4", Bytes(list.begin(), list.end()));
  expect(m_folder / "list.mp4", ErrorCode::BadFile, "no video");
  Bytes onlyHead(4000, 0);
  const std::string magic("RIFF\x90\x0f\0\0AVI LIST", 16);
  std::copy(magic.begin(), magic.end(), onlyHead.begin());
  writeBytes(m_folder / "head.avi", onlyHead);
  expect(m_folder / "head.avi", ErrorCode::BadFile, "cannot be opened");
  expect("/dev/null", ErrorCode::BadFile, "neither");
  std::filesystem::create_directories(m_folder / "nothing");
  expect(m_folder / "nothing", ErrorCode::NotFound, "no picture");
  expect(m_folder / "frame_%04d.png", ErrorCode::NotFound, "no picture");
  if (::geteuid() != 0) {
    const std::string path = avi();
    ::chmod(path.c_str(), 0);
    expect(path, ErrorCode::Io, "cannot be read");
  }
}

TEST_F(VideoFiles, AddressesAreRefused) {
  for (const char* address :
       {"http://localhost/a.mp4", "https://localhost/a.mp4", "rtsp://localhost/a", "file:///tmp/a.mp4", "udp://@1:1"}) {
    const Error error = errorOf([&] { openVideo(address); });
    EXPECT_EQ(error.code(), ErrorCode::BadArgument) << error.what();
  }
  for (const char* words : {"concat:a.avi|b.avi", "videotestsrc ! appsink", "0"})
    EXPECT_EQ(errorOf([&] { openVideo(words); }).code(), ErrorCode::NotFound) << words;
}

TEST_F(VideoFiles, AFrameNobodyWantsAnyMoreIsGivenUp) {
  const auto source = openVideo(avi(400));
  int asked = 0;
  source->setInterrupt([&] { return ++asked > 50; });
  EXPECT_THROW(source->frame(390), Cancelled);
  EXPECT_EQ(asked, 51);
  source->setInterrupt({});
  EXPECT_EQ(numberIn(source->frame(390)), 390);
  EXPECT_EQ(numberIn(source->frame(20)), 20);
}

TEST_F(VideoFiles, ACutFileEndsEarlyOrSaysSo) {
  Bytes whole = readBytes(avi(60));
  whole.resize(whole.size() / 2);
  writeBytes(m_folder / "cut.avi", whole);
  const auto source = openVideo(m_folder / "cut.avi");
  int read = 0;
  while (!source->next(false).isEnd()) ++read;
  EXPECT_GT(read, 10);
  EXPECT_LT(read, 60);
  EXPECT_EQ(source->frameCount(), read);  // what is there, whatever was announced
  if (!writeCountedVideo(m_folder / "whole.mp4", "mp4v", 60)) GTEST_SKIP() << "no MP4 can be encoded here";
  Bytes mp4 = readBytes(m_folder / "whole.mp4");
  mp4.resize(mp4.size() * 2 / 3);
  writeBytes(m_folder / "cut.mp4", mp4);
  const Error error = errorOf([&] { openVideo(m_folder / "cut.mp4"); });
  EXPECT_EQ(error.code(), ErrorCode::BadFile);
  EXPECT_NE(error.cause().find("cut short"), std::string::npos) << error.what();
}

TEST_F(VideoFiles, FramesComeUpright) {
  const std::string path = m_folder / "turned.mp4";
  if (!writeCountedVideo(path, "mp4v", 5)) GTEST_SKIP() << "no MP4 can be encoded here";
  Bytes bytes = readBytes(path);
  const std::string box = "tkhd";
  auto at = std::search(bytes.begin(), bytes.end(), box.begin(), box.end());
  ASSERT_NE(at, bytes.end());
  at += 4 + 4 + 20 + 8 + 8;  // to the matrix: a quarter turn clockwise
  const std::array<std::uint32_t, 9> matrix{0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000};
  for (const std::uint32_t value : matrix)
    for (int shift = 24; shift >= 0; shift -= 8) *at++ = std::uint8_t(value >> shift);
  writeBytes(path, bytes);
  const auto source = openVideo(path);
  EXPECT_EQ(source->info().rotation, 90);
  EXPECT_EQ(source->info().width, 96);
  EXPECT_EQ(source->info().height, kBits * kField);
  const RgbImage image = source->frame(1);  // bit 0 is white and lies at the top right now
  ASSERT_EQ(image.width, 96);
  EXPECT_GT(image.pixels[(8 * 96 + 88) * 3], 200);
  EXPECT_LT(image.pixels[(24 * 96 + 88) * 3], 60);
}

TEST_F(VideoFiles, PicturesInNaturalOrder) {
  std::filesystem::create_directories(m_folder / "frames");
  for (int i = 0; i < 12; ++i)
    writeRgb(m_folder / ("frames/f" + std::to_string(i) + ".png"), RgbImage{8, 6, Bytes(8 * 6 * 3, std::uint8_t(i * 10))});
  writeBytes(m_folder / "frames/notes.txt", Bytes{1});
  writeBytes(m_folder / "frames/f12.png", Bytes{1, 2, 3});
  for (const std::string& path : {m_folder / "frames", m_folder / "frames/f%d.png"}) {
    const auto source = openVideo(path);
    EXPECT_TRUE(source->info().isSequence);
    EXPECT_EQ(source->info().width, 8);
    EXPECT_EQ(source->frameCount(), 13);
    EXPECT_TRUE(std::isnan(source->secondsOf(3)));
    for (int i = 0; i < 12; ++i) {
      const VideoFrame frame = source->next();
      EXPECT_EQ(frame.number, i);
      EXPECT_EQ(frame.image.pixels.front(), i * 10) << path;
    }
    const VideoFrame broken = source->next();  // one that is broken keeps the others not back
    EXPECT_EQ(broken.number, 12);
    EXPECT_FALSE(broken.problem.empty());
    EXPECT_TRUE(source->next().isEnd());
    EXPECT_EQ(source->frame(7).pixels.front(), 70);
    EXPECT_EQ(errorOf([&] { source->frame(12); }).code(), ErrorCode::BadFile);
    EXPECT_EQ(errorOf([&] { source->frame(13); }).code(), ErrorCode::NotFound);
  }
}

TEST_F(VideoFiles, PatternsStopAtTheFirstGap) {
  for (const int i : {3, 4, 5, 7})
    writeRgb(m_folder / ("p_00" + std::to_string(i) + ".png"), RgbImage{8, 6, Bytes(8 * 6 * 3, std::uint8_t(i * 10))});
  writeRgb(m_folder / "p_4.png", RgbImage{8, 6, Bytes(8 * 6 * 3, 9)});
  const auto source = openVideo(m_folder / "p_%03d.png");
  ASSERT_EQ(source->frameCount(), 3);
  EXPECT_EQ(source->frame(0).pixels.front(), 30);
  EXPECT_EQ(source->frame(2).pixels.front(), 50);
}

TEST(NaturalOrder, NumbersCountByTheirValue) {
  const std::vector<std::string> rising{
      "", "a", "a1", "a01", "a2", "a2b", "a10", "a10b2", "a10b10", "b", "b99999999999999999999998", "b99999999999999999999999"};
  for (std::size_t i = 0; i < rising.size(); ++i)
    for (std::size_t j = 0; j < rising.size(); ++j) {
      const bool isTie = (rising[i] == "a1" && rising[j] == "a01") || (rising[i] == "a01" && rising[j] == "a1");
      if (!isTie) {
        EXPECT_EQ(isBefore(rising[i], rising[j]), i < j) << rising[i] << " " << rising[j];
      }
    }
  EXPECT_NE(isBefore("a1", "a01"), isBefore("a01", "a1"));
}

TEST(FrameIndex, TimesNameFramesWhileTheyRise) {
  FrameIndex index;
  index.add(0, {0.0, 1, true});
  index.add(1, {0.04, 2, true});
  index.add(1, {9.0, 9, true});  // known already
  index.add(3, {9.0, 9, true});  // not the next one
  index.add(2, {0.08, 3, false});
  EXPECT_EQ(index.size(), 3);
  EXPECT_TRUE(index.isRising());
  EXPECT_EQ(index.find(0.04), 1);
  EXPECT_EQ(index.find(0.05), -1);
  EXPECT_EQ(index.find(0.08), -1);  // an estimate names no frame
  index.add(3, {0.12, 4, true});
  EXPECT_FALSE(index.isRising());
  EXPECT_EQ(index.find(0.04), -1);
  index.end();
  index.add(4, {1, 1, true});
  EXPECT_EQ(index.size(), 4);
}

}  // namespace
}  // namespace gps::test
