#pragma once
// A small project made once per test program through the command line: phantom pack, selection, a run of two epochs.
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace gps::test {

// 64 px is a sixteenth of the work of 256.
inline const std::vector<std::string> kSmall{"--image-size", "64", "--device", "cpu", "--batch", "2", "--json"};

inline std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

class SmallProject : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = new TemporaryFolder;
    s_weights = liteMedSamWeights();
    s_pack = at("set.pack");
    expectGps(0, {"data", s_pack, "--make-phantom", "--train", "4", "--val", "2", "--image-size", "96", "--seed", "7"});
    s_select =
        expectGps(0, selectWords() + std::vector<std::string>{"--k", "2", "--field", at("g.safetensors"), "--out", at("s.safetensors")})
            .json();
    s_train = expectGps(0, trainWords() + std::vector<std::string>{"--selection", at("s.safetensors"), "--epochs", "2", "--out", at("run")})
                  .json();
  }
  static void TearDownTestSuite() {
    delete s_folder;
    s_folder = nullptr;
  }

  static std::string at(const std::string& name) { return *s_folder / name; }
  static std::vector<std::string> inputs() { return {"--weights", s_weights, "--data", s_pack}; }
  static std::vector<std::string> selectWords() { return std::vector<std::string>{"select"} + inputs() + kSmall; }
  static std::vector<std::string> trainWords() { return std::vector<std::string>{"train"} + inputs() + kSmall; }
  static std::vector<std::string> evaluateWords() { return std::vector<std::string>{"evaluate"} + inputs() + kSmall; }

  static inline TemporaryFolder* s_folder = nullptr;
  static inline std::string s_weights, s_pack;
  static inline nlohmann::json s_select, s_train;
};

}  // namespace gps::test
