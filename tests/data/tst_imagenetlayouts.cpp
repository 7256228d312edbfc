#include <filesystem>

#include "core/data/checks/leakcheck.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;
namespace fs = std::filesystem;

constexpr const char* kTench = "n01440764";
constexpr const char* kGoldfish = "n01443537";
constexpr const char* kShark = "n01484850";
constexpr const char* kWords = "n01484850 great white shark\nn01440764 tench, Tinca tinca\nn01443537\tgoldfish\n";

std::string in(const std::string& folder, const std::string& synset, const std::string& name = "x.JPEG") {
  return folder + (folder.empty() ? "" : "/") + synset + "/" + name;
}

TEST(ImageNet, TakesTheOrderOfTheList) {
  const TemporaryFolder folder;
  writePictures(folder, {in("train", kTench, "n01440764_1.JPEG"), in("train", kShark, "n01484850_7.JPEG"),
                         in("train", kGoldfish, "n01443537_2.JPEG"), in("val", kTench, "ILSVRC2012_val_00000293.JPEG")});
  const auto plain = openDataset(folder.path(), nullptr);
  EXPECT_EQ(plain.layout, "imagenet");
  EXPECT_EQ(plain.classes, (Names{kTench, kGoldfish, kShark}));
  EXPECT_TRUE(plain.classTitles.empty());
  for (const char* list : {"LOC_synset_mapping.txt", "synset_words.txt", "synsets.txt", "imagenet_synsets.txt"}) {
    writeText(folder / list, kWords);
    const auto s = openDataset(folder.path(), nullptr);
    EXPECT_EQ(s.classes, (Names{kShark, kTench, kGoldfish})) << list;
    EXPECT_EQ(s.classTitles, (Names{"great white shark", "tench, Tinca tinca", "goldfish"}));
    EXPECT_EQ(s.splits, (Counts{{"train", 3}, {"val", 1}}));
    EXPECT_EQ(s.listFiles, (Names{folder / list}));
    EXPECT_FALSE(s.isClassSubset);
    EXPECT_TRUE(s.problems.empty());
    fs::remove(folder / list);
  }
  writeText(folder / "synsets.txt", std::string(kShark) + "\n" + kTench + "\n" + kGoldfish + "\n");
  EXPECT_TRUE(openDataset(folder.path(), nullptr).classTitles.empty());
}

TEST(ImageNet, ListAndFoldersMayDiffer) {
  const TemporaryFolder folder;
  writePictures(folder, {in("train", kTench), in("train", kGoldfish, "y.JPEG"), in("train", "n09999999", "z.JPEG")});
  writeText(folder / "synset_words.txt", kWords);
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(problem(s, ProblemKind::UnknownClass).id, "n09999999");
  EXPECT_EQ(s.items.size(), 2U);
  EXPECT_TRUE(s.isClassSubset) << "the list has a class more";
  for (const char* broken : {"n01440764 tench\ngoldfish\n", "n01440764 tench\nn01440764 tench\n", "n01440764tench\n"}) {
    writeText(folder / "synset_words.txt", broken);
    EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "synset_words.txt"));
  }
}

TEST(ImageNet, PlainSynsetFoldersAreATestOfSomeClasses) {
  const TemporaryFolder folder;
  writePictures(folder, {in("imagenet-a", kTench, "0.1_a.jpg"), in("imagenet-a", kShark, "0.2_b.jpg")});
  writeText(folder / "imagenet-a/README.txt", "natural adversarial examples");
  const auto s = openDataset(folder / "imagenet-a", nullptr);
  EXPECT_EQ(s.layout, "imagenet subset");
  EXPECT_EQ(s.splits, (Counts{{"test", 2}}));
  EXPECT_EQ(s.classes, (Names{kTench, kShark}));
  EXPECT_TRUE(s.isClassSubset);
  const auto hash = dataHash(s);

  writeText(folder / "synset_words.txt", kWords);
  const auto listed = openDataset(folder / "imagenet-a", nullptr);
  EXPECT_EQ(listed.classes, (Names{kShark, kTench, kGoldfish})) << "the list of the parent";
  EXPECT_TRUE(listed.isClassSubset);
  EXPECT_TRUE(listed.problems.empty());
  EXPECT_NE(dataHash(listed), hash);
}

TEST(ImageNetC, EveryCorruptionAndSeverityIsASplit) {
  const TemporaryFolder folder;
  for (const std::string corruption : {"gaussian_noise", "fog"})
    for (const std::string severity : {"1", "5"})
      for (const auto* synset : {kTench, kGoldfish}) writePictures(folder, {in(corruption + "/" + severity, synset)});
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "imagenet-c");
  EXPECT_EQ(s.splits, (Counts{{"gaussian_noise/1", 2}, {"gaussian_noise/5", 2}, {"fog/1", 2}, {"fog/5", 2}}));
  EXPECT_EQ(splitOf(s, std::string("fog/5/") + kTench + "/x"), "fog/5");
  EXPECT_FALSE(s.isClassSubset);
  EXPECT_TRUE(findLeaks(s, FakeImageSource()).empty()) << "versions of one picture are no leak";

  writeText(folder / "synsets.txt", std::string(kTench) + "\n" + kGoldfish + "\n");
  EXPECT_FALSE(openDataset(folder.path(), nullptr).isClassSubset);
  writeText(folder / "synsets.txt", std::string(kTench) + "\n" + kGoldfish + "\n" + kShark + "\n");
  EXPECT_TRUE(openDataset(folder.path(), nullptr).isClassSubset);
}

TEST(ImageNetC, InGroupsOrASingleCorruption) {
  const TemporaryFolder folder;
  writePictures(folder, {in("noise/gaussian_noise/1", kTench), in("blur/defocus_blur/3", kTench), in("blur/glass_blur/2", kShark)});
  EXPECT_EQ(openDataset(folder.path(), nullptr).splits, (Counts{{"gaussian_noise/1", 1}, {"defocus_blur/3", 1}, {"glass_blur/2", 1}}));
  EXPECT_EQ(openDataset(folder / "blur/glass_blur", nullptr).splits, (Counts{{"glass_blur/2", 1}}));
}

TEST(ImageNetC, NumberedClassesAreNone) {
  const TemporaryFolder folder;
  writePictures(folder, {"a/1/deep/x.png", "b/2/deep/y.png"});
  EXPECT_EQ(openDataset(folder.path(), nullptr).layout, "class folders");
}

}  // namespace
}  // namespace gps
