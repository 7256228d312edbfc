#include "core/data/phantom/phantom.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "core/checkpoints/readers/sha256.h"
#include "core/data/packwriter.h"
#include "core/data/phantom/phantomshade.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr int kMostAttempts = 12;
constexpr double kLeastShare = 0.012, kMostShare = 0.38;  // of the picture, covered by polyps
constexpr double kFarthest = 2.1;                         // mean distance of their pixels; the light does not reach farther

void requireRange(const char* what, int value, int low, int high) {
  if (value >= low && value <= high) return;
  throw Error(ErrorCode::BadArgument, what, std::to_string(value) + " is not in " + std::to_string(low) + " … " + std::to_string(high));
}

// What is seen of each polyp above its foot, and nothing under the black frame.
MaskImage maskOf(const phantom::Scene& scene, const phantom::PixelGrid& grid, const phantom::Frame& frame) {
  MaskImage mask{grid.size, grid.size, std::vector<std::uint8_t>(grid.pixels.size())};
  for (std::size_t i = 0; i < grid.pixels.size(); ++i) {
    const auto& pixel = grid.pixels[i];
    if (!pixel.isHit() || pixel.polyp < 0) continue;
    const bool isPolyp = pixel.crest > scene.polyps[std::size_t(pixel.polyp)].share;
    if (isPolyp && frame.open(int(i) % grid.size, int(i) / grid.size) > 0.5F) mask.pixels[i] = 255;
  }
  return mask;
}

bool isUsable(const MaskImage& mask, const phantom::PixelGrid& grid) {
  std::size_t on = 0;
  double depths = 0;
  for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
    if (mask.pixels[i] == 0) continue;
    ++on;
    depths += double(grid.pixels[i].depth);
  }
  const double share = double(on) / double(mask.pixels.size());
  return share >= kLeastShare && share <= kMostShare && depths < kFarthest * double(on);
}

RgbImage to8Bit(const phantom::Film& film) {
  RgbImage image{film.size, film.size, {}};
  image.pixels.reserve(3 * film.pixels.size());
  for (const auto& c : film.pixels)
    for (const float value : {c.x, c.y, c.z}) image.pixels.push_back(std::uint8_t(std::lround(255 * phantom::saturate(value))));
  return image;
}

std::string nameOf(int index) {
  char name[32];
  std::snprintf(name, sizeof name, "phantom_%04d", index);
  return name;
}

void requireCounts(int train, int validation, int size) {
  requireRange("training phantoms", train, 1, 100000);
  requireRange("validation phantoms", validation, 0, 100000);
  requireRange("phantom size", size, 64, 1024);
}

void writeList(const fs::path& path, int first, int last) {
  std::ofstream out(path, std::ios::binary);
  for (int i = first; i < last; ++i) out << nameOf(i) << '\n';
  out.flush();
  if (!out) throw Error(ErrorCode::Io, path.string(), "it cannot be written", "Check that the folder may be written to and has room");
}

}  // namespace

PhantomScene makePhantom(std::uint64_t seed, int index, int size) {
  requireRange("phantom size", size, 64, 1024);
  // A polyp may hide behind a fold or fill the picture: then another scene of the same address is tried.
  for (int attempt = 0;; ++attempt) {
    phantom::Scene scene(seed, index, attempt);
    scene.camera.pixelsPerRadian = 0.5F * float(size) / float(scene.random.uniform(0.95, 1.15));
    const phantom::Frame frame(size, scene.random);
    phantom::PixelGrid grid{size, std::vector<phantom::Pixel>(std::size_t(size) * std::size_t(size))};
    phantom::rasterise(phantom::wallMesh(scene), scene.camera, grid);
    for (int i = 0; i < int(scene.polyps.size()); ++i) phantom::rasterise(phantom::polypMesh(scene, i), scene.camera, grid);
    auto mask = maskOf(scene, grid, frame);
    if (!isUsable(mask, grid) && attempt < kMostAttempts) continue;
    auto film = phantom::shade(scene, grid, frame, scene.random);
    phantom::develop(film, frame, scene.random);
    return {to8Bit(film), std::move(mask), int(scene.polyps.size())};
  }
}

void writePhantomDataset(const std::string& folder, int train, int validation, int size, std::uint64_t seed, const PictureWriters& writers,
                         RunControl* control) {
  requireCounts(train, validation, size);
  if (!writers.image || !writers.mask) throw Error(ErrorCode::BadArgument, "phantoms", "there is nothing to write pictures with");
  const fs::path root(folder);
  std::error_code failed;
  fs::create_directories(root / "images", failed);
  if (!failed) fs::create_directories(root / "masks", failed);
  if (failed) throw Error(ErrorCode::Io, folder, "the folder cannot be made (" + failed.message() + ")", "Choose another place");
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "phantom", "images", train + validation);
  for (int i = 0; i < train + validation; ++i) {
    if (control != nullptr) control->stepBoundary();
    const auto scene = makePhantom(seed, i, size);
    writers.image((root / "images" / (nameOf(i) + ".png")).string(), scene.image);
    writers.mask((root / "masks" / (nameOf(i) + ".png")).string(), scene.mask);
    meter.advance();
  }
  writeList(root / "train.txt", 0, train);
  writeList(root / "val.txt", train, train + validation);
}

void makePhantomPack(const std::string& path, int train, int validation, int size, std::uint64_t seed, RunControl* control) {
  requireCounts(train, validation, size);
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "phantom", "images", train + validation);
  std::vector<PhantomScene> scenes;
  std::vector<PackEntry> entries;
  for (int i = 0; i < train + validation; ++i) {
    if (control != nullptr) control->stepBoundary();
    scenes.push_back(makePhantom(seed, i, size));
    Sha256 hash;
    hash.update(scenes.back().image.pixels.data(), scenes.back().image.pixels.size());
    entries.push_back({nameOf(i), i < train ? "train" : "val", {}, hash.finishHex(), size, size, true});
    meter.advance();
  }
  PackWriter writer(path, {}, entries);
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    writer.addImage(entries[i].id, scenes[i].image);
    writer.addMask(entries[i].id, scenes[i].mask);
  }
  writer.finish();
}

}  // namespace gps
