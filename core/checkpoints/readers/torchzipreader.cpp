#include "core/checkpoints/readers/torchzipreader.h"

#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/checkpoints/readers/statedict.h"
#include "core/checkpoints/readers/unpickler.h"
#include "core/checkpoints/readers/utf8.h"
#include "core/checkpoints/readers/ziparchive.h"
#include "core/values/error.h"

namespace gps {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& cause, const std::string& remedy = "Copy or download the file again") {
  throw Error(ErrorCode::BadFile, path, cause, remedy);
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
  const auto storageOf = [&](const PickledStorage& storage) -> std::optional<StoragePlace> {
    const ZipEntry* entry = archive.find("data/" + std::string(storage.key));
    if (entry == nullptr) return std::nullopt;
    return StoragePlace{archive.offsetOf(*entry), entry->size};
  };
  return stateDictTensors(tree, storageOf, path);
}

}  // namespace gps
