#pragma once
// Colour, light and lens of a phantom.
#include <vector>

#include "core/data/phantomraster.h"

namespace gps::phantom {

// The picture while it is worked on: [size, size, 3], linear light until developed, then 0…1 as displayed.
struct Film {
  int size = 0;
  std::vector<Vec3> pixels;
};

// Light from the camera on wet mucosa: texture, vessels, reflections, darkness with distance.
Film shade(const Scene& scene, const PixelGrid& grid, CounterRandom& random);
// Exposure, defocus, motion, sharpening, sensor noise and the black frame of the video processor.
void develop(Film& film, CounterRandom& random);

}  // namespace gps::phantom
