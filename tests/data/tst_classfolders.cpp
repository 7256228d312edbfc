#include <filesystem>
#include <set>

#include "core/data/checks/leakcheck.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;
namespace fs = std::filesystem;

TEST(ClassFolders, SplitsAreFolders) {
  const TemporaryFolder folder;
  writePictures(folder, {"Training/cat/a.jpg", "Training/dog/b.JPG", "Valid/cat/c.png", "dev/dog/d.png", "TEST/dog/deep/er/e.jpg"});
  writeText(folder / "Training/cat/notes.txt", "no picture");
  writeText(folder / "Training/.cache/x.jpg", "hidden");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.task, TaskKind::Classification);
  EXPECT_EQ(s.layout, "class folders");
  EXPECT_EQ(s.splitRule, "folders");
  EXPECT_EQ(s.classes, (Names{"cat", "dog"}));
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 2}, {"test", 1}}));
  EXPECT_EQ(idsOf(s), (Names{"cat/a", "cat/c", "dog/b", "dog/d", "dog/deep/er/e"}));
  EXPECT_EQ(classOf(s, "dog/deep/er/e"), "dog");
  EXPECT_EQ(splitOf(s, "dog/deep/er/e"), "test");
  EXPECT_EQ(item(s, "dog/b").imagePath, folder / "Training/dog/b.JPG");
  EXPECT_TRUE(s.problems.empty());
  EXPECT_FALSE(s.isClassSubset);
}

TEST(ClassFolders, EqualNamesGetTheirSplitInFront) {
  const TemporaryFolder folder;
  writePictures(folder, {"train/cat/1.jpg", "train/dog/1.jpg", "test/cat/1.jpg", "test/dog/1.jpg", "test/dog/1.png"});
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(idsOf(s), (Names{"test/cat/1", "test/dog/test/dog/1.jpg", "test/dog/test/dog/1.png", "train/cat/1", "train/dog/1"}));
}

TEST(ClassFolders, ListsOfTrainMakeAValidationSplit) {
  const TemporaryFolder folder;
  writePictures(folder, {"train/cat/1.jpg", "train/cat/2.jpg", "train/dog/1.jpg", "train/dog/2.jpg", "test/cat/1.jpg", "test/dog/9.jpg"});
  writeText(folder / "train_fit.txt", "# fit\ntrain/cat/1.jpg\r\n./train/dog/1.jpg\n\n");
  writeText(folder / "train_val.txt", "train/cat/2.jpg\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.splitRule, "folders, train_fit.txt, train_val.txt");
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}, {"test", 2}, {"unlisted", 1}}));
  EXPECT_EQ(splitOf(s, "val/cat/2"), "val");
  EXPECT_EQ(splitOf(s, "unlisted/dog/2"), "unlisted");
  EXPECT_EQ(s.listFiles, (Names{folder / "train_fit.txt", folder / "train_val.txt"}));
  const auto hash = dataHash(s);
  writeText(folder / "train_val.txt", "train/cat/2.jpg\n\n");
  EXPECT_NE(dataHash(openDataset(folder.path(), nullptr)), hash) << "the lists are part of the data";

  fs::remove(folder / "train_fit.txt");
  EXPECT_EQ(openDataset(folder.path(), nullptr).splits, (Counts{{"train", 3}, {"val", 1}, {"test", 2}}));
}

TEST(ClassFolders, ListsOfTrainAreChecked) {
  const TemporaryFolder folder;
  writePictures(folder, {"train/cat/1.jpg", "train/cat/2.jpg", "train/dog/3.jpg", "test/cat/4.jpg", "test/dog/5.jpg"});
  writeText(folder / "train_fit.txt", "train/cat/1.jpg\ntrain/cat/1.jpg\ntrain/dog/3.jpg\ntrain/cat/ghost.jpg\ntest/cat/4.jpg\n");
  writeText(folder / "train_val.txt", "train/cat/2.jpg\ntrain/cat/1.jpg\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_TRUE(contains(problem(s, ProblemKind::MissingImage).text, "train_fit.txt line 4"));
  EXPECT_TRUE(contains(problem(s, ProblemKind::UnknownId).text, "train_fit.txt line 5"));
  EXPECT_EQ(count(s, ProblemKind::DuplicateId), 2);
  EXPECT_EQ(splitOf(s, "cat/1"), "val") << "what is measured must not be trained on";

  writePictures(folder, {"val/cat/6.jpg"});
  const auto withFolder = openDataset(folder.path(), nullptr);
  EXPECT_EQ(withFolder.splits, (Counts{{"train", 3}, {"val", 1}, {"test", 2}})) << "a folder val counts before the lists";
  EXPECT_TRUE(withFolder.listFiles.empty());
}

TEST(ClassFolders, NumbersAreSortedAsNumbers) {
  const TemporaryFolder folder;
  for (int i = 0; i < 12; ++i) writePictures(folder, {"train/" + std::to_string(i) + "/x" + std::to_string(i) + ".png"});
  EXPECT_EQ(openDataset(folder.path(), nullptr).classes, (Names{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}));
  writePictures(folder, {"train/b/x.png"});
  EXPECT_EQ(openDataset(folder.path(), nullptr).classes[2], "10") << "by name as soon as one is no number";
}

TEST(ClassFolders, EmptyClassesAndLoosePicturesAreNamed) {
  const TemporaryFolder folder;
  writePictures(folder, {"train/cat/1.jpg", "train/dog/2.jpg", "train/loose.jpg", "test/cat/3.jpg", "test/owl/4.jpg"});
  fs::create_directories(folder / "train/elk");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.classes, (Names{"cat", "dog", "owl"}));
  EXPECT_EQ(count(s, ProblemKind::EmptyClass), 2);
  EXPECT_TRUE(contains(problem(s, ProblemKind::EmptyClass).text, "train/elk"));
  EXPECT_TRUE(std::any_of(s.problems.begin(), s.problems.end(), [](const auto& p) { return p.id == "owl" && contains(p.text, "train"); }));
  EXPECT_TRUE(contains(problem(s, ProblemKind::UnknownClass).text, "1 picture outside"));
}

TEST(ClassFolders, PlainFoldersAreSplitBySeedInEachClass) {
  const TemporaryFolder folder;
  for (int i = 0; i < 25; ++i) writePictures(folder, {"common/" + std::to_string(i) + ".png"}, std::uint64_t(i));
  writePictures(folder, {"rare/a.png", "rare/b.png", "single/a.png"});
  const auto s = openDataset(folder.path(), nullptr), again = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "class folders");
  EXPECT_EQ(s.splitRule, "seeded 88/12 in each class, seed 42");
  std::map<std::string, Counts> counts;
  for (const auto& item : s.items) ++counts[item.className][item.split];
  EXPECT_EQ(counts["common"], (Counts{{"train", 22}, {"val", 3}}));
  EXPECT_EQ(counts["rare"], (Counts{{"train", 1}, {"val", 1}}));
  EXPECT_EQ(counts["single"], (Counts{{"train", 1}}));
  DatasetOptions other;
  other.splitSeed = 7;
  other.validationShare = 0.4;
  const auto different = openDataset(folder.path(), nullptr, other);
  EXPECT_EQ(different.splits.at("val"), 11);
  for (std::size_t i = 0; i < s.items.size(); ++i) EXPECT_EQ(s.items[i].split, again.items[i].split);
}

TEST(ClassFolders, ClassesOfOneSizeAreDrawnDifferently) {
  const TemporaryFolder folder;
  for (int i = 0; i < 40; ++i) writePictures(folder, {"a/" + std::to_string(i) + ".png", "b/" + std::to_string(i) + ".png"});
  std::map<std::string, std::set<std::string>> held;
  for (const auto& item : openDataset(folder.path(), nullptr).items)
    if (item.split == "val") held[item.className].insert(item.id.substr(2));
  EXPECT_EQ(held["a"].size(), 5U);
  EXPECT_EQ(held["b"].size(), 5U);
  EXPECT_NE(held["a"], held["b"]);
}

TEST(ClassFolders, MayLieInImagesOrInTheOnlySubfolder) {
  const TemporaryFolder folder;
  writePictures(folder, {"dtd/images/banded/1.jpg", "dtd/images/dotted/2.jpg", "dtd/images/dotted/3.jpg"});
  writeText(folder / "dtd/labels/train1.txt", "banded/1.jpg\n");
  writeText(folder / "readme.txt", "unpacked");
  writeText(folder / "__MACOSX/dtd/x", "");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.folder, folder / "dtd");
  EXPECT_EQ(s.classes, (Names{"banded", "dotted"}));
  EXPECT_EQ(idsOf(s), (Names{"banded/1", "dotted/2", "dotted/3"}));
}

TEST(ClassFolders, AParentOfDataSetsOrOneClassIsNone) {
  const TemporaryFolder folder;
  writePictures(folder, {"one/train/cat/1.jpg", "one/train/dog/2.jpg", "two/train/cat/3.jpg"});
  EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "name one of one, two"));
  const TemporaryFolder pairs;
  writePictures(pairs, {"train/images/1.jpg", "test/images/2.jpg"});
  errorOf(ErrorCode::BadFile, [&] { openDataset(pairs.path(), nullptr); });
  const TemporaryFolder yolo;
  writePictures(yolo, {"train/images/1.jpg"});
  writeText(yolo / "train/labels/1.txt", "0 0.5 0.5 1 1");
  errorOf(ErrorCode::BadFile, [&] { openDataset(yolo.path(), nullptr); });
}

TEST(ClassFolders, DeepCheckLeavesOutWhatCannotBeRead) {
  const TemporaryFolder folder;
  writePictures(folder, {"train/cat/1.jpg", "train/dog/2.jpg", "val/cat/3.jpg"});
  writeText(folder / "train/cat/bad.jpg", "P6\n9 9\n255\nshort");
  const FakeImageSource source;
  DatasetOptions deep;
  deep.deepCheck = true;
  const auto s = openDataset(folder.path(), &source, deep);
  EXPECT_EQ(problem(s, ProblemKind::Unreadable).id, "cat/bad");
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}}));
}

}  // namespace
}  // namespace gps
