// gps data and gps pack: good folders, odd ones, and the sample set.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/data/dataset.h"
#include "core/data/pack.h"
#include "tests/cli/program.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> phantom(const std::string& where, const std::string& train, const std::string& val) {
  return {"data", where, "--make-phantom", "--train", train, "--val", val, "--image-size", "64", "--seed", "7", "--json"};
}

void expectDataKeys(const nlohmann::json& json) {
  for (const auto* key : {"task", "images", "classes", "splits", "problems", "leaks", "layout", "split_rule", "data_hash"})
    EXPECT_TRUE(json.contains(key)) << key;
}

TEST(CliData, MakesAPackOfPhantomsThatNeedsNoImageLibrary) {
  const TemporaryFolder folder;
  for (const auto* name : {"p.safetensors", "q.pack"}) {
    const auto outcome = expectGps(0, phantom(folder / name, "3", "2"));
    const auto json = outcome.json();
    expectDataKeys(json);
    EXPECT_EQ(json["task"], "segmentation");
    EXPECT_EQ(json["images"], 5);
    EXPECT_EQ(json["splits"], (nlohmann::json{{"train", 3}, {"val", 2}}));
    EXPECT_TRUE(json["pack"].get<bool>());
    EXPECT_TRUE(json["problems"].empty()) << json["problems"];
    EXPECT_EQ(json["data_hash"].get<std::string>().size(), 64u);
    EXPECT_TRUE(isPackFile(folder / name));
    EXPECT_EQ(openPack(folder / name).items.size(), 5u);
  }
  EXPECT_EQ(expectGps(0, {"data", folder / "p.safetensors", "--json", "--quiet"}).err, "");
}

TEST(CliData, ProgressGoesToStderrAsLines) {
  const TemporaryFolder folder;
  const auto words =
      std::vector<std::string>{"data", folder / "p.pack", "--make-phantom", "--train", "20", "--val", "0", "--image-size", "256"};
  const auto outcome = expectGps(0, words);
  EXPECT_NE(outcome.err.find("phantom  20/20 images"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find('\r'), std::string::npos);  // no bar where there is no terminal
  EXPECT_EQ(outcome.out.find("phantom  "), std::string::npos) << outcome.out;
}

TEST(CliData, SameSeedSamePixels) {
  const TemporaryFolder folder;
  const auto a = expectGps(0, phantom(folder / "a.pack", "2", "1")).json(), b = expectGps(0, phantom(folder / "b.pack", "2", "1")).json();
  EXPECT_EQ(readText(folder / "a.pack"), readText(folder / "b.pack"));
  EXPECT_EQ(a["data_hash"], b["data_hash"]);
}

TEST(CliData, NeverOverwritesUnasked) {
  const TemporaryFolder folder;
  expectGps(0, phantom(folder / "a.pack", "2", "1"));
  EXPECT_EQ(expectGps(2, phantom(folder / "a.pack", "1", "1")).json()["error"]["code"], "bad_argument");
  auto forced = phantom(folder / "a.pack", "1", "1");
  forced.push_back("--force");
  EXPECT_EQ(expectGps(0, forced).json()["images"], 2);
}

TEST(CliData, RefusesWhatItCannotMake) {
  const TemporaryFolder folder;
  const auto make = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> words{"data", folder / "x.pack", "--make-phantom", "--json"};
    words.insert(words.end(), flags.begin(), flags.end());
    const auto outcome = runGps(words);
    EXPECT_FALSE(fs::exists(folder / "x.pack"));
    return outcome.exitCode;
  };
  EXPECT_EQ(make({"--image-size", "32"}), 2);
  EXPECT_EQ(make({"--image-size", "5000"}), 2);
  EXPECT_EQ(make({"--train", "-1"}), 2);
  EXPECT_EQ(make({"--train", "0", "--val", "0"}), 2);
}

TEST(CliData, FoldersThatAreNoneAreNamed) {
  const TemporaryFolder folder;
  const auto missing = expectGps(2, {"data", folder / "nowhere", "--json"}).json()["error"];
  EXPECT_EQ(missing["code"], "not_found");
  EXPECT_NE(missing["subject"].get<std::string>().find("nowhere"), std::string::npos);
  fs::create_directory(folder / "empty");
  const auto empty = expectGps(2, {"data", folder / "empty", "--json"}).json()["error"];
  EXPECT_NE(empty["remedy"].get<std::string>().find("images/"), std::string::npos) << empty;
  writeText(folder / "text.safetensors", "not a pack");
  EXPECT_EQ(runGps({"data", folder / "text.safetensors"}).exitCode, 2);
}

#ifdef GPS_WITH_OPENCV

TEST(CliData, PhantomFolderHasTheKvasirLayout) {
  const TemporaryFolder folder;
  const auto json = expectGps(0, phantom(folder / "set", "3", "2")).json();
  EXPECT_EQ(json["splits"], (nlohmann::json{{"train", 3}, {"val", 2}}));
  EXPECT_TRUE(json["leaks"].empty()) << json["leaks"];
  EXPECT_EQ(
      filesBelow(folder / "set"),
      (std::vector<std::string>{"images/phantom_0000.png", "images/phantom_0001.png", "images/phantom_0002.png", "images/phantom_0003.png",
                                "images/phantom_0004.png", "masks/phantom_0000.png", "masks/phantom_0001.png", "masks/phantom_0002.png",
                                "masks/phantom_0003.png", "masks/phantom_0004.png", "train.txt", "val.txt"}));
}

TEST(CliData, ProblemsAndLeaksAreReported) {
  const TemporaryFolder folder;
  const std::string set = folder / "set";
  expectGps(0, phantom(set, "4", "3"));
  fs::remove(set + "/masks/phantom_0000.png");
  const auto picture = readText(set + "/images/phantom_0001.png");
  writeText(set + "/images/phantom_0001.png", picture.substr(0, picture.size() / 2));
  fs::copy_file(set + "/images/phantom_0002.png", set + "/images/phantom_0005.png", fs::copy_options::overwrite_existing);
  const auto json = expectGps(0, {"data", set, "--json"}).json();
  EXPECT_EQ(json["images"], 5);
  std::map<std::string, std::string> kinds;
  for (const auto& problem : json["problems"]) kinds[problem["id"]] = problem["kind"];
  EXPECT_EQ(kinds["phantom_0000"], "missing_mask") << json["problems"];
  EXPECT_EQ(kinds["phantom_0001"], "unreadable") << json["problems"];
  ASSERT_EQ(json["leaks"].size(), 1u) << json["leaks"];
  EXPECT_EQ(json["leaks"][0]["kind"], "same bytes");
  // The same for people.
  const auto text = expectGps(0, {"data", set}).out;
  EXPECT_NE(text.find("phantom_0001.png"), std::string::npos) << text;
  EXPECT_NE(text.find("leaks across splits: 1"), std::string::npos) << text;
  // Nothing is decoded when only names are asked for.
  EXPECT_TRUE(expectGps(0, {"data", set, "--names-only", "--json"}).json()["leaks"].empty());
}

TEST(CliData, ClassesAreCountedAndTheBaseIsAskedAfter) {
  const TemporaryFolder folder;
  expectGps(0, phantom(folder / "set", "6", "0"));
  const std::vector<std::string> places{"train/banded/1", "train/blotchy/2", "train/braided/3",
                                        "train/bubbly/4", "test/bumpy/5",    "test/banded/6"};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const fs::path to = folder / ("dtd/" + places[i] + ".png");
    fs::create_directories(to.parent_path());
    fs::rename(folder / ("set/images/phantom_000" + std::to_string(i) + ".png"), to);
  }
  const auto json = expectGps(0, {"data", folder / "dtd", "--model", "vit_small_patch14_dinov2", "--json"}).json();
  EXPECT_EQ(json["task"], "classification");
  EXPECT_EQ(json["splits"], (nlohmann::json{{"train", 4}, {"test", 2}}));
  EXPECT_EQ(json["class_counts"][0], (nlohmann::json{{"class", "banded"}, {"splits", {{"train", 1}, {"test", 1}}}}));
  EXPECT_EQ(json["problems"][0]["kind"], "empty_class") << "bumpy cannot be learnt";
  ASSERT_EQ(json["contamination"].size(), 1u);
  EXPECT_EQ(json["contamination"][0]["data_set"], "DTD");
  const auto text = expectGps(0, {"data", folder / "dtd", "--model", "vit_small_patch14_dinov2"}).out;
  EXPECT_NE(text.find("6 pictures, 5 classes"), std::string::npos) << text;
  EXPECT_NE(text.find("DINOv2 may have seen DTD"), std::string::npos) << text;
  EXPECT_NE(expectGps(0, {"data", folder / "dtd", "--model", "sam_vit_b"}).out.find("nothing is known"), std::string::npos);
  EXPECT_FALSE(expectGps(0, {"data", folder / "dtd", "--json"}).json().contains("contamination"));
  const auto outcome = expectGps(2, {"data", folder / "dtd", "--model", "resnet"});
  EXPECT_NE(outcome.err.find("gps models"), std::string::npos) << outcome.err;
}

TEST(CliPack, PackEqualsItsFolder) {
  const TemporaryFolder folder;
  expectGps(0, phantom(folder / "set", "3", "2"));
  const auto json = expectGps(0, {"pack", folder / "set", "--out", folder / "deep/set.safetensors", "--json"}).json();
  EXPECT_EQ(json["images"], 5);
  EXPECT_EQ(json["bytes"].get<std::uint64_t>(), fs::file_size(folder / "deep/set.safetensors"));
  const auto packed = expectGps(0, {"data", folder / "deep/set.safetensors", "--json"}).json();
  EXPECT_EQ(packed["splits"], (nlohmann::json{{"train", 3}, {"val", 2}}));
  // The phantoms' pixels do not depend on the way they were stored.
  expectGps(0, phantom(folder / "direct.pack", "3", "2"));
  const PackImageSource a(folder / "deep/set.safetensors"), b(folder / "direct.pack");
  const auto itemsA = openPack(folder / "deep/set.safetensors").items, itemsB = openPack(folder / "direct.pack").items;
  ASSERT_EQ(itemsA.size(), itemsB.size());
  for (std::size_t i = 0; i < itemsA.size(); ++i) {
    EXPECT_EQ(itemsA[i].split, itemsB[i].split);
    EXPECT_EQ(a.loadImage(itemsA[i].imagePath), b.loadImage(itemsB[i].imagePath));
    EXPECT_EQ(a.loadMask(itemsA[i].maskPath), b.loadMask(itemsB[i].maskPath));
  }
}

TEST(CliPack, AnInterruptLeavesNoFile) {
  const TemporaryFolder folder;
  RunOptions options;
  options.interruptAfter = {"phantom"};
  const auto outcome = runGps({"data", folder / "big.pack", "--make-phantom", "--train", "4000", "--image-size", "256", "--json"}, options);
  EXPECT_EQ(outcome.exitCode, 130) << outcome.err;
  EXPECT_TRUE(outcome.json()["cancelled"].get<bool>());
  EXPECT_TRUE(filesBelow(folder.path()).empty());
}

#else

TEST(CliData, WithoutOpenCvAFolderIsRefusedNamingPack) {
  const TemporaryFolder folder;
  for (const auto* name : {"images", "masks"}) {
    fs::create_directories(folder / std::string(name));
    writeText(folder / (std::string(name) + "/a.png"), "x");
  }
  const auto outcome = expectGps(2, {"data", folder.path()});
  EXPECT_NE(outcome.err.find("gps pack"), std::string::npos) << outcome.err;
}

#endif

}  // namespace
}  // namespace gps::test
