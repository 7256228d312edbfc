#include "core/data/layouts/cifar.h"

#include <filesystem>
#include <thread>

#include "core/checkpoints/readers/sha256.h"
#include "core/data/checks/leakcheck.h"
#include "core/data/pack.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;
namespace fs = std::filesystem;

constexpr int kSide = 32;

// Red counts columns, green rows, blue is `blue`.
std::string record(const std::string& labels, int blue) {
  std::string bytes = labels;
  for (int plane = 0; plane < 3; ++plane)
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) bytes += char(plane == 0 ? x : plane == 1 ? y : blue);
  return bytes;
}

void makeCifar10(const std::string& folder) {
  for (int batch = 1; batch <= 5; ++batch)
    writeText(folder + "/data_batch_" + std::to_string(batch) + ".bin",
              record(std::string(1, char(batch)), 10 * batch) + record(std::string(1, '\0'), 10 * batch + 1));
  writeText(folder + "/test_batch.bin", record("\x09", 99));
  writeText(folder + "/batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
}

void makeCifar100(const std::string& folder) {
  std::string names;
  for (int i = 0; i < 100; ++i) names += "class" + std::to_string(i) + "\n";
  writeText(folder + "/fine_label_names.txt", names);
  writeText(folder + "/train.bin", record("\x01\x63", 1) + record(std::string("\x02\x00", 2), 2));
  writeText(folder + "/test.bin", record("\x03\x05", 3));
}

TEST(Cifar, TenClasses) {
  const TemporaryFolder folder;
  makeCifar10(folder / "cifar-10-batches-bin");
  for (const auto& path : {folder.path(), folder / "cifar-10-batches-bin"}) {
    const auto s = openDataset(path, nullptr);
    EXPECT_EQ(s.layout, "cifar");
    EXPECT_EQ(s.task, TaskKind::Classification);
    EXPECT_EQ(s.classes.size(), 10U);
    EXPECT_EQ(s.classes[3], "cat");
    EXPECT_EQ(s.splits, (Counts{{"train", 10}, {"test", 1}}));
    EXPECT_EQ(classOf(s, "train/00004"), "cat");
    EXPECT_EQ(classOf(s, "train/00005"), "airplane");
    EXPECT_EQ(classOf(s, "test/00000"), "truck");
    EXPECT_FALSE(hasPictureFiles(s));
  }
}

TEST(Cifar, HundredClassesByTheirFineLabels) {
  const TemporaryFolder folder;
  makeCifar100(folder / "cifar-100-binary");
  const auto s = openDataset(folder.path(), nullptr);
  EXPECT_EQ(s.classes.size(), 100U);
  EXPECT_EQ(classOf(s, "train/00000"), "class99");
  EXPECT_EQ(classOf(s, "test/00000"), "class5");
  EXPECT_EQ(imageSourceOf(s, nullptr)->loadImage(item(s, "train/00001").imagePath).pixels[2], 2);
}

TEST(Cifar, PicturesNeedNoImageLibrary) {
  const TemporaryFolder folder;
  makeCifar10(folder.path());
  DatasetOptions deep;
  deep.deepCheck = true;
  const auto s = openDataset(folder.path(), nullptr, deep);
  EXPECT_TRUE(std::none_of(s.problems.begin(), s.problems.end(), [](const auto& p) { return p.kind == ProblemKind::Unreadable; }));
  const auto images = imageSourceOf(s, nullptr);
  const std::string path = item(s, "train/00003").imagePath;
  std::vector<std::thread> readers;
  for (int t = 0; t < 4; ++t) {
    readers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto image = images->loadImage(path);
        ASSERT_EQ(image.width, kSide);
        ASSERT_EQ(image.height, kSide);
        const auto* pixel = image.pixels.data() + 3 * (5 * kSide + 7);
        ASSERT_EQ(pixel[0], 7);
        ASSERT_EQ(pixel[1], 5);
        ASSERT_EQ(pixel[2], 21);
      }
    });
  }
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(images->sizeOf(path).width, kSide);
  const std::string file = path.substr(0, path.find('#'));
  for (const auto& wrong : {file + "#2", file + "#x", file + "#", file, std::string("other.bin#0")})
    errorOf(ErrorCode::NotFound, [&] { images->loadImage(wrong); });
  errorOf(ErrorCode::NotFound, [&] { images->loadMask(path); });
}

TEST(Cifar, HashAndPackCoverTheFiles) {
  const TemporaryFolder folder;
  makeCifar100(folder.path());
  const auto s = openDataset(folder.path(), nullptr);
  std::string lines;
  for (const std::string name : {"fine_label_names.txt", "test.bin", "train.bin"})
    lines += name + std::string(1, '\0') + sha256OfFile(folder / name) + "\n";
  EXPECT_EQ(dataHash(s), sha256Hex(lines));
  const auto images = imageSourceOf(s, nullptr);
  writePack(s, *images, folder / "p.safetensors");
  const auto p = openDataset(folder / "p.safetensors", nullptr);
  EXPECT_EQ(p.classes, s.classes);
  EXPECT_EQ(p.splits, s.splits);
  EXPECT_EQ(classOf(p, "train/00000"), "class99");
  EXPECT_EQ(imageSourceOf(p, nullptr)->loadImage("image/test/00000"), images->loadImage(item(s, "test/00000").imagePath));
  EXPECT_TRUE(findLeaks(s, *images, {false, 4}).empty());
}

TEST(Cifar, DamageIsNamed) {
  const TemporaryFolder folder;
  const auto refusal = [&] { return errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }); };
  makeCifar10(folder.path());
  writeText(folder / "data_batch_4.bin", record("\x01", 1) + "x");
  EXPECT_TRUE(contains(refusal(), "data_batch_4.bin") && contains(refusal(), "3073"));
  writeText(folder / "data_batch_4.bin", "");
  EXPECT_TRUE(contains(refusal(), "size of 0 bytes"));
  writeText(folder / "data_batch_4.bin", record("\x0A", 1));
  EXPECT_TRUE(contains(refusal(), "label 10"));
  fs::remove(folder / "data_batch_4.bin");
  EXPECT_TRUE(contains(refusal(), "missing"));
  makeCifar10(folder.path());
  writeText(folder / "batches.meta.txt", "one\ntwo\n");
  EXPECT_TRUE(contains(refusal(), "2 classes instead of 10"));
  fs::remove(folder / "batches.meta.txt");
  EXPECT_TRUE(contains(refusal(), "batches.meta.txt"));
}

TEST(Cifar, TheVersionForPythonIsToldApart) {
  const TemporaryFolder folder;
  writeText(folder / "cifar-10-batches-py/data_batch_1", "pickle");
  EXPECT_TRUE(contains(errorOf(ErrorCode::BadFile, [&] { openDataset(folder.path(), nullptr); }), "cifar-10-batches-bin"));
}

}  // namespace
}  // namespace gps
