#pragma once
// Which surface each pixel of the picture shows.
#include <cstdint>
#include <vector>

#include "core/data/phantom/phantomscene.h"

namespace gps::phantom {

struct Pixel {
  float depth = 1e9F;  // distance to the camera
  Vec3 position, normal;
  float crest = 0;
  int polyp = -1;
  bool isHit() const { return depth < 1e8F; }
};

struct PixelGrid {
  int size = 0;
  std::vector<Pixel> pixels;  // [size, size]
};

// Adds what `mesh` shows to the grid; nearer surfaces win.
void rasterise(const Mesh& mesh, const Camera& camera, PixelGrid& grid);

}  // namespace gps::phantom
