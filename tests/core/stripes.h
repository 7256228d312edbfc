#pragma once
// A classification data set of stripes held in memory, whose class is their direction and colour.
#include <string>
#include <vector>

#include "core/control/imagesource.h"
#include "core/values/dataset.h"

namespace gps::test {

// Stripes; "path" is the number of the picture, its class is number % 3.
class StripeSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    const int n = std::stoi(path), kind = n % 3;
    RgbImage image{44, 40, std::vector<std::uint8_t>(44 * 40 * 3)};
    unsigned state = unsigned(n) * 2654435761u + 1;
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x)
        for (int c = 0; c < 3; ++c) {
          state = state * 1664525u + 1013904223u;
          const int at = kind == 0 ? x : kind == 1 ? y : x + y;
          const bool on = (at + n) / 4 % 2 == 0;
          image.pixels[std::size_t((y * image.width + x) * 3 + c)] = std::uint8_t((on ? 120 + 30 * ((c + kind) % 3) : 30) + (state >> 27));
        }
    return image;
  }
  MaskImage loadMask(const std::string&) const override { return {}; }
  Size sizeOf(const std::string&) const override { return {44, 40}; }
};

inline DataSummary stripes(int train, int validation, int test = 0) {
  DataSummary data;
  data.task = TaskKind::Classification;
  data.folder = "stripes";
  data.dataHash = "stripes";
  data.classes = {"across", "down", "slant"};
  for (int i = 0; i < train + validation + test; ++i) {
    const auto id = std::to_string(i);
    const char* split = i < train ? "train" : i < train + validation ? "val" : "test";
    data.items.push_back({id, split, id, "", data.classes[std::size_t(i % 3)]});
    ++data.splits[split];
  }
  return data;
}

}  // namespace gps::test
