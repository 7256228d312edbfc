#include "core/io/overlay.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/io/contourlines.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr float kDash = 7, kGap = 6;  // pixels of the truth's dashes
constexpr std::uint32_t kTruthColour = 0xFFFFFF;

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

  void addDashes(const ContourLine& line) {
    float walked = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const ContourPoint a = line[i], b = line[(i + 1) % line.size()];
      const float length = std::hypot(b.x - a.x, b.y - a.y);
      // A segment may hold several dashes; walk it from one dash boundary to the next.
      for (float at = 0; at < length;) {
        const float phase = std::fmod(walked + at, kDash + kGap);
        const bool inside = phase < kDash;
        const float step = std::max((inside ? kDash : kDash + kGap) - phase, 1e-3F), to = std::min(at + step, length);
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

// Foreground share of every pixel: a soft step one pixel wide across the level.
void drawFill(RgbImage& image, const ProbabilityMap& map, const OverlayStyle& style) {
  const int w = map.width, h = map.height;
  const auto at = [&](int x, int y) {
    return map.values[std::size_t(std::clamp(y, 0, h - 1)) * std::size_t(w) + std::size_t(std::clamp(x, 0, w - 1))];
  };
  const float level = float(style.threshold), opacity = float(std::clamp(style.opacity, 0.0, 1.0));
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float above = at(x, y) - level;
      const float slope = 0.5F * std::hypot(at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1));
      const float share = slope > 1e-6F ? std::clamp(0.5F + above / slope, 0.0F, 1.0F) : (above > 0 ? 1.0F : 0.0F);
      if (share > 0) blend(image, std::size_t(y) * std::size_t(w) + std::size_t(x), style.colour, opacity * share);
    }
  }
}

void drawLines(RgbImage& image, const DistanceField& lines, std::uint32_t colour, float width) {
  const std::size_t pixels = image.pixels.size() / 3;
  for (std::size_t i = 0; i < pixels; ++i) {
    if (const float share = lines.coverage(i, width); share > 0) blend(image, i, colour, share);
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

RgbImage drawOverlay(const RgbImage& image, const ProbabilityMap& prediction, const MaskImage* truth, const OverlayStyle& style) {
  requireSameSize("prediction", prediction.width, prediction.height, image);
  if (truth != nullptr) requireSameSize("truth mask", truth->width, truth->height, image);
  RgbImage out = image;
  const float lineWidth = float(style.lineWidth), haloWidth = float(std::max(style.haloWidth, style.lineWidth));
  const float reach = 0.5F * haloWidth + 1;
  if (style.fill) drawFill(out, prediction, style);
  if (style.contour) {
    DistanceField lines(out.width, out.height, reach);
    for (const auto& line : contourLines(prediction.values, prediction.width, prediction.height, float(style.threshold)))
      lines.addLine(line);
    drawLines(out, lines, style.halo, haloWidth);
    drawLines(out, lines, style.colour, lineWidth);
  }
  if (style.truth && truth != nullptr) {
    std::vector<float> field(truth->pixels.size());
    std::transform(truth->pixels.begin(), truth->pixels.end(), field.begin(), [](std::uint8_t on) { return on > 127 ? 1.0F : 0.0F; });
    DistanceField dashes(out.width, out.height, reach);
    for (auto& line : contourLines(field, truth->width, truth->height, 0.5F)) {
      smoothLine(line, 4);
      dashes.addDashes(line);
    }
    drawLines(out, dashes, style.halo, 0.75F * lineWidth + 1.2F);
    drawLines(out, dashes, kTruthColour, 0.75F * lineWidth);
  }
  return out;
}

}  // namespace gps
