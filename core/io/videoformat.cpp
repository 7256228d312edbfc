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
         starts("\x1A\x45\xDF\xA3") ||                                        // Matroska, WebM
         starts(Bytes("\0\0\1\xBA", 4)) || starts(Bytes("\0\0\1\xB3", 4)) ||  // MPEG
         starts("\x30\x26\xB2\x75") ||                                        // Windows Media
         starts("FLV\1") || starts("OggS");
}

std::uint64_t bigEndian(const unsigned char* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[i];
  return value;
}

struct Box {
  std::string name;
  std::uint64_t first = 0, end = 0;  // its content
  bool isCut = false;
};

// The boxes of an MP4 follow one another and lie in one another, each with its length. False: no further one.
bool readBox(std::ifstream& in, std::uint64_t at, std::uint64_t end, Box& box) {
  if (at + 8 > end) return false;
  std::array<unsigned char, 16> head{};
  in.clear();
  in.seekg(std::streamoff(at));
  in.read(reinterpret_cast<char*>(head.data()), 16);
  std::uint64_t length = bigEndian(head.data(), 4), header = 8;
  if (length == 1) length = bigEndian(head.data() + 8, 8), header = 16;
  if (length == 0) length = end - at;
  if (length < header) return false;
  box.name.assign(reinterpret_cast<const char*>(head.data()) + 4, 4);
  box.isCut = length > end - at;
  box.first = at + header;
  box.end = box.isCut ? end : at + length;
  return true;
}

bool findBox(std::ifstream& in, std::uint64_t first, std::uint64_t end, const char* name, Box& box) {
  for (std::uint64_t at = first; readBox(in, at, end, box); at = box.end)
    if (box.name == name) return true;
  return false;
}

// The one called moov is the table of frames.
void requireCompleteMp4(const std::string& path, std::ifstream& in, std::uint64_t size) {
  Box box;
  if (findBox(in, 0, size, "moov", box)) return;
  throw Error(ErrorCode::BadFile, path,
              box.isCut ? "the video is cut short: its table of frames is missing" : "the video has no table of frames",
              "Copy the file again, or export it again");
}

}  // namespace

void requireVideoFile(const std::string& path) {
  if (path.find("://") != std::string::npos)
    throw Error(ErrorCode::BadArgument, path, "is an address; only files of this computer are opened",
                "Copy the video to this computer first");
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) throw Error(ErrorCode::NotFound, path, "there is no such file", "Check the path");
  if (!std::filesystem::is_regular_file(status))
    throw Error(ErrorCode::BadFile, path, "is neither a file nor a folder", "Name a video file or a folder of pictures");
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ErrorCode::Io, path, std::string("cannot be read (") + std::strerror(errno) + ")", "Check the permissions of the file");
  const auto size = std::filesystem::file_size(path, failed);
  if (size == 0) throw Error(ErrorCode::BadFile, path, "the file is empty", "Copy the video again");
  std::string head(600, '\0');
  in.read(head.data(), std::streamsize(head.size()));
  head.resize(std::size_t(in.gcount()));
  if (!isVideo(head))
    throw Error(ErrorCode::BadFile, path, "is no video that is known here",
                "Known are MP4, MOV, AVI, MKV, WebM, MPEG, WMV, FLV and OGG files");
  if (isMp4(head)) requireCompleteMp4(path, in, size);
}

int rotationOf(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  std::ifstream in(path, std::ios::binary);
  std::string head(12, '\0');
  in.read(head.data(), std::streamsize(head.size()));
  Box movie, track, media, box;
  if (failed || !in || !isMp4(head) || !findBox(in, 0, size, "moov", movie)) return 0;
  for (std::uint64_t at = movie.first; findBox(in, at, movie.end, "trak", track); at = track.end) {
    std::array<unsigned char, 40> bytes{};
    const auto read = [&](std::uint64_t from, std::uint64_t count) {
      in.clear();
      in.seekg(std::streamoff(from));
      in.read(reinterpret_cast<char*>(bytes.data()), std::streamoff(count));
      return in.good();
    };
    if (!findBox(in, track.first, track.end, "mdia", media) || !findBox(in, media.first, media.end, "hdlr", box) || !read(box.first, 12) ||
        std::memcmp(bytes.data() + 8, "vide", 4) != 0 || !findBox(in, track.first, track.end, "tkhd", box) || !read(box.first, 1))
      continue;
    // Version and flags, times and length, 8 + 8 bytes of other things; then the matrix, by rows, in 16.16.
    if (!read(box.first + 4 + (bytes[0] == 1 ? 32 : 20) + 16, 36)) return 0;
    const auto sign = [&bytes](int element) {
      const auto value = std::int32_t(bigEndian(bytes.data() + element * 4, 4));
      return value > 0x8000 ? 1 : value < -0x8000 ? -1 : 0;
    };
    const int a = sign(0), b = sign(1), c = sign(3), d = sign(4);
    if (a == 0 && d == 0 && b == 1 && c == -1) return 90;
    if (a == -1 && d == -1) return 180;
    return a == 0 && d == 0 && b == -1 && c == 1 ? 270 : 0;
  }
  return 0;
}

}  // namespace gps
