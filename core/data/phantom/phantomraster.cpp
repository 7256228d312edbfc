#include "core/data/phantom/phantomraster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace gps::phantom {
namespace {

constexpr float kWidestAngle = 1.9F;  // radians; beyond it the fisheye stretches triangles without bound

struct Projected {
  float x = 0, y = 0, depth = 0;
  bool isSeen = false;
};

Projected project(Vec3 point, const Camera& camera, float middle) {
  const Vec3 d = point - camera.position;
  const float x = dot(d, camera.right), y = dot(d, camera.up), z = dot(d, camera.forward);
  const float aside = std::sqrt(x * x + y * y), angle = std::atan2(aside, z);
  const float scale = camera.pixelsPerRadian * angle / std::max(aside, 1e-9F);
  return {middle + scale * x, middle - scale * y, length(d), angle < kWidestAngle};
}

void drawTriangle(const Vertex* const corner[3], const Projected* const at[3], int polyp, PixelGrid& grid) {
  const Projected &a = *at[0], &b = *at[1], &c = *at[2];
  if (!a.isSeen || !b.isSeen || !c.isSeen) return;
  const int x0 = std::max(0, int(std::ceil(std::min({a.x, b.x, c.x})))), x1 = std::min(grid.size - 1, int(std::max({a.x, b.x, c.x})));
  const int y0 = std::max(0, int(std::ceil(std::min({a.y, b.y, c.y})))), y1 = std::min(grid.size - 1, int(std::max({a.y, b.y, c.y})));
  if (x0 > x1 || y0 > y1) return;
  const float area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (std::abs(area) < 1e-9F) return;
  const float inverse = 1 / area;
  constexpr float kEdge = -1e-4F;  // neighbours overlap by a hair rather than leave a hole
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const float px = float(x), py = float(y);
      const float u = ((b.x - px) * (c.y - py) - (c.x - px) * (b.y - py)) * inverse;
      const float v = ((c.x - px) * (a.y - py) - (a.x - px) * (c.y - py)) * inverse;
      const float w = 1 - u - v;
      if (u < kEdge || v < kEdge || w < kEdge) continue;
      Pixel& pixel = grid.pixels[std::size_t(y) * std::size_t(grid.size) + std::size_t(x)];
      const float depth = u * a.depth + v * b.depth + w * c.depth;
      if (depth >= pixel.depth) continue;
      pixel.depth = depth;
      pixel.position = corner[0]->position * u + corner[1]->position * v + corner[2]->position * w;
      pixel.normal = corner[0]->normal * u + corner[1]->normal * v + corner[2]->normal * w;
      pixel.crest = corner[0]->crest * u + corner[1]->crest * v + corner[2]->crest * w;
      pixel.polyp = polyp;
    }
  }
}

}  // namespace

void rasterise(const Mesh& mesh, const Camera& camera, PixelGrid& grid) {
  std::vector<Projected> points(mesh.vertices.size());
  const float middle = 0.5F * float(grid.size - 1);
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = project(mesh.vertices[i].position, camera, middle);
  const int columns = mesh.isClosed ? mesh.columns : mesh.columns - 1;
  for (int r = 0; r + 1 < mesh.rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const auto row = std::size_t(r) * std::size_t(mesh.columns), next = row + std::size_t(mesh.columns);
      const auto left = std::size_t(c), right = std::size_t((c + 1) % mesh.columns);
      const std::size_t quad[4]{row + left, row + right, next + left, next + right};
      for (const auto& [i, j, k] : {std::array<std::size_t, 3>{0, 1, 2}, std::array<std::size_t, 3>{1, 3, 2}}) {
        const Vertex* const corner[3]{&mesh.vertices[quad[i]], &mesh.vertices[quad[j]], &mesh.vertices[quad[k]]};
        const Projected* const at[3]{&points[quad[i]], &points[quad[j]], &points[quad[k]]};
        drawTriangle(corner, at, mesh.polyp, grid);
      }
    }
  }
}

}  // namespace gps::phantom
