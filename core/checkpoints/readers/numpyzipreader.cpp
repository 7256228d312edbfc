#include "core/checkpoints/readers/numpyzipreader.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "core/checkpoints/readers/utf8.h"
#include "core/checkpoints/readers/ziparchive.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::string_view kEnding = ".npy", kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeader = 1 << 16, kMaxRank = 32;

[[noreturn]] void refuse(const std::string& path, const std::string& cause, const std::string& remedy = "Copy or download the file again") {
  throw Error(ErrorCode::BadFile, path, cause, remedy);
}

// What numpy calls its types, little-endian or of one byte.
std::optional<DType> typeOf(std::string_view descr) {
  static constexpr std::array<std::pair<std::string_view, DType>, 13> kTypes{{{"<f8", DType::F64},
                                                                              {"<f4", DType::F32},
                                                                              {"<f2", DType::F16},
                                                                              {"<i8", DType::I64},
                                                                              {"<i4", DType::I32},
                                                                              {"<i2", DType::I16},
                                                                              {"|i1", DType::I8},
                                                                              {"<u8", DType::U64},
                                                                              {"<u4", DType::U32},
                                                                              {"<u2", DType::U16},
                                                                              {"|u1", DType::U8},
                                                                              {"|b1", DType::Bool},
                                                                              {"<V2", DType::BF16}}};
  for (const auto& [word, type] : kTypes)
    if (word == descr || (word == "<V2" && descr == "|V2")) return type;
  return std::nullopt;
}

// The header of an array is a Python dict of three known keys; this reads that and nothing else.
class HeaderParser {
 public:
  HeaderParser(std::string_view text, std::string who, const std::string& path) : m_text(text), m_who(std::move(who)), m_path(path) {}

  std::string descr;
  bool fortran = false;
  std::vector<std::int64_t> shape;

  void parse() {
    int seen = 0;
    expect('{');
    while (!accept('}')) {
      const auto key = quoted();
      expect(':');
      if (key == "descr")
        descr = quoted(), seen |= 1;
      else if (key == "fortran_order")
        fortran = truth(), seen |= 2;
      else if (key == "shape")
        shape = numbers(), seen |= 4;
      else
        fail("has the unknown key \"" + printable(key) + "\"");
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (seen != 7) fail("lacks descr, fortran_order or shape");
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    refuse(m_path, m_who + ": its header " + what + " (header byte " + std::to_string(m_at) + ")");
  }
  void skipSpace() {
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n')) ++m_at;
  }
  bool accept(char c) {
    skipSpace();
    if (m_at >= m_text.size() || m_text[m_at] != c) return false;
    ++m_at;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(std::string("has no ") + c + " where one belongs");
  }
  std::string quoted() {
    skipSpace();
    const char quote = m_at < m_text.size() ? m_text[m_at] : ' ';
    if (quote == '[') fail("describes records of several fields, which are not read");
    if (quote != '\'' && quote != '"') fail("has no quoted word where one belongs");
    const auto end = m_text.find(quote, m_at + 1);
    if (end == std::string_view::npos) fail("ends inside a word");
    std::string word(m_text.substr(m_at + 1, end - m_at - 1));
    m_at = end + 1;
    return word;
  }
  bool truth() {
    skipSpace();
    for (const std::string_view word : {"True", "False"})
      if (m_text.substr(m_at, word.size()) == word) {
        m_at += word.size();
        return word == "True";
      }
    fail("has neither True nor False where one belongs");
  }
  std::vector<std::int64_t> numbers() {
    std::vector<std::int64_t> list;
    expect('(');
    while (!accept(')')) {
      skipSpace();
      std::int64_t number = -1;
      const auto* begin = m_text.data() + m_at;
      const auto [end, problem] = std::from_chars(begin, m_text.data() + m_text.size(), number);
      if (problem != std::errc{} || number < 0) fail("has a dimension that is no number of 0 or more");
      if (list.size() >= kMaxRank) fail("has more than 32 dimensions");
      m_at += std::size_t(end - begin);
      list.push_back(number);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return list;
  }

  std::string_view m_text;
  std::string m_who;
  const std::string& m_path;
  std::size_t m_at = 0;
};

std::uint32_t little(std::span<const std::byte> bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
  return value;
}

TensorRecord place(std::span<const std::byte> archive, const ZipEntry& entry, std::string name, const std::string& path) {
  const std::string who = "array \"" + name + "\"";
  if (!entry.stored)
    refuse(path, who + " is compressed; only arrays stored as they are can be mapped",
           "Write the file again with numpy.savez (not savez_compressed)");
  const std::uint64_t begin = zipDataOffset(archive, entry, path);
  const auto bytes = archive.subspan(begin, entry.size);
  const std::string where = " (byte " + std::to_string(begin) + ")";
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(kMagic) || bytes.size() < 10) refuse(path, who + " does not begin as a .npy array does" + where);
  const auto version = std::to_integer<int>(bytes[6]);
  if (version < 1 || version > 3) refuse(path, who + " is of .npy version " + std::to_string(version) + ", known are 1 to 3" + where);
  const std::size_t lengthBytes = version == 1 ? 2 : 4, start = 8 + lengthBytes;
  if (bytes.size() < start) refuse(path, who + " ends inside its header" + where);
  const std::size_t length = little(bytes, 8, lengthBytes);
  if (length > kMaxHeader || length > bytes.size() - start)
    refuse(path, who + " has a header of " + std::to_string(length) + " bytes, longer than it can be" + where);
  HeaderParser header(text.substr(start, length), who, path);
  header.parse();
  const auto type = typeOf(header.descr);
  if (!type)
    refuse(path, who + " holds numbers of type \"" + printable(header.descr) + "\", which are not read" + where,
           "Store it as little-endian floats or integers");

  TensorRecord record;
  record.name = std::move(name);
  record.dtype = *type;
  record.shape = header.shape;
  const auto count = checkedElements(record.shape);
  const std::uint64_t room = (bytes.size() - start - length) / itemSize(*type);
  if (count < 0 || std::uint64_t(count) > room)
    refuse(path, who + " of shape " + shapeText(record.shape) + " needs more than the " + std::to_string(room) +
                     " elements that are there" + where);
  record.strides = contiguousStrides(record.shape);
  if (header.fortran) {
    std::int64_t stride = 1;
    for (std::size_t d = 0; d < record.shape.size(); ++d) {
      record.strides[d] = stride;
      stride *= record.shape[d];
    }
  }
  record.fileOffset = begin + start + length;
  record.byteLength = std::uint64_t(count) * itemSize(*type);
  return record;
}

}  // namespace

bool looksLikeNumpyZip(std::span<const std::byte> bytes) {
  try {
    bool found = false;
    for (const auto& entry : readZipDirectory(bytes, {})) {
      if (entry.name.ends_with("data.pkl")) return false;
      found |= entry.name.ends_with(kEnding);
    }
    return found;
  } catch (const Error&) {
    return false;
  }
}

TensorTable parseNumpyZip(std::span<const std::byte> bytes, const std::string& path) {
  TensorTable table;
  std::unordered_set<std::string> names;
  for (const auto& entry : readZipDirectory(bytes, path)) {
    if (!entry.name.ends_with(kEnding)) continue;
    std::string name(entry.name.substr(0, entry.name.size() - kEnding.size()));
    if (!isUtf8(name)) refuse(path, "has an array whose name is not valid text: \"" + printable(name) + "\"");
    if (!names.insert(name).second) refuse(path, "has the array \"" + name + "\" twice");
    table.records.push_back(place(bytes, entry, std::move(name), path));
  }
  return table;
}

}  // namespace gps
