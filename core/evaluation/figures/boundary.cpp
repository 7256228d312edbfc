#include "core/evaluation/figures/boundary.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/values/error.h"

namespace gps {

namespace {

constexpr double kToleranceShare = 0.0075;
constexpr double kSurfaceQuantile = 0.95;
constexpr std::int64_t kSearchWork = 8;  // pairs of outline pixels for each pixel of the picture that a search may cost

struct Box {
  int left, top, right, bottom;  // right and bottom lie outside
};

Box boxRound(const PixelSet& a, const PixelSet& b) {
  Box box{a.width, a.height, 0, 0};
  for (int y = 0; y < a.height; ++y) {
    const auto row = std::size_t(y) * std::size_t(a.width);
    for (int x = 0; x < a.width; ++x) {
      if ((a.on[row + std::size_t(x)] | b.on[row + std::size_t(x)]) == 0) continue;
      box.left = std::min(box.left, x);
      box.right = std::max(box.right, x + 1);
      box.top = std::min(box.top, y);
      box.bottom = y + 1;
    }
  }
  return box;
}

PixelSet cut(const PixelSet& set, const Box& box) {
  PixelSet part{box.right - box.left, box.bottom - box.top, {}};
  part.on.reserve(std::size_t(part.width) * std::size_t(part.height));
  for (int y = box.top; y < box.bottom; ++y) {
    const auto row = set.on.begin() + std::ptrdiff_t(y) * set.width;
    part.on.insert(part.on.end(), row + box.left, row + box.right);
  }
  return part;
}

struct Walk {
  std::int64_t pixels = 0, near = 0;
};

// Of every pixel of an outline, its distance to the other.
Walk walkAlong(const PixelSet& outline, const std::vector<std::int64_t>& squared, double tolerance, std::vector<double>& distances) {
  Walk walk;
  for (std::size_t i = 0; i < outline.on.size(); ++i) {
    if (outline.on[i] == 0) continue;
    ++walk.pixels;
    if (squared[i] == kNoDistance) continue;
    const double distance = std::sqrt(double(squared[i]));
    walk.near += distance <= tolerance;
    distances.push_back(distance);
  }
  return walk;
}

}  // namespace

double boundaryTolerance(int width, int height) { return kToleranceShare * std::hypot(double(width), double(height)); }

PixelSet outlineOf(const PixelSet& mask) {
  PixelSet outline{mask.width, mask.height, std::vector<std::uint8_t>(mask.on.size())};
  const int w = mask.width, h = mask.height;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const auto i = std::size_t(y) * std::size_t(w) + std::size_t(x);
      if (mask.on[i] == 0) continue;
      const bool isEdge = x == 0 || y == 0 || x == w - 1 || y == h - 1;
      outline.on[i] =
          isEdge || mask.on[i - 1] == 0 || mask.on[i + 1] == 0 || mask.on[i - std::size_t(w)] == 0 || mask.on[i + std::size_t(w)] == 0;
    }
  return outline;
}

BoundaryScore compareBoundaries(const PixelSet& predicted, const PixelSet& truth) {
  if (predicted.width != truth.width || predicted.height != truth.height)
    throw Error(ErrorCode::Mismatch, "mask", "the two masks differ in size", "Give both masks the same size");
  BoundaryScore score;
  score.tolerance = boundaryTolerance(truth.width, truth.height);
  const Box box = boxRound(predicted, truth);
  if (box.right <= box.left) return score;
  const auto ours = cut(outlineOf(predicted), box), theirs = cut(outlineOf(truth), box);
  std::vector<double> distances;
  const Walk predictedWalk = walkAlong(ours, squaredDistances(theirs), score.tolerance, distances);
  const Walk truthWalk = walkAlong(theirs, squaredDistances(ours), score.tolerance, distances);
  score.predictedPixels = predictedWalk.pixels;
  score.predictedNear = predictedWalk.near;
  score.truthPixels = truthWalk.pixels;
  score.truthNear = truthWalk.near;
  if (!distances.empty()) score.surfaceDistance95 = quantileOf(distances, kSurfaceQuantile);
  return score;
}

BoundaryScore compareWhole(const PixelSet& truth) {
  const int w = truth.width, h = truth.height;
  std::vector<int> xs, ys;
  const auto outline = outlineOf(truth);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x)
      if (outline.on[std::size_t(y) * std::size_t(w) + std::size_t(x)] != 0) xs.push_back(x), ys.push_back(y);
  const auto frame = w < 2 || h < 2 ? std::int64_t(w) * h : 2 * (std::int64_t(w) + h) - 4;
  if (xs.empty() || std::int64_t(xs.size()) * frame > kSearchWork * w * h) return compareBoundaries(wholePicture(w, h), truth);
  BoundaryScore score;
  score.tolerance = boundaryTolerance(w, h);
  score.predictedPixels = frame;
  score.truthPixels = std::int64_t(xs.size());
  std::vector<double> distances;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    distances.push_back(std::min({xs[i], ys[i], w - 1 - xs[i], h - 1 - ys[i]}));
    score.truthNear += distances.back() <= score.tolerance;
  }
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; x += y == 0 || y == h - 1 || w < 2 ? 1 : w - 1) {
      int best = std::numeric_limits<int>::max();
      for (std::size_t i = 0; i < xs.size(); ++i) best = std::min(best, (xs[i] - x) * (xs[i] - x) + (ys[i] - y) * (ys[i] - y));
      distances.push_back(std::sqrt(double(best)));
      score.predictedNear += distances.back() <= score.tolerance;
    }
  score.surfaceDistance95 = quantileOf(distances, kSurfaceQuantile);
  return score;
}

PixelSet foregroundOf(const ProbabilityMap& probability, double threshold) {
  PixelSet set{probability.width, probability.height, std::vector<std::uint8_t>(probability.values.size())};
  for (std::size_t i = 0; i < set.on.size(); ++i) set.on[i] = double(probability.values[i]) > threshold;
  return set;
}

PixelSet foregroundOf(const MaskImage& mask) {
  PixelSet set{mask.width, mask.height, std::vector<std::uint8_t>(mask.pixels.size())};
  for (std::size_t i = 0; i < set.on.size(); ++i) set.on[i] = mask.pixels[i] > 127;
  return set;
}

PixelSet wholePicture(int width, int height) {
  return {width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height), 1)};
}

double quantileOf(std::vector<double>& values, double share) {
  const double place = share * double(values.size() - 1);
  const auto below = std::size_t(std::floor(place));
  const auto low = values.begin() + std::ptrdiff_t(below);
  std::nth_element(values.begin(), low, values.end());
  if (below + 1 >= values.size()) return *low;
  const double next = *std::min_element(low + 1, values.end());
  return *low + (next - *low) * (place - double(below));
}

}  // namespace gps
