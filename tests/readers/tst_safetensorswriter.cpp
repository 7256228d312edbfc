#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "core/checkpoints/readers/safetensorswriter.h"
#include "tests/readers/readerfiles.h"

namespace gps::test {
namespace {

void writeOne(const std::string& path, std::size_t floats, float value) {
  SafetensorsWriter writer(path, {{"w", DType::F32, {static_cast<std::int64_t>(floats)}}});
  const std::vector<float> values(floats, value);
  writer.write("w", values.data(), values.size() * sizeof(float));
  writer.finish();
}

std::size_t filesIn(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(SafetensorsWriter, RoundTrip) {
  const TemporaryFolder folder;
  const std::string path = folder / "s.safetensors";
  const std::vector<std::uint8_t> bytes{1, 2, 3};
  const std::vector<std::uint32_t> offsets{7, 0xFFFFFFFF};
  const std::vector<std::int64_t> longs{-5, INT64_MAX};
  const std::vector<float> values{1.5f, -0.f, 3e-42f, 7.f};
  {
    SafetensorsWriter writer(path,
                             {{"bytes", DType::U8, {3}},
                              {"offsets", DType::U32, {2}},
                              {"longs", DType::I64, {2}},
                              {"values", DType::F32, {2, 2}},
                              {"none", DType::F32, {0, 4}}},
                             {{"spec", R"({"k":1,"name":"größer"})"}, {"epoch", "7"}});
    writer.write("values", values.data(), 8);
    writer.write("bytes", bytes.data(), 3);
    writer.write("offsets", offsets.data(), 8);
    writer.write("values", values.data() + 2, 8);
    writer.write("longs", longs.data(), 16);
    EXPECT_FALSE(std::filesystem::exists(path)) << "nothing under the final name before finish";
    writer.finish();
  }
  EXPECT_EQ(filesIn(folder.path()), 1u);
  const TensorFile file = openTensorFile(path);
  EXPECT_EQ(file.metadata().at("spec"), R"({"k":1,"name":"größer"})");
  EXPECT_EQ(file.metadata().at("epoch"), "7");
  const auto same = [&](const char* name, const void* data, std::size_t count) {
    const TensorRecord& record = file.at(name);
    EXPECT_EQ(record.byteLength, count) << name;
    EXPECT_EQ(record.fileOffset % itemSize(record.dtype), 0u) << name << " must be aligned";
    EXPECT_EQ(0, std::memcmp(file.data(record), data, count)) << name;
  };
  same("bytes", bytes.data(), 3);
  same("offsets", offsets.data(), 8);
  same("longs", longs.data(), 16);
  same("values", values.data(), 16);
  EXPECT_EQ(file.at("values").shape, (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(file.at("none").shape, (std::vector<std::int64_t>{0, 4}));
}

// The length of the header are the first bytes of a file: some lengths begin like a pickle.
TEST(SafetensorsWriter, AHeaderOfAnyLengthCanBeRead) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.safetensors";
  for (std::size_t size = 0; size < 1600; size += 8) {
    SafetensorsWriter writer(path, {{"x", DType::U8, {1}}}, {{"text", std::string(size, 'x')}});
    const std::uint8_t value = 7;
    writer.write("x", &value, 1);
    writer.finish();
    const TensorFile file = openTensorFile(path);
    ASSERT_EQ(file.format(), "safetensors") << size;
    ASSERT_EQ(file.metadata().at("text").size(), size);
  }
}

TEST(SafetensorsWriter, UnfinishedLeavesTheOldFileAndNoTemporary) {
  const TemporaryFolder folder;
  const std::string path = folder / "w.safetensors";
  writeOne(path, 4, 1.f);
  const std::string before = readBytes(path);
  {
    SafetensorsWriter writer(path, {{"w", DType::F32, {8}}});
    const float part[4] = {};
    writer.write("w", part, sizeof part);
    EXPECT_EQ(errorOf([&] { writer.finish(); }).code(), ErrorCode::Internal);
  }
  EXPECT_EQ(readBytes(path), before);
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(SafetensorsWriter, ReplacesAStaleTemporaryAndFollowsNoLink) {
  const TemporaryFolder folder;
  writeBytes(folder / "victim", "precious");
  std::filesystem::create_symlink(folder / "victim", folder / "w.tmp");
  writeOne(folder / "w", 4, 2.f);
  EXPECT_EQ(readBytes(folder / "victim"), "precious");
  EXPECT_EQ(floatsOf(openTensorFile(folder / "w"), "w"), std::vector<float>(4, 2.f));
}

TEST(SafetensorsWriter, RefusesBadDescriptions) {
  const TemporaryFolder folder;
  const auto codeOf = [&](const std::vector<TensorSpec>& tensors, const std::map<std::string, std::string>& metadata = {}) {
    return errorOf([&] { SafetensorsWriter(folder / "w", tensors, metadata); }).code();
  };
  EXPECT_EQ(codeOf({{"a", DType::F32, {1}}, {"a", DType::F32, {1}}}), ErrorCode::BadArgument);
  EXPECT_EQ(codeOf({{"", DType::F32, {1}}}), ErrorCode::BadArgument);
  EXPECT_EQ(codeOf({{"__metadata__", DType::F32, {1}}}), ErrorCode::BadArgument);
  EXPECT_EQ(codeOf({{"a", DType::F32, {-1}}}), ErrorCode::BadArgument);
  EXPECT_EQ(codeOf({{"a", DType::F32, {INT64_MAX}}}), ErrorCode::BadArgument);
  EXPECT_EQ(codeOf({{"\xff", DType::F32, {1}}}), ErrorCode::BadArgument);
  EXPECT_EQ(codeOf({{"a", DType::F32, {1}}}, {{"k", "\xff"}}), ErrorCode::BadArgument);
  EXPECT_EQ(filesIn(folder.path()), 0u);
}

void expectIoError(const std::string& path, const std::string& cause, const std::string& remedy, std::size_t floats = 4) {
  const Error error = errorOf([&] { writeOne(path, floats, 9.f); });
  EXPECT_EQ(error.code(), ErrorCode::Io);
  EXPECT_EQ(error.subject(), path);
  EXPECT_NE(error.cause().find(cause), std::string::npos) << error.what();
  EXPECT_NE(error.remedy().find(remedy), std::string::npos) << error.what();
}

TEST(SafetensorsWriter, MissingFolder) {
  const TemporaryFolder folder;
  expectIoError(folder / "absent/w", std::strerror(ENOENT), "Create the folder");
}

TEST(SafetensorsWriter, FolderInTheWay) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "w/inner");
  expectIoError(folder / "w", "cannot be put in place", "Choose another folder");
  EXPECT_FALSE(std::filesystem::exists(folder / "w.tmp"));
}

TEST(SafetensorsWriter, FolderWithoutPermission) {
  constexpr uid_t kNobody = 65534;
  const TemporaryFolder folder;
  ASSERT_EQ(chmod(folder.path().c_str(), 0500), 0);
  const uid_t user = geteuid();
  // Root may write everywhere, so it steps down for a moment.
  ASSERT_EQ(seteuid(user == 0 ? kNobody : user), 0);
  expectIoError(folder / "w", std::strerror(EACCES), "Allow writing");
  ASSERT_EQ(seteuid(user), 0);
  ASSERT_EQ(chmod(folder.path().c_str(), 0700), 0);
}

TEST(SafetensorsWriter, FileSizeLimitKeepsTheOldFile) {
  const TemporaryFolder folder;
  const std::string path = folder / "w";
  writeOne(path, 16, 1.f);
  const std::string before = readBytes(path);
  rlimit old{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  const rlimit small{4096, old.rlim_max};
  auto* const oldHandler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  expectIoError(path, std::strerror(EFBIG), "larger than", 4096);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, oldHandler);
  EXPECT_EQ(readBytes(path), before);
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

// A file system of 64 KiB, where the test may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& folder, unsigned long flags = 0) : m_folder(folder) {
    m_mounted = mount("none", folder.c_str(), "tmpfs", flags, "size=64k") == 0;
  }
  ~SmallDisk() {
    if (m_mounted) umount2(m_folder.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool isMounted() const { return m_mounted; }

 private:
  std::string m_folder;
  bool m_mounted = false;
};

TEST(SafetensorsWriter, FullDiskKeepsTheOldFile) {
  const TemporaryFolder folder;
  const SmallDisk disk(folder.path());
  if (!disk.isMounted()) GTEST_SKIP() << "no permission to mount a small file system";
  const std::string path = folder / "w";
  writeOne(path, 16, 1.f);
  const std::string before = readBytes(path);
  expectIoError(path, std::strerror(ENOSPC), "Free space", 100'000);
  EXPECT_EQ(readBytes(path), before);
  EXPECT_EQ(filesIn(folder.path()), 1u);
  writeOne(path, 32, 2.f);  // the space of the failed attempt is free again
  EXPECT_EQ(floatsOf(openTensorFile(path), "w").size(), 32u);
}

TEST(SafetensorsWriter, ReadOnlyDisk) {
  const TemporaryFolder folder;
  const SmallDisk disk(folder.path(), MS_RDONLY);
  if (!disk.isMounted()) GTEST_SKIP() << "no permission to mount a small file system";
  expectIoError(folder / "w", std::strerror(EROFS), "read-only");
}

}  // namespace
}  // namespace gps::test
