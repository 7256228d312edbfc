#include <filesystem>

#include "core/data/checks/leakcheck.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;
namespace fs = std::filesystem;

TEST(VtabLists, FitValidationAndTest) {
  const TemporaryFolder folder;
  writePictures(folder, {"images/train/0.jpg", "images/train/1.jpg", "images/train/2.jpg", "images/test/0.jpg"});
  writeText(folder / "train800.txt", "images/train/0.jpg 10\nimages/train/1.jpg 9\n");
  writeText(folder / "val200.txt", "images/train/2.jpg 10\r\n");
  writeText(folder / "train800val200.txt", "images/train/0.jpg 10\nimages/train/1.jpg 9\nimages/train/2.jpg 10\n");
  writeText(folder / "test.txt", "images/test/0.jpg 9\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.task, TaskKind::Classification);
  EXPECT_EQ(s.layout, "vtab lists");
  EXPECT_EQ(s.splitRule, "train800.txt, val200.txt, test.txt");
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}, {"test", 1}}));
  EXPECT_EQ(s.classes, (Names{"9", "10"}));
  EXPECT_EQ(idsOf(s), (Names{"10/0", "10/2", "9/0", "9/1"}));
  EXPECT_EQ(item(s, "9/0").imagePath, folder / "images/test/0.jpg");
  EXPECT_EQ(s.listFiles.size(), 3U);
  EXPECT_TRUE(s.problems.empty());

  fs::remove(folder / "val200.txt");
  const auto whole = openDataset(folder.path(), nullptr);
  EXPECT_EQ(whole.splits, (Counts{{"train", 3}, {"test", 1}}));
  EXPECT_EQ(whole.splitRule, "train800val200.txt, test.txt");
}

TEST(VtabLists, NamesOfTheClasses) {
  const TemporaryFolder folder;
  writePictures(folder, {"images/a.jpg", "images/b c.jpg", "images/d.jpg"});
  writeText(folder / "train800.txt", "a.jpg 0\nb c.jpg 2\nd.jpg 7\n");
  writeText(folder / "classes.txt", "zebra\nant\nbee\nowl\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.classes, (Names{"zebra", "ant", "bee", "owl"})) << "the order of the list is the order of the head";
  EXPECT_EQ(classOf(s, "bee/b c"), "bee");
  EXPECT_TRUE(contains(problem(s, ProblemKind::UnknownClass).text, "train800.txt line 3"));
  EXPECT_TRUE(contains(problem(s, ProblemKind::UnknownClass).text, "classes.txt"));
  EXPECT_EQ(count(s, ProblemKind::EmptyClass), 2) << "ant and owl";
  EXPECT_EQ(s.listFiles.size(), 2U);

  writeText(folder / "train800.txt", "a.jpg 1\nb c.jpg 2\nd.jpg 4\n");
  const auto fromOne = openDataset(folder.path(), nullptr);
  EXPECT_EQ(classOf(fromOne, "zebra/a"), "zebra") << "labels that run from 1 to the number of classes";
  EXPECT_EQ(classOf(fromOne, "owl/d"), "owl");

  fs::remove(folder / "classes.txt");
  writeText(folder / "labels.txt", "10\n20\n");
  writeText(folder / "train800.txt", "a.jpg 20\nb c.jpg 10\n");
  EXPECT_EQ(classOf(openDataset(folder.path(), nullptr), "20/a"), "20") << "labels that are names of the list";
}

TEST(LabelledLists, ByNumberOrName) {
  const TemporaryFolder folder;
  writePictures(folder, {"x/1.jpg", "x/2.jpg", "x/3.jpg", "val/4.JPEG"});
  writeText(folder / "train.txt", "# path label\nx/1.jpg hunting dog\nx/2.jpg\tcat\n");
  writeText(folder / "val.txt", "4.JPEG cat\n");
  writeText(folder / "test.txt", "x/3.jpg hunting dog\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "lists");
  EXPECT_EQ(s.classes, (Names{"cat", "hunting dog"}));
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}, {"test", 1}}));
  EXPECT_EQ(splitOf(s, "cat/4"), "val") << "found in the folder of its split";
}

TEST(LabelledLists, OfImageNetTakeTheSynsetList) {
  const TemporaryFolder folder;
  writePictures(folder, {"val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000002.JPEG"});
  writeText(folder / "val.txt", "ILSVRC2012_val_00000001.JPEG 1\nILSVRC2012_val_00000002.JPEG 0\n");
  writeText(folder / "synset_words.txt", "n01440764 tench, Tinca tinca\nn01443537 goldfish\nn01484850 great white shark\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.classes, (Names{"n01440764", "n01443537", "n01484850"}));
  EXPECT_EQ(s.classTitles[0], "tench, Tinca tinca");
  EXPECT_EQ(classOf(s, "n01443537/ILSVRC2012_val_00000001"), "n01443537");
  EXPECT_TRUE(s.isClassSubset);
  EXPECT_TRUE(s.problems.empty());
}

TEST(LabelledLists, FaultsAreNamed) {
  const TemporaryFolder folder;
  writePictures(folder, {"a.jpg", "b.jpg", "c.jpg", "d.jpg"});
  writeText(folder / "train.txt", "a.jpg 0\na.jpg 0\na.jpg 1\nb.jpg 1\nghost.jpg 1\nc.jpg\nd.jpg 1\n");
  writeText(folder / "test.txt", "b.jpg 0\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_TRUE(contains(problem(s, ProblemKind::MissingImage).text, "train.txt line 5 names \"ghost.jpg\""));
  EXPECT_TRUE(contains(problem(s, ProblemKind::UnknownClass).text, "train.txt line 6"));
  EXPECT_EQ(count(s, ProblemKind::DuplicateId), 3);
  EXPECT_TRUE(std::any_of(s.problems.begin(), s.problems.end(), [](const auto& p) { return contains(p.text, "another class"); }));
  EXPECT_EQ(splitOf(s, "0/b"), "test") << "the later list counts, with its label";
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"test", 1}}));

  writeText(folder / "train.txt", "ghost.jpg 1\n");
  fs::remove(folder / "test.txt");
  EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "ghost.jpg"));
}

TEST(LabelledLists, AreNotTheIdListsOfSegmentation) {
  const TemporaryFolder folder;
  writePair(folder / "images/a 1.jpg", folder / "masks/a 1.png", 1);
  writePair(folder / "images/b.jpg", folder / "masks/b.png", 2);
  writeText(folder / "train.txt", "a 1.jpg\n");
  writeText(folder / "val.txt", "b\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.task, TaskKind::Segmentation);
  EXPECT_EQ(s.splits, (Counts{{"train", 1}, {"val", 1}}));
}

TEST(JsonSplits, FoldersNameTheClasses) {
  const TemporaryFolder folder;
  writePictures(folder, {"images/002.Owl/a.jpg", "images/010.Ant/b.jpg", "images/002.Owl/c.jpg"});
  writeText(folder / "train.json", R"({"002.Owl/a.jpg": 2, "010.Ant/b.jpg": 10})");
  writeText(folder / "val.json", R"({"002.Owl/c.jpg": 2})");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "fgvc json");
  EXPECT_EQ(s.splitRule, "train.json, val.json");
  EXPECT_EQ(s.classes, (Names{"002.Owl", "010.Ant"}));
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}}));
  EXPECT_EQ(classOf(s, "010.Ant/b"), "010.Ant");
  const auto hash = dataHash(s);
  writeText(folder / "val.json", R"({"002.Owl/c.jpg":  2})");
  EXPECT_NE(dataHash(openDataset(folder.path(), nullptr)), hash);
}

TEST(JsonSplits, LabelsNameTheClassesWhereFoldersDoNot) {
  const TemporaryFolder folder;
  writePictures(folder, {"cars_train/1.jpg", "cars_train/2.jpg", "cars_test/1.jpg"});
  writeText(folder / "train.json", R"({"cars_train/1.jpg": 9, "cars_train/2.jpg": 10})");
  writeText(folder / "test.json", R"({"cars_test/1.jpg": 9})");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.classes, (Names{"9", "10"}));
  EXPECT_EQ(idsOf(s), (Names{"test/9/1", "train/10/2", "train/9/1"}));
  writeText(folder / "train.json", R"({"cars_train/1.jpg": "sedan", "cars_train/2.jpg": "van", "cars_train/3.jpg": "van"})");
  fs::remove(folder / "test.json");
  const auto named = openDataset(folder.path(), nullptr);
  EXPECT_EQ(named.classes, (Names{"sedan", "van"}));
  EXPECT_TRUE(contains(problem(named, ProblemKind::MissingImage).text, "train.json names \"cars_train/3.jpg\""));
}

TEST(JsonSplits, DamageIsNamed) {
  const TemporaryFolder folder;
  writePictures(folder, {"a/1.jpg"});
  writeText(folder / "train.json", R"({"a/1.jpg": )");
  EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "train.json"));
  writeText(folder / "train.json", R"({"a/1.jpg": 1, "a/2.jpg": [1]})");
  EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "a/2.jpg"));
  writeText(folder / "train.json", R"({"images": [], "annotations": []})");
  EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "no data set"));
}

TEST(ClassTable, WithAndWithoutSplits) {
  const TemporaryFolder folder;
  writePictures(folder, {"x/a.jpg", "x/b.jpg", "x/c.png", "x/d.jpg"});
  writeText(folder / "list.csv",
            "image;label;split\nx/a.jpg;mel;Training\nx/b.jpg;nv;valid\nx/c;nv;train\nx/d.jpg;nv;\nx/e.jpg;nv;train\n");
  for (const auto& path : {folder.path(), folder / "list.csv"}) {
    const auto s = openDataset(path, nullptr);
    EXPECT_EQ(s.layout, "csv");
    EXPECT_EQ(s.task, TaskKind::Classification);
    EXPECT_EQ(s.classes, (Names{"mel", "nv"}));
    EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}, {"unlisted", 1}}));
    EXPECT_EQ(item(s, "nv/c").imagePath, folder / "x/c.png") << "the ending may be left out";
    EXPECT_TRUE(contains(problem(s, ProblemKind::MissingImage).text, "list.csv line 6"));
    EXPECT_EQ(s.listFiles, (Names{folder / "list.csv"}));
  }
  writeText(folder / "list.csv", "file,class\nx/a.jpg,1\nx/b.jpg,1\nx/c.png,2\nx/d.jpg,\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.splitRule, "seeded 88/12 in each class, seed 42");
  EXPECT_EQ(s.splits, (Counts{{"train", 2}, {"val", 1}}));
  EXPECT_TRUE(contains(problem(s, ProblemKind::UnknownClass).text, "no class"));
}

TEST(ClassTable, ALabelThatIsAPictureIsAMask) {
  const TemporaryFolder folder;
  writePair(folder / "x/a.jpg", folder / "y/a.png", 1);
  writePair(folder / "x/b.jpg", folder / "y/b.png", 2);
  writeText(folder / "list.csv", "image,label\nx/a.jpg,y/a.png\nx/b.jpg,y/b.png\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.task, TaskKind::Segmentation);
  EXPECT_EQ(item(s, "a").maskPath, folder / "y/a.png");
}

}  // namespace
}  // namespace gps
