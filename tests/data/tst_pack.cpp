#include "core/data/pack.h"

#include <cstdlib>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/data/dataset.h"
#include "core/data/leakcheck.h"
#include "core/data/phantom.h"
#include "tests/data/fakepictures.h"
#ifdef GPS_WITH_OPENCV
#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#endif

namespace gps {
namespace {

using namespace test;

DataSummary fourPairs(const TemporaryFolder& folder) {
  for (int i = 0; i < 4; ++i) {
    const std::string id = "病例 " + std::to_string(i);
    writePair(folder / ("images/" + id + ".png"), folder / ("masks/" + id + ".png"), std::uint64_t(i), 20 + i, 16);
  }
  writeText(folder / "train.txt", "病例 0\n病例 1\n病例 2\n");
  return openDataset(folder.path(), nullptr);
}

TEST(Pack, HoldsWhatTheFolderHeld) {
  const TemporaryFolder folder;
  const auto s = fourPairs(folder);
  const FakeImageSource source;
  const std::string path = folder / "pack.safetensors";
  writePack(s, source, path);
  ASSERT_TRUE(isPackFile(path));
  const auto p = openDataset(path, nullptr);
  EXPECT_TRUE(p.isPack);
  EXPECT_EQ(p.layout, "pack");
  EXPECT_EQ(p.splits, s.splits);
  ASSERT_EQ(p.items.size(), s.items.size());
  const auto packed = imageSourceOf(p, nullptr);
  for (std::size_t i = 0; i < p.items.size(); ++i) {
    EXPECT_EQ(p.items[i].id, s.items[i].id);
    EXPECT_EQ(p.items[i].split, s.items[i].split);
    EXPECT_EQ(packed->loadImage(p.items[i].imagePath), source.loadImage(s.items[i].imagePath));
    EXPECT_EQ(packed->loadMask(p.items[i].maskPath), source.loadMask(s.items[i].maskPath));
    const auto size = packed->sizeOf(p.items[i].imagePath);
    EXPECT_EQ(size.width, 20 + int(i));
    EXPECT_EQ(size.height, 16);
  }
  EXPECT_EQ(dataHash(p).size(), 64U);
  DatasetOptions deep;
  deep.deepCheck = true;
  EXPECT_TRUE(openDataset(path, nullptr, deep).problems.empty());
  EXPECT_TRUE(findLeaks(p, *packed).empty());
}

TEST(Pack, FollowsTheDescribedFormat) {
  const TemporaryFolder folder;
  writePack(fourPairs(folder), FakeImageSource(), folder / "p.safetensors");
  const auto file = openTensorFile(folder / "p.safetensors");
  const auto& image = file.at("image/病例 2");
  EXPECT_EQ(image.dtype, DType::U8);
  EXPECT_EQ(image.shape, (std::vector<std::int64_t>{16, 22, 3}));
  EXPECT_EQ(file.at("mask/病例 2").shape, (std::vector<std::int64_t>{16, 22}));
  const auto& text = file.metadata().at("pack");
  for (const char* key : {"\"version\"", "\"task\"", "\"segmentation\"", "\"classes\"", "\"items\"", "\"source_hash\"", "\"split\""})
    EXPECT_NE(text.find(key), std::string::npos) << key;
}

TEST(Pack, StopsWithoutLeavingAFile) {
  const TemporaryFolder folder;
  const auto s = fourPairs(folder);
  RunControl control;
  control.setProgressSink([&](const Progress& p) {
    if (p.done == 2) control.requestStop();
  });
  EXPECT_THROW(writePack(s, FakeImageSource(), folder / "p.safetensors", &control), Cancelled);
  int packs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    packs += entry.path().string().find("safetensors") != std::string::npos;
  EXPECT_EQ(packs, 0);
}

TEST(Pack, OtherFilesAreRefused) {
  const TemporaryFolder folder;
  const auto s = fourPairs(folder);
  EXPECT_FALSE(isPackFile(folder / "absent"));
  EXPECT_FALSE(isPackFile(folder.path()));
  EXPECT_FALSE(isPackFile(s.items[0].imagePath));
  errorOf(ErrorCode::NotFound, [&] { openPack(folder / "absent"); });
  errorOf(ErrorCode::BadFile, [&] { openPack(s.items[0].imagePath); });
  const std::string path = folder / "p.safetensors";
  writePack(s, FakeImageSource(), path);
  const PackImageSource source(path);
  errorOf(ErrorCode::NotFound, [&] { source.loadImage("image/none"); });
  errorOf(ErrorCode::BadFile, [&] { source.loadMask("image/病例 0"); });

  // Damaged in each of its parts: never more than an error.
  std::ifstream in(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  for (const std::size_t size : {std::size_t{4}, std::size_t{60}, whole.size() / 2, whole.size() - 1}) {
    writeText(folder / "cut.safetensors", whole.substr(0, size));
    EXPECT_THROW(openDataset(folder / "cut.safetensors", nullptr), Error) << size;
  }
  auto other = whole;
  other.replace(other.find("\\\"version\\\":1"), 13, "\\\"version\\\":7");
  writeText(folder / "other.safetensors", other);
  EXPECT_NE(errorOf(ErrorCode::BadFile, [&] { openPack(folder / "other.safetensors"); }).find("version"), std::string::npos);
}

#ifdef GPS_WITH_OPENCV
TEST(Pack, ThePythonScriptWritesTheSame) {
  const std::string python = std::getenv("GPS_PYTHON") != nullptr ? std::getenv("GPS_PYTHON") : "python3";
  if (std::system((python + " -c 'import PIL' 2>/dev/null || " + python + " -c 'import cv2' 2>/dev/null").c_str()) != 0)
    GTEST_SKIP() << python << " has neither Pillow nor OpenCV";
  const char* root = std::getenv("GPS_SOURCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "GPS_SOURCE_DIR is not set";
  const TemporaryFolder folder;
  const OpenCvImageSource source;
  for (int i = 0; i < 30; ++i) {
    const std::string id = "p " + std::to_string(i);
    std::filesystem::create_directories(folder / "d/images");
    std::filesystem::create_directories(folder / "d/masks");
    writeRgb(folder / ("d/images/" + id + ".png"), noisePicture(24, 18 + i % 3, std::uint64_t(i)));
    writeMask(folder / ("d/masks/" + id + ".png"), boxMask(24, 18 + i % 3));
  }
  writeProbability(folder / "d/masks/p 3.png", {24, 18, std::vector<float>(24 * 18, 0.6F)});  // 16 bit
  for (const bool withLists : {false, true}) {
    if (withLists) writeText(folder / "d/val.txt", "p 1.png\nimages/p 2\n# end\n");
    const auto s = openDataset(folder / "d", nullptr);
    writePack(s, source, folder / "ours.safetensors");
    const std::string command =
        python + " '" + root + "/scripts/make_pack.py' '" + folder / "d" + "' --out '" + folder / "theirs.safetensors" + "' > /dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
    const auto ours = openPack(folder / "ours.safetensors"), theirs = openPack(folder / "theirs.safetensors");
    const PackImageSource a(folder / "ours.safetensors"), b(folder / "theirs.safetensors");
    ASSERT_EQ(ours.items.size(), 30U);
    ASSERT_EQ(theirs.items.size(), 30U);
    for (std::size_t i = 0; i < 30; ++i) {
      EXPECT_EQ(ours.items[i].id, theirs.items[i].id);
      EXPECT_EQ(ours.items[i].split, theirs.items[i].split);
      EXPECT_EQ(a.loadImage(ours.items[i].imagePath), b.loadImage(ours.items[i].imagePath));
      EXPECT_EQ(a.loadMask(ours.items[i].maskPath), b.loadMask(ours.items[i].maskPath)) << ours.items[i].id;
    }
  }
}
#endif

TEST(Pack, PhantomsMakeOne) {
  const TemporaryFolder folder;
  makePhantomPack(folder / "p.safetensors", 3, 2, 64, 42);
  const auto s = openDataset(folder / "p.safetensors", nullptr);
  EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 3}, {"val", 2}}));
  EXPECT_EQ(imageSourceOf(s, nullptr)->loadImage("image/phantom_0003"), makePhantom(42, 3, 64).image);
  errorOf(ErrorCode::BadArgument, [&] { makePhantomPack(folder / "q.safetensors", 0, 2, 64, 42); });
  errorOf(ErrorCode::Io, [&] { makePhantomPack(folder / "absent/q.safetensors", 1, 1, 64, 42); });
}

}  // namespace
}  // namespace gps
