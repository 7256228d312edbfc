#pragma once
// Reads the pickle of a PyTorch checkpoint as data. Nothing in the file is ever imported, called or executed: the few opcodes
// and names a state dict needs are understood here, everything else is refused with its name and byte.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/checkpoints/readers/dtype.h"

namespace gps {

// Hostile pickles end at these; the largest SAM checkpoint stays below a twentieth of each.
struct PickleLimits {
  std::size_t bytes = 64u << 20;      // of the pickle
  std::size_t values = 1u << 18;      // created
  std::size_t stackDepth = 1u << 18;  // values waiting
  std::size_t memoIndex = 1u << 18;
  std::size_t items = 1u << 20;      // in all lists, tuples and dicts together
  std::size_t textBytes = 1u << 16;  // of one string
};

struct PickledStorage {
  std::string_view key;        // the entry data/<key>; points into the pickle
  std::optional<DType> dtype;  // empty: untyped, elements counts bytes
  std::uint64_t elements = 0;
};

struct PickledTensor {
  PickledStorage storage;
  DType dtype = DType::F32;
  std::uint64_t storageOffset = 0;           // elements
  std::vector<std::int64_t> shape, strides;  // same length, nothing negative
  std::size_t pickleByte = 0;
};

// A value tree; indices instead of pointers, and a value may be shared by several parents (or, in a hostile file, contain
// itself): walk it with a depth limit.
class PickleTree {
 public:
  using Index = std::uint32_t;
  enum class Kind : std::uint8_t { None, Bool, Int, Float, Text, Tuple, List, Dict, Name, Storage, Tensor, Mark };

  Index root() const { return m_root; }
  Kind kind(Index value) const { return m_values[value].kind; }
  std::string_view text(Index value) const;            // Kind::Text
  const std::vector<Index>& items(Index value) const;  // Tuple, List: items; Dict: key, value, key, value …
  const PickledTensor& tensor(Index value) const;      // Kind::Tensor
  const std::vector<PickledStorage>& storages() const { return m_storages; }
  std::size_t bytes() const { return m_bytes; }  // of the pickle, its last opcode included

 private:
  friend class Unpickler;
  struct Value {
    Kind kind = Kind::None;
    std::uint32_t index = 0;  // into the table of the kind; Text: length
    std::int64_t number = 0;  // Bool, Int; Text: byte; Name: which
  };
  Index m_root = 0;
  std::size_t m_bytes = 0;
  std::span<const std::byte> m_pickle;
  std::vector<Value> m_values;
  std::vector<std::vector<Index>> m_items;
  std::vector<PickledStorage> m_storages;
  std::vector<PickledTensor> m_tensors;
};

// path names the file in errors: Error(BadFile). The tree points into pickle, which must outlive it.
PickleTree unpickle(std::span<const std::byte> pickle, const std::string& path, const PickleLimits& limits = {});

}  // namespace gps
