// The classification sets of the shared data, where they are there.
#include <cstdlib>

#include "core/data/checks/contamination.h"
#include "core/data/checks/leakcheck.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;

struct SharedSet {
  const char* name;
  std::size_t classes;
  Counts splits;
};

void PrintTo(const SharedSet& set, std::ostream* out) { *out << set.name; }

class SharedClassSets : public testing::TestWithParam<SharedSet> {};

TEST_P(SharedClassSets, AreRecognisedAndComplete) {
  const char* shared = std::getenv("GPS_TEST_DATA");
  if (shared == nullptr) GTEST_SKIP() << "GPS_TEST_DATA is not set";
  const std::string folder = std::string(shared) + "/data/" + GetParam().name;
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << folder << " is not there";
  const auto s = openDataset(folder, nullptr);
  EXPECT_EQ(s.task, TaskKind::Classification);
  EXPECT_EQ(s.layout, "class folders");
  EXPECT_EQ(s.splitRule, "folders, train_fit.txt, train_val.txt");
  EXPECT_EQ(s.classes.size(), GetParam().classes);
  EXPECT_EQ(s.splits, GetParam().splits);
  for (const auto& p : s.problems) ADD_FAILURE() << p.text;
  EXPECT_EQ(dataHash(s).size(), 64U);
  const bool isDtd = std::string(GetParam().name) == "dtd10";
  EXPECT_EQ(knownContamination(s, "vit_small_patch14_dinov2").size(), isDtd ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(All, SharedClassSets,
                         testing::Values(SharedSet{"cifar10", 10, {{"train", 800}, {"val", 200}, {"test", 2000}}},
                                         SharedSet{"flowers5", 5, {{"train", 800}, {"val", 200}, {"test", 1000}}},
                                         SharedSet{"dtd10", 10, {{"train", 800}, {"val", 200}, {"test", 200}}},
                                         SharedSet{"magnetic_tile", 6, {{"train", 397}, {"val", 99}, {"test", 216}}},
                                         SharedSet{"sign_digits", 10, {{"train", 800}, {"val", 200}, {"test", 1062}}},
                                         SharedSet{"dsprites_x", 16, {{"train", 801}, {"val", 199}, {"test", 1000}}},
                                         SharedSet{"dsprites_orientation", 16, {{"train", 802}, {"val", 198}, {"test", 1000}}}),
                         [](const auto& set) { return std::string(set.param.name); });

}  // namespace
}  // namespace gps
