#include "core/checkpoints/readers/tensorfile.h"

#include <cstring>
#include <filesystem>
#include <set>
#include <string_view>

#include "core/checkpoints/readers/numpyzipreader.h"
#include "core/checkpoints/readers/safetensorsreader.h"
#include "core/checkpoints/readers/shardindex.h"
#include "core/checkpoints/readers/torcholdreader.h"
#include "core/checkpoints/readers/torchzipreader.h"
#include "core/values/error.h"
#include "core/values/halftypes.h"

namespace gps {
namespace {

bool startsWith(std::span<const std::byte> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

// Calls visit(element index from element 0) in row-major order of the shape.
template <typename Visit>
void forEachElement(const TensorRecord& record, Visit visit) {
  const std::int64_t count = record.elements();
  if (count == 0) return;
  const std::size_t rank = record.shape.size();
  std::vector<std::int64_t> index(rank, 0);
  std::int64_t at = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    visit(at);
    for (std::size_t d = rank; d-- > 0;) {
      at += record.strides[d];
      if (++index[d] < record.shape[d]) break;
      at -= record.strides[d] * record.shape[d];
      index[d] = 0;
    }
  }
}

template <typename T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <typename Stored, typename Convert>
void convertAll(const std::byte* from, const TensorRecord& record, float* out, Convert convert) {
  if (record.isContiguous()) {
    const std::int64_t count = record.elements();
    for (std::int64_t i = 0; i < count; ++i) out[i] = convert(load<Stored>(from + i * std::int64_t{sizeof(Stored)}));
    return;
  }
  forEachElement(record, [&](std::int64_t at) { *out++ = convert(load<Stored>(from + at * std::int64_t{sizeof(Stored)})); });
}

template <typename Stored>
void castAll(const std::byte* from, const TensorRecord& record, float* out) {
  convertAll<Stored>(from, record, out, [](Stored value) { return static_cast<float>(value); });
}

}  // namespace

std::int64_t TensorRecord::elements() const {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;  // checked by the readers
  return count;
}

bool TensorRecord::isContiguous() const {
  std::int64_t expected = 1;
  for (std::size_t d = shape.size(); d-- > 0;) {
    if (shape[d] == 0) return true;
    if (shape[d] != 1 && strides[d] != expected) return false;
    expected *= shape[d];
  }
  return true;
}

TensorFile::TensorFile(MappedFile file, std::string format, TensorTable table)
    : TensorFile(file.path(), {}, std::move(format), std::move(table)) {
  m_parts.push_back(std::move(file));
}

TensorFile::TensorFile(std::string path, std::vector<MappedFile> parts, std::string format, TensorTable table)
    : m_path(std::move(path)), m_parts(std::move(parts)), m_format(std::move(format)), m_table(std::move(table)) {
  m_index.reserve(m_table.records.size());
  for (std::size_t i = 0; i < m_table.records.size(); ++i) m_index.emplace(m_table.records[i].name, i);
}

const TensorRecord* TensorFile::find(const std::string& name) const {
  const auto found = m_index.find(name);
  return found == m_index.end() ? nullptr : &m_table.records[found->second];
}

const TensorRecord& TensorFile::at(const std::string& name) const {
  if (const TensorRecord* record = find(name)) return *record;
  throw Error(ErrorCode::NotFound, path(), "holds no tensor named \"" + name + "\"", "Check that this is the right kind of file");
}

namespace {

TensorFile openShards(const MappedFile& index) {
  const auto files = parseShardIndex(index.bytes(), index.path());
  const auto folder = std::filesystem::path(index.path()).parent_path();
  std::vector<MappedFile> parts;
  std::map<std::string, std::pair<std::uint32_t, TensorTable>> tables;  // by file name
  TensorTable all;
  for (const auto& [tensor, name] : files) {
    if (!tables.contains(name)) {
      parts.emplace_back((folder / name).string());
      auto table = parseSafetensors(parts.back().bytes(), parts.back().path());
      all.metadata.insert(table.metadata.begin(), table.metadata.end());
      tables.emplace(name, std::pair(std::uint32_t(parts.size() - 1), std::move(table)));
    }
  }
  // Every tensor of every file, as long as the index says that it lies there.
  std::size_t placed = 0;
  for (auto& [name, entry] : tables)
    for (auto& record : entry.second.records) {
      const auto found = files.find(record.name);
      if (found == files.end() || found->second != name) continue;
      record.part = entry.first;
      all.records.push_back(std::move(record));
      ++placed;
    }
  if (placed == files.size()) return {index.path(), std::move(parts), "safetensors, several files", std::move(all)};
  std::set<std::string> there;
  for (const auto& record : all.records) there.insert(record.name);
  for (const auto& [tensor, name] : files)
    if (!there.contains(tensor))
      throw Error(ErrorCode::BadFile, index.path(), "says that the tensor \"" + tensor + "\" is in " + name + ", which does not hold it",
                  "Download the index and its files again");
  throw Error(ErrorCode::Internal, index.path(), "has files that do not agree with it");
}

}  // namespace

TensorFile openTensorFile(const std::string& path) {
  MappedFile file(path);
  const auto bytes = file.bytes();
  using namespace std::string_view_literals;
  if (looksLikeShardIndex(bytes)) return openShards(file);
  if (startsWith(bytes, "PK\x03\x04"sv) && looksLikeNumpyZip(bytes)) {
    TensorTable table = parseNumpyZip(bytes, path);
    return TensorFile(std::move(file), "numpy zip", std::move(table));
  }
  if (startsWith(bytes, "PK\x03\x04"sv)) {
    TensorTable table = parseTorchZip(bytes, path);
    return TensorFile(std::move(file), "torch zip", std::move(table));
  }
  if (looksLikeOldTorch(bytes)) {
    TensorTable table = parseOldTorch(bytes, path);
    return TensorFile(std::move(file), "torch, before 1.6", std::move(table));
  }
  if (startsWith(bytes, "\x80\x02"sv) || startsWith(bytes, "\x80\x03"sv) || startsWith(bytes, "\x80\x04"sv))
    throw Error(ErrorCode::BadFile, path, "is a Python pickle, but not one that torch.save wrote",
                "Save the weights with torch.save(model.state_dict(), path)");
  if (startsWith(bytes, "version https://git-lfs"sv))
    throw Error(ErrorCode::BadFile, path, "is a Git LFS pointer, not the weights themselves", "Fetch the file with git lfs pull");
  if (looksLikeSafetensors(bytes)) {
    TensorTable table = parseSafetensors(bytes, path);
    return TensorFile(std::move(file), "safetensors", std::move(table));
  }
  throw Error(ErrorCode::BadFile, path, "is neither a safetensors file nor a PyTorch checkpoint nor an .npz archive (unknown first bytes)",
              "Give a .safetensors file, a .pth file written by torch.save, or an .npz file written by numpy.savez");
}

void copyAsFloat(const TensorFile& file, const TensorRecord& record, float* out) {
  const std::byte* from = file.data(record);
  switch (record.dtype) {
    case DType::F32:
      if (record.isContiguous()) {
        if (record.byteLength) std::memcpy(out, from, record.byteLength);
      } else {
        castAll<float>(from, record, out);
      }
      return;
    case DType::F16:
      return convertAll<std::uint16_t>(from, record, out, floatFromHalf);
    case DType::BF16:
      return convertAll<std::uint16_t>(from, record, out, floatFromBFloat16);
    case DType::F64:
      return castAll<double>(from, record, out);
    case DType::I64:
      return castAll<std::int64_t>(from, record, out);
    case DType::I32:
      return castAll<std::int32_t>(from, record, out);
    case DType::I16:
      return castAll<std::int16_t>(from, record, out);
    case DType::I8:
      return castAll<std::int8_t>(from, record, out);
    case DType::U64:
      return castAll<std::uint64_t>(from, record, out);
    case DType::U32:
      return castAll<std::uint32_t>(from, record, out);
    case DType::U16:
      return castAll<std::uint16_t>(from, record, out);
    case DType::U8:
      return castAll<std::uint8_t>(from, record, out);
    case DType::Bool:
      return convertAll<std::uint8_t>(from, record, out, [](std::uint8_t v) { return v ? 1.f : 0.f; });
  }
}

void copyRaw(const TensorFile& file, const TensorRecord& record, void* out) {
  const std::byte* from = file.data(record);
  if (record.isContiguous()) {
    if (record.byteLength) std::memcpy(out, from, record.byteLength);
    return;
  }
  const std::size_t size = itemSize(record.dtype);
  auto* to = static_cast<std::byte*>(out);
  forEachElement(record, [&](std::int64_t at) {
    std::memcpy(to, from + at * static_cast<std::int64_t>(size), size);
    to += size;
  });
}

std::string shapeText(std::span<const std::int64_t> shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const std::int64_t size : shape) {
    if (!text.empty()) text += 'x';
    text += std::to_string(size);
  }
  return text;
}

std::int64_t checkedElements(std::span<const std::int64_t> shape) {
  std::int64_t count = 1;
  bool empty = false;
  for (const std::int64_t size : shape) {
    if (size < 0) return -1;
    if (size == 0) empty = true;
    // The product of the sizes above zero must fit too, so that strides fit.
    if (size > 0 && __builtin_mul_overflow(count, size, &count)) return -1;
  }
  return empty ? 0 : count;
}

std::vector<std::int64_t> contiguousStrides(std::span<const std::int64_t> shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t d = shape.size(); d-- > 0;) {
    strides[d] = stride;
    stride *= shape[d] > 0 ? shape[d] : 1;
  }
  return strides;
}

}  // namespace gps
