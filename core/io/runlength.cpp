#include "core/io/runlength.h"

#include <algorithm>

#include "core/values/error.h"

namespace gps {
namespace {

constexpr int kFirstCharacter = 48, kBitsPerCharacter = 5, kMostGroups = 7;  // 35 bits hold a difference of two runs

[[noreturn]] void refuse(const std::string& cause) {
  throw Error(ErrorCode::BadFile, "run lengths", cause, "Write the file anew with the program that made it");
}

void requireFull(const RunLengths& runs) {
  if (runs.width < 1 || runs.height < 1) refuse("the size of the picture is not given");
  std::uint64_t sum = 0;
  for (const auto count : runs.counts) sum += count;
  if (sum != std::uint64_t(runs.width) * std::uint64_t(runs.height))
    refuse("they cover " + std::to_string(sum) + " pixels of a picture of " + std::to_string(runs.width) + " x " +
           std::to_string(runs.height));
}

}  // namespace

RunLengths runLengthsOf(const MaskImage& mask) {
  if (mask.width < 1 || mask.height < 1 || mask.pixels.size() != std::size_t(mask.width) * std::size_t(mask.height))
    throw Error(ErrorCode::BadArgument, "mask", "it is empty or its size does not fit its pixels");
  RunLengths runs{mask.width, mask.height, {}};
  bool isOn = false;
  std::uint32_t length = 0;
  for (int x = 0; x < mask.width; ++x)
    for (int y = 0; y < mask.height; ++y) {
      const bool on = mask.pixels[std::size_t(y) * std::size_t(mask.width) + std::size_t(x)] > 127;
      if (on != isOn) {
        runs.counts.push_back(length);
        length = 0;
        isOn = on;
      }
      ++length;
    }
  runs.counts.push_back(length);
  return runs;
}

MaskImage maskOfRuns(const RunLengths& runs) {
  requireFull(runs);
  MaskImage mask{runs.width, runs.height, std::vector<std::uint8_t>(std::size_t(runs.width) * std::size_t(runs.height))};
  const auto height = std::size_t(runs.height), width = std::size_t(runs.width);
  std::size_t at = 0;
  for (std::size_t i = 0; i < runs.counts.size(); ++i) {
    const std::size_t end = at + runs.counts[i];
    if (i % 2 == 1)
      for (std::size_t p = at; p < end; ++p) mask.pixels[p % height * width + p / height] = 255;
    at = end;
  }
  return mask;
}

std::string compressedCounts(const RunLengths& runs) {
  std::string text;
  for (std::size_t i = 0; i < runs.counts.size(); ++i) {
    std::int64_t rest = runs.counts[i];
    if (i > 2) rest -= runs.counts[i - 2];
    for (bool goesOn = true; goesOn;) {
      auto group = int(rest & 31);
      rest >>= kBitsPerCharacter;  // keeps the sign
      goesOn = (group & 16) != 0 ? rest != -1 : rest != 0;
      if (goesOn) group |= 32;
      text += char(group + kFirstCharacter);
    }
  }
  return text;
}

RunLengths runLengthsFrom(const std::string& compressed, int width, int height) {
  RunLengths runs{width, height, {}};
  for (std::size_t at = 0; at < compressed.size();) {
    std::int64_t value = 0;
    bool goesOn = true;
    for (int group = 0; goesOn; ++group) {
      if (at == compressed.size()) refuse("the text ends within a number");
      if (group == kMostGroups) refuse("a number is too long");
      const int c = int(static_cast<unsigned char>(compressed[at++])) - kFirstCharacter;
      if (c < 0 || c > 63) refuse("the text holds a character that stands for nothing");
      value |= std::int64_t(c & 31) << (kBitsPerCharacter * group);
      goesOn = (c & 32) != 0;
      if (!goesOn && (c & 16) != 0) value |= -(std::int64_t(1) << (kBitsPerCharacter * (group + 1)));
    }
    if (runs.counts.size() > 2) value += runs.counts[runs.counts.size() - 2];
    if (value < 0 || value > std::int64_t(width) * height) refuse("a run is longer than the picture, or shorter than nothing");
    runs.counts.push_back(std::uint32_t(value));
  }
  requireFull(runs);
  return runs;
}

std::int64_t foregroundPixels(const RunLengths& runs) {
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < runs.counts.size(); i += 2) sum += runs.counts[i];
  return sum;
}

RunBox boxOf(const RunLengths& runs) {
  std::int64_t at = 0, left = runs.width, right = -1, top = runs.height, bottom = -1;
  for (std::size_t i = 0; i < runs.counts.size(); ++i) {
    const std::int64_t first = at;
    at += runs.counts[i];
    if (i % 2 == 0 || at == first) continue;
    const std::int64_t last = at - 1, firstColumn = first / runs.height, lastColumn = last / runs.height;
    left = std::min(left, firstColumn);
    right = std::max(right, lastColumn);
    // A run that goes on in the next column has the foot of one and the head of the other.
    top = std::min(top, firstColumn < lastColumn ? 0 : first % runs.height);
    bottom = std::max(bottom, firstColumn < lastColumn ? runs.height - 1 : last % runs.height);
  }
  if (right < 0) return {};
  return {int(left), int(top), int(right - left + 1), int(bottom - top + 1)};
}

}  // namespace gps
