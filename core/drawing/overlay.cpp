#include "core/drawing/overlay.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/drawing/contourlines.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr float kTruthWidth = 0.8F;         // of the width of a contour
constexpr float kDash = 3.4F, kGap = 2.6F;  // of the truth's own width
constexpr float kTruthHaloOpacity = 0.45F;
constexpr std::uint32_t kTruthColour = 0xFFFFFF, kTruthHalo = 0x0B1118;

// Distance of every pixel centre to the nearest drawn segment, filled in only near the segments.
class DistanceField {
 public:
  DistanceField(int width, int height, float reach)
      : m_width(width), m_height(height), m_reach(reach), m_distance(std::size_t(width) * std::size_t(height), kFar) {}

  void addSegment(ContourPoint a, ContourPoint b) {
    const int x0 = std::max(0, int(std::floor(std::min(a.x, b.x) - m_reach)));
    const int x1 = std::min(m_width - 1, int(std::ceil(std::max(a.x, b.x) + m_reach)));
    const int y0 = std::max(0, int(std::floor(std::min(a.y, b.y) - m_reach)));
    const int y1 = std::min(m_height - 1, int(std::ceil(std::max(a.y, b.y) + m_reach)));
    const float dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    for (int y = y0; y <= y1; ++y) {
      for (int x = x0; x <= x1; ++x) {
        const float px = float(x) - a.x, py = float(y) - a.y;
        const float t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0F, 1.0F) : 0.0F;
        const float ex = px - t * dx, ey = py - t * dy;
        float& d = m_distance[std::size_t(y) * std::size_t(m_width) + std::size_t(x)];
        d = std::min(d, ex * ex + ey * ey);  // squared until it is read
      }
    }
  }

  void addLine(const ContourLine& line) {
    for (std::size_t i = 0; i < line.size(); ++i) addSegment(line[i], line[(i + 1) % line.size()]);
  }

  void addDashes(const ContourLine& line, float dash, float gap) {
    float walked = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const ContourPoint a = line[i], b = line[(i + 1) % line.size()];
      const float length = std::hypot(b.x - a.x, b.y - a.y);
      // A segment may hold several dashes; walk it from one dash boundary to the next.
      for (float at = 0; at < length;) {
        const float phase = std::fmod(walked + at, dash + gap);
        const bool inside = phase < dash;
        const float step = std::max((inside ? dash : dash + gap) - phase, 1e-3F), to = std::min(at + step, length);
        if (inside) addSegment(between(a, b, at / length), between(a, b, to / length));
        at = to;
      }
      walked += length;
    }
  }

  // Share of a pixel covered by a line of this width, edges softened over one pixel.
  float coverage(std::size_t pixel, float width) const {
    const float d2 = m_distance[pixel];
    return d2 == kFar ? 0.0F : std::clamp(0.5F * width + 0.5F - std::sqrt(d2), 0.0F, 1.0F);
  }

 private:
  static constexpr float kFar = std::numeric_limits<float>::max();
  static ContourPoint between(ContourPoint a, ContourPoint b, float t) { return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}; }

  int m_width, m_height;
  float m_reach;
  std::vector<float> m_distance;
};

void blend(RgbImage& image, std::size_t pixel, std::uint32_t colour, float alpha) {
  for (std::size_t c = 0; c < 3; ++c) {
    auto& value = image.pixels[3 * pixel + c];
    const float to = float((colour >> (16 - 8 * c)) & 0xFF);
    value = std::uint8_t(std::lround(float(value) + alpha * (to - float(value))));
  }
}

// In 256ths, as the viewer mixes it: what is seen and what is written are the same numbers.
void drawFill(RgbImage& image, const ProbabilityMap& map, const OverlayStyle& style) {
  const auto amount = std::uint32_t(std::lround(std::clamp(style.opacity, 0.0, 1.0) * 256));
  const auto level = float(style.threshold);
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    if (!(map.values[i] > level)) continue;
    for (std::size_t c = 0; c < 3; ++c) {
      auto& value = image.pixels[3 * i + c];
      value = std::uint8_t((value * (256 - amount) + ((style.colour >> (16 - 8 * c)) & 0xFF) * amount) >> 8);
    }
  }
}

void drawLines(RgbImage& image, const DistanceField& lines, std::uint32_t colour, float width, float opacity = 1) {
  const std::size_t pixels = image.pixels.size() / 3;
  for (std::size_t i = 0; i < pixels; ++i) {
    if (const float share = lines.coverage(i, width); share > 0) blend(image, i, colour, opacity * share);
  }
}

void requireSameSize(const std::string& what, int width, int height, const RgbImage& image) {
  if (width == image.width && height == image.height) return;
  throw Error(ErrorCode::Mismatch, what,
              "is " + std::to_string(width) + "x" + std::to_string(height) + " but the picture is " + std::to_string(image.width) + "x" +
                  std::to_string(image.height),
              "Bring both to the size of the picture first");
}

}  // namespace

RgbImage drawOverlay(const RgbImage& image, const ProbabilityMap* prediction, const MaskImage* truth, const OverlayStyle& style) {
  if (prediction != nullptr) requireSameSize("prediction", prediction->width, prediction->height, image);
  if (truth != nullptr) requireSameSize("truth mask", truth->width, truth->height, image);
  RgbImage out = image;
  const auto lineWidth = float(style.lineWidth), haloWidth = float(std::max(style.haloWidth, style.lineWidth));
  const float reach = 0.5F * haloWidth + 1;
  if (style.fill && prediction != nullptr) drawFill(out, *prediction, style);
  if (style.contour && prediction != nullptr) {
    DistanceField lines(out.width, out.height, reach);
    for (const auto& line : contourLines(prediction->values, prediction->width, prediction->height, float(style.threshold)))
      lines.addLine(line);
    // The whole halo first, so that a neighbour's halo never lies over a line.
    drawLines(out, lines, style.halo, haloWidth);
    drawLines(out, lines, style.colour, lineWidth);
  }
  if (style.truth && truth != nullptr) {
    std::vector<float> field(truth->pixels.size());
    std::transform(truth->pixels.begin(), truth->pixels.end(), field.begin(), [](std::uint8_t on) { return on > 127 ? 1.0F : 0.0F; });
    const float width = kTruthWidth * lineWidth;
    DistanceField whole(out.width, out.height, reach), dashes(out.width, out.height, reach);
    for (const auto& line : contourLines(field, truth->width, truth->height, 0.5F)) {
      whole.addLine(line);
      dashes.addDashes(line, kDash * width, kGap * width);
    }
    // A thin dark line under the dashes keeps white readable on highlights.
    drawLines(out, whole, kTruthHalo, width + 1.4F, kTruthHaloOpacity);
    drawLines(out, dashes, kTruthColour, width);
  }
  return out;
}

}  // namespace gps
