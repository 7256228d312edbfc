// gps predict on a folder of new pictures, with no network: nothing leaves the machine. And the prompts of the command line.
#include <gtest/gtest.h>

#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#include "tests/cli/program.h"
#include "tests/support/nonetwork.h"

namespace gps::test {
namespace {

class CliFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 3; ++i) {
      RgbImage image{90, 70, std::vector<std::uint8_t>(90 * 70 * 3)};
      for (std::size_t p = 0; p < image.pixels.size(); ++p) image.pixels[p] = std::uint8_t(60 + (p * (7 + std::size_t(i))) % 120);
      writeRgb(m_folder / ("new/p" + std::to_string(i) + ".png"), image);
    }
    writeText(m_folder / "new/broken.png", "no picture");
  }
  std::vector<std::string> words(const std::string& out, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{"predict",        "--weights", liteMedSamWeights(), "--device",  "cpu",   "--image-size", "64", "--images",
                                 m_folder / "new", "--out",     m_folder / out,      "--overlay", "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  struct Folder : TemporaryFolder {
    Folder() { std::filesystem::create_directories(*this / "new"); }
  } m_folder;
};

TEST_F(CliFolder, WorksWithoutANetworkAndPassesBrokenPicturesOver) {
  static const std::string reason = leaveNetwork();
  if (!reason.empty()) GTEST_SKIP() << reason;
  ASSERT_FALSE(hasNetwork());
  const auto outcome = expectGps(0, words("out"));
  const auto json = outcome.json();
  EXPECT_EQ(json["n"], 3);
  ASSERT_EQ(json["skipped"].size(), 1u);
  EXPECT_EQ(json["skipped"][0]["id"], "broken");
  EXPECT_NE(outcome.err.find("broken.png"), std::string::npos) << outcome.err;
  EXPECT_EQ(filesBelow(m_folder / "out").size(), 9u);
}

TEST_F(CliFolder, PromptsRepeatAndCombine) {
  const auto one = [&](const std::string& out, std::vector<std::string> more) {
    more.insert(more.end(), {"--limit", "2"});  // broken, p0
    expectGps(0, words(out, more));
    return readText(m_folder / out + "/p0_prob.png");
  };
  const auto point = one("a", {"--point", "40,30"});
  const auto excluded = one("b", {"--point", "40,30", "--exclude", "70,60"});
  EXPECT_NE(point, excluded);
  EXPECT_EQ(one("c", {"--point", "40,30", "--point", "70,60,-"}), excluded);
  EXPECT_NE(one("d", {"--point", "40,30", "--point", "70,60"}), excluded);
  const auto boxed = one("e", {"--box", "20,10,80,60"});
  EXPECT_NE(one("f", {"--box", "20,10,80,60", "--point", "40,30"}), boxed);
  EXPECT_NE(expectGps(0, words("g", {"--point", "40,30"})).err.find("not with points"), std::string::npos);
  EXPECT_EQ(expectGps(2, words("h", {"--exclude", "400,30"})).json()["error"]["subject"], "--exclude");
  EXPECT_EQ(expectGps(2, words("i", {"--point", "40,30,x"})).json()["error"]["subject"], "--point");
}

TEST_F(CliFolder, ModelsSayWhetherTheyTakePoints) {
  const auto json = expectGps(0, {"models", "--json"}).json();
  int told = 0;
  for (const auto& model : json["models"]) {
    if (!model.contains("points")) continue;
    ++told;
    EXPECT_EQ(model["points"].get<bool>(), model["id"] != "lite_medsam") << model["id"];
  }
  EXPECT_EQ(told, 5);
}

}  // namespace
}  // namespace gps::test
