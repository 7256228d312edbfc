// numpy's .npz, PyTorch's old format and checkpoints in several files: what the libraries wrote is read back, what is damaged is refused.
#include <filesystem>

#include "core/checkpoints/readers/numpyzipreader.h"
#include "core/checkpoints/readers/shardindex.h"
#include "core/checkpoints/readers/torcholdreader.h"
#include "tests/readers/readerfiles.h"

namespace gps::test {
namespace {

TEST(NumpyZip, ReadsWhatNumpyWrote) {
  const TensorFile file = openTensorFile(goldenPath("plain.npz"));
  EXPECT_EQ(file.format(), "numpy zip");
  EXPECT_EQ(file.records().size(), 11u);
  for (const auto& [name, dtype] : std::vector<std::pair<std::string, DType>>{{"f64", DType::F64},
                                                                              {"f32", DType::F32},
                                                                              {"f16", DType::F16},
                                                                              {"i64", DType::I64},
                                                                              {"i32", DType::I32},
                                                                              {"u8", DType::U8},
                                                                              {"fortran", DType::F32}}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(file.at(name).dtype, dtype);
    EXPECT_EQ(file.at(name).shape, (std::vector<std::int64_t>{3, 4}));
    const auto values = floatsOf(file, name);
    for (std::int64_t i = 0; i < 12; ++i) EXPECT_EQ(values[std::size_t(i)], expectedElement(dtype, i)) << i;
  }
  EXPECT_FALSE(file.at("fortran").isContiguous());
  const auto cube = floatsOf(file, "cube/kernel");
  for (std::int64_t i = 0; i < 24; ++i) EXPECT_EQ(cube[std::size_t(i)], expectedElement(DType::F32, i)) << i;
  EXPECT_EQ(floatsOf(file, "scalar"), std::vector<float>{-2.75F});
  EXPECT_EQ(file.at("empty").shape, (std::vector<std::int64_t>{0, 5}));
  EXPECT_NE(file.find("Größe"), nullptr);
}

std::string refusal(const std::string& path) {
  const Error error = errorOf([&] { openTensorFile(path); });
  EXPECT_EQ(error.code(), ErrorCode::BadFile);
  return error.what();
}

TEST(NumpyZip, RefusesWhatCannotBeMapped) {
  EXPECT_NE(refusal(goldenPath("compressed.npz")).find("array \"a\" is compressed"), std::string::npos);
  EXPECT_NE(refusal(goldenPath("objects.npz")).find("\"|O\""), std::string::npos);
  EXPECT_NE(refusal(goldenPath("bigendian.npz")).find("\">f4\""), std::string::npos);
}

// Every byte of the small archive damaged in turn, and every length cut: an error or the right number of arrays, never a crash.
TEST(NumpyZip, SurvivesDamage) {
  const TemporaryFolder folder;
  const std::string good = readBytes(goldenPath("bigendian.npz"));
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bad = good;
      bad[i] = char(bad[i] ^ flip);
      try {
        EXPECT_LE(parseNumpyZip(asBytes(bad), "bad").records.size(), 1u);
      } catch (const Error& e) {
        EXPECT_EQ(e.code(), ErrorCode::BadFile) << i;
      }
    }
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_THROW(parseNumpyZip(asBytes(good.substr(0, length)), "cut"), Error) << length;
}

TEST(OldTorch, SurvivesDamage) {
  const std::string good = readBytes(goldenPath("legacy.pth"));
  EXPECT_TRUE(looksLikeOldTorch(asBytes(good)));
  for (std::size_t i = 15; i < good.size(); ++i)
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bad = good;
      bad[i] = char(bad[i] ^ flip);
      try {
        EXPECT_LE(parseOldTorch(asBytes(bad), "bad").records.size(), 13u);
      } catch (const Error& e) {
        EXPECT_EQ(e.code(), ErrorCode::BadFile) << i;
      }
    }
  for (std::size_t length = 15; length < good.size(); ++length)
    EXPECT_THROW(parseOldTorch(asBytes(good.substr(0, length)), "cut"), Error) << length;
}

TEST(Shards, AreOneFile) {
  const TensorFile file = openTensorFile(goldenPath("parts.index.json"));
  EXPECT_EQ(file.format(), "safetensors, several files");
  EXPECT_EQ(file.records().size(), 3u);
  for (const std::string name : {"a", "b", "c"}) {
    const auto values = floatsOf(file, name);
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i], expectedElement(DType::F32, std::int64_t(i))) << name << i;
  }
  EXPECT_NE(file.at("a").part, file.at("c").part);
}

TEST(Shards, BadIndicesAreNamed) {
  const TemporaryFolder folder;
  const auto reason = [&](const std::string& json) {
    writeBytes(folder / "w.index.json", json);
    return refusal(folder / "w.index.json");
  };
  EXPECT_NE(reason(R"({"weight_map": {"a": "../secret.safetensors"}})").find("no file name beside it"), std::string::npos);
  EXPECT_NE(reason(R"({"weight_map": {"a": 3}})").find("gives no file name for \"a\""), std::string::npos);
  EXPECT_NE(reason(R"({"weight_map": {"a": {}}})").find("has an object"), std::string::npos);
  EXPECT_NE(reason(R"({"weight_map": {"a": "x", "a": "y"}})").find("twice"), std::string::npos);
  EXPECT_NE(reason(R"({"weight_map": {}})").find("names no tensors"), std::string::npos);
  EXPECT_NE(reason(R"({"weight_map": {"a": "x")").find("no valid JSON"), std::string::npos);
  writeBytes(folder / "w.index.json", R"({"weight_map": {"a": "absent.safetensors"}})");
  EXPECT_EQ(errorOf([&] { openTensorFile(folder / "w.index.json"); }).code(), ErrorCode::NotFound);
  std::filesystem::copy_file(goldenPath("part-1-of-2.safetensors"), folder / "part.safetensors");
  EXPECT_NE(reason(R"({"weight_map": {"zz": "part.safetensors"}})").find("\"zz\" is in part.safetensors, which does not hold it"),
            std::string::npos);
}

}  // namespace
}  // namespace gps::test
