#pragma once
// Picture files that need no image library: binary PPM and PGM, whatever their ending says.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/control/imagesource.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"
#include "tests/support/expecterror.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {

inline void writeText(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

inline RgbImage noisePicture(int width, int height, std::uint64_t seed) {
  RgbImage image{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 3)};
  CounterRandom random(seed, 0, 0, RandomPurpose::Augment);
  for (auto& value : image.pixels) value = std::uint8_t(random.below(256));
  return image;
}

// A filled rectangle in the left half.
inline MaskImage boxMask(int width, int height) {
  MaskImage mask{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height))};
  for (int y = height / 4; y < height / 2; ++y)
    for (int x = 0; x < width / 2; ++x) mask.pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)] = 255;
  return mask;
}

inline void writePicture(const std::string& path, const RgbImage& image) {
  writeText(path, "P6\n" + std::to_string(image.width) + " " + std::to_string(image.height) + "\n255\n" +
                      std::string(image.pixels.begin(), image.pixels.end()));
}
inline void writeGrey(const std::string& path, const MaskImage& mask) {
  writeText(path, "P5\n" + std::to_string(mask.width) + " " + std::to_string(mask.height) + "\n255\n" +
                      std::string(mask.pixels.begin(), mask.pixels.end()));
}
inline void writePair(const std::string& image, const std::string& mask, std::uint64_t seed, int width = 20, int height = 16) {
  writePicture(image, noisePicture(width, height, seed));
  writeGrey(mask, boxMask(width, height));
}

class FakeImageSource : public ImageSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    auto raw = read(path);
    if (raw.channels == 3) return {raw.width, raw.height, std::move(raw.values)};
    RgbImage image{raw.width, raw.height, {}};
    for (const auto value : raw.values) image.pixels.insert(image.pixels.end(), 3, value);
    return image;
  }
  MaskImage loadMask(const std::string& path) const override {
    const auto raw = read(path);
    MaskImage mask{raw.width, raw.height, {}};
    for (std::size_t i = 0; i < raw.values.size(); i += std::size_t(raw.channels)) mask.pixels.push_back(raw.values[i] > 127 ? 255 : 0);
    return mask;
  }
  Size sizeOf(const std::string& path) const override {
    const auto raw = read(path);
    return {raw.width, raw.height};
  }
  MaskStatistics maskStatistics(const std::string& path) const override {
    const auto raw = read(path);
    MaskStatistics s{raw.width, raw.height, 0, 0, 0};
    for (const int value : raw.values) {
      s.largest = std::max(s.largest, value);
      s.foregroundShare += value > 127;
      s.greyShare += value > 32 && value < 223;
    }
    s.foregroundShare /= double(raw.values.size());
    s.greyShare /= double(raw.values.size());
    return s;
  }

 private:
  struct Raw {
    int width = 0, height = 0, channels = 0;
    std::vector<std::uint8_t> values;
  };
  static Raw read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string kind;
    int most = 0;
    Raw raw;
    if (!in) throw Error(ErrorCode::NotFound, path, "there is no such file");
    in >> kind >> raw.width >> raw.height >> most;
    in.get();
    raw.channels = kind == "P6" ? 3 : 1;
    raw.values.assign(std::istreambuf_iterator<char>(in), {});
    if ((kind != "P6" && kind != "P5") || raw.values.size() != std::size_t(raw.width * raw.height * raw.channels))
      throw Error(ErrorCode::BadFile, path, "the picture cannot be decoded");
    return raw;
  }
};

}  // namespace gps::test
