#pragma once
// How a prediction is drawn over tissue; the same numbers on screen and in exported pictures.
#include <cstdint>

namespace gps {

struct OverlayStyle {
  bool fill = true, contour = true;
  double opacity = 0.30;            // of the fill, 0…1
  double threshold = 0.5;           // on probability
  std::uint32_t colour = 0x00E5F5;  // 0xRRGGBB
  std::uint32_t halo = 0x0B1118;
  double lineWidth = 2, haloWidth = 4.5;  // pixels
  bool truth = true;                      // white dashed contour of the ground truth
  // The error map only.
  bool hatch = false;    // false positives and false negatives hatched, each its own way
  double bandWidth = 0;  // pixels of the picture on either side of the truth's outline: errors in it are drawn fainter; 0: none
  bool operator==(const OverlayStyle&) const = default;
};

}  // namespace gps
