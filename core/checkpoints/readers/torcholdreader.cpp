#include "core/checkpoints/readers/torcholdreader.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_map>

#include "core/checkpoints/readers/statedict.h"
#include "core/checkpoints/readers/unpickler.h"
#include "core/checkpoints/readers/utf8.h"
#include "core/values/error.h"

namespace gps {
namespace {

using namespace std::string_view_literals;

// The first two pickles are always the same: a magic number and the version of the protocol, 1001.
constexpr auto kMagic = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv;
constexpr auto kVersion = "\x80\x02M\xe9\x03."sv;
constexpr std::size_t kLengthBytes = 8;

[[noreturn]] void refuse(const std::string& path, const std::string& cause) {
  throw Error(ErrorCode::BadFile, path, cause, "Copy or download the file again");
}

// The file from `at` on, as far as a pickle may reach.
std::span<const std::byte> pickleAt(std::span<const std::byte> bytes, std::size_t at) {
  return bytes.subspan(at, std::min(bytes.size() - at, PickleLimits{}.bytes));
}

std::uint64_t lengthAt(std::span<const std::byte> bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) value |= std::to_integer<std::uint64_t>(bytes[at + i]) << (8 * i);
  return value;
}

// Element sizes by storage, from the tensors that use them: the storages themselves say only how many elements they have.
std::unordered_map<std::string_view, std::uint64_t> itemSizes(const PickleTree& tree) {
  std::unordered_map<std::string_view, std::uint64_t> sizes;
  for (const auto& storage : tree.storages()) sizes[storage.key] = storage.dtype ? itemSize(*storage.dtype) : 1;
  return sizes;
}

}  // namespace

bool looksLikeOldTorch(std::span<const std::byte> bytes) {
  return bytes.size() >= kMagic.size() && std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) == 0;
}

TensorTable parseOldTorch(std::span<const std::byte> bytes, const std::string& path) {
  std::size_t at = kMagic.size();
  if (bytes.size() < at + kVersion.size() || std::memcmp(bytes.data() + at, kVersion.data(), kVersion.size()) != 0)
    refuse(path, "is of an unknown version of PyTorch's old format (byte " + std::to_string(at) + ")");
  at += kVersion.size();
  at +=
      unpickle(pickleAt(bytes, at), path).bytes();  // about the machine: byte order, sizes of C types; little-endian by the rules of torch
  const PickleTree tree = unpickle(pickleAt(bytes, at), path);
  at += tree.bytes();
  const PickleTree keys = unpickle(pickleAt(bytes, at), path);
  at += keys.bytes();
  if (keys.kind(keys.root()) != PickleTree::Kind::List) refuse(path, "has no list of storages behind its values");

  const auto sizes = itemSizes(tree);
  std::unordered_map<std::string_view, StoragePlace> places;
  for (const auto key : keys.items(keys.root())) {
    if (keys.kind(key) != PickleTree::Kind::Text) refuse(path, "names a storage by something that is not text");
    const auto name = keys.text(key);
    const auto size = sizes.find(name);
    if (size == sizes.end()) refuse(path, "holds the storage \"" + printable(name) + "\", which no tensor uses, so its length is unknown");
    if (bytes.size() - at < kLengthBytes)
      refuse(path, "is cut short at the storage \"" + printable(name) + "\" (byte " + std::to_string(at) + ")");
    const std::uint64_t elements = lengthAt(bytes, at);
    at += kLengthBytes;
    const std::uint64_t room = bytes.size() - at;
    if (elements > room / size->second)
      refuse(path, "has a storage \"" + printable(name) + "\" of " + std::to_string(elements) + " elements, of which only " +
                       std::to_string(room / size->second) + " are there (byte " + std::to_string(at) + ")");
    if (!places.emplace(name, StoragePlace{at, elements * size->second}).second)
      refuse(path, "holds the storage \"" + printable(name) + "\" twice");
    at += std::size_t(elements * size->second);
  }
  return stateDictTensors(
      tree,
      [&](const PickledStorage& storage) -> std::optional<StoragePlace> {
        const auto found = places.find(storage.key);
        return found == places.end() ? std::nullopt : std::optional(found->second);
      },
      path);
}

}  // namespace gps
