#include "core/io/picturefile.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/io/crc32.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::uint8_t, 8> kPngSignature{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::size_t kHeaderBytes = std::size_t{256} << 10;
constexpr const char* kCopyAgain = "Copy it again from its source, or save it anew as PNG or JPEG";

// Reads integers of either byte order inside bounds; out of bounds gives 0 and marks the reader as failed.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size, bool bigEndian = true) : m_data(data), m_size(size), m_big(bigEndian) {}
  bool failed() const { return m_failed; }
  void setBigEndian(bool big) { m_big = big; }
  std::uint32_t u8(std::size_t at) { return number(at, 1); }
  std::uint32_t u16(std::size_t at) { return number(at, 2); }
  std::uint32_t u32(std::size_t at) { return number(at, 4); }

 private:
  std::uint32_t number(std::size_t at, std::size_t count) {
    if (at > m_size || m_size - at < count) {
      m_failed = true;
      return 0;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = (value << 8) | m_data[at + (m_big ? i : count - 1 - i)];
    return value;
  }

  const std::uint8_t* m_data;
  std::size_t m_size;
  bool m_big;
  bool m_failed = false;
};

bool isPng(const std::uint8_t* bytes, std::size_t size) {
  return size >= kPngSignature.size() && std::equal(kPngSignature.begin(), kPngSignature.end(), bytes);
}

bool isJpeg(const std::uint8_t* bytes, std::size_t size) { return size >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF; }

// Tag 0x0112 of the first directory of a TIFF block.
int orientationOfTiff(const std::uint8_t* tiff, std::size_t size) {
  Bytes in(tiff, size);
  const auto order = in.u16(0);
  if (order != 0x4949 && order != 0x4D4D) return 1;
  in.setBigEndian(order == 0x4D4D);
  if (in.u16(2) != 42) return 1;
  const std::size_t directory = in.u32(4);
  const auto entries = in.u16(directory);
  for (std::size_t i = 0; i < entries && !in.failed(); ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (in.u16(entry) != 0x0112) continue;
    const auto value = in.u16(entry + 8);
    return !in.failed() && value >= 1 && value <= 8 ? int(value) : 1;
  }
  return 1;
}

bool hasLength(std::uint32_t marker) { return marker != 0x01 && !(marker >= 0xD0 && marker <= 0xD9); }
bool isFrameHeader(std::uint32_t marker) { return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC; }

PictureHeader jpegHeader(const std::uint8_t* bytes, std::size_t size) {
  PictureHeader header{PictureFormat::Jpeg, 0, 0, 1};
  Bytes in(bytes, size);
  std::size_t at = 2;
  while (at + 4 <= size) {
    if (bytes[at] != 0xFF) break;
    const auto marker = in.u8(at + 1);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    if (!hasLength(marker)) {
      at += 2;
      continue;
    }
    const std::size_t length = in.u16(at + 2);
    if (length < 2) break;
    const std::size_t body = at + 4;
    if (marker == 0xE1 && size > body + 6 && length > 8 && std::memcmp(bytes + body, "Exif\0\0", 6) == 0) {
      header.orientation = orientationOfTiff(bytes + body + 6, std::min(length - 8, size - body - 6));
    }
    if (isFrameHeader(marker)) {
      header.height = int(in.u16(body + 1));
      header.width = int(in.u16(body + 3));
      if (in.failed()) header.width = header.height = 0;
      return header;
    }
    if (marker == 0xDA) break;
    at += 2 + length;
  }
  return header;
}

PictureHeader pngHeader(const std::uint8_t* bytes, std::size_t size) {
  PictureHeader header{PictureFormat::Png, 0, 0, 1};
  Bytes in(bytes, size);
  std::size_t at = kPngSignature.size();
  while (at + 8 <= size) {
    const std::size_t length = in.u32(at);
    const char* type = reinterpret_cast<const char*>(bytes + at + 4);
    if (std::memcmp(type, "IHDR", 4) == 0) {
      header.width = int(std::min<std::uint32_t>(in.u32(at + 8), 1U << 30));
      header.height = int(std::min<std::uint32_t>(in.u32(at + 12), 1U << 30));
      if (in.failed()) header.width = header.height = 0;
    } else if (std::memcmp(type, "eXIf", 4) == 0 && at + 8 < size) {
      header.orientation = orientationOfTiff(bytes + at + 8, std::min(length, size - at - 8));
    } else if (std::memcmp(type, "IDAT", 4) == 0) {
      break;
    }
    if (length > size || at + 12 + length > size) break;
    at += 12 + length;
  }
  return header;
}

// A complete JPEG ends with the marker FFD9 after its last scan; inside a scan FF00 and restart markers are data.
bool jpegIsComplete(const std::vector<std::uint8_t>& bytes) {
  std::size_t at = 2;
  bool hasScan = false;
  while (at + 1 < bytes.size()) {
    if (bytes[at] != 0xFF) {
      if (!hasScan) return false;
      ++at;
      continue;
    }
    const std::uint32_t marker = bytes[at + 1];
    if (marker == 0xD9) return hasScan;
    if (marker == 0xFF) {
      ++at;
    } else if (marker == 0x00 || !hasLength(marker)) {
      at += 2;
    } else {
      if (at + 3 >= bytes.size()) return false;
      hasScan = hasScan || marker == 0xDA;
      at += 2 + ((std::size_t(bytes[at + 2]) << 8) | bytes[at + 3]);
    }
  }
  return false;
}

std::string pngDefect(const std::vector<std::uint8_t>& bytes) {
  Bytes in(bytes.data(), bytes.size());
  std::size_t at = kPngSignature.size();
  while (at + 12 <= bytes.size()) {
    const std::size_t length = in.u32(at);
    if (length > bytes.size() - at - 12) break;
    if (crc32(bytes.data() + at + 4, length + 4) != in.u32(at + 8 + length)) return "the PNG is damaged (a checksum does not match)";
    if (std::memcmp(bytes.data() + at + 4, "IEND", 4) == 0) return {};
    at += 12 + length;
  }
  return "the PNG is cut off before its end";
}

void requireFile(const std::string& path) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) throw Error(ErrorCode::NotFound, path, "there is no such file", "Check the path");
  if (fs::is_directory(status)) throw Error(ErrorCode::BadFile, path, "this is a folder, not a picture", "Give the path of a file");
}

std::vector<std::uint8_t> readBytes(const std::string& path, std::size_t limit) {
  requireFile(path);
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed) throw Error(ErrorCode::BadFile, path, "it is not a regular file", "Give the path of a picture");
  if (size == 0) throw Error(ErrorCode::BadFile, path, "the file is empty", kCopyAgain);
  std::ifstream in(fs::path(path), std::ios::binary);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::min<std::uintmax_t>(size, limit)));
  if (!in || !in.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(bytes.size()))) {
    throw Error(ErrorCode::BadFile, path, "the file cannot be read", "Check its permissions and the disk");
  }
  return bytes;
}

}  // namespace

std::vector<std::uint8_t> readPictureFile(const std::string& path) { return readBytes(path, ~std::size_t{0} >> 1); }

PictureHeader parsePictureHeader(const std::uint8_t* bytes, std::size_t size) {
  PictureHeader header;
  if (isPng(bytes, size)) header = pngHeader(bytes, size);
  if (isJpeg(bytes, size)) header = jpegHeader(bytes, size);
  if (header.orientation >= 5) std::swap(header.width, header.height);  // 5…8 turn by a quarter
  return header;
}

PictureHeader readPictureHeader(const std::string& path) {
  const auto start = readBytes(path, kHeaderBytes);
  auto header = parsePictureHeader(start.data(), start.size());
  if (header.format == PictureFormat::Jpeg && header.width == 0 && start.size() == kHeaderBytes) {  // long colour profiles
    const auto all = readPictureFile(path);
    header = parsePictureHeader(all.data(), all.size());
  }
  return header;
}

void requireComplete(const std::string& path, const std::vector<std::uint8_t>& bytes) {
  if (isJpeg(bytes.data(), bytes.size()) && !jpegIsComplete(bytes)) {
    throw Error(ErrorCode::BadFile, path, "the JPEG is cut off before its end", kCopyAgain);
  }
  if (isPng(bytes.data(), bytes.size())) {
    if (const auto defect = pngDefect(bytes); !defect.empty()) throw Error(ErrorCode::BadFile, path, defect, kCopyAgain);
  }
}

}  // namespace gps
