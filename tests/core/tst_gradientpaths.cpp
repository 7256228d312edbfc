// The ways of gradients: measured once, kept in a file that several programs share, and never a reason to fail.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "core/nn/gradientpathfile.h"
#include "tests/support/temporaryfolder.h"

namespace gps {
namespace {

namespace fs = std::filesystem;
using enum GradientPath;

// What a process that begins now chooses, `slow` being the way that takes long there.
struct Chooser {
  GradientPaths paths;
  explicit Chooser(const std::string& file) { paths.keepIn(file); }

  GradientPath choose(const std::string& shape, GradientPath slow, const std::vector<GradientPath>& candidates = {Sampled, Union},
                      bool canMeasure = true) {
    return paths.choose(
        shape, candidates, canMeasure, [&](GradientPath path) { ::usleep(path == slow ? 4000 : 0); }, [] {});
  }
};

class PathFile : public ::testing::Test {
 protected:
  std::string text() const {
    std::ifstream in(m_path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  test::TemporaryFolder m_folder;
  const std::string m_path = m_folder / "deep/paths.txt";
};

// Sets a variable, or takes it away, for the length of a scope.
class Variable {
 public:
  Variable(const char* name, const char* value) : m_name(name) {
    if (const char* before = std::getenv(name)) m_before = before;
    set(value);
  }
  ~Variable() { set(m_before ? m_before->c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) const {
    if (value != nullptr)
      ::setenv(m_name, value, 1);
    else
      ::unsetenv(m_name);
  }
  const char* m_name;
  std::optional<std::string> m_before;
};

TEST_F(PathFile, TheFirstChoiceHoldsForEveryProcessAfterIt) {
  Chooser first(m_path);
  EXPECT_EQ(first.choose("a", Union), Sampled);
  EXPECT_EQ(first.choose("b", Sampled), Union);
  EXPECT_EQ(first.paths.measured(), 2);
  Chooser second(m_path);  // it would measure otherwise
  EXPECT_EQ(second.choose("a", Sampled), Sampled);
  EXPECT_EQ(second.choose("b", Union), Union);
  EXPECT_EQ(second.paths.measured(), 0);
  EXPECT_EQ(second.paths.text(), first.paths.text());  // for the state of a run
  EXPECT_EQ(second.choose("c", Union), Sampled);
  EXPECT_EQ(second.paths.measured(), 1);
}

// Both began before either had measured.
TEST_F(PathFile, OfTwoAtOnceTheEarlierIsFollowed) {
  Chooser first(m_path), second(m_path);
  EXPECT_EQ(first.choose("a", Union), Sampled);
  EXPECT_EQ(second.choose("b", Sampled), Union);
  EXPECT_EQ(second.choose("a", Sampled), Sampled);
  EXPECT_EQ(first.choose("b", Union), Union);
  EXPECT_EQ(GradientPathFile(m_path).read(), (PathsByShape{{"a", Sampled}, {"b", Union}}));
}

TEST_F(PathFile, ManyProcessesLoseNothingAndAgree) {
  constexpr int kProcesses = 4, kShapes = 50;
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    const pid_t child = ::fork();
    if (child == 0) {
      const GradientPathFile file(m_path);
      PathsByShape mine;
      for (int i = 0; i < kShapes; ++i) {
        const auto shape = std::to_string((i + p * 7) % kShapes);
        mine[shape] = file.settle(shape, GradientPath(p % 3));
      }
      ::_exit(mine == file.read() ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = 1;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT_EQ(GradientPathFile(m_path).read().size(), std::size_t(kShapes));
}

TEST_F(PathFile, WhatARunBringsWinsOverIt) {
  Chooser(m_path).choose("a", Union);
  Chooser resumed(m_path);
  resumed.paths.read("a = union\n");
  EXPECT_EQ(resumed.choose("a", Union), Union);
  EXPECT_EQ(GradientPathFile(m_path).read().at("a"), Sampled);
}

TEST_F(PathFile, AWayThatIsNotOpenIsNotTaken) {
  Chooser(m_path).choose("a", Union);
  Chooser other(m_path);
  EXPECT_EQ(other.choose("a", Union, {Union, Dense}), Dense);
  EXPECT_EQ(other.choose("b", Union, {Union, Dense}, false), Union);  // not measured, not kept
  EXPECT_EQ(GradientPathFile(m_path).read(), (PathsByShape{{"a", Sampled}}));
  EXPECT_EQ(other.choose("b", Union, {Dense}), Dense);
}

TEST_F(PathFile, DamageCostsAMeasurementAndNoMore) {
  fs::create_directories(fs::path(m_path).parent_path());
  std::ofstream(m_path, std::ios::binary) << "a = sampled\na = union\nb = quick\n = \nno line\n\xff\xfe" << std::string(40, '\0')
                                          << "\nc = union\nd = sampl";
  EXPECT_EQ(GradientPathFile(m_path).read(), (PathsByShape{{"a", Sampled}, {"c", Union}}));
  Chooser chooser(m_path);
  EXPECT_EQ(chooser.choose("d", Sampled), Union);
  EXPECT_EQ(chooser.choose("b", Sampled), Union);
  EXPECT_EQ(chooser.paths.measured(), 2);
  EXPECT_EQ(GradientPathFile(m_path).read(), (PathsByShape{{"a", Sampled}, {"b", Union}, {"c", Union}, {"d", Union}}));
}

TEST_F(PathFile, WhereNothingCanBeWrittenItIsMeasuredEveryTime) {
  fs::create_directories(m_path);  // a folder in its place
  for (const auto& path : {m_path, std::string("/proc/gps/paths"), std::string()})
    for (int time = 0; time < 2; ++time) {
      Chooser chooser(path);
      EXPECT_EQ(chooser.choose("a", Sampled), Union) << path;
      EXPECT_EQ(chooser.choose("a", Union), Union) << path;
      EXPECT_EQ(chooser.paths.measured(), 1) << path;
    }
}

TEST(PathFileName, LiesInTheCacheOfTheUserAndCanBeTurnedOff) {
  const Variable own("GPS_GRADIENT_PATHS", nullptr), home("HOME", "/h/u");
  {
    const Variable cache("XDG_CACHE_HOME", "/c");
    EXPECT_TRUE(gradientPathFileName("Card 80GB/x", 12080, 12060)
                    .starts_with("/c/gps-workbench/gradient-paths-Card-80GB-x-driver12080-cuda12060-r"));
    EXPECT_NE(gradientPathFileName("A", 1, 1), gradientPathFileName("B", 1, 1));
    EXPECT_NE(gradientPathFileName("A", 1, 1), gradientPathFileName("A", 2, 1));
    EXPECT_NE(gradientPathFileName("A", 1, 1), gradientPathFileName("A", 1, 2));
    const Variable folder("GPS_GRADIENT_PATHS", "/elsewhere");
    EXPECT_TRUE(gradientPathFileName("A", 1, 1).starts_with("/elsewhere/gradient-paths-A"));
    const Variable off("GPS_GRADIENT_PATHS", "off");
    EXPECT_EQ(gradientPathFileName("A", 1, 1), "");
  }
  const Variable relative("XDG_CACHE_HOME", "here");
  EXPECT_TRUE(gradientPathFileName("A", 1, 1).starts_with("/h/u/.cache/gps-workbench/"));
  const Variable homeless("HOME", nullptr);
  EXPECT_EQ(gradientPathFileName("A", 1, 1), "");
}

}  // namespace
}  // namespace gps
