#include "core/data/dataset.h"

#include <set>

#include "core/data/pack.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;
namespace fs = std::filesystem;

void makeKvasir(const TemporaryFolder& folder, int pictures) {
  for (int i = 0; i < pictures; ++i) {
    const std::string id = "p" + std::to_string(i);
    writePair(folder / ("images/" + id + ".jpg"), folder / ("masks/" + id + ".png"), std::uint64_t(i));
  }
}

TEST(Dataset, KvasirLayoutWithLists) {
  const TemporaryFolder folder;
  makeKvasir(folder, 6);
  writeText(folder / "train.txt", "\xEF\xBB\xBFp0\r\nimages/p1.jpg\n\n# a remark\np2.png\n");
  writeText(folder / "val.txt", "p3\np4");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "kvasir");
  EXPECT_EQ(s.splitRule, "train.txt, val.txt");
  EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 3}, {"val", 2}, {"unlisted", 1}}));
  EXPECT_EQ(splitOf(s, "p1"), "train");
  EXPECT_EQ(splitOf(s, "p4"), "val");
  EXPECT_TRUE(s.problems.empty());
  EXPECT_EQ(itemsOfSplit(s, "train").size(), 3U);
  EXPECT_EQ(itemsOfSplit(s, "train", 2).size(), 2U);
  EXPECT_EQ(itemsOfSplit(s, "train")[0].maskPath, folder / "masks/p0.png");
}

TEST(Dataset, ListsWithUnknownAndRepeatedIds) {
  const TemporaryFolder folder;
  makeKvasir(folder, 4);
  writeText(folder / "train.txt", "p0\np1\np1\nghost\np2\n");
  writeText(folder / "val.txt", "p2\np3\n");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(problem(s, ProblemKind::UnknownId).id, "ghost");
  EXPECT_NE(problem(s, ProblemKind::UnknownId).text.find("train.txt"), std::string::npos);
  EXPECT_EQ(count(s, ProblemKind::DuplicateId), 2);
  EXPECT_EQ(splitOf(s, "p2"), "val") << "what is measured must not be trained on";
  EXPECT_EQ(s.splits.at("train"), 2);
}

TEST(Dataset, OneListGivesTheRestToTheOtherSplit) {
  const TemporaryFolder folder;
  makeKvasir(folder, 4);
  writeText(folder / "val.txt", "p3\n");
  EXPECT_EQ(openDataset(folder.path(), nullptr).splits, (std::map<std::string, int>{{"train", 3}, {"val", 1}}));
  fs::remove(folder / "val.txt");
  writeText(folder / "train.txt", "p3\n");
  EXPECT_EQ(openDataset(folder.path(), nullptr).splits, (std::map<std::string, int>{{"train", 1}, {"val", 3}}));
}

TEST(Dataset, SeededSplitWithoutLists) {
  const TemporaryFolder folder;
  makeKvasir(folder, 50);
  const auto s = openDataset(folder.path(), nullptr), again = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 44}, {"val", 6}}));
  EXPECT_EQ(s.splitRule, "seeded 88/12, seed 42");
  DatasetOptions other;
  other.splitSeed = 7;
  const auto different = openDataset(folder.path(), nullptr, other);
  bool isSame = true;
  for (std::size_t i = 0; i < s.items.size(); ++i) {
    EXPECT_EQ(s.items[i].split, again.items[i].split);
    isSame = isSame && s.items[i].split == different.items[i].split;
  }
  EXPECT_FALSE(isSame);
  other.validationShare = 1.5;
  errorOf(ErrorCode::BadArgument, [&] { openDataset(folder.path(), nullptr, other); });
}

TEST(Dataset, IncompletePairsAreLeftOutAndNamed) {
  const TemporaryFolder folder;
  makeKvasir(folder, 3);
  fs::remove(folder / "masks/p1.png");
  fs::remove(folder / "images/p2.jpg");
  writePicture(folder / "images/p0.png", noisePicture(4, 4, 9));
  const auto s = openDataset(folder.path(), nullptr);
  ASSERT_EQ(s.items.size(), 1U);
  EXPECT_EQ(problem(s, ProblemKind::MissingMask).id, "p1");
  EXPECT_EQ(problem(s, ProblemKind::MissingImage).id, "p2");
  EXPECT_EQ(problem(s, ProblemKind::DuplicateId).id, "p0");
}

TEST(Dataset, SplitFolders) {
  const TemporaryFolder folder;
  writePair(folder / "train/images/a.jpg", folder / "train/masks/a.png", 1);
  writePair(folder / "train/images/b.jpg", folder / "train/masks/b.png", 2);
  writePair(folder / "Validation/images/c.jpg", folder / "Validation/masks/c.png", 3);
  writePair(folder / "test/images/d.jpg", folder / "test/masks/d.png", 4);
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "split folders");
  EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 2}, {"val", 1}, {"test", 1}}));
  EXPECT_EQ(splitOf(s, "c"), "val");
  writePair(folder / "test/images/a.jpg", folder / "test/masks/a.png", 5);
  const auto clash = openDataset(folder.path(), nullptr);
  EXPECT_EQ(splitOf(clash, "test/a"), "test");
  EXPECT_EQ(splitOf(clash, "train/a"), "train");
}

TEST(Dataset, FlatPairsBySuffix) {
  const TemporaryFolder folder;
  writePair(folder / "a.jpg", folder / "a_mask.png", 1);
  writePair(folder / "b.JPG", folder / "b-Mask.PNG", 2);
  writePair(folder / "病例 3.png", folder / "病例 3_seg.png", 3);
  writePicture(folder / "lonely.png", noisePicture(4, 4, 1));
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.layout, "pairs");
  EXPECT_EQ(s.items.size(), 3U);
  EXPECT_EQ(problem(s, ProblemKind::MissingMask).id, "lonely");
}

TEST(Dataset, TableWithSplits) {
  const TemporaryFolder folder;
  writePair(folder / "x/a.jpg", folder / "y/a1.png", 1);
  writePair(folder / "x/b, c.jpg", folder / "y/b1.png", 2);
  writeText(folder / "list.csv",
            "Image;Mask;Split\nx/a.jpg;y/a1.png;Training\n\"x/b, c.jpg\";y/b1.png;valid\nx/z.jpg;y/a1.png;train\nx/a.jpg;y/no.png;train\n");
  for (const auto& path : {folder.path(), folder / "list.csv"}) {
    const auto s = openDataset(path, nullptr);
    EXPECT_EQ(s.layout, "csv");
    EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 1}, {"val", 1}}));
    EXPECT_EQ(splitOf(s, "b, c"), "val");
    EXPECT_NE(problem(s, ProblemKind::MissingImage).text.find("line 4"), std::string::npos);
    EXPECT_EQ(count(s, ProblemKind::MissingMask), 1);
  }
  writeText(folder / "list.csv", "image,mask,split\nx/a.jpg,y/a1.png\n");
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { openDataset(folder / "list.csv", nullptr); }).find("line 2"), std::string::npos);
}

TEST(Dataset, WhatIsNoDataSetIsRefusedWithTheAcceptedLayouts) {
  const TemporaryFolder folder;
  errorOf(ErrorCode::NotFound, [&] { openDataset(folder / "absent", nullptr); });
  errorOf(ErrorCode::NotFound, [&] { openDataset("", nullptr); });
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }).find("images/ and masks/"), std::string::npos);
  for (const char* part : {"train_fit.txt", "image, class", "train800.txt", "train.json", "CIFAR-100", "synset", "gps pack"})
    EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), part)) << part;
  writeText(folder / "notes.txt", "hello");
  errorOf(ErrorCode::BadFile, [&] { openDataset(folder / "notes.txt", nullptr); });
  writePicture(folder / "images/a.png", noisePicture(4, 4, 1));
  fs::create_directories(folder / "masks");
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }).find("a.png has no mask"), std::string::npos);
  writeText(folder / "train.txt", std::string("a\0b", 3));
  writeGrey(folder / "masks/a.png", boxMask(4, 4));
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }).find("plain text"), std::string::npos);
}

TEST(Dataset, DeepCheckFindsBadPictures) {
  const TemporaryFolder folder;
  makeKvasir(folder, 6);
  writeText(folder / "images/p0.jpg", "P6\n4 4\n255\ncut");
  writeGrey(folder / "masks/p1.png", boxMask(21, 16));
  writeGrey(folder / "masks/p2.png", MaskImage{20, 16, std::vector<std::uint8_t>(320)});
  writeGrey(folder / "masks/p3.png", MaskImage{20, 16, std::vector<std::uint8_t>(320, 3)});
  writeGrey(folder / "masks/p4.png", MaskImage{20, 16, std::vector<std::uint8_t>(320, 140)});
  const FakeImageSource source;
  DatasetOptions deep;
  deep.deepCheck = true;
  RunControl control;
  std::int64_t seen = 0;
  control.setProgressSink([&](const Progress& p) { seen = std::max(seen, p.done); });
  const auto s = openDataset(folder.path(), &source, deep, &control);
  EXPECT_EQ(seen, 6);
  EXPECT_EQ(problem(s, ProblemKind::Unreadable).id, "p0");
  EXPECT_NE(problem(s, ProblemKind::SizeMismatch).text.find("21x16"), std::string::npos);
  EXPECT_EQ(count(s, ProblemKind::EmptyMask), 2);
  EXPECT_EQ(problem(s, ProblemKind::NonBinaryMask).id, "p4");
  std::set<std::string> ids;
  for (const auto& item : s.items) ids.insert(item.id);
  EXPECT_EQ(ids, (std::set<std::string>{"p2", "p3", "p4", "p5"}));
  for (const auto& p : s.problems) {
    if (p.id == "p3") {
      EXPECT_NE(p.text.find("class numbers"), std::string::npos);
    }
  }
  errorOf(ErrorCode::Unavailable, [&] { openDataset(folder.path(), nullptr, deep); });

  control.requestStop();
  EXPECT_THROW(openDataset(folder.path(), &source, deep, &control), Cancelled);
}

TEST(Dataset, PicturesWithoutMasks) {
  const TemporaryFolder folder;
  writePicture(folder / "a.jpg", noisePicture(4, 4, 1));
  writePicture(folder / "a.png", noisePicture(4, 4, 2));
  writePicture(folder / "b.png", noisePicture(4, 4, 3));
  const auto s = openPictures(folder.path());
  ASSERT_EQ(s.items.size(), 3U);
  EXPECT_EQ(s.items[0].id, "a.jpg") << "ids stay unique";
  EXPECT_EQ(s.items[2].id, "b");
  EXPECT_EQ(openPictures(folder / "b.png").items.size(), 1U);
  errorOf(ErrorCode::NotFound, [&] { openPictures(folder / "c.png"); });
  fs::create_directories(folder / "empty");
  errorOf(ErrorCode::BadFile, [&] { openPictures(folder / "empty"); });
}

TEST(Dataset, AFolderWithoutDecoderNamesThePack) {
  const TemporaryFolder folder;
  makeKvasir(folder, 2);
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_NE(errorOf(ErrorCode::Unavailable, [&] { imageSourceOf(s, nullptr); }).find("gps pack"), std::string::npos);
}

}  // namespace
}  // namespace gps
