#pragma once
// The directory of a zip archive whose entries are stored without compression, as torch.save writes them (zip64 included).
// Checksums are not verified: torch.save may be told not to write them.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gps {

struct ZipEntry {
  std::string_view name;           // points into the archive's bytes
  std::uint64_t headerOffset = 0;  // of its local header
  std::uint64_t size = 0;          // bytes
  bool stored = true;              // neither compressed nor encrypted
};

constexpr std::size_t kMaxZipEntries = 100'000;

// Throws Error(BadFile) naming path and the byte. Entries in directory order.
std::vector<ZipEntry> readZipDirectory(std::span<const std::byte> archive, const std::string& path);
// Byte of the entry's first data byte; the whole entry lies inside the archive. Refuses compressed entries.
std::uint64_t zipDataOffset(std::span<const std::byte> archive, const ZipEntry& entry, const std::string& path);

}  // namespace gps
