#pragma once
// Colonoscopy-like scenes with polyps and their masks, drawn from nothing but a seed: a sample project that needs nobody's data.
#include <cstdint>
#include <functional>
#include <string>

#include "core/control/runcontrol.h"
#include "core/values/dataset.h"
#include "core/values/image.h"

namespace gps {

struct PhantomScene {
  RgbImage image;
  MaskImage mask;  // all polyps of the scene
  int polyps = 0;  // 1…3
};

// Same (seed, index, size), same pixels. size 64…1024, square. About 30 ms at 256.
PhantomScene makePhantom(std::uint64_t seed, int index, int size);

// How pictures reach the disk; core/io has writers for this (writeRgb, writeMask).
struct PictureWriters {
  std::function<void(const std::string& path, const RgbImage&)> image;
  std::function<void(const std::string& path, const MaskImage&)> mask;
};

// Kvasir-SEG layout: images/phantom_0000.png, masks/phantom_0000.png, train.txt, val.txt. Scenes 0 … train-1 train, the rest
// validate. Creates the folder. Stage "phantom", unit "images". Throws Error(BadArgument, Io).
void writePhantomDataset(const std::string& folder, int train, int validation, int size, std::uint64_t seed, const PictureWriters& writers,
                         RunControl* control = nullptr);

// The same as one pack file; needs no image library.
void makePhantomPack(const std::string& path, int train, int validation, int size, std::uint64_t seed, RunControl* control = nullptr);

}  // namespace gps
