#include "core/checkpoints/readers/statedict.h"

#include <array>
#include <string_view>
#include <unordered_set>

#include "core/checkpoints/readers/utf8.h"
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

TensorRecord place(const PickledTensor& tensor, const std::string& name, const StorageFinder& storageOf, const std::string& path) {
  const std::string who = "tensor \"" + name + "\"";
  const std::string where = " (pickle byte " + std::to_string(tensor.pickleByte) + ")";
  const auto storage = storageOf(tensor.storage);
  if (!storage) refuse(path, who + " needs the storage \"" + printable(tensor.storage.key) + "\", which is not in the file" + where);
  const std::uint64_t begin = storage->begin;

  const std::uint64_t size = itemSize(tensor.dtype);
  std::uint64_t declared = tensor.storage.elements;
  const std::uint64_t storageItem = tensor.storage.dtype ? itemSize(*tensor.storage.dtype) : 1;
  if (__builtin_mul_overflow(declared, storageItem, &declared) || declared > storage->bytes)
    refuse(path, who + " declares a storage of " + std::to_string(tensor.storage.elements) + " elements, its bytes from " +
                     std::to_string(begin) + " on are " + std::to_string(storage->bytes) + where);

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

}  // namespace

TensorTable stateDictTensors(const PickleTree& tree, const StorageFinder& storageOf, const std::string& path) {
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
    table.records.push_back(place(tree.tensor(items[i + 1]), std::string(name), storageOf, path));
  }
  return table;
}

}  // namespace gps
