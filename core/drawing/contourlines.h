#pragma once
// Outlines of a field at a level, as closed lines with sub-pixel corners.
#include <vector>

namespace gps {

struct ContourPoint {
  float x = 0, y = 0;  // pixel centres lie at whole numbers
};
using ContourLine = std::vector<ContourPoint>;  // closed: the last point joins the first

// Marching squares over field [height, width]; what lies outside of the picture counts as below the level, so every line is
// closed; along the border it runs half a pixel outside of the pixel centres. Saddles are cut apart.
std::vector<ContourLine> contourLines(const std::vector<float>& field, int width, int height, float level);

}  // namespace gps
