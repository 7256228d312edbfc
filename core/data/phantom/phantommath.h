#pragma once
// Small vectors and smooth noise for the phantom.
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace gps::phantom {

constexpr float kPi = 3.14159265358979F;

struct Vec3 {
  float x = 0, y = 0, z = 0;
  friend Vec3 operator+(Vec3 a, Vec3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend Vec3 operator-(Vec3 a, Vec3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend Vec3 operator*(Vec3 a, float s) { return {a.x * s, a.y * s, a.z * s}; }
  friend Vec3 operator*(Vec3 a, Vec3 b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
};
inline float dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(Vec3 a, Vec3 b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline float length(Vec3 a) { return std::sqrt(dot(a, a)); }
inline Vec3 normalised(Vec3 a) { return a * (1.0F / std::max(length(a), 1e-12F)); }
inline float mix(float a, float b, float t) { return a + t * (b - a); }
inline Vec3 mix(Vec3 a, Vec3 b, float t) { return a + (b - a) * t; }
inline float saturate(float x) { return std::clamp(x, 0.0F, 1.0F); }
inline float smoothStep(float low, float high, float x) {
  const float t = saturate((x - low) / (high - low));
  return t * t * (3 - 2 * t);
}

// A fixed turn: fine noise on a lattice that lies along the axes would show as a grid.
inline Vec3 turned(Vec3 p) {
  return {0.36F * p.x + 0.48F * p.y - 0.8F * p.z, -0.8F * p.x + 0.6F * p.y, 0.48F * p.x + 0.64F * p.y + 0.6F * p.z};
}

// Value noise on the integer lattice with its gradient; value in -1…1.
struct NoiseSample {
  float value = 0;
  Vec3 gradient;
};

class Noise {
 public:
  explicit Noise(std::uint64_t seed) : m_seed(std::uint32_t(seed ^ (seed >> 32))) {}

  float value(Vec3 p) const { return sample(p).value; }

  NoiseSample sample(Vec3 p) const {
    const float fx = lower(p.x), fy = lower(p.y), fz = lower(p.z);
    const auto ix = std::uint32_t(int(fx)), iy = std::uint32_t(int(fy)), iz = std::uint32_t(int(fz));
    const Fade u = fade(p.x - fx), v = fade(p.y - fy), w = fade(p.z - fz);
    const float a = corner(ix, iy, iz), b = corner(ix + 1, iy, iz), c = corner(ix, iy + 1, iz), d = corner(ix + 1, iy + 1, iz);
    const float e = corner(ix, iy, iz + 1), f = corner(ix + 1, iy, iz + 1), g = corner(ix, iy + 1, iz + 1),
                h = corner(ix + 1, iy + 1, iz + 1);
    const float k1 = b - a, k2 = c - a, k3 = e - a, k4 = a - b - c + d, k5 = a - c - e + g, k6 = a - b - e + f;
    const float k7 = b + c + e + h - a - d - f - g;
    const float s = u.value, t = v.value, r = w.value;
    return {a + k1 * s + k2 * t + k3 * r + k4 * s * t + k5 * t * r + k6 * r * s + k7 * s * t * r,
            {u.slope * (k1 + k4 * t + k6 * r + k7 * t * r), v.slope * (k2 + k5 * r + k4 * s + k7 * r * s),
             w.slope * (k3 + k6 * s + k5 * t + k7 * s * t)}};
  }

 private:
  // floor() for small numbers; the library's is a call.
  static float lower(float x) {
    const auto whole = float(int(x));
    return whole > x ? whole - 1 : whole;
  }
  struct Fade {
    float value, slope;
  };
  static Fade fade(float t) { return {t * t * t * (t * (t * 6 - 15) + 10), 30 * t * t * (t * (t - 2) + 1)}; }
  float corner(std::uint32_t x, std::uint32_t y, std::uint32_t z) const {
    std::uint32_t h = m_seed ^ (x * 0x8DA6B343U) ^ (y * 0xD8163841U) ^ (z * 0xCB1AB31FU);
    h = (h ^ (h >> 15)) * 0x2C1B3C6DU;
    h = (h ^ (h >> 12)) * 0x297A2D39U;
    return float(std::int32_t(h ^ (h >> 15))) * (1.0F / 2147483648.0F);
  }

  std::uint32_t m_seed;
};

}  // namespace gps::phantom
