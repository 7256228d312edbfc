#include "core/data/checks/leakcheck.h"

#include <bit>
#include <set>

#include "core/checkpoints/readers/sha256.h"
#include "core/data/dataset.h"
#include "core/data/fingerprint.h"
#include "core/data/phantom/phantom.h"
#include "core/data/views/transforms.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;

// A picture with large shapes, which a perceptual hash can tell apart from another.
RgbImage scene(int index, int size = 64) { return makePhantom(5, index, size).image; }

std::string kindOf(const std::vector<DataLeak>& leaks, const std::string& a, const std::string& b) {
  for (const auto& leak : leaks)
    if ((leak.idA == a && leak.idB == b) || (leak.idA == b && leak.idB == a)) return leak.kind;
  return "none";
}

TEST(LeakCheck, FindsTheThreeKinds) {
  const TemporaryFolder folder;
  const auto add = [&](const std::string& where, const RgbImage& image) {
    writePicture(folder / (where.substr(0, where.find('/')) + "/images/" + where.substr(where.find('/') + 1) + ".png"), image);
    writeGrey(folder / (where.substr(0, where.find('/')) + "/masks/" + where.substr(where.find('/') + 1) + ".png"),
              boxMask(image.width, image.height));
  };
  for (int i = 0; i < 6; ++i) add("train/t" + std::to_string(i), scene(i));
  add("val/copy", scene(0));
  auto brighter = scene(1);
  for (auto& value : brighter.pixels) value = std::uint8_t(std::min(255, value + 12));
  add("val/brighter", brighter);
  add("val/smaller", resizeImage(scene(2), 48, 48));
  add("val/t5", scene(9));
  add("val/other", scene(10));
  const auto s = openDataset(folder.path(), nullptr);
  const auto leaks = findLeaks(s, FakeImageSource());
  EXPECT_EQ(kindOf(leaks, "train/t0", "val/copy"), "same bytes");
  EXPECT_EQ(kindOf(leaks, "train/t1", "val/brighter"), "near duplicate");
  EXPECT_EQ(kindOf(leaks, "train/t2", "val/smaller"), "near duplicate");
  EXPECT_EQ(kindOf(leaks, "train/t5", "val/t5"), "same name");
  EXPECT_EQ(leaks.size(), 4U);

  LeakOptions quick;
  quick.nearDuplicates = false;
  EXPECT_EQ(findLeaks(s, FakeImageSource(), quick).size(), 2U);
  quick.hammingThreshold = 40;
  errorOf(ErrorCode::BadArgument, [&] { findLeaks(s, FakeImageSource(), quick); });
}

TEST(LeakCheck, TellsTheContentOfHeldOutPictures) {
  const TemporaryFolder folder;
  const auto add = [&](const std::string& split, const std::string& id, int number) {
    const auto image = scene(number);
    writePicture(folder / (split + "/images/" + id + ".png"), image);
    writeGrey(folder / (split + "/masks/" + id + ".png"), boxMask(image.width, image.height));
  };
  for (int i = 0; i < 3; ++i) add("train", "t" + std::to_string(i), i);
  for (int i = 0; i < 2; ++i) add("val", "v" + std::to_string(i), 20 + i);
  const auto s = openDataset(folder.path(), nullptr);
  for (const bool near : {true, false}) {
    std::vector<std::uint64_t> heldOut;
    LeakOptions options;
    options.nearDuplicates = near;
    EXPECT_TRUE(findLeaks(s, FakeImageSource(), options, nullptr, &heldOut).empty());
    ASSERT_EQ(heldOut.size(), s.items.size());
    int held = 0;
    for (std::size_t i = 0; i < s.items.size(); ++i) {
      const bool isTraining = s.items[i].split == "train";
      EXPECT_EQ(heldOut[i], isTraining ? 0U : pictureFingerprint(FakeImageSource().loadImage(s.items[i].imagePath))) << s.items[i].id;
      held += !isTraining;
    }
    EXPECT_EQ(held, 2);
  }
  // With one side alone there is no leak to look for, but there is something to be held against selections.
  auto onlyVal = s;
  std::erase_if(onlyVal.items, [](const DataItem& item) { return item.split == "train"; });
  std::vector<std::uint64_t> heldOut;
  EXPECT_TRUE(findLeaks(onlyVal, FakeImageSource(), {}, nullptr, &heldOut).empty());
  ASSERT_EQ(heldOut.size(), 2U);
  EXPECT_NE(heldOut[0], heldOut[1]);
  EXPECT_NE(heldOut[0], 0U);
}

TEST(LeakCheck, FlatPicturesAreNotDuplicates) {
  const TemporaryFolder folder;
  for (const std::string split : {"train", "val"})
    for (int i = 0; i < 3; ++i) {
      const std::string id = split + std::to_string(i);
      const auto level = std::uint8_t(i * 20 + (split == "val" ? 100 : 0));
      writePicture(folder / (split + "/images/" + id + ".png"), {8, 8, std::vector<std::uint8_t>(192, level)});
      writeGrey(folder / (split + "/masks/" + id + ".png"), boxMask(8, 8));
    }
  EXPECT_TRUE(findLeaks(openDataset(folder.path(), nullptr), FakeImageSource()).empty());
}

TEST(LeakCheck, NamesOfClassifiedPicturesSayNothing) {
  const TemporaryFolder folder;
  for (const std::string split : {"train", "test"})
    for (const std::string name : {"cat/0001", "dog/0002"})
      writePicture(folder / (split + "/" + name + ".png"), noisePicture(16, 16, split.size() + name.size() + (name[0] == 'c' ? 50 : 90)));
  writePicture(folder / "test/cat/copy.png", noisePicture(16, 16, 5 + 8 + 90));
  const auto leaks = findLeaks(openDataset(folder.path(), nullptr), FakeImageSource());
  ASSERT_EQ(leaks.size(), 1U);
  EXPECT_EQ(leaks[0].kind, "same bytes");
  EXPECT_EQ(leaks[0].idA, "test/cat/copy");
  EXPECT_EQ(leaks[0].idB, "train/dog/0002");
}

TEST(LeakCheck, ACrowdOfEqualPicturesIsToldOncePerPicture) {
  const TemporaryFolder folder;
  for (const std::string split : {"train", "test"})
    for (int i = 0; i < 50; ++i)
      writePicture(folder / (split + "/" + (i % 2 == 0 ? "a/" : "b/") + std::to_string(i) + ".png"),
                   {8, 8, std::vector<std::uint8_t>(192, 7)});
  const auto leaks = findLeaks(openDataset(folder.path(), nullptr), FakeImageSource());
  EXPECT_EQ(leaks.size(), 99U) << "each with the first of the other side; the two firsts are one pair";
  std::set<std::string> told;
  for (const auto& leak : leaks) {
    told.insert(leak.idA);
    told.insert(leak.idB);
  }
  EXPECT_EQ(told.size(), 100U);
}

TEST(LeakCheck, CorruptedVersionsLeakOnlyToOtherSplits) {
  const TemporaryFolder folder;
  DataSummary s;
  s.task = TaskKind::Classification;
  s.folder = folder.path();
  for (const std::string split : {"train", "fog/1", "fog/2"}) {
    writePicture(folder / (split + "/a.png"), noisePicture(16, 16, 3));
    s.items.push_back({split + "/a", split, folder / (split + "/a.png"), "", "a"});
  }
  const auto leaks = findLeaks(s, FakeImageSource());
  EXPECT_EQ(leaks.size(), 2U);
  EXPECT_EQ(kindOf(leaks, "train/a", "fog/2/a"), "same bytes");
  EXPECT_EQ(kindOf(leaks, "fog/1/a", "fog/2/a"), "none");
}

TEST(LeakCheck, OneSideNeedsNoDecoding) {
  const TemporaryFolder folder;
  writePictures(folder, {"train/a/1.png", "train/b/2.png"});
  RunControl control;
  control.setProgressSink([](const Progress&) { ADD_FAILURE() << "nothing to compare"; });
  EXPECT_TRUE(findLeaks(openDataset(folder.path(), nullptr), FakeImageSource(), {}, &control).empty());
}

TEST(LeakCheck, HashIgnoresScaleAndBrightnessButNotContent) {
  const auto a = scene(1, 128), b = scene(2, 128);
  auto darker = a;
  for (auto& value : darker.pixels) value = std::uint8_t(value * 0.8);
  EXPECT_LE(std::popcount(perceptualHash(a) ^ perceptualHash(darker)), 4);
  EXPECT_LE(std::popcount(perceptualHash(a) ^ perceptualHash(resizeImage(a, 90, 90))), 4);
  EXPECT_GT(std::popcount(perceptualHash(a) ^ perceptualHash(b)), 8);
}

TEST(LeakCheck, CanBeCancelled) {
  const TemporaryFolder folder;
  writePair(folder / "train/images/a.png", folder / "train/masks/a.png", 1);
  writePair(folder / "val/images/b.png", folder / "val/masks/b.png", 2);
  RunControl control;
  control.requestStop();
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_THROW(findLeaks(s, FakeImageSource(), {}, &control), Cancelled);
  EXPECT_THROW(dataHash(s, &control), Cancelled);
}

TEST(DataHash, IsTheOneOfTheDescription) {
  const TemporaryFolder folder;
  writePair(folder / "images/b.png", folder / "masks/b.png", 1);
  writePair(folder / "images/a.png", folder / "masks/a.png", 2);
  writeText(folder / "train.txt", "a\n");
  writeText(folder / "val.txt", "b\n");
  std::string lines;
  for (const std::string name : {"images/a.png", "images/b.png", "masks/a.png", "masks/b.png", "train.txt", "val.txt"})
    lines += name + std::string(1, '\0') + sha256OfFile(folder / name) + "\n";
  EXPECT_EQ(dataHash(openDataset(folder.path(), nullptr)), sha256Hex(lines));
}

TEST(DataHash, MovesWithTheContentNotWithThePlace) {
  const TemporaryFolder folder;
  for (const std::string copy : {"one", "two"}) writePair(folder / (copy + "/images/a.png"), folder / (copy + "/masks/a.png"), 1);
  const auto hash = [&](const std::string& copy) { return dataHash(openDataset(folder / copy, nullptr)); };
  EXPECT_EQ(hash("one"), hash("two"));
  writeText(folder / "two/val.txt", "a\n");
  EXPECT_NE(hash("one"), hash("two"));
}

}  // namespace
}  // namespace gps
