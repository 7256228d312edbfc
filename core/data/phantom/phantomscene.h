#pragma once
// The geometry of a phantom: a bent tube with semilunar folds, polyps growing out of its wall, and a camera inside. Unit of
// length: the radius of the tube.
#include <cstdint>
#include <vector>

#include "core/data/phantom/phantommath.h"
#include "core/values/counterrandom.h"

namespace gps::phantom {

struct Fold {
  float z = 0, height = 0, width = 0;
  float angle = 0, spread = 0;                 // radians; where round the tube it is high
  float tilt = 0, tiltAcross = 0, tiltUp = 0;  // shift along the tube: at most, and its parts by sine and cosine of the angle
};

struct Polyp {
  bool isStalked = false, isFlat = false;
  float angle = 0, z = 0;        // foot on the wall
  float radius = 0, height = 0;  // of the head; of the whole
  float stalkRadius = 0;
  float stretch = 1, turn = 0;    // ellipse of the head, radians
  float lean = 0, leanAngle = 0;  // sideways shift of the top
  float lumps = 0;                // depth of the surface's unevenness, share of the radius
  float redness = 0;              // -1 paler than the wall … 1 redder
  float share = 0.1F;             // of the height above which the polyp counts as such in the mask
};

struct Camera {
  Vec3 position, forward, right, up;
  float pixelsPerRadian = 0;  // equidistant fisheye
};

// What a pixel needs to be shaded; interpolated over triangles.
struct Vertex {
  Vec3 position, normal;
  float crest = 0;  // wall: 0 between folds … 1 on a crest; polyp: height above the wall, share of its height
};

class Scene {
 public:
  Scene(std::uint64_t seed, int index, int attempt);

  Vec3 wallPoint(float angle, float z) const { return wallVertex(angle, z).position; }
  // Position and crest; the normal comes from the mesh.
  Vertex wallVertex(float angle, float z) const;
  // The first point on the smooth tube (no folds) in this direction; false when nothing is near.
  bool hitTube(Vec3 direction, float& angle, float& z) const;
  Vec3 centre(float z) const;

  Camera camera;
  std::vector<Fold> folds;
  std::vector<Polyp> polyps;
  CounterRandom random;  // for whoever goes on with this scene
  Noise noise;

 private:
  void placeCamera();
  void growFolds();
  void growPolyps();
  Polyp makePolyp(float angle, float z, float distance);

  Vec3 m_bend;
  float m_lobes = 0, m_lobeAngle = 0, m_bumps = 0;
};

// A grid of vertices, rows x columns; triangles join neighbours, columns wrap round when closed.
struct Mesh {
  int rows = 0, columns = 0;
  bool isClosed = true;
  int polyp = -1;  // index, -1: wall
  std::vector<Vertex> vertices;
  Vertex& at(int row, int column) { return vertices[std::size_t(row) * std::size_t(columns) + std::size_t(column)]; }
  const Vertex& at(int row, int column) const { return vertices[std::size_t(row) * std::size_t(columns) + std::size_t(column)]; }
};
Mesh wallMesh(const Scene& scene);
Mesh polypMesh(const Scene& scene, int polyp);

}  // namespace gps::phantom
