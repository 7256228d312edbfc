#include "core/checkpoints/readers/unpickler.h"

#include <algorithm>
#include <array>

#include "core/checkpoints/readers/picklenames.h"
#include "core/checkpoints/readers/utf8.h"
#include "core/values/error.h"

namespace gps {

using pickle::Callable;
using Index = PickleTree::Index;
using Kind = PickleTree::Kind;

namespace {

constexpr std::size_t kMaxRank = 32, kMaxTensors = 1u << 15;

}  // namespace

std::string_view PickleTree::text(Index value) const {
  const Value& v = m_values[value];
  return {reinterpret_cast<const char*>(m_pickle.data()) + v.number, v.index};
}

const std::vector<Index>& PickleTree::items(Index value) const { return m_items[m_values[value].index]; }

const PickledTensor& PickleTree::tensor(Index value) const { return m_tensors[m_values[value].index]; }

class Unpickler {
 public:
  Unpickler(std::span<const std::byte> pickle, const std::string& path, const PickleLimits& limits)
      : m_pickle(pickle), m_path(path), m_limits(limits) {
    m_tree.m_pickle = pickle;
  }

  PickleTree run() {
    if (m_pickle.size() > m_limits.bytes) refuse("is " + std::to_string(m_pickle.size()) + " bytes long, more than a state dict can be");
    while (true) {
      m_opAt = m_at;
      const std::uint8_t op = byte();
      if (op == pickle::kStop) break;
      if (!pushSimple(op) && !collect(op) && !useMemo(op)) combine(op);
    }
    if (m_stack.size() != 1 || kindOf(m_stack[0]) == Kind::Mark) refuse("does not end with one value");
    m_tree.m_root = m_stack[0];
    m_tree.m_bytes = m_at;
    return std::move(m_tree);
  }

 private:
  using Value = PickleTree::Value;

  [[noreturn]] void refuse(const std::string& cause, const std::string& remedy = "Copy or download the file again") const {
    throw Error(ErrorCode::BadFile, m_path, "its pickle, at byte " + std::to_string(m_opAt) + ", " + cause, remedy);
  }
  [[noreturn]] void refuseContent(const std::string& cause) const {
    refuse(cause,
           "Only plain state dicts are read and nothing in a file is ever executed: re-save with torch.save(model.state_dict(), path)");
  }

  // Reading.
  std::span<const std::byte> take(std::size_t count) {
    if (count > m_pickle.size() - m_at) refuse("is cut short");
    const auto part = m_pickle.subspan(m_at, count);
    m_at += count;
    return part;
  }
  std::uint8_t byte() { return std::to_integer<std::uint8_t>(take(1)[0]); }
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    std::size_t shift = 0;
    for (const std::byte b : take(bytes)) value |= std::to_integer<std::uint64_t>(b) << (8 * shift++);
    return value;
  }
  std::string_view line() {
    const std::size_t start = m_at;
    while (byte() != '\n')
      if (m_at - start > m_limits.textBytes) refuse("holds a name that is too long");
    return {reinterpret_cast<const char*>(m_pickle.data()) + start, m_at - start - 1};
  }

  // The stack.
  Kind kindOf(Index value) const { return m_tree.kind(value); }
  void pushIndex(Index value) {
    if (m_stack.size() >= m_limits.stackDepth) refuse("stacks more values than a state dict can");
    m_stack.push_back(value);
  }
  Index create(Value value) {
    if (m_tree.m_values.size() >= m_limits.values) refuse("creates more values than a state dict can");
    m_tree.m_values.push_back(value);
    return static_cast<Index>(m_tree.m_values.size() - 1);
  }
  void push(Value value) { pushIndex(create(value)); }
  Index pop() {
    if (m_stack.empty()) refuse("takes a value from an empty stack");
    const Index top = m_stack.back();
    m_stack.pop_back();
    if (kindOf(top) == Kind::Mark) refuse("takes a value where a mark stands");
    return top;
  }
  Index top() const {
    if (m_stack.empty() || kindOf(m_stack.back()) == Kind::Mark) refuse("needs a value on its stack");
    return m_stack.back();
  }
  std::vector<Index> popToMark() {
    std::size_t at = m_stack.size();
    while (at > 0 && kindOf(m_stack[at - 1]) != Kind::Mark) --at;
    if (at == 0) refuse("has no mark where one is needed");
    std::vector<Index> items(m_stack.begin() + static_cast<std::ptrdiff_t>(at), m_stack.end());
    m_stack.resize(at - 1);
    return items;
  }
  void countItems(std::size_t more) {
    m_itemCount += more;
    if (m_itemCount > m_limits.items) refuse("collects more items than a state dict can");
  }
  void pushContainer(Kind kind, std::vector<Index> items) {
    countItems(items.size());
    m_tree.m_items.push_back(std::move(items));
    push({kind, static_cast<std::uint32_t>(m_tree.m_items.size() - 1), 0});
  }
  void append(Index container, Kind kind, std::span<const Index> more) {
    if (kindOf(container) != kind) refuse("adds items to something that is not a " + std::string(kind == Kind::Dict ? "dict" : "list"));
    countItems(more.size());
    auto& items = m_tree.m_items[m_tree.m_values[container].index];
    items.insert(items.end(), more.begin(), more.end());
  }

  bool pushSimple(std::uint8_t op) {
    switch (op) {
      case pickle::kProto:
        if (const auto version = byte(); version < 2 || version > 5) refuse("has protocol " + std::to_string(version) + ", not 2 to 5");
        return true;
      case pickle::kFrame:
        number(8);
        return true;
      case pickle::kMark:
        push({Kind::Mark, 0, 0});
        return true;
      case pickle::kNone:
        push({Kind::None, 0, 0});
        return true;
      case pickle::kNewTrue:
      case pickle::kNewFalse:
        push({Kind::Bool, 0, op == pickle::kNewTrue});
        return true;
      case pickle::kBinInt:
        push({Kind::Int, 0, static_cast<std::int32_t>(number(4))});
        return true;
      case pickle::kBinInt1:
        push({Kind::Int, 0, static_cast<std::int64_t>(number(1))});
        return true;
      case pickle::kBinInt2:
        push({Kind::Int, 0, static_cast<std::int64_t>(number(2))});
        return true;
      case pickle::kLong1:
        pushLong(byte());
        return true;
      case pickle::kBinFloat:
        take(8);
        push({Kind::Float, 0, 0});
        return true;
      case pickle::kBinUnicode:
        pushText(number(4));
        return true;
      case pickle::kShortBinUnicode:
        pushText(number(1));
        return true;
      case pickle::kEmptyTuple:
        pushContainer(Kind::Tuple, {});
        return true;
      case pickle::kEmptyList:
        pushContainer(Kind::List, {});
        return true;
      case pickle::kEmptyDict:
        pushContainer(Kind::Dict, {});
        return true;
      default:
        return false;
    }
  }

  void pushLong(std::size_t bytes) {
    if (bytes > 8) refuse("holds an integer of " + std::to_string(bytes) + " bytes");
    std::uint64_t value = number(bytes);
    if (bytes > 0 && bytes < 8 && value >> (8 * bytes - 1) != 0) value |= ~std::uint64_t{0} << (8 * bytes);
    push({Kind::Int, 0, static_cast<std::int64_t>(value)});
  }

  void pushText(std::uint64_t bytes) {
    if (bytes > m_limits.textBytes) refuse("holds a text of " + std::to_string(bytes) + " bytes");
    const auto at = static_cast<std::int64_t>(m_at);
    take(bytes);
    push({Kind::Text, static_cast<std::uint32_t>(bytes), at});
  }

  bool collect(std::uint8_t op) {
    switch (op) {
      case pickle::kPop:
        pop();
        return true;
      case pickle::kPopMark:
        popToMark();
        return true;
      case pickle::kTuple:
        pushContainer(Kind::Tuple, popToMark());
        return true;
      case pickle::kTuple1:
      case pickle::kTuple2:
      case pickle::kTuple3: {
        std::vector<Index> items(op - pickle::kTuple1 + 1u);
        for (auto item = items.rbegin(); item != items.rend(); ++item) *item = pop();
        pushContainer(Kind::Tuple, std::move(items));
        return true;
      }
      case pickle::kAppend: {
        const Index item = pop();
        append(top(), Kind::List, {&item, 1});
        return true;
      }
      case pickle::kAppends: {
        const auto items = popToMark();
        append(top(), Kind::List, items);
        return true;
      }
      case pickle::kSetItem: {
        const Index value = pop(), key = pop();
        const std::array<Index, 2> pair{key, value};
        append(top(), Kind::Dict, pair);
        return true;
      }
      case pickle::kSetItems: {
        const auto items = popToMark();
        if (items.size() % 2) refuse("sets a key without a value");
        append(top(), Kind::Dict, items);
        return true;
      }
      default:
        return false;
    }
  }

  bool useMemo(std::uint8_t op) {
    switch (op) {
      case pickle::kBinPut:
        memoize(number(1));
        return true;
      case pickle::kLongBinPut:
        memoize(number(4));
        return true;
      case pickle::kMemoize:
        memoize(m_memoCount);
        return true;
      case pickle::kBinGet:
        recall(number(1));
        return true;
      case pickle::kLongBinGet:
        recall(number(4));
        return true;
      default:
        return false;
    }
  }

  static constexpr Index kUnset = ~Index{0};

  void memoize(std::uint64_t slot) {
    if (slot >= m_limits.memoIndex) refuse("remembers more values than a state dict can");
    if (m_memo.size() <= slot) m_memo.resize(std::max<std::size_t>(slot + 1, std::min(m_limits.memoIndex, 2 * m_memo.size())), kUnset);
    const Index value = top();
    if (m_memo[slot] == kUnset) ++m_memoCount;
    m_memo[slot] = value;
  }
  void recall(std::uint64_t slot) {
    if (slot >= m_memo.size() || m_memo[slot] == kUnset) refuse("recalls value " + std::to_string(slot) + ", which was never stored");
    pushIndex(m_memo[slot]);
  }

  void combine(std::uint8_t op) {
    switch (op) {
      case pickle::kGlobal: {
        const std::string_view module = line(), name = line();
        return pushName(module, name);
      }
      case pickle::kStackGlobal: {
        const Index name = pop(), module = pop();
        if (kindOf(name) != Kind::Text || kindOf(module) != Kind::Text) refuse("names a global by something that is not text");
        return pushName(m_tree.text(module), m_tree.text(name));
      }
      case pickle::kBinPersId:
        return pushStorage(pop());
      case pickle::kReduce: {
        const Index arguments = pop(), callable = pop();
        return call(callable, arguments);
      }
      case pickle::kBuild: {
        // torch hangs _metadata (versions of modules) on a state dict this way; it is not needed.
        pop();
        if (kindOf(top()) != Kind::Dict) refuseContent("sets attributes (opcode BUILD) on something that is not a dict");
        return;
      }
      default:
        refuseContent("holds the opcode " + std::string(pickle::opcodeName(op)) + " (" + std::to_string(op) +
                      "), which a state dict does not need");
    }
  }

  void pushName(std::string_view module, std::string_view name) {
    const auto allowed = pickle::allowedName(module, name);
    if (!allowed) refuseContent("names \"" + printable(module) + "." + printable(name) + "\", which is not allowed");
    m_names.push_back(*allowed);
    push({Kind::Name, static_cast<std::uint32_t>(m_names.size() - 1), 0});
  }
  const pickle::Name* nameOf(Index value) const { return kindOf(value) == Kind::Name ? &m_names[m_tree.m_values[value].index] : nullptr; }
  std::int64_t intOf(Index value, const char* what) const {
    const Value& v = m_tree.m_values[value];
    if (v.kind != Kind::Int || v.number < 0) refuse(std::string("has a tensor whose ") + what + " is not a whole number from 0 on");
    return v.number;
  }
  std::vector<std::int64_t> intsOf(Index value, const char* what) const {
    if (kindOf(value) != Kind::Tuple && kindOf(value) != Kind::List) refuse(std::string("has a tensor whose ") + what + " is not a tuple");
    const auto& items = m_tree.items(value);
    if (items.size() > kMaxRank) refuse("has a tensor of more than 32 dimensions");
    std::vector<std::int64_t> numbers;
    for (const Index item : items) numbers.push_back(intOf(item, what));
    return numbers;
  }

  // ('storage', type, key, location, elements), in the old format with a sixth, None unless the storage is part of another
  void pushStorage(Index id) {
    if (kindOf(id) != Kind::Tuple) refuse("refers to a storage by something that is not a tuple");
    const auto& items = m_tree.items(id);
    if (items.size() == 6 && kindOf(items[5]) != Kind::None) refuse("has a storage that is a part of another, which is not read");
    const pickle::Name* type = items.size() == 5 || items.size() == 6 ? nameOf(items[1]) : nullptr;
    if (!type || type->callable != Callable::StorageType || kindOf(items[0]) != Kind::Text || m_tree.text(items[0]) != "storage" ||
        kindOf(items[2]) != Kind::Text)
      refuse("refers to a storage in an unknown way");
    const auto elements = static_cast<std::uint64_t>(intOf(items[4], "storage size"));
    m_tree.m_storages.push_back({m_tree.text(items[2]), type->dtype, elements});
    push({Kind::Storage, static_cast<std::uint32_t>(m_tree.m_storages.size() - 1), 0});
  }

  void call(Index callable, Index arguments) {
    const pickle::Name* name = nameOf(callable);
    if (!name) refuseContent("calls (opcode REDUCE) something that is not an allowed name");
    if (kindOf(arguments) != Kind::Tuple) refuse("calls a name without a tuple of arguments");
    const auto& items = m_tree.items(arguments);
    switch (name->callable) {
      case Callable::OrderedDict:
        if (!items.empty()) refuse("makes an OrderedDict with arguments");
        return pushContainer(Kind::Dict, {});
      case Callable::RebuildTensor2:
        if (items.size() != 6 && items.size() != 7) refuse("rebuilds a tensor from " + std::to_string(items.size()) + " arguments");
        return pushTensor(items, std::nullopt);
      case Callable::RebuildTensor3: {
        const pickle::Name* type = items.size() >= 7 && items.size() <= 8 ? nameOf(items[6]) : nullptr;
        if (!type || type->callable != Callable::ElementType) refuse("rebuilds a tensor of unknown element type");
        return pushTensor(items, type->dtype);
      }
      case Callable::RebuildParameter:
        if (items.size() != 3 || kindOf(items[0]) != Kind::Tensor) refuse("rebuilds a parameter from something that is not a tensor");
        return pushIndex(items[0]);
      case Callable::Size:
        if (items.size() != 1 || kindOf(items[0]) != Kind::Tuple) refuse("makes a size from something that is not a tuple");
        return pushIndex(items[0]);
      case Callable::StorageType:
      case Callable::ElementType:
        refuseContent("calls a type");
    }
  }

  // (storage, offset, shape, strides, requires_grad, backward_hooks …)
  void pushTensor(const std::vector<Index>& items, std::optional<DType> dtype) {
    if (kindOf(items[0]) != Kind::Storage) refuse("rebuilds a tensor without a storage");
    if (m_tree.m_tensors.size() >= kMaxTensors) refuse("rebuilds more tensors than a state dict can hold");
    const bool hasHooks = kindOf(items[5]) == Kind::Dict ? !m_tree.items(items[5]).empty() : kindOf(items[5]) != Kind::None;
    if (hasHooks) refuseContent("has a tensor with backward hooks");
    PickledTensor tensor;
    tensor.storage = m_tree.m_storages[m_tree.m_values[items[0]].index];
    if (!dtype) dtype = tensor.storage.dtype;
    if (!dtype) refuse("has a tensor of unknown element type");
    tensor.dtype = *dtype;
    tensor.storageOffset = static_cast<std::uint64_t>(intOf(items[1], "offset"));
    tensor.shape = intsOf(items[2], "shape");
    tensor.strides = intsOf(items[3], "stride");
    if (tensor.shape.size() != tensor.strides.size()) refuse("has a tensor whose shape and strides differ in length");
    tensor.pickleByte = m_opAt;
    m_tree.m_tensors.push_back(std::move(tensor));
    push({Kind::Tensor, static_cast<std::uint32_t>(m_tree.m_tensors.size() - 1), 0});
  }

  std::span<const std::byte> m_pickle;
  const std::string& m_path;
  const PickleLimits m_limits;
  std::size_t m_at = 0, m_opAt = 0, m_itemCount = 0, m_memoCount = 0;
  std::vector<Index> m_stack, m_memo;
  std::vector<pickle::Name> m_names;
  PickleTree m_tree;
};

PickleTree unpickle(std::span<const std::byte> pickle, const std::string& path, const PickleLimits& limits) {
  return Unpickler(pickle, path, limits).run();
}

}  // namespace gps
