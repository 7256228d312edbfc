// Good files: what torch and safetensors wrote is read back exactly.
#include <cmath>
#include <cstring>
#include <limits>

#include "core/values/halftypes.h"
#include "tests/readers/readerfiles.h"

namespace gps::test {
namespace {

void expectPlainContents(const std::string& name, const std::string& format) {
  SCOPED_TRACE(name);
  const TensorFile file = openTensorFile(goldenPath(name));
  EXPECT_EQ(file.format(), format);
  ASSERT_EQ(file.records().size(), 13u);
  const std::vector<std::pair<std::string, DType>> kinds{
      {"f32", DType::F32}, {"f16", DType::F16}, {"bf16", DType::BF16}, {"f64", DType::F64}, {"i64", DType::I64},
      {"i32", DType::I32}, {"i16", DType::I16}, {"i8", DType::I8},     {"u8", DType::U8},   {"bool", DType::Bool}};
  for (const auto& [tensorName, dtype] : kinds) {
    SCOPED_TRACE(tensorName);
    const TensorRecord& record = file.at(tensorName);
    EXPECT_EQ(record.dtype, dtype);
    EXPECT_EQ(record.shape, (std::vector<std::int64_t>{3, 4}));
    EXPECT_EQ(record.strides, (std::vector<std::int64_t>{4, 1}));
    EXPECT_EQ(record.byteLength, 12 * itemSize(dtype));
    const auto values = floatsOf(file, tensorName);
    for (std::int64_t i = 0; i < 12; ++i) EXPECT_EQ(values[static_cast<std::size_t>(i)], expectedElement(dtype, i)) << i;
  }
  EXPECT_EQ(file.at("scalar").shape.size(), 0u);
  EXPECT_EQ(floatsOf(file, "scalar"), std::vector<float>{-2.75f});
  EXPECT_EQ(file.at("empty").shape, (std::vector<std::int64_t>{0, 5}));
  EXPECT_EQ(file.at("empty").elements(), 0);
  EXPECT_EQ(floatsOf(file, "Größe.重み"), (std::vector<float>{-2.75f, -1.f}));
  EXPECT_EQ(file.find("absent"), nullptr);
}

TEST(TensorFile, ReadsEveryElementType) {
  expectPlainContents("plain.pth", "torch zip");
  expectPlainContents("plain_dict.pth", "torch zip");
  expectPlainContents("protocol4.pth", "torch zip");
  expectPlainContents("legacy.pth", "torch, before 1.6");
  expectPlainContents("zip64.pth", "torch zip");
  expectPlainContents("plain.safetensors", "safetensors");
}

TEST(TensorFile, KeepsSafetensorsMetadata) {
  const TensorFile file = openTensorFile(goldenPath("plain.safetensors"));
  EXPECT_EQ(file.metadata(), (std::map<std::string, std::string>{{"format", "pt"}, {"note", "größer"}}));
}

TEST(TensorFile, TorchRecordsStandInTheOrderOfTheStateDict) {
  const TensorFile file = openTensorFile(goldenPath("plain.pth"));
  EXPECT_EQ(file.records().front().name, "f32");
  EXPECT_EQ(file.records().back().name, "Größe.重み");
}

// Row-major element (i, j …) of a view, from the rule for its base.
TEST(TensorFile, HonoursStridesOffsetsAndSharedStorages) {
  const TensorFile file = openTensorFile(goldenPath("strided.pth"));
  const auto element = [](std::int64_t i) { return expectedElement(DType::F32, i); };
  const auto part = floatsOf(file, "part");
  for (std::int64_t i = 0; i < 16; ++i) EXPECT_EQ(part[static_cast<std::size_t>(i)], element(16 + i));
  EXPECT_EQ(file.at("part").fileOffset, file.at("whole").fileOffset + 16 * 4);
  const auto columns = floatsOf(file, "columns");
  for (std::int64_t i = 0; i < 6; ++i)
    for (std::int64_t j = 0; j < 2; ++j) EXPECT_EQ(columns[static_cast<std::size_t>(2 * i + j)], element(8 * i + 3 + j));
  const auto transposed = floatsOf(file, "transposed");
  EXPECT_FALSE(file.at("transposed").isContiguous());
  for (std::int64_t i = 0; i < 3; ++i)
    for (std::int64_t j = 0; j < 5; ++j) EXPECT_EQ(transposed[static_cast<std::size_t>(5 * i + j)], element(3 * j + i));
  const auto permuted = floatsOf(file, "permuted");  // [c, a, b] of base [a, b, c] = 2 x 3 x 4
  for (std::int64_t c = 0; c < 4; ++c)
    for (std::int64_t a = 0; a < 2; ++a)
      for (std::int64_t b = 0; b < 3; ++b) EXPECT_EQ(permuted[static_cast<std::size_t>(6 * c + 3 * a + b)], element(12 * a + 4 * b + c));
  const auto second = floatsOf(file, "every_second");
  ASSERT_EQ(second.size(), 5u);
  for (std::int64_t i = 0; i < 5; ++i) EXPECT_EQ(second[static_cast<std::size_t>(i)], element(2 * i));
  EXPECT_EQ(floatsOf(file, "parameter").size(), 4u);
  const auto half = floatsOf(file, "f16_columns");
  for (std::int64_t i = 0; i < 4; ++i)
    for (std::int64_t j = 0; j < 2; ++j) EXPECT_EQ(half[static_cast<std::size_t>(2 * i + j)], element(6 * i + 1 + j));
  std::vector<std::uint16_t> raw(8);
  copyRaw(file, file.at("f16_columns"), raw.data());
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(floatFromHalf(raw[i]), half[i]);
}

TEST(TensorFile, FindsTheStateDictInsideAWrapper) {
  for (const char* name : {"module.pth", "wrapped_model.pth", "wrapped_state_dict.pth", "wrapped_twice.pth"}) {
    SCOPED_TRACE(name);
    const TensorFile file = openTensorFile(goldenPath(name));
    ASSERT_EQ(file.records().size(), 7u);
    EXPECT_EQ(file.records()[0].name, "0.weight");
    EXPECT_EQ(file.at("1.num_batches_tracked").dtype, DType::I64);
    const auto weight = floatsOf(file, "0.weight");
    for (std::int64_t i = 0; i < 12; ++i) EXPECT_EQ(weight[static_cast<std::size_t>(i)], expectedElement(DType::F32, i));
  }
}

TEST(TensorFile, ReadsTensorsOverUntypedStorage) {
  const TensorFile file = openTensorFile(goldenPath("untyped.pth"));
  EXPECT_EQ(file.at("u32").dtype, DType::U32);
  EXPECT_EQ(file.at("u16").dtype, DType::U16);
  const auto values = floatsOf(file, "u32");
  for (std::int64_t i = 0; i < 12; ++i) EXPECT_EQ(values[static_cast<std::size_t>(i)], expectedElement(DType::U32, i));
}

TEST(TensorFile, ChoosesTheReaderByContentNotByName) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(goldenPath("plain.pth"), folder / "weights.safetensors");
  std::filesystem::copy_file(goldenPath("plain.safetensors"), folder / "weights.pth");
  EXPECT_EQ(openTensorFile(folder / "weights.safetensors").format(), "torch zip");
  EXPECT_EQ(openTensorFile(folder / "weights.pth").format(), "safetensors");
}

TEST(TensorFile, SurvivesMoveAndReplacement) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(goldenPath("plain.safetensors"), folder / "w");
  TensorFile first = openTensorFile(folder / "w");
  const TensorFile file = std::move(first);
  writeBytes(folder / "new", "other");
  std::filesystem::rename(folder / "new", folder / "w");
  EXPECT_EQ(floatsOf(file, "f32")[1], -1.f);
}

// All 65536 bit patterns against the definition of the format.
TEST(TensorFile, WidensHalvesExactly) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const int exponent = static_cast<int>(bits >> 10 & 31), mantissa = static_cast<int>(bits & 1023);
    const float sign = bits & 0x8000 ? -1.f : 1.f;
    const float wide = floatFromHalf(static_cast<std::uint16_t>(bits));
    ASSERT_EQ(std::signbit(wide), std::signbit(sign)) << bits;
    if (exponent == 31 && mantissa != 0) {
      ASSERT_TRUE(std::isnan(wide)) << bits;
    } else if (exponent == 31) {
      ASSERT_EQ(wide, sign * std::numeric_limits<float>::infinity());
    } else {
      const double expected = exponent ? std::ldexp(1024 + mantissa, exponent - 25) : std::ldexp(mantissa, -24);
      ASSERT_EQ(static_cast<double>(wide), sign * expected) << bits;
    }
  }
  EXPECT_EQ(floatFromBFloat16(0x3FC0), 1.5f);
  EXPECT_EQ(floatFromBFloat16(0xC000), -2.f);
}

TEST(TensorFile, RealLiteMedSam) {
  const char* shared = std::getenv("GPS_TEST_DATA");
  const std::string path = liteMedSamPath();
  if (path.empty()) GTEST_SKIP() << "lite_medsam.pth is not installed (GPS_WEIGHTS or GPS_DEPS)";
  const TensorFile file = openTensorFile(path);
  EXPECT_EQ(file.records().size(), 435u);
  EXPECT_EQ(file.at("image_encoder.layers.0.blocks.0.conv1.c.weight").shape, (std::vector<std::int64_t>{256, 64, 1, 1}));
  for (const TensorRecord& record : file.records()) {
    if (!isFloating(record.dtype)) continue;
    for (const float value : floatsOf(file, record.name)) ASSERT_TRUE(std::isfinite(value)) << record.name;
  }
  if (!shared) return;
  // Every name and shape of the list made beside the weights is here.
  std::ifstream list(std::string(shared) + "/weights/litemedsam.tensors.txt");
  std::string name, shape;
  int compared = 0;
  while (list >> name >> shape) {
    const TensorRecord* record = file.find(name);
    ASSERT_NE(record, nullptr) << name;
    if (shape != "scalar" && shape.find_first_not_of("0123456789x") == std::string::npos) {
      EXPECT_EQ(shapeText(record->shape), shape) << name;
    }
    ++compared;
  }
  EXPECT_GT(compared, 300);
}

}  // namespace
}  // namespace gps::test
