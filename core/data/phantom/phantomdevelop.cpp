#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/data/phantom/phantomshade.h"

namespace gps::phantom {
namespace {

float uniform(CounterRandom& random, double low, double high) { return float(random.uniform(low, high)); }
float luminance(Vec3 c) { return 0.3F * c.x + 0.59F * c.y + 0.11F * c.z; }

// One pass of a kernel (odd length) along a direction in whole pixels.
void convolve(Film& film, const std::vector<float>& kernel, int dx, int dy) {
  const int reach = int(kernel.size()) / 2, last = film.size - 1;
  const auto before = film.pixels;
  for (int y = 0; y <= last; ++y) {
    for (int x = 0; x <= last; ++x) {
      Vec3 sum;
      for (int k = -reach; k <= reach; ++k) {
        const int sx = std::clamp(x + k * dx, 0, last), sy = std::clamp(y + k * dy, 0, last);
        sum = sum + before[std::size_t(sy) * std::size_t(film.size) + std::size_t(sx)] * kernel[std::size_t(k + reach)];
      }
      film.pixels[std::size_t(y) * std::size_t(film.size) + std::size_t(x)] = sum;
    }
  }
}

std::vector<float> bell(float deviation) {
  const int reach = std::max(1, int(std::ceil(2.5F * deviation)));
  std::vector<float> kernel;
  float sum = 0;
  for (int k = -reach; k <= reach; ++k) sum += kernel.emplace_back(std::exp(-0.5F * float(k * k) / (deviation * deviation)));
  for (auto& weight : kernel) weight /= sum;
  return kernel;
}

void blur(Film& film, float deviation) {
  if (deviation < 0.2F) return;
  const auto kernel = bell(deviation);
  convolve(film, kernel, 1, 0);
  convolve(film, kernel, 0, 1);
}

void sharpen(Film& film, float amount, float deviation) {
  Film soft = film;
  blur(soft, deviation);
  for (std::size_t i = 0; i < film.pixels.size(); ++i) film.pixels[i] = film.pixels[i] + (film.pixels[i] - soft.pixels[i]) * amount;
}

// The processor sets its gain so that a certain share of the picture is bright.
float exposure(const Film& film, const Frame& frame, CounterRandom& random) {
  std::vector<float> lights;
  for (int y = 0; y < film.size; y += 3)
    for (int x = 0; x < film.size; x += 3)
      if (frame.open(x, y) > 0.5F) lights.push_back(luminance(film.pixels[std::size_t(y) * std::size_t(film.size) + std::size_t(x)]));
  if (lights.empty()) return 1;
  const auto at = lights.begin() + std::ptrdiff_t(double(lights.size()) * 0.72);
  std::nth_element(lights.begin(), at, lights.end());
  return uniform(random, 0.42, 0.8) / std::max(*at, 1e-4F);
}

// Film-like shoulder, then display gamma.
float tone(float light) {
  const float x = std::max(light, 0.0F);
  return std::pow(saturate(1.06F * (1 - std::exp(-1.25F * x))), 1 / 1.9F);
}

}  // namespace

Frame::Frame(int size, CounterRandom& random) : m_half(0.5F * float(size)) {
  const double kind = random.uniform();
  m_cut = kind < 0.6 ? uniform(random, 1.28, 1.5) : 4;  // octagon: |x| + |y| ≤ cut
  m_round = kind < 0.6 ? 0 : kind < 0.8 ? uniform(random, 1.0, 1.12) : uniform(random, 1.18, 1.36);
  m_side = uniform(random, 0.955, 1.0);
  if (random.chance(0.3)) {  // the small map some processors lay over the lower left corner
    m_boxWidth = uniform(random, 0.5, 0.72);
    m_boxHeight = uniform(random, 0.45, 0.7);
  }
}

float Frame::open(int px, int py) const {
  const float x = (float(px) + 0.5F) / m_half - 1, y = (float(py) + 0.5F) / m_half - 1;
  float inside = std::min(m_side - std::abs(x), m_side - std::abs(y));
  inside = std::min(inside, (m_cut - std::abs(x) - std::abs(y)) * 0.7071F);
  if (m_round > 0) inside = std::min(inside, m_round - std::sqrt(x * x + y * y));
  if (m_boxWidth > 0) inside = std::min(inside, std::max(x - (m_boxWidth - 1), (1 - m_boxHeight) - y));
  return saturate(0.5F + inside * m_half);
}

void develop(Film& film, const Frame& frame, CounterRandom& random) {
  const float unit = float(film.size) / 256;  // lens and motion blur scale with the picture
  const float gain = exposure(film, frame, random);
  for (auto& c : film.pixels) c = Vec3{std::min(c.x * gain, 4.0F), std::min(c.y * gain, 4.0F), std::min(c.z * gain, 4.0F)};

  blur(film, unit * (random.chance(0.25) ? uniform(random, 1.0, 1.9) : uniform(random, 0.5, 0.75)));
  if (random.chance(0.2)) {
    const std::array<std::array<int, 2>, 4> directions{{{1, 0}, {0, 1}, {1, 1}, {1, -1}}};
    const auto& d = directions[random.below(4)];
    const int reach = std::max(1, int(unit * uniform(random, 1, 3.4)));
    convolve(film, std::vector<float>(std::size_t(2 * reach + 1), 1.0F / float(2 * reach + 1)), d[0], d[1]);
  }
  const float saturation = uniform(random, 1.12, 1.42);
  for (auto& c : film.pixels) {
    const Vec3 shown{tone(c.x), tone(c.y), tone(c.z)};
    const float grey = luminance(shown);
    c = mix(Vec3{grey, grey, grey}, shown, saturation);
  }
  sharpen(film, uniform(random, 0.2, 0.7), unit);

  const float grain = uniform(random, 0.006, 0.02), vignette = uniform(random, 0.05, 0.3);
  const float middle = 0.5F * float(film.size);
  for (int y = 0; y < film.size; ++y) {
    for (int x = 0; x < film.size; ++x) {
      Vec3& c = film.pixels[std::size_t(y) * std::size_t(film.size) + std::size_t(x)];
      const float dx = (float(x) - middle) / middle, dy = (float(y) - middle) / middle;
      const float corner = 1 - vignette * (dx * dx + dy * dy) * 0.5F;
      // Sum of three even numbers: close enough to a bell, and cheap.
      const auto bits = random.next();
      const float common = float(bits & 0xFFFF) + float((bits >> 16) & 0xFFFF) - 65535, red = float((bits >> 32) & 0xFFFF) - 32767.5F,
                  blue = float(bits >> 48) - 32767.5F;
      const float n = grain / 32768;
      const float open = frame.open(x, y);
      c = Vec3{c.x * corner + n * (common + 0.7F * red), c.y * corner + n * common, c.z * corner + n * (common + 0.9F * blue)} * open;
    }
  }
}

}  // namespace gps::phantom
