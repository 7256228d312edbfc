#include "core/checkpoints/readers/torchzipreader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/checkpoints/readers/unpickler.h"
#include "core/checkpoints/readers/utf8.h"
#include "core/checkpoints/readers/ziparchive.h"
#include "core/values/error.h"

namespace gps {
namespace {

using Index = PickleTree::Index;
using Kind = PickleTree::Kind;

constexpr int kMaxNesting = 3;
constexpr std::array<std::string_view, 3> kStateDictKeys{"model", "state_dict", "model_state_dict"};

[[noreturn]] void refuse(const std::string& path, const std::string& cause, const std::string& remedy = "Copy or download the file again") {
  throw Error(ErrorCode::BadFile, path, cause, remedy);
}

bool holdsTensors(const PickleTree& tree, Index dict) {
  const auto& items = tree.items(dict);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    if (tree.kind(items[i]) == Kind::Text && tree.kind(items[i + 1]) == Kind::Tensor) return true;
  return false;
}

std::optional<Index> dictUnder(const PickleTree& tree, Index dict, std::string_view key) {
  const auto& items = tree.items(dict);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    if (tree.kind(items[i]) == Kind::Text && tree.text(items[i]) == key && tree.kind(items[i + 1]) == Kind::Dict) return items[i + 1];
  return std::nullopt;
}

// The dict whose values are the weights. A wrapper may also hold single tensors (an epoch, a logit scale), so the known
// keys are asked first.
std::optional<Index> findStateDict(const PickleTree& tree, Index value, int depth) {
  if (depth > kMaxNesting || tree.kind(value) != Kind::Dict) return std::nullopt;
  for (const std::string_view key : kStateDictKeys)
    if (const auto inner = dictUnder(tree, value, key))
      if (const auto found = findStateDict(tree, *inner, depth + 1)) return found;
  if (holdsTensors(tree, value)) return value;
  return std::nullopt;
}

std::string keysOf(const PickleTree& tree, Index dict) {
  std::string keys;
  const auto& items = tree.items(dict);
  for (std::size_t i = 0; i + 1 < items.size() && keys.size() < 200; i += 2)
    if (tree.kind(items[i]) == Kind::Text) keys += (keys.empty() ? "" : ", ") + printable(tree.text(items[i]));
  return keys.empty() ? "none" : keys;
}

class ArchiveReader {
 public:
  ArchiveReader(std::span<const std::byte> bytes, const std::string& path)
      : m_bytes(bytes), m_path(path), m_entries(readZipDirectory(bytes, path)) {
    m_index.reserve(m_entries.size());
    for (const ZipEntry& entry : m_entries) m_index.emplace(entry.name, &entry);
    findPrefix();
  }

  const std::string& prefix() const { return m_prefix; }
  const ZipEntry* find(const std::string& name) const {
    const auto found = m_index.find(m_prefix + name);
    return found == m_index.end() ? nullptr : found->second;
  }
  std::uint64_t offsetOf(const ZipEntry& entry) const { return zipDataOffset(m_bytes, entry, m_path); }
  std::span<const std::byte> contents(const ZipEntry& entry) const { return m_bytes.subspan(offsetOf(entry), entry.size); }

 private:
  void findPrefix() {
    for (const ZipEntry& entry : m_entries) {
      const std::size_t slash = entry.name.find('/');
      if (slash != std::string_view::npos && entry.name.substr(slash + 1) == "data.pkl") {
        m_prefix = std::string(entry.name.substr(0, slash + 1));
        return;
      }
    }
    refuse(m_path, "is a zip archive without data.pkl, so it was not written by torch.save", "Give a checkpoint file");
  }

  std::span<const std::byte> m_bytes;
  const std::string& m_path;
  std::vector<ZipEntry> m_entries;
  std::unordered_map<std::string_view, const ZipEntry*> m_index;
  std::string m_prefix;  // "archive/"
};

// Elements from element 0 to the end of the farthest one, or -1 when it does not fit.
std::int64_t spanOf(const PickledTensor& tensor) {
  const std::int64_t count = checkedElements(tensor.shape);
  if (count <= 0) return count;
  std::int64_t last = 0;
  for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
    std::int64_t reach = 0;
    if (__builtin_mul_overflow(tensor.shape[d] - 1, tensor.strides[d], &reach) || __builtin_add_overflow(last, reach, &last)) return -1;
  }
  return last == INT64_MAX ? -1 : last + 1;
}

TensorRecord place(const PickledTensor& tensor, const std::string& name, const ArchiveReader& archive, const std::string& path) {
  const std::string who = "tensor \"" + name + "\"";
  const std::string where = " (pickle byte " + std::to_string(tensor.pickleByte) + ")";
  const ZipEntry* storage = archive.find("data/" + std::string(tensor.storage.key));
  if (!storage) refuse(path, who + " needs the entry data/" + printable(tensor.storage.key) + ", which is not in the archive" + where);
  const std::uint64_t begin = archive.offsetOf(*storage);

  const std::uint64_t size = itemSize(tensor.dtype);
  std::uint64_t declared = tensor.storage.elements;
  const std::uint64_t storageItem = tensor.storage.dtype ? itemSize(*tensor.storage.dtype) : 1;
  if (__builtin_mul_overflow(declared, storageItem, &declared) || declared > storage->size)
    refuse(path, who + " declares a storage of " + std::to_string(tensor.storage.elements) + " elements, its entry at byte " +
                     std::to_string(begin) + " has " + std::to_string(storage->size) + " bytes" + where);

  const std::int64_t span = spanOf(tensor);
  if (span < 0) refuse(path, who + " has an impossible shape " + shapeText(tensor.shape) + where);
  std::uint64_t from = 0, bytes = 0, to = 0;
  if (__builtin_mul_overflow(tensor.storageOffset, size, &from) || __builtin_mul_overflow(static_cast<std::uint64_t>(span), size, &bytes) ||
      __builtin_add_overflow(from, bytes, &to) || to > declared)
    refuse(path, who + " of shape " + shapeText(tensor.shape) + " reaches beyond its storage of " + std::to_string(declared) +
                     " bytes at byte " + std::to_string(begin) + where);
  // Stride 0 lets a few bytes stand for any number of elements; no weight needs that.
  if (static_cast<std::uint64_t>(checkedElements(tensor.shape)) > declared / size)
    refuse(path, who + " of shape " + shapeText(tensor.shape) + " has more elements than its storage" + where);

  TensorRecord record;
  record.name = name;
  record.dtype = tensor.dtype;
  record.shape = tensor.shape;
  record.strides = tensor.strides;
  record.fileOffset = begin + from;
  record.byteLength = bytes;
  return record;
}

void checkByteOrder(const ArchiveReader& archive, const std::string& path) {
  const ZipEntry* order = archive.find("byteorder");
  if (!order) return;  // written before PyTorch 2.1; little-endian
  const auto bytes = archive.contents(*order);
  const std::string_view word(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (word != "little")
    refuse(path, "is stored in byte order \"" + printable(word) + "\"; only little-endian files are read",
           "Re-save it on a little-endian machine");
}

}  // namespace

TensorTable parseTorchZip(std::span<const std::byte> bytes, const std::string& path) {
  const ArchiveReader archive(bytes, path);
  if (archive.find("constants.pkl") || archive.find("code/"))
    refuse(path, "is a TorchScript program, not a state dict", "Save the weights with torch.save(module.state_dict(), path)");
  checkByteOrder(archive, path);
  const PickleTree tree = unpickle(archive.contents(*archive.find("data.pkl")), path);
  const Index root = tree.root();
  const auto state = findStateDict(tree, root, 0);
  if (!state)
    refuse(path,
           tree.kind(root) == Kind::Dict
               ? "holds no tensors at its top level or under model, state_dict, model_state_dict; its keys: " + keysOf(tree, root)
               : std::string("does not hold a dict of tensors"),
           "Save the weights with torch.save(model.state_dict(), path)");

  TensorTable table;
  std::unordered_set<std::string_view> names;
  const auto& items = tree.items(*state);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (tree.kind(items[i]) != Kind::Text || tree.kind(items[i + 1]) != Kind::Tensor) continue;
    const std::string_view name = tree.text(items[i]);
    if (!isUtf8(name)) refuse(path, "has a tensor whose name is not valid text: \"" + printable(name) + "\"");
    if (!names.insert(name).second) refuse(path, "has the tensor \"" + std::string(name) + "\" twice");
    table.records.push_back(place(tree.tensor(items[i + 1]), std::string(name), archive, path));
  }
  return table;
}

}  // namespace gps
