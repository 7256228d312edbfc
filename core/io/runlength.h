#pragma once
// Masks as run lengths, the way COCO stores them: column by column from the left, the first run background, so a mask that begins with
// foreground begins with a run of 0.
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/image.h"

namespace gps {

struct RunLengths {
  int width = 0, height = 0;
  std::vector<std::uint32_t> counts;  // their sum is width * height
  bool operator==(const RunLengths&) const = default;
};

// Foreground: > 127. Throws Error(BadArgument) for an empty mask or one whose size does not fit its pixels.
RunLengths runLengthsOf(const MaskImage& mask);
// Throws Error(BadFile) when the runs do not fill the picture.
MaskImage maskOfRuns(const RunLengths& runs);

// The text of pycocotools (rleToString): from the fourth run on the difference to the run before the last one, in groups of five bits,
// printable. May contain a backslash.
std::string compressedCounts(const RunLengths& runs);
// Throws Error(BadFile) for text that is cut, holds other characters, or does not fill width x height.
RunLengths runLengthsFrom(const std::string& compressed, int width, int height);

struct RunBox {
  int left = 0, top = 0, width = 0, height = 0;  // pixels
  bool operator==(const RunBox&) const = default;
};
std::int64_t foregroundPixels(const RunLengths& runs);
RunBox boxOf(const RunLengths& runs);  // of the foreground; all 0 without

}  // namespace gps
