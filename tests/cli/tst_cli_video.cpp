// gps predict --video: files by frame, the table of areas, bad input, a signal; and that it works without a network.
#include <gtest/gtest.h>

#include <sstream>

#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#include "tests/cli/pipeline.h"
#include "tests/support/countedvideo.h"
#include "tests/support/nonetwork.h"

namespace gps::test {
namespace {

std::vector<std::vector<std::string>> tableOf(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(readText(path));
  for (std::string line; std::getline(lines, line);) {
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

class CliVideo : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(writeCountedVideo(m_video, "MJPG", 9));
    std::filesystem::create_directories(m_folder / "frames");
    for (int i = 0; i < 11; ++i) {  // 10 comes after 9
      const cv::Mat picture = countedPicture(i);
      RgbImage image{picture.cols, picture.rows, {}};
      image.pixels.assign(picture.data, picture.data + picture.total() * 3);
      writeRgb(m_folder / ("frames/f" + std::to_string(i) + ".png"), image);
    }
  }
  std::vector<std::string> words(const std::string& video, const std::string& out, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{"predict", "--weights", liteMedSamWeights(), "--device", "cpu", "--image-size", "64", "--video",
                                 video,     "--out",     m_folder / out,      "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  TemporaryFolder m_folder;
  std::string m_video = m_folder / "a video.avi";
};

TEST_F(CliVideo, WritesEveryNthFrameAndItsAreas) {
  const auto json = expectGps(0, words(m_video, "out", {"--every", "4", "--threshold", "0.3", "--overlay"})).json();
  EXPECT_EQ(json["n"], 3);
  EXPECT_EQ(json["frames"], 9);
  EXPECT_EQ(json["frames_counted"], true);
  EXPECT_EQ(json["frames_per_second"], 25);
  EXPECT_EQ(json["threshold"], 0.3);
  std::vector<std::string> expected{"area.csv"};
  for (const char* n : {"0", "4", "8"})
    for (const char* ending : {".png", "_overlay.png", "_prob.png"}) expected.push_back("a video_00000" + std::string(n) + ending);
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(filesBelow(m_folder / "out"), expected);
  const auto table = tableOf(m_folder / "out/area.csv");
  ASSERT_EQ(table.size(), 4u);
  EXPECT_EQ(table[0], (std::vector<std::string>{"frame", "time_s", "area_px", "area_share", "threshold", "use", "model", "outlined_by"}));
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& row = table[i + 1];
    EXPECT_EQ(row[0], std::to_string(4 * i));
    EXPECT_NEAR(std::stod(row[1]), double(4 * i) / 25, 1e-9);
    const MaskImage mask = OpenCvImageSource().loadMask(json["images"][i]["mask"].get<std::string>());
    const auto on = std::count(mask.pixels.begin(), mask.pixels.end(), std::uint8_t(255));
    EXPECT_EQ(row[2], std::to_string(on));
    EXPECT_EQ(std::stod(row[3]), double(on) / double(mask.pixels.size()));
    EXPECT_EQ(std::vector<std::string>(row.begin() + 4, row.end()),
              (std::vector<std::string>{"0.3", "research use only; not for diagnosis", "lite_medsam", "untuned"}));
    EXPECT_EQ(json["images"][i]["area_px"], on);
  }
  // The same frame as a picture of its own gives the same mask.
  const RgbImage overlay = OpenCvImageSource().loadImage(json["images"][1]["overlay"].get<std::string>());
  EXPECT_EQ(numberIn(overlay), 4);
}

TEST_F(CliVideo, AFolderOfFramesGivesWhatItsPicturesGive) {
  const auto json = expectGps(0, words(m_folder / "frames", "out", {"--masks", "png"})).json();
  EXPECT_EQ(json["n"], 11);
  EXPECT_TRUE(json["frames_per_second"].is_null());
  EXPECT_EQ(tableOf(m_folder / "out/area.csv")[11][1], "");
  EXPECT_EQ(filesBelow(m_folder / "out").size(), 12u);
  const auto one = expectGps(0, {"predict", "--weights", liteMedSamWeights(), "--device", "cpu", "--image-size", "64", "--images",
                                 m_folder / "frames/f10.png", "--out", m_folder / "one", "--masks", "png", "--json"})
                       .json();
  EXPECT_EQ(readText(one["images"][0]["mask"].get<std::string>()), readText(m_folder / "out/frames_000010.png"));
  EXPECT_EQ(one["images"][0]["foreground_share"], json["images"][10]["area_share"]);
  EXPECT_EQ(expectGps(0, words(m_folder / "frames/f%d.png", "pattern", {"--limit", "2"})).json()["n"], 2);
}

// However the run is named: its folder, with a slash, an epoch of it, an epoch's file; or a file that lies in no run.
class CliVideoOfRun : public SmallProject {};

TEST_F(CliVideoOfRun, TheTableNamesRunAndEpoch) {
  const std::string video = at("a.avi");
  ASSERT_TRUE(writeCountedVideo(video, "MJPG", 2));
  const auto originOf = [&](const std::string& delta) {
    const std::vector<std::string> words{"predict", "--weights", s_weights,      "--delta", delta,      "--video", video,
                                         "--out",   at("areas"), "--image-size", "64",      "--device", "cpu"};
    expectGps(0, words);
    return tableOf(at("areas/area.csv")).at(2).at(7);
  };
  const std::string best = std::to_string(s_train["best"]["epoch"].get<int>());
  EXPECT_EQ(originOf(at("run")), "run@" + best);
  EXPECT_EQ(originOf(at("run/")), "run@" + best);
  EXPECT_EQ(originOf(at("run@1")), "run@1");
  EXPECT_EQ(originOf(at("run/deltas/epoch-0002.safetensors")), "run@2");
  expectGps(0, {"delta", "export", at("run@2"), "--out", at("for the ward.safetensors")});
  EXPECT_EQ(originOf(at("for the ward.safetensors")), "for the ward.safetensors@2");
}

TEST_F(CliVideo, BadInputIsNamed) {
  const auto subject = [this](const std::string& video, const std::vector<std::string>& more) {
    return expectGps(2, words(video, "bad", more)).json()["error"]["subject"].get<std::string>();
  };
  EXPECT_EQ(subject(m_video, {"--every", "0"}), "--every");
  EXPECT_EQ(subject(m_video, {"--threshold", "1.5"}), "--threshold");
  EXPECT_EQ(subject(m_video, {"--images", m_folder / "frames"}), "--video");
  EXPECT_EQ(subject(m_video, {"--point", "3,4"}), "--point, --exclude, --box");
  EXPECT_EQ(subject("http://localhost/a.mp4", {}), "http://localhost/a.mp4");
  EXPECT_EQ(subject(m_folder / "none.mp4", {}), m_folder / "none.mp4");
  writeText(m_folder / "text.mp4", "no video");
  EXPECT_EQ(subject(m_folder / "text.mp4", {}), m_folder / "text.mp4");
  EXPECT_EQ(expectGps(2, {"predict", "--weights", liteMedSamWeights(), "--images", m_folder / "frames", "--every", "2", "--out",
                          m_folder / "bad", "--json"})
                .json()["error"]["subject"],
            "--every");
}

TEST_F(CliVideo, ASignalKeepsWhatIsThere) {
  ASSERT_TRUE(writeCountedVideo(m_video, "MJPG", 4000));
  RunOptions options;
  options.interruptAfter = {"frames"};
  const auto outcome = runGps(words(m_video, "out", {"--masks", "png"}), options);
  EXPECT_EQ(outcome.exitCode, 130) << outcome.err;
  const auto json = outcome.json();
  const auto n = json["n"].get<std::size_t>();
  EXPECT_LT(n, 4000u);
  EXPECT_EQ(tableOf(m_folder / "out/area.csv").size(), n + 1);
}

TEST_F(CliVideo, WorksWithoutANetwork) {
  static const std::string reason = leaveNetwork();
  if (!reason.empty()) GTEST_SKIP() << reason;
  ASSERT_FALSE(hasNetwork());
  EXPECT_EQ(expectGps(0, words(m_video, "out", {"--limit", "2"})).json()["n"], 2);
}

}  // namespace
}  // namespace gps::test
