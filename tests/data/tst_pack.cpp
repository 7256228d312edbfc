#include "core/data/pack.h"

#include <cstdlib>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/data/checks/leakcheck.h"
#include "core/data/dataset.h"
#include "core/data/phantom/phantom.h"
#include "tests/data/summaries.h"
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

TEST(Pack, HoldsClasses) {
  const TemporaryFolder folder;
  writePictures(folder, {"d/n01440764/a.jpg", "d/n01443537/b.jpg", "d/n01443537/c.jpg"});
  writeText(folder / "synset_words.txt", "n01443537 goldfish\nn01440764 tench, Tinca tinca\nn01484850 great white shark\n");
  const auto s = openDataset(folder / "d", nullptr);
  writePack(s, FakeImageSource(), folder / "p.safetensors");
  const auto p = openDataset(folder / "p.safetensors", nullptr);
  EXPECT_EQ(p.task, TaskKind::Classification);
  EXPECT_EQ(p.classes, s.classes);
  EXPECT_EQ(p.classTitles, s.classTitles);
  EXPECT_TRUE(p.isClassSubset);
  EXPECT_EQ(p.splits, (Counts{{"test", 3}}));
  EXPECT_EQ(classOf(p, "n01443537/c"), "n01443537");
  EXPECT_TRUE(item(p, "n01443537/c").maskPath.empty());
  EXPECT_TRUE(p.problems.empty());
  writePack(p, *imageSourceOf(p, nullptr), folder / "again.safetensors");
  EXPECT_EQ(openPack(folder / "again.safetensors").classTitles, s.classTitles);
}

TEST(Pack, AClassThatIsNotListedIsNamed) {
  const TemporaryFolder folder;
  writePictures(folder, {"d/train/cat/a.jpg", "d/train/dog/b.jpg"});
  auto s = openDataset(folder / "d", nullptr);
  s.classes = {"cat"};
  writePack(s, FakeImageSource(), folder / "p.safetensors");
  const auto p = openPack(folder / "p.safetensors");
  EXPECT_EQ(problem(p, ProblemKind::UnknownClass).id, "dog/b");
  EXPECT_EQ(idsOf(p), (Names{"cat/a"}));
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
class PackScript : public testing::Test {
 protected:
  void SetUp() override {
    m_python = std::getenv("GPS_PYTHON") != nullptr ? std::getenv("GPS_PYTHON") : "python3";
    if (std::system((m_python + " -c 'import PIL' 2>/dev/null || " + m_python + " -c 'import cv2' 2>/dev/null").c_str()) != 0)
      GTEST_SKIP() << m_python << " has neither Pillow nor OpenCV";
    const char* root = std::getenv("GPS_SOURCE_DIR");
    if (root == nullptr) GTEST_SKIP() << "GPS_SOURCE_DIR is not set";
    m_script = std::string(root) + "/scripts/make_pack.py";
  }

  // Packs `data` with both and compares all that a pack holds.
  void expectSame(const std::string& data, std::size_t items, const std::string& layout) {
    SCOPED_TRACE(layout);
    const TemporaryFolder folder;
    const auto s = openDataset(data, nullptr);
    EXPECT_EQ(s.layout, layout);
    writePack(s, *imageSourceOf(s, std::make_shared<OpenCvImageSource>()), folder / "ours.safetensors");
    const std::string command =
        m_python + " '" + m_script + "' '" + data + "' --out '" + folder / "theirs.safetensors" + "' > /dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0);
    const auto ours = openPack(folder / "ours.safetensors"), theirs = openPack(folder / "theirs.safetensors");
    const PackImageSource a(folder / "ours.safetensors"), b(folder / "theirs.safetensors");
    EXPECT_EQ(ours.task, theirs.task);
    EXPECT_EQ(ours.classes, theirs.classes);
    ASSERT_EQ(ours.items.size(), items);
    ASSERT_EQ(theirs.items.size(), items);
    for (std::size_t i = 0; i < items; ++i) {
      EXPECT_EQ(ours.items[i].id, theirs.items[i].id);
      EXPECT_EQ(ours.items[i].split, theirs.items[i].split) << ours.items[i].id;
      EXPECT_EQ(ours.items[i].className, theirs.items[i].className) << ours.items[i].id;
      EXPECT_EQ(ours.items[i].maskPath, theirs.items[i].maskPath);
      EXPECT_EQ(a.loadImage(ours.items[i].imagePath), b.loadImage(ours.items[i].imagePath));
      if (!ours.items[i].maskPath.empty()) {
        EXPECT_EQ(a.loadMask(ours.items[i].maskPath), b.loadMask(ours.items[i].maskPath)) << ours.items[i].id;
      }
    }
    EXPECT_EQ(sourceHashes(folder / "ours.safetensors"), sourceHashes(folder / "theirs.safetensors"));
  }

  static void writePngs(const TemporaryFolder& folder, const Names& paths) {
    std::uint64_t seed = 1;
    for (const auto& path : paths) {
      std::filesystem::create_directories(std::filesystem::path(folder / path).parent_path());
      writeRgb(folder / "picture.png", noisePicture(7, 5, seed++));
      std::filesystem::rename(folder / "picture.png", folder / path);
    }
  }

 private:
  static Names sourceHashes(const std::string& path) {
    Names hashes;
    const std::string text = openTensorFile(path).metadata().at("pack"), key = "source_hash";
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
      const auto from = text.find('"', text.find(':', at)) + 1;
      hashes.push_back(text.substr(from, text.find('"', from) - from));
    }
    return hashes;
  }

  std::string m_python, m_script;
};

TEST_F(PackScript, WritesTheSameOfMasks) {
  const TemporaryFolder folder;
  for (int i = 0; i < 30; ++i) {
    const std::string id = "p " + std::to_string(i);
    std::filesystem::create_directories(folder / "d/images");
    std::filesystem::create_directories(folder / "d/masks");
    writeRgb(folder / ("d/images/" + id + ".png"), noisePicture(24, 18 + i % 3, std::uint64_t(i)));
    writeMask(folder / ("d/masks/" + id + ".png"), boxMask(24, 18 + i % 3));
  }
  writeProbability(folder / "d/masks/p 3.png", {24, 18, std::vector<float>(24 * 18, 0.6F)});  // 16 bit
  expectSame(folder / "d", 30, "kvasir");
  writeText(folder / "d/val.txt", "p 1.png\nimages/p 2\n# end\n");
  expectSame(folder / "d", 30, "kvasir");
  std::string table = "image,label\n";
  for (const int i : {9, 4, 7, 1}) table += "../d/images/p " + std::to_string(i) + ".png,../d/masks/p " + std::to_string(i) + ".png\n";
  writeText(folder / "e/list.csv", table);
  expectSame(folder / "e", 4, "csv");
  writeText(folder / "e/list.csv",
            "image;mask;split\n../d/images/p 1.png;../d/masks/p 1.png;Valid\n\"../d/images/p 2.png\";../d/masks/p 2.png;\n");
  expectSame(folder / "e", 2, "csv");
}

TEST_F(PackScript, WritesTheSameOfClassFolders) {
  const TemporaryFolder folder;
  Names paths;
  for (int i = 0; i < 40; ++i)
    paths.push_back("plain/" + std::string(i % 3 == 0 ? "2" : i % 3 == 1 ? "10" : "1/x") + "/" + std::to_string(i) + ".png");
  writePngs(folder, paths);
  expectSame(folder / "plain", 40, "class folders");
  writePngs(folder, {"s/Train/a/1.png", "s/Train/a/2.png", "s/Train/b/1.png", "s/Train/b/3.bmp", "s/Train/b/3.png", "s/test/a/1.png",
                     "s/test/b/sub/9.png"});
  expectSame(folder / "s", 7, "class folders");
  writeText(folder / "s/train_fit.txt", "Train/a/1.png\n");
  writeText(folder / "s/train_val.txt", "Train/b/1.png\n./Train/a/2.png\n");
  expectSame(folder / "s", 7, "class folders");
}

TEST_F(PackScript, WritesTheSameOfLists) {
  const TemporaryFolder folder;
  writePngs(folder, {"v/images/a.png", "v/images/b c.png", "v/images/d.png", "v/images/x/d.png"});
  writeText(folder / "v/train800.txt", "a.png 0\nb c.png 2\nghost.png 1\n");
  writeText(folder / "v/val200.txt", "d.png 2\n");
  writeText(folder / "v/train800val200.txt", "a.png 0\nb c.png 2\nd.png 2\n");
  writeText(folder / "v/test.txt", "x/d.png 2\nd.png 2\n");
  expectSame(folder / "v", 4, "vtab lists");
  writeText(folder / "v/classes.txt", "zebra\nant\nbee\n");
  expectSame(folder / "v", 4, "vtab lists");
  std::filesystem::remove(folder / "v/val200.txt");
  expectSame(folder / "v", 4, "vtab lists");

  writePngs(folder, {"j/images/002.B/1.png", "j/images/010.A/2.png", "j/images/002.B/3.png"});
  writeText(folder / "j/train.json", R"({"002.B/1.png": 2, "010.A/2.png": 10})");
  writeText(folder / "j/test.json", R"({"002.B/3.png": 2})");
  expectSame(folder / "j", 3, "fgvc json");

  writePngs(folder, {"c/a.png", "c/b.png", "c/c.png", "c/d.png"});
  writeText(folder / "c/list.csv", "file;class\na;x y\nb.png;z\nc.png;z\nd.png;z\n");
  expectSame(folder / "c", 4, "csv");
  writeText(folder / "c/list.csv", "file,class,split\na,x,Training\nb.png,z,test\nc.png,z,\n");
  expectSame(folder / "c", 3, "csv");
}

TEST_F(PackScript, WritesTheSameOfCifar) {
  const TemporaryFolder folder;
  std::string names, records;
  for (int i = 0; i < 100; ++i) names += "class" + std::to_string(i) + "\n";
  for (int i = 0; i < 3; ++i) {
    const auto noise = noisePicture(32, 32, std::uint64_t(i));
    records += std::string{char(1), char(30 * i)} + std::string(noise.pixels.begin(), noise.pixels.end());
  }
  writeText(folder / "cifar-100-binary/fine_label_names.txt", names);
  writeText(folder / "cifar-100-binary/train.bin", records);
  writeText(folder / "cifar-100-binary/test.bin", records.substr(0, records.size() / 3));
  expectSame(folder.path(), 4, "cifar");
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
