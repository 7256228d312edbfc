// Files that are wrong in one named way: refused with the file, the tensor or opcode and the byte.
#include "core/checkpoints/readers/safetensorsreader.h"
#include "core/checkpoints/readers/torchzipreader.h"
#include "core/checkpoints/readers/unpickler.h"
#include "tests/readers/readerfiles.h"

namespace gps::test {
namespace {

std::string openError(const std::string& path) {
  const Error error = errorOf([&] { openTensorFile(path); });
  EXPECT_EQ(error.code(), ErrorCode::BadFile);
  EXPECT_EQ(error.subject(), path);
  EXPECT_FALSE(error.remedy().empty());
  return error.what();
}

std::string safetensorsError(const std::string& header, const std::string& values = {}) {
  const std::string bytes = makeSafetensors(header, values);
  const Error error = errorOf([&] { parseSafetensors(asBytes(bytes), "w.safetensors"); });
  EXPECT_EQ(error.code(), ErrorCode::BadFile);
  EXPECT_EQ(error.subject(), "w.safetensors");
  return error.what();
}

std::string torchError(const std::string& pickle, const std::string& storageBytes = std::string(64, '\0')) {
  const std::string bytes = makeTorchZip(pickle, storageBytes);
  const Error error = errorOf([&] { parseTorchZip(asBytes(bytes), "w.pth"); });
  EXPECT_EQ(error.code(), ErrorCode::BadFile);
  EXPECT_EQ(error.subject(), "w.pth");
  return error.what();
}

#define EXPECT_HAS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

TEST(BadFiles, WrongKinds) {
  const TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] { openTensorFile(folder / "absent.pth"); }).code(), ErrorCode::NotFound);
  EXPECT_EQ(errorOf([&] { openTensorFile(folder / "absent/w.pth"); }).code(), ErrorCode::NotFound);
  EXPECT_HAS(openError(folder.path()), "folder");
  writeBytes(folder / "empty", "");
  EXPECT_HAS(openError(folder / "empty"), "empty");
  writeBytes(folder / "text", "<!DOCTYPE html>");
  EXPECT_HAS(openError(folder / "text"), "neither a safetensors file nor a PyTorch checkpoint");
  writeBytes(folder / "pointer", "version https://git-lfs.github.com/spec/v1\n");
  EXPECT_HAS(openError(folder / "pointer"), "git lfs pull");
  EXPECT_HAS(openError("/dev/zero"), "regular file");
  writeBytes(folder / "pickle", "\x80\x02K\x01.");
  EXPECT_HAS(openError(folder / "pickle"), "not one that torch.save wrote");
  EXPECT_HAS(openError(goldenPath("script.pth")), "TorchScript");
  EXPECT_HAS(openError(goldenPath("compressed.pth")), "compressed");
  EXPECT_HAS(openError(goldenPath("no_tensors.pth")), "epoch, teacher");
  EXPECT_HAS(openError(goldenPath("float8.safetensors")), "F8_E4M3");
}

TEST(BadFiles, PicklesThatWouldRunCodeAreRefusedByName) {
  EXPECT_HAS(openError(goldenPath("command.pth")), "\"posix.system\"");
  EXPECT_FALSE(std::filesystem::exists("reader_was_fooled"));
  EXPECT_HAS(openError(goldenPath("namespace.pth")), "\"argparse.Namespace\"");
  EXPECT_HAS(openError(goldenPath("whole_module.pth")), "\"torch.nn.modules.container.Sequential\"");
  const std::string command = pickled(global("os", "system") + "(" + text("true") + "tR");
  EXPECT_HAS(torchError(command), "at byte 2, names \"os.system\"");
  EXPECT_HAS(torchError(pickled(text("os") + text("system") + "\x93")), "\"os.system\"");
  EXPECT_HAS(torchError(pickled(global("builtins", "eval"))), "\"builtins.eval\"");
  EXPECT_HAS(torchError(pickled(global("torch", "load"))), "\"torch.load\"");
  EXPECT_HAS(torchError(pickled(global("torch._utils", "_rebuild_device_tensor_from_numpy"))), "not allowed");
  EXPECT_HAS(torchError(pickled(")(ios\nsystem\n")), "INST");
  EXPECT_HAS(torchError(pickled("}}b0N")), "does not hold a dict");  // BUILD on a dict is harmless and passed over
  EXPECT_HAS(torchError(pickled("]}b")), "BUILD");
  EXPECT_HAS(torchError(pickled("})R")), "REDUCE");
  EXPECT_HAS(torchError(pickled(std::string("\x82\x01", 2))), "EXT1");
  EXPECT_HAS(torchError(pickled(global("collections", "OrderedDict") + ")\x81")), "NEWOBJ");
}

TEST(BadFiles, SafetensorsHeaders) {
  EXPECT_HAS(safetensorsError(R"({"a":)"), "JSON at byte");
  EXPECT_HAS(safetensorsError(R"(["a"])"), "list");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[1]}})", "1234"), "\"a\" lacks");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", "1234"), "\"a\" lacks");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "1234"), "bytes 0 to 8 of 4");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", "12345678"), "bytes 4 to 0");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", "1234"), "needs 8 bytes but has 4");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "1234"), "negative");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})", "1234"), "not an integer");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}})", "1234"), "impossible shape");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}})"), "impossible shape");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,4]}})", "1234"), "impossible shape");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4]}})", "1234"), "too large");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}})", "1234"), "\"F31\"");
  EXPECT_HAS(
      safetensorsError(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}})",
                       "12345678"),
      "name twice (at \"a\")");
  EXPECT_HAS(
      safetensorsError(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}})",
                       "12345678"),
      "\"a\" and \"b\" overlap");
  EXPECT_HAS(safetensorsError(R"({"__metadata__":{"k":1}})"), "number");
  EXPECT_HAS(safetensorsError(R"({"__metadata__":{"k":{"x":"y"}}})"), "object");
  EXPECT_HAS(safetensorsError(R"({"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}})", "1"), "dtype twice");
  EXPECT_HAS(safetensorsError("{\"\xff\":{}}"), "JSON");
  EXPECT_HAS(safetensorsError("{" + std::string(R"("a":)") + std::string(100000, '[')), "list");
}

TEST(BadFiles, SafetensorsHeaderLengths) {
  const auto failure = [](const std::string& bytes) { return std::string(errorOf([&] { parseSafetensors(asBytes(bytes), "w"); }).what()); };
  EXPECT_HAS(failure("1234567"), "too short");
  EXPECT_HAS(failure(little(100'000'001, 8) + "{}"), "above the format's limit");
  EXPECT_HAS(failure(little(~std::uint64_t{0}, 8) + "{}"), "above the format's limit");
  EXPECT_HAS(failure(little(3, 8) + "{}"), "ends inside its header");
}

TEST(BadFiles, SafetensorsGapsAndPaddingAreAccepted) {
  const std::string bytes = makeSafetensors(
      R"({"b":{"dtype":"U8","shape":[1],"data_offsets":[6,7]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}   )", "..ab..c...");
  const TensorTable table = parseSafetensors(asBytes(bytes), "w");
  ASSERT_EQ(table.records.size(), 2u);
  EXPECT_EQ(table.records[0].name, "a");
  EXPECT_EQ(bytes.substr(table.records[0].fileOffset, table.records[0].byteLength), "ab");
  EXPECT_EQ(bytes.substr(table.records[1].fileOffset, table.records[1].byteLength), "c");
}

TEST(BadFiles, HandMadeTorchZipIsRead) {
  std::string values(64, '\0');
  values[4] = '\x80';
  values[6] = '\x80';
  values[7] = '\x3f';  // element 1: 1.00001…
  const std::string bytes = makeTorchZip(pickled(dictOf({{"w", tensor(storage("FloatStorage", "0", 16), 1, {3}, {1})}})), values);
  const TensorTable table = parseTorchZip(asBytes(bytes), "w.pth");
  ASSERT_EQ(table.records.size(), 1u);
  EXPECT_EQ(table.records[0].byteLength, 12u);
  EXPECT_EQ(bytes.substr(table.records[0].fileOffset, 4), values.substr(4, 4));
}

TEST(BadFiles, TensorsThatDoNotFitTheirStorage) {
  const auto failure = [](const std::string& value) { return torchError(pickled(dictOf({{"w", value}}))); };
  const std::string sixteen = storage("FloatStorage", "0", 16);
  EXPECT_HAS(failure(tensor(sixteen, 0, {17}, {1})), "\"w\" of shape 17 reaches beyond its storage of 64 bytes");
  EXPECT_HAS(failure(tensor(sixteen, 1, {16}, {1})), "reaches beyond");
  EXPECT_HAS(failure(tensor(sixteen, 0, {4, 4}, {5, 1})), "reaches beyond");
  EXPECT_HAS(failure(tensor(sixteen, INT64_MAX, {1}, {1})), "reaches beyond");
  EXPECT_HAS(failure(tensor(sixteen, 0, {INT64_MAX, INT64_MAX}, {1, 1})), "impossible shape");
  EXPECT_HAS(failure(tensor(sixteen, 0, {3}, {INT64_MAX})), "impossible shape");
  EXPECT_HAS(failure(tensor(sixteen, 0, {1'000'000'000'000}, {0})), "more elements than its storage");
  EXPECT_HAS(failure(tensor(sixteen, 0, {2, 2}, {1})), "differ in length");
  EXPECT_HAS(failure(tensor(sixteen, 0, {-1}, {1})), "not a whole number");
  EXPECT_HAS(failure(tensor(sixteen, 0, {1}, {-1})), "not a whole number");
  EXPECT_HAS(failure(tensor(sixteen, -4, {1}, {1})), "not a whole number");
  EXPECT_HAS(failure(tensor(storage("FloatStorage", "0", 17), 0, {1}, {1})), "declares a storage of 17 elements");
  EXPECT_HAS(failure(tensor(storage("FloatStorage", "0", INT64_MAX), 0, {1}, {1})), "declares a storage");
  EXPECT_HAS(failure(tensor(storage("FloatStorage", "9", 16), 0, {1}, {1})), "the storage \"9\"");
  EXPECT_HAS(failure(tensor(storage("FloatStorage", "../../etc/passwd", 16), 0, {1}, {1})), "not in the file");
  EXPECT_HAS(failure(tensor(storage("ComplexFloatStorage", "0", 16), 0, {1}, {1})), "\"torch.ComplexFloatStorage\"");
  EXPECT_HAS(torchError(pickled(dictOf({{"w", tensor(sixteen, 0, {1}, {1})}, {"w", tensor(sixteen, 0, {1}, {1})}}))), "twice");
  EXPECT_HAS(torchError(pickled(dictOf({{"\xc3\x28", tensor(sixteen, 0, {1}, {1})}}))), "not valid text");
}

TEST(BadFiles, Zips) {
  const std::string good = makeTorchZip(pickled(dictOf({{"w", tensor(storage("FloatStorage", "0", 16), 0, {1}, {1})}})));
  const auto failure = [](const std::string& bytes) {
    return std::string(errorOf([&] { parseTorchZip(asBytes(bytes), "w.pth"); }).what());
  };
  EXPECT_HAS(failure(good.substr(0, good.size() - 1)), "cut short");
  EXPECT_HAS(failure(makeZip({{"a/other", "x"}})), "without data.pkl");
  EXPECT_HAS(failure(makeZip({{"a/data.pkl", "\x80\x02}."}, {"a/byteorder", "big"}})), "byte order \"big\"");
  std::string manyEntries = good;
  manyEntries.replace(manyEntries.size() - 12, 2, "\xff\xff");
  EXPECT_HAS(failure(manyEntries), "65535 entries");
  std::string farDirectory = good;
  farDirectory.replace(farDirectory.size() - 6, 4, "\xff\xff\xff\x7f");
  EXPECT_HAS(failure(farDirectory), "beyond the end");
}

}  // namespace
}  // namespace gps::test
