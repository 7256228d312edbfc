#pragma once
// The golden vectors of tests/reference/make_augment_vectors.py.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/checkpoints/readers/tensorfile.h"
#include "core/data/views/augment.h"

namespace gps::test {

inline TensorFile augmentVectors() {
  const char* root = std::getenv("GPS_SOURCE_DIR");
  return openTensorFile((std::filesystem::path(root == nullptr ? "." : root) / "tests/data/files/augment.safetensors").string());
}

template <typename T>
std::vector<T> valuesOf(const TensorFile& file, const std::string& name) {
  const auto& record = file.at(name);
  std::vector<T> values(std::size_t(record.elements()));
  copyRaw(file, record, values.data());
  return values;
}

inline RgbImage pictureOf(const TensorFile& file, const std::string& name) {
  const auto& shape = file.at(name).shape;
  return {int(shape[1]), int(shape[0]), valuesOf<std::uint8_t>(file, name)};
}

// A plan on a picture, and what Pillow makes of it.
struct GoldenView {
  std::string name;
  RgbImage picture, expected;
  ViewPlan plan;
};

inline ViewPlan planOf(const std::vector<double>& v) {
  ViewPlan plan;
  plan.crop = {int(v[0]), int(v[1]), int(v[2]), int(v[3])};
  plan.interpolation = v[5] != 0 ? Interpolation::Bicubic : Interpolation::Bilinear;
  plan.isMirrored = v[6] != 0;
  plan.isJittered = v[7] != 0;
  for (std::size_t i = 0; i < 4; ++i) plan.jitter.order[i] = ColourOperation(int(v[8 + i]));
  plan.jitter.brightness = v[12];
  plan.jitter.contrast = v[13];
  plan.jitter.saturation = v[14];
  plan.jitter.hue = v[15];
  plan.isGrey = v[16] != 0;
  return plan;
}

inline std::vector<GoldenView> goldenViews() {
  const auto file = augmentVectors();
  std::vector<GoldenView> views;
  for (const auto& record : file.records()) {
    if (!record.name.starts_with("view.")) continue;
    const auto dot = record.name.rfind('.');
    views.push_back({record.name, pictureOf(file, "picture" + record.name.substr(dot)), pictureOf(file, record.name),
                     planOf(valuesOf<double>(file, "plan" + record.name.substr(4, dot - 4)))});
  }
  return views;
}

}  // namespace gps::test
