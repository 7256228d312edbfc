#include "core/io/videoformat.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "core/values/error.h"

namespace gps {
namespace {

using Bytes = std::string_view;

bool isMp4(Bytes head) {
  if (head.size() < 8) return false;
  for (const char* box : {"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"})
    if (head.substr(4, 4) == box) return true;
  return false;
}

// MPEG transport stream: packets of 188 bytes, of 192 on discs.
bool isTransportStream(Bytes head) {
  const auto has = [head](std::size_t first, std::size_t step) {
    for (std::size_t i = 0; i < 3; ++i)
      if (first + i * step >= head.size() || head[first + i * step] != 0x47) return false;
    return true;
  };
  return has(0, 188) || has(4, 192);
}

bool isVideo(Bytes head) {
  const auto starts = [head](Bytes magic) { return head.substr(0, magic.size()) == magic; };
  return (starts("RIFF") && head.size() >= 12 && head.substr(8, 4) == "AVI ") || isMp4(head) || isTransportStream(head) ||
         starts("\x1A\x45\xDF\xA3") ||                                       // Matroska, WebM
         starts(Bytes("\0\0\1\xBA", 4)) || starts(Bytes("\0\0\1\xB3", 4)) ||  // MPEG
         starts("\x30\x26\xB2\x75") ||                                       // Windows Media
         starts("FLV\1") || starts("OggS");
}

std::uint64_t bigEndian(const unsigned char* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[i];
  return value;
}

// Boxes follow one another, each with its length; the one called moov is the table of frames.
void requireCompleteMp4(const std::string& path, std::ifstream& in, std::uint64_t size) {
  bool hasTable = false, isCut = false;
  std::uint64_t at = 0;
  while (at + 8 <= size) {
    std::array<unsigned char, 16> head{};
    in.clear();
    in.seekg(std::streamoff(at));
    in.read(reinterpret_cast<char*>(head.data()), 16);
    std::uint64_t length = bigEndian(head.data(), 4);
    if (length == 1) length = bigEndian(head.data() + 8, 8);
    if (length == 0) length = size - at;
    if (length < 8) break;
    hasTable = hasTable || std::memcmp(head.data() + 4, "moov", 4) == 0;
    if (length > size - at) isCut = true;
    if (isCut) break;
    at += length;
  }
  if (!hasTable)
    throw Error(ErrorCode::BadFile, path, isCut ? "the video is cut short: its table of frames is missing" : "the video has no table of frames",
                "Copy the file again, or export it again");
}

}  // namespace

void requireVideoFile(const std::string& path) {
  if (path.find("://") != std::string::npos)
    throw Error(ErrorCode::BadArgument, path, "is an address; only files of this computer are opened", "Copy the video to this computer first");
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) throw Error(ErrorCode::NotFound, path, "there is no such file", "Check the path");
  if (!std::filesystem::is_regular_file(status))
    throw Error(ErrorCode::BadFile, path, "is neither a file nor a folder", "Name a video file or a folder of pictures");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::Io, path, std::string("cannot be read (") + std::strerror(errno) + ")", "Check the permissions of the file");
  const auto size = std::filesystem::file_size(path, failed);
  if (size == 0) throw Error(ErrorCode::BadFile, path, "the file is empty", "Copy the video again");
  std::string head(600, '\0');
  in.read(head.data(), std::streamsize(head.size()));
  head.resize(std::size_t(in.gcount()));
  if (!isVideo(head))
    throw Error(ErrorCode::BadFile, path, "is no video that is known here", "Known are MP4, MOV, AVI, MKV, WebM, MPEG, WMV, FLV and OGG files");
  if (isMp4(head)) requireCompleteMp4(path, in, size);
}

}  // namespace gps
