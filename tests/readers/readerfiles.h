#pragma once
// Files and bytes for the reader tests: the golden files, a scratch folder, hand-made zips and pickles.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/values/error.h"
#include "tests/support/expecterror.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {

inline std::string goldenPath(const std::string& name) {
  const char* root = std::getenv("GPS_SOURCE_DIR");
  return std::string(root ? root : ".") + "/tests/readers/files/" + name;
}

inline std::string readBytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void writeBytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::span<const std::byte> asBytes(const std::string& text) { return std::as_bytes(std::span(text.data(), text.size())); }

// lite_medsam.pth: GPS_WEIGHTS names the file or its folder, GPS_DEPS where the set-up keeps it; empty when it is not installed.
inline std::string liteMedSamPath() {
  for (const char* key : {"GPS_WEIGHTS", "GPS_DEPS"})
    if (const char* value = std::getenv(key))
      for (const char* tail : {"", "/lite_medsam.pth", "/weights/lite_medsam.pth"})
        if (std::filesystem::is_regular_file(std::string(value) + tail)) return std::string(value) + tail;
  return {};
}

// The rule of make_reader_files.py.
inline float expectedElement(DType dtype, std::int64_t i) {
  if (dtype == DType::Bool) return static_cast<float>(i % 2);
  const auto step = static_cast<float>(i * 7 % 23);
  return isFloating(dtype) ? (step - 11) / 4 : step;
}

inline std::vector<float> floatsOf(const TensorFile& file, const std::string& name) {
  const TensorRecord& record = file.at(name);
  std::vector<float> values(static_cast<std::size_t>(record.elements()));
  copyAsFloat(file, record, values.data());
  return values;
}

inline std::string little(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

// A zip of stored entries, as torch.save lays it out.
inline std::string makeZip(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string archive, directory;
  for (const auto& [name, bytes] : entries) {
    const std::string sizes = little(0, 4) + little(bytes.size(), 4) + little(bytes.size(), 4) + little(name.size(), 2) + little(0, 2);
    directory += "PK\x01\x02" + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + sizes + little(0, 2) +
                 little(0, 2) + little(0, 2) + little(0, 4) + little(archive.size(), 4) + name;
    archive += "PK\x03\x04" + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + sizes + name + bytes;
  }
  const std::size_t at = archive.size();
  return archive + directory + "PK\x05\x06" + little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2) +
         little(directory.size(), 4) + little(at, 4) + little(0, 2);
}

inline std::string makeSafetensors(const std::string& header, const std::string& values = {}) {
  return little(header.size(), 8) + header + values;
}

// Pieces of pickles.
inline std::string pickled(const std::string& body) { return "\x80\x02" + body + "."; }
inline std::string text(const std::string& value) { return "X" + little(value.size(), 4) + value; }
inline std::string global(const std::string& module, const std::string& name) { return "c" + module + "\n" + name + "\n"; }
inline std::string integer(std::int64_t value) { return "\x8a\x08" + little(static_cast<std::uint64_t>(value), 8); }
inline std::string integers(std::initializer_list<std::int64_t> values) {
  std::string out = "(";
  for (const std::int64_t value : values) out += integer(value);
  return out + "t";
}
// persistent id ('storage', torch.<type>, key, 'cpu', elements)
inline std::string storage(const std::string& type, const std::string& key, std::int64_t elements) {
  return "(" + text("storage") + global("torch", type) + text(key) + text("cpu") + integer(elements) + "tQ";
}
inline std::string tensor(const std::string& ofStorage, std::int64_t offset, std::initializer_list<std::int64_t> shape,
                          std::initializer_list<std::int64_t> strides) {
  return global("torch._utils", "_rebuild_tensor_v2") + "(" + ofStorage + integer(offset) + integers(shape) + integers(strides) + "\x89N" +
         "tR";
}
inline std::string dictOf(const std::vector<std::pair<std::string, std::string>>& items) {
  std::string out = "}(";
  for (const auto& [key, value] : items) out += text(key) + value;
  return out + "u";
}
inline std::string makeTorchZip(const std::string& pickle, const std::string& storageBytes = std::string(64, '\0')) {
  return makeZip({{"a/data.pkl", pickle}, {"a/byteorder", "little"}, {"a/data/0", storageBytes}, {"a/version", "3\n"}});
}

}  // namespace gps::test
