#pragma once
// What a person points at in a picture, in pixels of the source picture; whole numbers are corners of pixels.
#include <array>
#include <optional>
#include <vector>

namespace gps {

struct PromptPoint {
  double x = 0, y = 0;
  bool include = true;  // false: this place does not belong to it
  bool operator==(const PromptPoint&) const = default;
};

struct PromptSet {
  std::optional<std::array<double, 4>> box;  // x0, y0, x1, y1; left top, right bottom
  std::vector<PromptPoint> points;           // in the order in which they were set
  bool empty() const { return !box && points.empty(); }
  bool operator==(const PromptSet&) const = default;
};

}  // namespace gps
