// The pieces that make text: tables, numbers, progress, suggestions.
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "app/cli/errortext.h"
#include "app/cli/jsonoutput.h"
#include "app/cli/nearest.h"
#include "app/cli/options.h"
#include "app/cli/progressbar.h"
#include "app/cli/table.h"

namespace gps::cli {
namespace {

TEST(CliText, NumbersDoNotFollowTheLocale) {
  EXPECT_EQ(countText(0), "0");
  EXPECT_EQ(countText(999), "999");
  EXPECT_EQ(countText(9791300), "9,791,300");
  EXPECT_EQ(countText(-1234), "-1,234");
  EXPECT_EQ(fixedText(0.12345, 3), "0.123");
  EXPECT_EQ(fixedText(std::numeric_limits<double>::quiet_NaN(), 3), "-");
  EXPECT_EQ(percentText(0.0084), "0.84 %");
  EXPECT_EQ(durationText(4.25), "4.2 s");
  EXPECT_EQ(durationText(65), "1:05");
  EXPECT_EQ(durationText(7391), "2:03:11");
  EXPECT_EQ(durationText(-1), "-");
}

TEST(CliText, TablesAlignWideCharacters) {
  Table table({"name", "n"}, "lr");
  table.add({"息肉", "1"});
  table.add({"a", "1000"});
  std::ostringstream out;
  table.print(out);
  EXPECT_EQ(out.str(), "name     n\n息肉     1\na     1000\n");
  EXPECT_EQ(displayWidth("息肉"), 4);
  EXPECT_EQ(displayWidth("é"), 1);
}

TEST(CliText, SuggestionsAreClose) {
  EXPECT_EQ(editDistance("epochs", "epcohs"), 1);
  EXPECT_EQ(editDistance("", "abc"), 3);
  EXPECT_EQ(editDistance("kitten", "sitting"), 3);
  EXPECT_EQ(nearestWord("--epoch", {"--epochs", "--prompt"}), "--epochs");
  EXPECT_EQ(nearestWord("--img-size", {"--image-size", "--images"}), "--image-size");
  EXPECT_EQ(nearestWord("--zzzz", {"--epochs", "--prompt"}), "");
}

TEST(CliText, ProgressSaysWhatIsDoneAndWhatIsLeft) {
  Progress progress;
  progress.stage = "train";
  progress.unit = "steps";
  progress.done = 34, progress.total = 110;
  progress.rate = 3.42;
  progress.remainingSeconds = 22.2;
  progress.epoch = 2, progress.epochs = 20;
  EXPECT_EQ(ProgressBar::describe(progress), "train 2/20  34/110 steps  3.4 steps/s  22.2 s left");
  const auto bar = ProgressBar::render(progress, 80);
  EXPECT_EQ(bar.substr(0, 27), "[#######.................] ");
  EXPECT_EQ(ProgressBar::render(progress, 40).size(), 39u);
  progress.done = progress.total;
  EXPECT_EQ(ProgressBar::render(progress, 80).substr(0, 26), "[########################]");
  progress.total = progress.done = 0;
  EXPECT_EQ(ProgressBar::render(progress, 80).substr(0, 26), "[........................]");
}

TEST(CliText, JsonSurvivesOddTextAndNumbers) {
  Json json;
  json["name"] = std::string("a\xff b");
  json["value"] = std::numeric_limits<double>::infinity();
  const auto back = nlohmann::json::parse(jsonText(json));
  EXPECT_TRUE(back["value"].is_null());
  EXPECT_EQ(back["name"], "a\xef\xbf\xbd b");
}

TEST(CliText, PointsAndBoxes) {
  EXPECT_EQ(parseNumbers("--point", "1.5,2", 2, "x,y"), (std::vector<double>{1.5, 2}));
  for (const auto* text : {"", "1", "1,", ",1", "1,2,3", "a,b", "1;2", "inf,1", "1,2x"})
    EXPECT_THROW(parseNumbers("--point", text, 2, "x,y"), Error) << text;
}

TEST(CliText, ExitCodesFollowWhoIsAtFault) {
  for (const auto code : {ErrorCode::BadArgument, ErrorCode::BadFile, ErrorCode::NotFound, ErrorCode::Mismatch, ErrorCode::Unavailable})
    EXPECT_EQ(exitCodeOf(code), 2);
  for (const auto code : {ErrorCode::Io, ErrorCode::OutOfMemory, ErrorCode::DeviceLost, ErrorCode::Diverged, ErrorCode::Internal})
    EXPECT_EQ(exitCodeOf(code), 1);
}

}  // namespace
}  // namespace gps::cli
