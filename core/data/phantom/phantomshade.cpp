#include "core/data/phantom/phantomshade.h"

#include <cmath>
#include <cstddef>

namespace gps::phantom {
namespace {

float uniform(CounterRandom& random, double low, double high) { return float(random.uniform(low, high)); }

// Linear reflectance.
struct Palette {
  Vec3 mucosa, blotch, vessel, polypRed, polypPale, residue;
};

Palette makePalette(CounterRandom& random) {
  Palette p;
  const float yellow = uniform(random, 0, 1), pale = uniform(random, 0, 1);
  p.mucosa = mix(Vec3{0.72F, 0.215F, 0.13F}, Vec3{0.74F, 0.30F, 0.095F}, yellow);
  p.mucosa = mix(p.mucosa, Vec3{0.70F, 0.33F, 0.26F}, 0.6F * pale);
  p.blotch = p.mucosa * Vec3{0.86F, 0.66F, 0.62F};
  p.vessel = p.mucosa * Vec3{0.62F, 0.27F, 0.30F};
  p.polypRed = mix(p.mucosa, Vec3{0.60F, 0.10F, 0.07F}, 0.62F);
  p.polypPale = mix(p.mucosa, Vec3{0.82F, 0.47F, 0.34F}, 0.6F);
  p.residue = {0.70F, 0.40F, 0.12F};
  return p;
}

// Values that hold for the whole picture.
struct Look {
  Palette palette;
  float vessels = 0, vesselScale = 0;  // strength 0…1; per unit of length
  float blotches = 0;
  float wetness = 0;  // strength of reflections
  float glitter = 0;  // strength of the fine relief that breaks them up
  float residue = 0;  // share of the wall under yellow mucus
  float fog = 0;
};

Look makeLook(CounterRandom& random) {
  Look look;
  look.palette = makePalette(random);
  look.vessels = random.chance(0.75) ? uniform(random, 0.35, 1.0) : 0.1F;
  look.vesselScale = uniform(random, 2.3, 3.8);
  look.blotches = uniform(random, 0.25, 0.8);
  look.wetness = uniform(random, 0.35, 1.0);
  look.glitter = uniform(random, 0.15, 1.0);
  look.residue = random.chance(0.2) ? uniform(random, 0.03, 0.12) : 0.0F;
  look.fog = uniform(random, 0, 0.006);
  return look;
}

// Lines where a bent noise field passes zero; they branch and end where a second field fades them.
float vesselDarkness(const Noise& noise, Vec3 p, float scale, float fineness) {
  const float patch = noise.value(p * 1.3F + Vec3{3, 8, 21});
  const float trunks = smoothStep(-0.25F, 0.25F, patch), twigs = 0.7F * smoothStep(-0.1F, 0.5F, patch);
  if (trunks == 0) return 0;
  const Vec3 bent = p * scale + Vec3{noise.value(p * 3.1F), noise.value(p * 3.1F + Vec3{9, 4, 1}), 0} * 0.55F;
  const auto trunk = noise.sample(bent);
  const auto twig = noise.sample(bent * 2.37F + Vec3{31, 7, 13});
  const auto line = [fineness](const NoiseSample& s, float width) {
    const float away = std::abs(s.value) / std::max(length(s.gradient), 0.25F);  // distance to the zero line
    return 1 - smoothStep(0.5F * width, width * (1 + fineness), away);
  };
  return std::max(line(trunk, 0.024F) * trunks, line(twig, 0.04F) * twigs);
}

Vec3 wallColour(const Scene& scene, const Look& look, const Pixel& pixel, float pixelLength) {
  const Noise& noise = scene.noise;
  const Vec3 p = pixel.position;
  const float coarse = noise.value(p * 1.7F + Vec3{5, 1, 8}), middle = noise.value(p * 6.1F), fine = noise.value(turned(p) * 27.0F);
  Vec3 colour = mix(look.palette.mucosa, look.palette.blotch, look.blotches * smoothStep(-0.35F, 0.8F, coarse + 0.5F * middle));
  colour = colour * (1 + 0.05F * fine + 0.05F * middle);
  // Vessels thinner than a pixel fade instead of flickering.
  const float fineness = 30 * pixelLength, strength = look.vessels / (1 + 25 * pixelLength);
  if (strength > 0.03F) colour = mix(colour, look.palette.vessel, 0.75F * strength * vesselDarkness(noise, p, look.vesselScale, fineness));
  if (look.residue > 0) {
    const float where = noise.value(p * 2.2F + Vec3{40, 2, 6}) + 0.35F * noise.value(p * 9.0F);
    colour = mix(colour, look.palette.residue * (1 + 0.3F * fine),
                 0.6F * smoothStep(1 - 2 * look.residue, 1.4F - 2 * look.residue, where + 0.45F));
  }
  return colour;
}

Vec3 polypColour(const Scene& scene, const Look& look, const Pixel& pixel, float pixelLength) {
  const Polyp& polyp = scene.polyps[std::size_t(pixel.polyp)];
  const Noise& noise = scene.noise;
  const Vec3 p = pixel.position * (0.25F / polyp.radius);
  const Vec3 base = mix(look.palette.mucosa, look.palette.polypPale, 0.25F);
  Vec3 colour = mix(base, polyp.redness > 0 ? look.palette.polypRed : look.palette.polypPale, std::abs(polyp.redness));
  // Glands: fine dark dots and furrows.
  const float pits = noise.value(turned(p) * 46.0F), furrow = std::abs(noise.value(turned(p) * 13.0F));
  colour = colour * (1 - 0.16F * smoothStep(0.15F, 0.6F, pits) - 0.12F * (1 - smoothStep(0.0F, 0.22F, furrow)));
  colour = mix(colour, look.palette.polypRed, 0.45F * smoothStep(0.0F, 0.9F, noise.value(p * 7.0F + Vec3{1, 6, 2})));
  const float from = polyp.isStalked ? 0.4F : 0.02F, to = polyp.isStalked ? 0.75F : 0.4F;
  const float share = smoothStep(from, to, pixel.crest);
  return share == 1 ? colour : mix(wallColour(scene, look, pixel, pixelLength), colour, share);
}

// Less light reaches the furrow round a polyp.
float furrowLight(const Scene& scene, const Pixel& pixel) {
  if (pixel.polyp >= 0) return mix(0.68F, 1.0F, smoothStep(0.0F, 0.4F, pixel.crest));
  float light = 1;
  for (const auto& polyp : scene.polyps) {
    const float away = length(pixel.position - scene.wallPoint(polyp.angle, polyp.z)) / polyp.radius;
    light = std::min(light, mix(0.68F, 1.0F, smoothStep(1.1F, 1.9F, away)));
  }
  return light;
}

// Where a near surface ends before a far one, the mean of the neighbourhood: triangles have hard edges.
void softenOutlines(const PixelGrid& grid, Film& film) {
  const std::size_t size = std::size_t(grid.size);
  const auto before = film.pixels;
  for (std::size_t y = 1; y + 1 < size; ++y) {
    for (std::size_t x = 1; x + 1 < size; ++x) {
      const std::size_t i = y * size + x;
      const float d = grid.pixels[i].depth;
      const auto isFar = [&](std::size_t j) { return std::abs(grid.pixels[j].depth - d) > 0.1F * d; };
      if (!isFar(i - 1) && !isFar(i + 1) && !isFar(i - size) && !isFar(i + size)) continue;
      Vec3 sum = before[i] * 2.0F;
      for (const std::size_t j : {i - 1, i + 1, i - size, i + size}) sum = sum + before[j] * 1.0F;
      for (const std::size_t j : {i - 1 - size, i + 1 - size, i - 1 + size, i + 1 + size}) sum = sum + before[j] * 0.7F;
      film.pixels[i] = sum * (1 / 8.8F);
    }
  }
}

}  // namespace

Film shade(const Scene& scene, const PixelGrid& grid, const Frame& frame, CounterRandom& random) {
  const Look look = makeLook(random);
  const Noise& noise = scene.noise;
  Film film{grid.size, std::vector<Vec3>(grid.pixels.size())};
  for (std::size_t i = 0; i < grid.pixels.size(); ++i) {
    const Pixel& pixel = grid.pixels[i];
    const int x = int(i) % grid.size, y = int(i) / grid.size;
    if (!pixel.isHit() || frame.open(x, y) == 0) continue;
    const float pixelLength = pixel.depth / scene.camera.pixelsPerRadian;
    const Vec3 view = normalised(scene.camera.position - pixel.position);
    const Vec3 smooth = normalised(pixel.normal);
    // Relief: soft folds of the mucosa and a fine grain that only the reflections show.
    const Vec3 soft = noise.sample(pixel.position * 7.5F).gradient, grain = noise.sample(turned(pixel.position) * 34.0F).gradient;
    const Vec3 relief = normalised(smooth + soft * 0.055F);
    const Vec3 wet = normalised(smooth + soft * 0.075F + grain * (0.11F * look.glitter));

    const Vec3 albedo = pixel.polyp < 0 ? wallColour(scene, look, pixel, pixelLength) : polypColour(scene, look, pixel, pixelLength);
    const float facing = std::max(dot(relief, view), 0.0F);
    const float d2 = pixel.depth * pixel.depth, falloff = 1 / ((d2 + 0.08F) * (1 + 0.12F * d2));
    // Light that went from wall to wall fills the shadows and takes on their colour.
    const float bounced = 0.12F / (1 + 0.6F * d2 + 0.05F * d2 * d2);
    const float crest = pixel.polyp < 0 ? mix(0.86F, 1.08F, pixel.crest) : 1.0F;
    const float direct = falloff * (0.12F + 0.88F * facing) * furrowLight(scene, pixel) * crest;
    Vec3 colour = albedo * direct + albedo * albedo * bounced;

    const float mirror = std::max(dot(wet, view), 0.0F), m2 = mirror * mirror, m8 = m2 * m2 * m2 * m2, m32 = m8 * m8 * m8 * m8;
    const float m128 = m32 * m32 * m32 * m32, peak = m128 * m128;
    const float moist = peak < 0.01F ? 0.0F : smoothStep(-0.5F, 0.5F, noise.value(pixel.position * 3.3F + Vec3{7, 7, 7}));
    const float reflection = look.wetness * (5.0F * peak * moist * moist + 0.02F * m8) * std::min(falloff, 3.0F);
    colour = colour + Vec3{1, 0.97F, 0.93F} * reflection + Vec3{0.5F, 0.28F, 0.2F} * (look.fog * 0.5F);
    film.pixels[i] = colour;
  }
  softenOutlines(grid, film);
  return film;
}

}  // namespace gps::phantom
