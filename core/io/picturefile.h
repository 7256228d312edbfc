#pragma once
// The bytes of a picture file, checked before a decoder sees them: decoders fill the missing part of a cut file with grey
// and print their complaints on stderr.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

enum class PictureFormat { Jpeg, Png, Other };

// What the header says. Width and height are those of the upright picture (EXIF orientation applied), 0 when unknown.
struct PictureHeader {
  PictureFormat format = PictureFormat::Other;
  int width = 0, height = 0;
  int orientation = 1;  // EXIF, 1…8
};

// Throws Error(NotFound) when there is no such file, Error(BadFile) for a folder, an empty or an unreadable file.
std::vector<std::uint8_t> readPictureFile(const std::string& path);

// Never throws for odd content; reads at most what it needs.
PictureHeader parsePictureHeader(const std::uint8_t* bytes, std::size_t size);

// The first bytes of the file are enough for most pictures. Throws as readPictureFile.
PictureHeader readPictureHeader(const std::string& path);

// Throws Error(BadFile) when a JPEG has no end-of-image marker or a PNG is cut or fails a checksum.
void requireComplete(const std::string& path, const std::vector<std::uint8_t>& bytes);

}  // namespace gps
