// Files that cannot be used and places that cannot be written: one clear message, the right exit code, nothing left behind.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/program.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;

class CliBadFiles : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = new TemporaryFolder;
    s_pack = *s_folder / "p.pack";
    expectGps(0, {"data", s_pack, "--make-phantom", "--train", "2", "--val", "1", "--image-size", "64"});
    s_weights = liteMedSamWeights();
  }
  static void TearDownTestSuite() { delete s_folder; }

  static nlohmann::json errorOf(std::vector<std::string> words, int exitCode) {
    words.push_back("--json");
    const auto json = expectGps(exitCode, words).json();
    EXPECT_TRUE(json.contains("error")) << json;
    return json.contains("error") ? json["error"] : nlohmann::json{{"code", ""}, {"subject", ""}, {"cause", ""}, {"remedy", ""}};
  }
  static std::vector<std::string> select(const std::string& weights, const std::string& out) {
    return {"select", "--weights", weights, "--data", s_pack, "--image-size", "64", "--criterion", "magnitude", "--out", out};
  }

  static inline TemporaryFolder* s_folder = nullptr;
  static inline std::string s_pack, s_weights;
};

TEST_F(CliBadFiles, WeightsThatAreNone) {
  EXPECT_EQ(errorOf({"inspect", *s_folder / "none.pth"}, 2)["code"], "not_found");
  EXPECT_EQ(errorOf({"inspect", s_folder->path()}, 2)["subject"].get<std::string>().find(s_folder->path()), 0u);
  const std::string text = *s_folder / "text.pth";
  writeText(text, "these are no weights");
  EXPECT_EQ(errorOf({"inspect", text}, 2)["code"], "bad_file");
  EXPECT_EQ(errorOf(select(text, *s_folder / "s.safetensors"), 2)["code"], "bad_file");
  const auto whole = readText(s_weights);
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    const std::string cut = *s_folder / "cut.pth";
    writeText(cut, whole.substr(0, size));
    EXPECT_EQ(errorOf({"inspect", cut}, 2)["code"], "bad_file") << size;
  }
  EXPECT_FALSE(fs::exists(*s_folder / "s.safetensors"));
}

TEST_F(CliBadFiles, ACheckpointOfSomethingElse) {
  // The pack is a sound safetensors file, but no model.
  EXPECT_EQ(errorOf(select(s_pack, *s_folder / "s.safetensors"), 2)["code"], "mismatch");
  EXPECT_EQ(errorOf({"inspect", s_weights, "--model", "no_such_model"}, 2)["code"], "not_found");
  auto wrong = select(s_weights, *s_folder / "s.safetensors");
  wrong.insert(wrong.end(), {"--model", "sam_vit_b"});
  EXPECT_EQ(errorOf(wrong, 2)["code"], "mismatch");
}

TEST_F(CliBadFiles, SizesTheModelCannotTake) {
  auto words = select(s_weights, *s_folder / "s.safetensors");
  words[6] = "33";
  EXPECT_EQ(errorOf(words, 2)["code"], "bad_argument");
}

TEST_F(CliBadFiles, UnknownBlocksKindsAndSplits) {
  auto words = select(s_weights, *s_folder / "s.safetensors");
  words.insert(words.end(), {"--exclude-blocks", "77"});
  EXPECT_EQ(errorOf(words, 2)["code"], "bad_argument");
  words = select(s_weights, *s_folder / "s.safetensors");
  words.insert(words.end(), {"--exclude-kinds", "nonsense"});
  EXPECT_EQ(errorOf(words, 2)["code"], "bad_argument");
  const auto split = errorOf({"evaluate", "--weights", s_weights, "--data", s_pack, "--split", "test", "--image-size", "64"}, 2);
  EXPECT_EQ(split["code"], "not_found");
  EXPECT_NE(split["remedy"].get<std::string>().find("train, val"), std::string::npos);
}

TEST_F(CliBadFiles, DeltasAndSelectionsThatAreNone) {
  EXPECT_EQ(errorOf({"delta", "info", *s_folder / "none"}, 2)["code"], "not_found");
  EXPECT_EQ(errorOf({"delta", "info", s_folder->path()}, 2)["code"], "not_found");
  EXPECT_EQ(errorOf({"delta", "info", s_pack}, 2)["code"], "bad_file");
  EXPECT_EQ(errorOf({"evaluate", "--weights", s_weights, "--data", s_pack, "--delta", s_pack}, 2)["code"], "bad_file");
  EXPECT_EQ(
      errorOf({"train", "--weights", s_weights, "--data", s_pack, "--selection", s_pack, "--image-size", "64", "--out", *s_folder / "r"},
              2)["code"],
      "bad_file");
  EXPECT_FALSE(fs::exists(*s_folder / "r/run.toml"));
}

TEST_F(CliBadFiles, PlacesThatCannotBeWritten) {
  // A folder below a file, and a folder below /proc: neither can be made, whoever asks.
  for (const auto& place : {s_pack + "/inside", std::string("/proc/gps-output")}) {
    EXPECT_EQ(errorOf(select(s_weights, place + "/s.safetensors"), 1)["code"], "io") << place;
    EXPECT_EQ(errorOf({"train", "--weights", s_weights, "--data", s_pack, "--image-size", "64", "--method", "bias", "--epochs", "1",
                       "--out", place},
                      1)["code"],
              "io")
        << place;
    EXPECT_EQ(errorOf({"data", place + "/q.pack", "--make-phantom", "--train", "1", "--val", "1", "--image-size", "64"}, 1)["code"], "io")
        << place;
  }
}

TEST_F(CliBadFiles, AFullDiskLeavesNothingBehind) {
  RunOptions options;
  options.fileSizeLimit = 16 * 1024;
  const TemporaryFolder out;
  auto words = select(s_weights, out / "s.safetensors");
  words.push_back("--json");
  const auto error = expectGps(1, words, options).json();
  EXPECT_EQ(error["error"]["code"], "io") << error;
  EXPECT_TRUE(filesBelow(out.path()).empty());
  const auto pack =
      expectGps(1, {"data", out / "q.pack", "--make-phantom", "--train", "4", "--val", "1", "--image-size", "128", "--json"}, options)
          .json();
  EXPECT_EQ(pack["error"]["code"], "io") << pack;
  EXPECT_TRUE(filesBelow(out.path()).empty());
}

TEST_F(CliBadFiles, CudaWithoutADeviceSaysSo) {
  auto words = select(s_weights, *s_folder / "cuda.safetensors");
  words.insert(words.end(), {"--device", "cuda", "--json"});
  const auto outcome = runGps(words);
  if (outcome.exitCode == 0) GTEST_SKIP() << "this machine has a CUDA device";
  EXPECT_EQ(outcome.exitCode, 2) << outcome.err;
  EXPECT_EQ(outcome.json()["error"]["code"], "unavailable") << outcome.out;
}

}  // namespace
}  // namespace gps::test
