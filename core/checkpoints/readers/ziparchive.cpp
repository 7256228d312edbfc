#include "core/checkpoints/readers/ziparchive.h"

#include <algorithm>

#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::uint32_t kEndOfDirectory = 0x06054b50, kEndOfDirectory64 = 0x06064b50, kLocator64 = 0x07064b50;
constexpr std::uint32_t kDirectoryHeader = 0x02014b50, kLocalHeader = 0x04034b50;
constexpr std::uint64_t kEndBytes = 22, kLocatorBytes = 20, kEnd64Bytes = 56, kDirectoryBytes = 46, kLocalBytes = 30;
constexpr std::uint64_t kMaxComment = 65535;

[[noreturn]] void refuse(const std::string& path, const std::string& cause) {
  throw Error(ErrorCode::BadFile, path, "as a zip archive: " + cause, "Copy or download the file again");
}

// Little-endian fields with the range check in one place.
class Bytes {
 public:
  Bytes(std::span<const std::byte> archive, const std::string& path) : m_archive(archive), m_path(path) {}

  bool holds(std::uint64_t at, std::uint64_t count) const { return at <= m_archive.size() && count <= m_archive.size() - at; }

  template <typename T>
  T get(std::uint64_t at) const {
    if (!holds(at, sizeof(T))) refuse(m_path, "ends too early, byte " + std::to_string(at) + " is missing");
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value | std::to_integer<T>(m_archive[at + i]) << (8 * i));
    return value;
  }
  std::uint16_t u16(std::uint64_t at) const { return get<std::uint16_t>(at); }
  std::uint32_t u32(std::uint64_t at) const { return get<std::uint32_t>(at); }
  std::uint64_t u64(std::uint64_t at) const { return get<std::uint64_t>(at); }

  std::string_view text(std::uint64_t at, std::uint64_t count) const {
    if (!holds(at, count)) refuse(m_path, "ends inside a name at byte " + std::to_string(at));
    return {reinterpret_cast<const char*>(m_archive.data()) + at, count};
  }
  std::uint64_t size() const { return m_archive.size(); }

 private:
  std::span<const std::byte> m_archive;
  const std::string& m_path;
};

struct Directory {
  std::uint64_t offset = 0, bytes = 0, entries = 0;
};

Directory findDirectory(const Bytes& bytes, const std::string& path) {
  const std::uint64_t last = bytes.size() < kEndBytes ? 0 : bytes.size() - kEndBytes;
  const std::uint64_t first = last > kMaxComment ? last - kMaxComment : 0;
  std::uint64_t end = last + 1;
  bool found = false;
  while (bytes.size() >= kEndBytes && end > first && !found) found = bytes.u32(--end) == kEndOfDirectory;
  if (!found) refuse(path, "no directory at its end, so it is cut short (" + std::to_string(bytes.size()) + " bytes)");

  Directory directory{bytes.u32(end + 16), bytes.u32(end + 12), bytes.u16(end + 10)};
  const bool isZip64 = end >= kLocatorBytes && bytes.u32(end - kLocatorBytes) == kLocator64;
  if (isZip64) {
    const std::uint64_t end64 = bytes.u64(end - kLocatorBytes + 8);
    if (!bytes.holds(end64, kEnd64Bytes) || bytes.u32(end64) != kEndOfDirectory64)
      refuse(path, "no 64-bit directory end at byte " + std::to_string(end64));
    directory = {bytes.u64(end64 + 48), bytes.u64(end64 + 40), bytes.u64(end64 + 32)};
  }
  if (!bytes.holds(directory.offset, directory.bytes))
    refuse(path, "its directory claims bytes " + std::to_string(directory.offset) + " and " + std::to_string(directory.bytes) +
                     " on, beyond the end");
  if (directory.entries > kMaxZipEntries || directory.entries > directory.bytes / kDirectoryBytes)
    refuse(path, "its directory claims " + std::to_string(directory.entries) + " entries in " + std::to_string(directory.bytes) + " bytes");
  return directory;
}

// The 64-bit sizes of an entry stand in its extra field, each present only where the 32-bit one is all ones.
void readExtra64(const Bytes& bytes, std::uint64_t at, std::uint64_t count, std::uint64_t& size, std::uint64_t& stored,
                 std::uint64_t& offset) {
  constexpr std::uint16_t kTag64 = 1;
  const std::uint64_t end = at + count;
  while (at + 4 <= end) {
    const std::uint64_t tag = bytes.u16(at), length = bytes.u16(at + 2);
    at += 4;
    if (length > end - at) return;
    if (tag == kTag64) {
      const std::uint64_t fieldEnd = at + length;
      for (std::uint64_t* value : {&size, &stored, &offset}) {
        if (*value != 0xFFFFFFFFu) continue;
        if (at + 8 > fieldEnd) return;
        *value = bytes.u64(at);
        at += 8;
      }
      return;
    }
    at += length;
  }
}

}  // namespace

std::vector<ZipEntry> readZipDirectory(std::span<const std::byte> archive, const std::string& path) {
  const Bytes bytes(archive, path);
  const Directory directory = findDirectory(bytes, path);
  const std::uint64_t end = directory.offset + directory.bytes;
  std::vector<ZipEntry> entries;
  entries.reserve(directory.entries);
  std::uint64_t at = directory.offset;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    if (at + kDirectoryBytes > end || bytes.u32(at) != kDirectoryHeader)
      refuse(path, "directory entry " + std::to_string(i) + " at byte " + std::to_string(at) + " is damaged");
    const std::uint16_t flags = bytes.u16(at + 8), method = bytes.u16(at + 10);
    const std::uint64_t nameBytes = bytes.u16(at + 28), extraBytes = bytes.u16(at + 30), commentBytes = bytes.u16(at + 32);
    std::uint64_t stored = bytes.u32(at + 20);
    ZipEntry entry;
    entry.size = bytes.u32(at + 24);
    entry.headerOffset = bytes.u32(at + 42);
    entry.name = bytes.text(at + kDirectoryBytes, nameBytes);
    readExtra64(bytes, at + kDirectoryBytes + nameBytes, extraBytes, entry.size, stored, entry.headerOffset);
    entry.stored = method == 0 && (flags & 1) == 0 && stored == entry.size;
    at += kDirectoryBytes + nameBytes + extraBytes + commentBytes;
    entries.push_back(entry);
  }
  return entries;
}

std::uint64_t zipDataOffset(std::span<const std::byte> archive, const ZipEntry& entry, const std::string& path) {
  const Bytes bytes(archive, path);
  const std::string name(entry.name.substr(0, 200));
  if (!entry.stored)
    throw Error(ErrorCode::BadFile, path, "entry \"" + name + "\" is compressed or encrypted, which torch.save never does",
                "Re-save the checkpoint with torch.save");
  if (!bytes.holds(entry.headerOffset, kLocalBytes) || bytes.u32(entry.headerOffset) != kLocalHeader)
    refuse(path, "entry \"" + name + "\" has no header at byte " + std::to_string(entry.headerOffset));
  const std::uint64_t data = entry.headerOffset + kLocalBytes + bytes.u16(entry.headerOffset + 26) + bytes.u16(entry.headerOffset + 28);
  if (!bytes.holds(data, entry.size))
    refuse(path, "entry \"" + name + "\" needs " + std::to_string(entry.size) + " bytes at byte " + std::to_string(data) +
                     ", beyond the end of the file");
  return data;
}

}  // namespace gps
