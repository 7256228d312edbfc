#include "core/data/phantom/phantomscene.h"

#include <array>
#include <cstddef>

namespace gps::phantom {
namespace {

constexpr float kFirstZ = -0.9F, kLastZ = 11;  // farther away all is dark
constexpr int kWallColumns = 320;

float uniform(CounterRandom& random, double low, double high) { return float(random.uniform(low, high)); }

// Smallest signed difference of two angles.
float angleBetween(float a, float b) {
  float difference = a - b;
  while (difference > kPi) difference -= 2 * kPi;
  while (difference < -kPi) difference += 2 * kPi;
  return difference;
}

struct ProfilePoint {
  float radius = 0, height = 0;
};

ProfilePoint hermite(ProfilePoint p, ProfilePoint dp, ProfilePoint q, ProfilePoint dq, float t) {
  const float t2 = t * t, t3 = t2 * t;
  const float a = 2 * t3 - 3 * t2 + 1, b = t3 - 2 * t2 + t, c = -2 * t3 + 3 * t2, d = t3 - t2;
  return {a * p.radius + b * dp.radius + c * q.radius + d * dq.radius, a * p.height + b * dp.height + c * q.height + d * dq.height};
}

// The outline of a polyp from the middle of its top (t = 0) to where it meets the wall (t = 1).
ProfilePoint profile(const Polyp& polyp, float t) {
  constexpr float kHeadShare = 0.7F;
  const float radius = polyp.radius;
  const float headHeight = polyp.isStalked ? std::min(2.0F * radius, 0.75F * polyp.height) : polyp.height;
  const float half = polyp.isStalked ? 0.5F * headHeight : headHeight;     // vertical half axis
  const float middle = polyp.height - half;                                // height of the widest place
  const float end = polyp.isStalked ? 2.5F : polyp.isFlat ? 1.15F : 1.6F;  // radians from the top
  const auto head = [&](float a) { return ProfilePoint{radius * std::sin(a), middle + half * std::cos(a)}; };
  if (t < kHeadShare) return head(end * t / kHeadShare);
  const float s = (t - kHeadShare) / (1 - kHeadShare);
  ProfilePoint start = head(end);
  start.height = std::max(start.height, 0.0F);
  if (!polyp.isStalked) {
    const float slope = polyp.isFlat ? 0.5F : 0.12F;
    return hermite(start, {slope * radius, -0.5F * start.height}, {1.6F * radius, 0}, {0.8F * radius, 0}, s);
  }
  const ProfilePoint neck{polyp.stalkRadius, 0.45F * middle};
  if (s < 0.5F) return hermite(start, {-0.6F * radius, -0.15F * half}, neck, {0, -0.6F * middle}, 2 * s);
  return hermite(neck, {0, -0.6F * middle}, {3.0F * polyp.stalkRadius, 0}, {2.0F * polyp.stalkRadius, 0}, 2 * s - 1);
}

// From the grid's neighbours; which of the two sides is the caller's business.
void computeNormals(Mesh& mesh) {
  for (int r = 0; r < mesh.rows; ++r) {
    const int up = std::max(r - 1, 0), down = std::min(r + 1, mesh.rows - 1);
    for (int c = 0; c < mesh.columns; ++c) {
      const int left = (c + mesh.columns - 1) % mesh.columns, right = (c + 1) % mesh.columns;
      mesh.at(r, c).normal =
          normalised(cross(mesh.at(r, right).position - mesh.at(r, left).position, mesh.at(down, c).position - mesh.at(up, c).position));
    }
  }
}

}  // namespace

Scene::Scene(std::uint64_t seed, int index, int attempt)
    : random(seed, std::uint64_t(attempt), std::uint64_t(index), RandomPurpose::Phantom), noise(random.next()) {
  const float bend = uniform(random, 0.2, 1.5), direction = uniform(random, -kPi, kPi);
  m_bend = {bend * std::cos(direction), bend * std::sin(direction), 0};
  m_lobes = uniform(random, 0.02, 0.12);
  m_lobeAngle = uniform(random, -kPi, kPi);
  m_bumps = uniform(random, 0.03, 0.09);
  growFolds();
  placeCamera();
  growPolyps();
}

Vec3 Scene::centre(float z) const {
  const float ahead = std::max(z, 0.0F);
  return Vec3{0, 0, z} + m_bend * (ahead * ahead / (ahead + 3));
}

void Scene::growFolds() {
  const float spacing = uniform(random, 1.1, 2.2), height = uniform(random, 0.2, 0.5);
  for (float z = -1.0F + uniform(random, 0, 0.8); z < kLastZ; z += spacing * uniform(random, 0.6, 1.4)) {
    const int parts = random.chance(0.5) ? 1 : 2;  // semilunar: a fold seldom goes all round
    for (int i = 0; i < parts; ++i) {
      Fold fold;
      fold.z = z + uniform(random, -0.15, 0.15);
      fold.height = height * uniform(random, 0.55, 1.35);
      fold.width = uniform(random, 0.1, 0.24);
      fold.angle = uniform(random, -kPi, kPi);
      fold.spread = uniform(random, 0.9, 2.0);
      fold.tilt = uniform(random, 0.05, 0.5);
      const float tiltAngle = uniform(random, -kPi, kPi);
      fold.tiltAcross = fold.tilt * std::cos(tiltAngle);
      fold.tiltUp = fold.tilt * std::sin(tiltAngle);
      folds.push_back(fold);
    }
  }
}

Vertex Scene::wallVertex(float angle, float z) const {
  const float c = std::cos(angle), s = std::sin(angle);
  float inwards = 0, crest = 0;
  for (const auto& fold : folds) {
    const float reach = std::abs(z - fold.z) - fold.tilt;
    if (reach > 7 * fold.width) continue;
    const float across = angleBetween(angle, fold.angle) / fold.spread;
    if (std::abs(across) >= 1) continue;
    const float share = 1 - across * across;
    const float d = (z - fold.z - fold.tiltAcross * s - fold.tiltUp * c) / fold.width;
    const float ridge = 1 / (1 + d * d);
    const float profileShare = share * share * ridge * std::sqrt(ridge);
    inwards += fold.height * profileShare;
    crest = std::max(crest, profileShare);
  }
  const Vec3 around{1.1F * c, 1.1F * s, 0.9F * z};
  const float lobe = c * std::cos(m_lobeAngle) + s * std::sin(m_lobeAngle);
  float radius =
      1 - m_lobes * (4 * lobe * lobe - 3) * lobe + m_bumps * noise.value(around * 1.4F) + 0.35F * m_bumps * noise.value(around * 4.3F);
  radius = std::max(radius - std::min(inwards, 0.72F), 0.12F);
  return {centre(z) + Vec3{radius * c, radius * s, 0}, {}, crest};
}

void Scene::placeCamera() {
  // Mostly off the middle and turned to the wall, as when someone looks at a finding.
  const float off = uniform(random, 0.1, 0.5), where = uniform(random, -kPi, kPi);
  camera.position = {off * std::cos(where), off * std::sin(where), 0};
  const float turn = uniform(random, 0.2, 1.25);
  const float side = where + kPi + uniform(random, -1.2, 1.2);  // mostly to the far wall
  camera.forward = normalised({std::sin(turn) * std::cos(side), std::sin(turn) * std::sin(side), std::cos(turn)});
  const float roll = uniform(random, -kPi, kPi);
  const Vec3 any{std::cos(roll), std::sin(roll), 0.1F};
  camera.right = normalised(cross(camera.forward, any));
  camera.up = cross(camera.right, camera.forward);
}

bool Scene::hitTube(Vec3 direction, float& angle, float& z) const {
  Vec3 p = camera.position;
  for (int step = 0; step < 400; ++step) {
    p = p + direction * 0.03F;
    const Vec3 fromCentre = p - centre(p.z);
    if (p.z < kFirstZ || p.z > kLastZ) return false;
    if (fromCentre.x * fromCentre.x + fromCentre.y * fromCentre.y < 1) continue;
    angle = std::atan2(fromCentre.y, fromCentre.x);
    z = p.z;
    return true;
  }
  return false;
}

Polyp Scene::makePolyp(float angle, float z, float distance) {
  Polyp polyp;
  polyp.angle = angle;
  polyp.z = z;
  // Chosen by how large it looks, from a few to some forty percent of the picture's width.
  const float apparent = uniform(random, 0.0, 1.0);
  polyp.radius = std::clamp(distance * mix(0.14F, 0.46F, apparent * apparent * 0.6F + 0.4F * apparent), 0.1F, 0.55F);
  polyp.isStalked = random.chance(0.33);
  polyp.isFlat = !polyp.isStalked && random.chance(0.45);
  polyp.stretch = uniform(random, 0.78, 1.3);
  polyp.turn = uniform(random, -kPi, kPi);
  polyp.lumps = random.chance(0.35) ? uniform(random, 0.14, 0.3) : uniform(random, 0.03, 0.12);
  polyp.redness = polyp.isFlat ? uniform(random, -0.4, 0.6) : uniform(random, -0.5, 1.0);
  polyp.leanAngle = uniform(random, -kPi, kPi);
  if (polyp.isStalked) {
    polyp.radius *= 0.8F;
    polyp.lumps = std::min(polyp.lumps, 0.13F);
    polyp.stalkRadius = polyp.radius * uniform(random, 0.36, 0.58);
    polyp.height = std::min(polyp.radius * uniform(random, 2.2, 3.1), 0.85F);
    polyp.lean = polyp.height * uniform(random, 0.1, 0.55);
    polyp.share = 0.25F;
  } else {
    polyp.height = polyp.radius * (polyp.isFlat ? uniform(random, 0.35, 0.6) : uniform(random, 0.55, 1.0));
    polyp.lean = polyp.height * uniform(random, 0, 0.3);
    polyp.share = polyp.isFlat ? 0.16F : 0.1F;
  }
  return polyp;
}

void Scene::growPolyps() {
  const double dice = random.uniform();
  const int wanted = dice < 0.78 ? 1 : dice < 0.94 ? 2 : 3;
  for (int tries = 0; tries < 40 && int(polyps.size()) < wanted; ++tries) {
    const float across = uniform(random, -0.62, 0.62), down = uniform(random, -0.62, 0.62);
    const float reach = std::sqrt(across * across + down * down), sine = std::sin(reach) / std::max(reach, 1e-6F);
    const Vec3 direction = camera.right * (across * sine) + camera.up * (down * sine) + camera.forward * std::cos(reach);
    float angle = 0, z = 0;
    if (!hitTube(direction, angle, z)) continue;
    const Vertex site = wallVertex(angle, z);
    const float distance = length(site.position - camera.position);
    if (site.crest > 0.3F) continue;  // on the edge of a fold the foot would hang in the air
    if (distance < 0.55F || distance > 3.2F) continue;
    const Polyp polyp = makePolyp(angle, z, distance);
    bool isFree = distance > polyp.height + 0.3F;
    for (const auto& other : polyps) {
      const float du = angleBetween(angle, other.angle), dz = z - other.z;
      isFree = isFree && std::sqrt(du * du + dz * dz) > 1.2F * (polyp.radius + other.radius);
    }
    if (isFree) polyps.push_back(polyp);
  }
}

Mesh wallMesh(const Scene& scene) {
  std::vector<float> zs;
  for (float z = kFirstZ; z < kLastZ; z += 0.018F * (1 + 0.45F * std::abs(z))) zs.push_back(z);
  Mesh mesh{int(zs.size()), kWallColumns, true, -1, {}};
  mesh.vertices.resize(zs.size() * std::size_t(kWallColumns));
  for (int r = 0; r < mesh.rows; ++r)
    for (int c = 0; c < mesh.columns; ++c) mesh.at(r, c) = scene.wallVertex(2 * kPi * float(c) / float(mesh.columns), zs[std::size_t(r)]);
  computeNormals(mesh);
  for (auto& vertex : mesh.vertices) {  // towards the middle of the tube
    if (dot(vertex.normal, scene.centre(vertex.position.z) - vertex.position) < 0) vertex.normal = vertex.normal * -1.0F;
  }
  return mesh;
}

Mesh polypMesh(const Scene& scene, int index) {
  const Polyp& polyp = scene.polyps[std::size_t(index)];
  Mesh mesh{72, 88, true, index, {}};
  mesh.vertices.resize(std::size_t(mesh.rows) * std::size_t(mesh.columns));
  const Vec3 foot = scene.wallPoint(polyp.angle, polyp.z);
  const Vec3 inwards{-std::cos(polyp.angle), -std::sin(polyp.angle), 0};
  const float wallRadius = std::max(length(foot - scene.centre(polyp.z)), 0.3F);
  const Vec3 offset{17.3F * float(index + 1), 5.1F, 9.7F};
  for (int r = 0; r < mesh.rows; ++r) {
    const ProfilePoint p = profile(polyp, float(r) / float(mesh.rows - 1));
    const float rise = saturate(p.height / polyp.height);
    for (int c = 0; c < mesh.columns; ++c) {
      const float turn = 2 * kPi * float(c) / float(mesh.columns);
      // Lumps push the surface in and out of the head; none where it meets the wall.
      const Vec3 local{p.radius * std::cos(turn), p.radius * std::sin(turn), p.height};
      const Vec3 at = local * (1.5F / polyp.radius) + offset;
      const float lump = 1 + polyp.lumps * smoothStep(0.0F, 0.35F, rise) * (scene.noise.value(at) + 0.45F * scene.noise.value(at * 2.3F));
      const float x = p.radius * lump * std::cos(turn) * polyp.stretch, y = p.radius * lump * std::sin(turn) / polyp.stretch;
      const float shift = polyp.lean * std::pow(rise, 1.6F);
      const float u = x * std::cos(polyp.turn) - y * std::sin(polyp.turn) + shift * std::cos(polyp.leanAngle);
      const float v = x * std::sin(polyp.turn) + y * std::cos(polyp.turn) + shift * std::sin(polyp.leanAngle);
      // Near the wall the surface follows it, folds and all; higher up it follows the smooth tube (never below the wall), a stalked head
      // the tangent plane.
      const float angle = polyp.angle + u / wallRadius;
      const Vec3 onWall = scene.wallPoint(angle, polyp.z + v);
      const Vec3 onTube = scene.centre(polyp.z + v) + Vec3{std::cos(angle), std::sin(angle), 0} * wallRadius;
      const Vec3 onPlane = foot + Vec3{-std::sin(polyp.angle), std::cos(polyp.angle), 0} * u + Vec3{0, 0, v};
      const float free = smoothStep(0.05F, 0.6F, rise), above = std::max(dot(onWall - onTube, inwards), 0.0F);
      const float height = p.height * mix(1.0F, lump, 0.6F) + 0.8F * free * above;
      mesh.at(r, c) = {
          mix(mix(onWall, onTube, free), onPlane, polyp.isStalked ? smoothStep(0.25F, 0.8F, rise) : 0.0F) + inwards * height, {}, rise};
    }
  }
  computeNormals(mesh);
  // Rows run from the top outwards: the cross product has one sign all over. The top's row has no width; borrow the next.
  const float sign = dot(mesh.at(mesh.rows - 1, 0).normal, inwards) < 0 ? -1.0F : 1.0F;
  for (auto& vertex : mesh.vertices) vertex.normal = vertex.normal * sign;
  Vec3 top;
  for (int c = 0; c < mesh.columns; ++c) top = top + mesh.at(1, c).normal;
  for (int c = 0; c < mesh.columns; ++c) mesh.at(0, c).normal = normalised(top);
  return mesh;
}

}  // namespace gps::phantom
