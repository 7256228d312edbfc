// Event files, read back by a parser of our own and, where a Python with it is named in GPS_REFERENCE_PYTHON, by stock TensorBoard.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/tuning/eventfile.h"
#include "core/tuning/runsteps.h"
#include "core/values/error.h"
#include "tests/core/eventparser.h"

using namespace gps;
using gps::test::EventParser;
namespace fs = std::filesystem;

namespace {

class EventFiles : public testing::Test {
 protected:
  void SetUp() override {
    m_folder = (fs::temp_directory_path() / ("gps-events-" + std::to_string(::getpid()))).string();
    fs::remove_all(m_folder);
    fs::create_directories(m_folder);
  }
  void TearDown() override { fs::remove_all(m_folder); }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(m_folder)) names.push_back(entry.path().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  std::string m_folder;
};

// Three pixels by two, grey: as small as a PNG gets.
const std::string kTinyPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\0\0\0\0\x7e\x32\xa5\x9d", 33);

// A run of 30 steps, stopped behind step 20 and gone on with from step 12, as a killed one does.
void writeStoppedRun(const std::string& folder) {
  {
    EventFile file(folder, 0);
    for (int step = 1; step <= 20; ++step) file.addScalars(step, {{"train/loss", 1.0 / step}, {"train/learning_rate", 0.001}});
    file.addScalars(10, {{"val/dice_mean", 0.5}});
    file.addScalars(20, {{"val/dice_mean", 0.6}});
  }
  EventFile file(folder, 13);
  for (int step = 13; step <= 30; ++step) file.addScalars(step, {{"train/loss", 2.0 / step}, {"train/learning_rate", 0.0005}});
  file.addScalars(20, {{"val/dice_mean", 0.7}});
  file.addScalars(30, {{"val/dice_mean", 0.8}});
  const std::vector<float> change{-1, -0.5F, 0, 0, 0.25F, 1};
  file.addHistogram(30, "trained/change", histogramOf(change.data(), change.size(), 4));
  file.addPicture(30, "val/polyp", {3, 2, kTinyPng});
}

}  // namespace

// What the window shows of a run that it did not train itself.
TEST_F(EventFiles, StepsOfARunAreReadBack) {
  EXPECT_TRUE(readRunSteps(m_folder).empty());
  EXPECT_TRUE(readRunSteps(m_folder + "/none").empty());
  writeStoppedRun(m_folder);
  auto steps = readRunSteps(m_folder);
  ASSERT_EQ(steps.size(), 30U);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto step = std::int64_t(i) + 1;
    EXPECT_EQ(steps[i].step, step);
    EXPECT_FLOAT_EQ(float(steps[i].loss), float((step < 13 ? 1.0 : 2.0) / double(step)));
    EXPECT_FLOAT_EQ(float(steps[i].learningRate), step < 13 ? 0.001F : 0.0005F);
    EXPECT_TRUE(std::isnan(steps[i].epoch));  // no epoch has ended
  }
  EventFile(m_folder, 31).addScalars(30, {{"epoch/number", 3}});
  steps = readRunSteps(m_folder);
  ASSERT_EQ(steps.size(), 30U);
  EXPECT_DOUBLE_EQ(steps[4].epoch, 0.5);
  EXPECT_DOUBLE_EQ(steps[29].epoch, 3);
}

TEST_F(EventFiles, ADamagedRecordEndsItsFile) {
  writeStoppedRun(m_folder);
  const auto last = files().back();
  const auto size = fs::file_size(last);
  fs::resize_file(last, size - 5);  // the histogram is cut short
  EXPECT_EQ(readRunSteps(m_folder).size(), 30U);
  {
    std::fstream file(last, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(std::streamoff(size / 3));
    file.put('\x7F');
  }
  const auto steps = readRunSteps(m_folder);
  EXPECT_GE(steps.size(), 12U);
  EXPECT_LT(steps.size(), 30U);
  std::ofstream(m_folder + "/events.out.tfevents.9999999999.other") << "no records at all, but long enough for a head";
  EXPECT_EQ(readRunSteps(m_folder).size(), steps.size());
}

TEST(Crc32c, KnownValues) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(crc32c(""), 0U);
  EXPECT_EQ(EventParser::crc32c("123456789"), 0xE3069283U);
}

TEST(Histograms, CountEveryFiniteValueOnce) {
  std::vector<float> values{-2, -1, -1, 0, 3, 3, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()};
  const auto h = histogramOf(values.data(), values.size(), 5);
  EXPECT_EQ(h.min, -2);
  EXPECT_EQ(h.max, 3);
  EXPECT_EQ(h.count, 6);
  EXPECT_EQ(h.sum, 2);
  EXPECT_EQ(h.sumOfSquares, 24);
  EXPECT_EQ(h.limits, (std::vector<double>{-1, 0, 1, 2, 3}));
  EXPECT_EQ(h.counts, (std::vector<double>{1, 2, 1, 0, 2}));
  const float same[] = {0.5F, 0.5F};
  const auto one = histogramOf(same, 2);
  EXPECT_EQ(one.limits, std::vector<double>{0.5});
  EXPECT_EQ(one.counts, std::vector<double>{2});
  EXPECT_TRUE(histogramOf(nullptr, 0).limits.empty());
}

TEST_F(EventFiles, HoldWhatWasAdded) {
  writeStoppedRun(m_folder);
  const auto names = files();
  ASSERT_EQ(names.size(), 2U);
  EXPECT_TRUE(fs::path(names[0]).filename().string().starts_with("events.out.tfevents."));
  const auto first = EventParser::read(names[0]);
  ASSERT_EQ(first.size(), 2U + 22U);
  EXPECT_EQ(first[0].fileVersion, "brain.Event:2");
  EXPECT_TRUE(first[1].isSessionStart);
  EXPECT_EQ(first[1].step, 0);
  EXPECT_EQ(first[4].step, 3);
  EXPECT_FLOAT_EQ(first[4].scalars.at("train/loss"), 1.0F / 3);
  // The second file sorts behind the first and says from which step on the first is void.
  const auto second = EventParser::read(names[1]);
  EXPECT_EQ(second[0].fileVersion, "brain.Event:2");
  EXPECT_TRUE(second[1].isSessionStart);
  EXPECT_EQ(second[1].step, 13);
  const auto& h = second.at(second.size() - 2).histograms.at("trained/change");
  EXPECT_EQ(h.num, 6);
  EXPECT_EQ(h.counts, (std::vector<double>{1, 1, 3, 1}));
  const auto& picture = second.back().pictures.at("val/polyp");
  EXPECT_EQ(picture.width, 3);
  EXPECT_EQ(picture.height, 2);
  EXPECT_EQ(picture.colours, 3);
  EXPECT_EQ(picture.bytes, kTinyPng);
}

TEST_F(EventFiles, AKilledProcessLeavesWholeRecords) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const auto child = ::fork();
  if (child == 0) {
    EventFile file(m_folder, 0);
    for (int step = 1;; ++step) {
      file.addScalars(step, {{"train/loss", 1.0 / step}});
      if (step == 50 && ::write(ready[1], "x", 1) != 1) ::_exit(1);
    }
  }
  char word = 0;
  ASSERT_EQ(::read(ready[0], &word, 1), 1);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  bool isCut = false;
  const auto events = EventParser::read(files().at(0), &isCut);
  EXPECT_GE(events.size(), 52U);
  for (std::size_t i = 2; i < events.size(); ++i) EXPECT_EQ(events[i].step, std::int64_t(i) - 1);
}

TEST_F(EventFiles, AFileCutAnywhereKeepsTheRecordsBefore) {
  writeStoppedRun(m_folder);
  const auto path = files().at(0);
  const auto all = EventParser::read(path).size();
  for (std::uintmax_t size = fs::file_size(path) - 1; size > fs::file_size(path) - 60 && size > 0; --size) {
    const auto cut = m_folder + "/cut";
    fs::copy_file(path, cut, fs::copy_options::overwrite_existing);
    fs::resize_file(cut, size);
    bool isCut = false;
    const auto left = EventParser::read(cut, &isCut).size();
    EXPECT_LT(left, all);
    EXPECT_GE(left + 2, all);
  }
}

TEST_F(EventFiles, AFolderThatCannotBeWrittenIsAnError) { EXPECT_THROW(EventFile(m_folder + "/missing", 0), Error); }

TEST_F(EventFiles, StockTensorBoardReadsThem) {
  const char* const python = std::getenv("GPS_REFERENCE_PYTHON");
  if (python == nullptr) GTEST_SKIP() << "needs a Python with tensorboard in GPS_REFERENCE_PYTHON";
  if (std::system(("'" + std::string(python) + "' -c 'import tensorboard' 2>/dev/null").c_str()) != 0)
    GTEST_SKIP() << "the Python in GPS_REFERENCE_PYTHON has no tensorboard";
  writeStoppedRun(m_folder);
  // The last record of the first stretch, cut short as by a kill: its step is void anyway.
  fs::resize_file(files().front(), fs::file_size(files().front()) - 5);
  const char* const source = std::getenv("GPS_SOURCE_DIR");
  ASSERT_NE(source, nullptr);
  const auto out = m_folder + ".json";
  const auto command = "'" + std::string(python) + "' '" + source + "/tests/reference/read_events.py' '" + m_folder + "' > '" + out + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  std::ifstream in(out);
  const auto json = nlohmann::json::parse(in);
  fs::remove(out);
  // Steps 1 to 12 of the first stretch, 13 to 30 of the second: what lay behind is purged.
  const auto& loss = json.at("scalars").at("train/loss");
  ASSERT_EQ(loss.size(), 30U);
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(loss[std::size_t(i)][0].get<int>(), i + 1);
    EXPECT_NEAR(loss[std::size_t(i)][1].get<double>(), (i < 12 ? 1.0 : 2.0) / (i + 1), 1e-6);
  }
  const auto& dice = json.at("scalars").at("val/dice_mean");
  ASSERT_EQ(dice.size(), 3U);
  EXPECT_NEAR(dice[1][1].get<double>(), 0.7, 1e-6);
  const auto& change = json.at("histograms").at("trained/change");
  ASSERT_EQ(change.size(), 1U);
  EXPECT_EQ(change[0].at("num").get<double>(), 6);
  EXPECT_EQ(change[0].at("step").get<int>(), 30);
  const auto& picture = json.at("images").at("val/polyp");
  ASSERT_EQ(picture.size(), 1U);
  EXPECT_EQ(picture[0], (nlohmann::json{{"step", 30}, {"width", 3}, {"height", 2}, {"bytes", kTinyPng.size()}}));
}
