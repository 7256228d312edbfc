#pragma once
// Colour, light and lens of a phantom.
#include <vector>

#include "core/data/phantom/phantomraster.h"

namespace gps::phantom {

// The black surround of the video processor: octagon, circle or rounded square, at times with a box in a corner.
class Frame {
 public:
  Frame(int size, CounterRandom& random);
  float open(int x, int y) const;  // 0 black … 1 picture, soft over a pixel

 private:
  float m_half, m_cut = 0, m_round = 0, m_side = 1, m_boxWidth = 0, m_boxHeight = 0;
};

// The picture while it is worked on: [size, size, 3], linear light until developed, then 0…1 as displayed.
struct Film {
  int size = 0;
  std::vector<Vec3> pixels;
};

// Light from the camera on wet mucosa: texture, vessels, reflections, darkness with distance.
Film shade(const Scene& scene, const PixelGrid& grid, const Frame& frame, CounterRandom& random);
// Exposure, defocus, motion, sharpening, sensor noise and the frame.
void develop(Film& film, const Frame& frame, CounterRandom& random);

}  // namespace gps::phantom
