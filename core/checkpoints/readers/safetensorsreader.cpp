#include "core/checkpoints/readers/safetensorsreader.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numeric>
#include <unordered_set>

#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::size_t kMaxRank = 32;
constexpr std::size_t kLengthBytes = 8;

std::uint64_t headerLength(std::span<const std::byte> bytes) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  return length;
}

[[noreturn]] void refuse(const std::string& path, const std::string& cause) {
  throw Error(ErrorCode::BadFile, path, cause, "Copy or download the file again");
}

struct RawTensor {
  std::string name;
  std::string dtype;
  std::vector<std::int64_t> shape;
  std::vector<std::uint64_t> offsets;
  bool hasShape = false, hasOffsets = false;
};

// Reads the header as a stream of events: no document tree is built, nesting deeper than the format's is refused at once,
// and a repeated key is seen.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<RawTensor> tensors;
  std::map<std::string, std::string> metadata;
  std::string problem;

  bool null() override { return fail("a null value"); }
  bool boolean(bool) override { return fail("a true or false"); }
  bool number_float(number_float_t, const string_t&) override { return fail("a number that is not an integer"); }
  bool binary(binary_t&) override { return fail("binary data"); }
  bool number_integer(number_integer_t) override { return fail("a negative number"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (m_where == Where::Shape) {
      if (value > static_cast<number_unsigned_t>(INT64_MAX)) return fail("a dimension that is too large");
      if (tensors.back().shape.size() >= kMaxRank) return fail("more than 32 dimensions");
      tensors.back().shape.push_back(static_cast<std::int64_t>(value));
      return true;
    }
    if (m_where == Where::Offsets) {
      if (tensors.back().offsets.size() >= 2) return fail("more than two data_offsets");
      tensors.back().offsets.push_back(value);
      return true;
    }
    return fail("a number where none belongs");
  }

  bool string(string_t& value) override {
    if (m_where == Where::Metadata) {
      if (!metadata.emplace(m_key, std::move(value)).second) return fail("metadata \"" + m_key + "\" twice");
      return true;
    }
    if (m_where == Where::Tensor && m_key == "dtype") {
      if (!tensors.back().dtype.empty()) return fail("dtype twice");
      tensors.back().dtype = std::move(value);
      return true;
    }
    return fail("a text where none belongs");
  }

  bool start_object(std::size_t) override {
    if (m_where == Where::Outside) {
      m_where = Where::Root;
      return true;
    }
    if (m_where != Where::Root) return fail("an object where none belongs");
    if (m_key == "__metadata__") {
      if (m_metadataSeen) return fail("__metadata__ twice");
      m_metadataSeen = true;
      m_where = Where::Metadata;
      return true;
    }
    if (!m_names.insert(m_key).second) return fail("the name twice");
    tensors.push_back({m_key, {}, {}, {}});
    m_where = Where::Tensor;
    return true;
  }

  bool end_object() override {
    m_where = m_where == Where::Root ? Where::Outside : Where::Root;
    return true;
  }

  bool start_array(std::size_t) override {
    if (m_where == Where::Tensor && m_key == "shape" && !tensors.back().hasShape) {
      tensors.back().hasShape = true;
      m_where = Where::Shape;
      return true;
    }
    if (m_where == Where::Tensor && m_key == "data_offsets" && !tensors.back().hasOffsets) {
      tensors.back().hasOffsets = true;
      m_where = Where::Offsets;
      return true;
    }
    return fail("a list where none belongs");
  }

  bool end_array() override {
    m_where = Where::Tensor;
    return true;
  }

  bool key(string_t& value) override {
    m_key = std::move(value);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    problem = "its header is not valid JSON at byte " + std::to_string(kLengthBytes + position);
    return false;
  }

 private:
  enum class Where { Outside, Root, Metadata, Tensor, Shape, Offsets };

  bool fail(const std::string& what) {
    problem = "its header holds " + what;
    if (m_where == Where::Tensor || m_where == Where::Shape || m_where == Where::Offsets)
      problem += " (tensor \"" + tensors.back().name + "\")";
    else if (!m_key.empty())
      problem += " (at \"" + m_key + "\")";
    return false;
  }

  Where m_where = Where::Outside;
  std::string m_key;
  bool m_metadataSeen = false;
  std::unordered_set<std::string> m_names;
};

TensorRecord checkTensor(RawTensor raw, std::uint64_t dataStart, std::uint64_t dataBytes, const std::string& path) {
  const std::string who = "tensor \"" + raw.name + "\"";
  if (raw.dtype.empty() || !raw.hasShape || raw.offsets.size() != 2) refuse(path, who + " lacks dtype, shape or data_offsets");
  const auto dtype = dtypeFromName(raw.dtype);
  if (!dtype)
    throw Error(ErrorCode::BadFile, path, who + " has element type \"" + raw.dtype + "\", which is not supported",
                "Save it as F32, F16 or BF16");
  const auto [begin, end] = std::pair(raw.offsets[0], raw.offsets[1]);
  if (begin > end || end > dataBytes)
    refuse(path, who + " claims bytes " + std::to_string(begin) + " to " + std::to_string(end) + " of " + std::to_string(dataBytes) +
                     " (values start at byte " + std::to_string(dataStart) + ")");
  const std::int64_t count = checkedElements(raw.shape);
  std::int64_t expected = 0;
  if (count < 0 || __builtin_mul_overflow(count, static_cast<std::int64_t>(itemSize(*dtype)), &expected))
    refuse(path, who + " has an impossible shape " + shapeText(raw.shape));
  if (static_cast<std::uint64_t>(expected) != end - begin)
    refuse(path, who + " of shape " + shapeText(raw.shape) + " " + raw.dtype + " needs " + std::to_string(expected) + " bytes but has " +
                     std::to_string(end - begin) + " at byte " + std::to_string(dataStart + begin));
  TensorRecord record;
  record.name = std::move(raw.name);
  record.dtype = *dtype;
  record.strides = contiguousStrides(raw.shape);
  record.shape = std::move(raw.shape);
  record.fileOffset = dataStart + begin;
  record.byteLength = end - begin;
  return record;
}

void refuseOverlaps(const std::vector<TensorRecord>& records, const std::string& path) {
  std::vector<const TensorRecord*> order;
  for (const TensorRecord& record : records)
    if (record.byteLength) order.push_back(&record);
  std::sort(order.begin(), order.end(), [](auto a, auto b) { return a->fileOffset < b->fileOffset; });
  for (std::size_t i = 1; i < order.size(); ++i)
    if (order[i - 1]->fileOffset + order[i - 1]->byteLength > order[i]->fileOffset)
      refuse(path, "tensors \"" + order[i - 1]->name + "\" and \"" + order[i]->name + "\" overlap at byte " +
                       std::to_string(order[i]->fileOffset));
}

}  // namespace

bool looksLikeSafetensors(std::span<const std::byte> bytes) { return bytes.size() > kLengthBytes && bytes[kLengthBytes] == std::byte{'{'}; }

TensorTable parseSafetensors(std::span<const std::byte> bytes, const std::string& path) {
  if (bytes.size() < kLengthBytes + 2) refuse(path, "is too short for a safetensors file (" + std::to_string(bytes.size()) + " bytes)");
  const std::uint64_t length = headerLength(bytes);
  if (length > kMaxSafetensorsHeader)
    refuse(path, "claims a header of " + std::to_string(length) + " bytes, above the format's limit of 100000000");
  if (length > bytes.size() - kLengthBytes)
    refuse(path, "ends inside its header: " + std::to_string(length) + " bytes announced, " + std::to_string(bytes.size() - kLengthBytes) +
                     " there");

  HeaderReader header;
  const char* text = reinterpret_cast<const char*>(bytes.data()) + kLengthBytes;
  // Padding after the object may be spaces or zero bytes.
  std::size_t used = length;
  while (used > 0 && text[used - 1] == '\0') --used;
  if (!nlohmann::json::sax_parse(text, text + used, &header))
    refuse(path, header.problem.empty() ? "its header is not valid JSON" : header.problem);

  const std::uint64_t dataStart = kLengthBytes + length, dataBytes = bytes.size() - dataStart;
  TensorTable table;
  table.metadata = std::move(header.metadata);
  table.records.reserve(header.tensors.size());
  for (RawTensor& raw : header.tensors) table.records.push_back(checkTensor(std::move(raw), dataStart, dataBytes, path));
  refuseOverlaps(table.records, path);
  // File order, so that reading all of them in turn reads the disk forward.
  std::stable_sort(table.records.begin(), table.records.end(), [](const auto& a, const auto& b) { return a.fileOffset < b.fileOffset; });
  return table;
}

}  // namespace gps
