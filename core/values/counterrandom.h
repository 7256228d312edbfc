#pragma once
// Random numbers that depend on nothing but their address: (seed, epoch, sample, purpose, counter). Threads, prefetch and
// resuming cannot change them. The mixer is SplitMix64's finaliser (Steele, Lea, Flood 2014) applied to each word in turn;
// not for cryptography.
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace gps {

// Numbers go into what a run computes: never renumber.
enum class RandomPurpose : std::uint64_t {
  Order = 1,
  Flip = 2,
  Split = 3,
  Phantom = 4,
  Selection = 5,
  DropPath = 6,
  Initialise = 7,
  Augment = 8,
  View = 9,
  Mix = 10
};

// What SplitMix64 adds from one number of a stream to the next.
constexpr std::uint64_t kMixStep = 0x9E3779B97F4A7C15ULL;

// A bijection of 64-bit words in which every input bit moves about half of the output bits; 0 stays 0.
constexpr std::uint64_t finaliseBits(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

constexpr std::uint64_t mixBits(std::uint64_t x) { return finaliseBits(x + kMixStep); }

constexpr std::uint64_t counterHash(std::uint64_t seed, std::uint64_t epoch, std::uint64_t sample, RandomPurpose purpose,
                                    std::uint64_t counter = 0) {
  std::uint64_t h = mixBits(seed);
  h = mixBits(h ^ epoch);
  h = mixBits(h ^ sample);
  h = mixBits(h ^ static_cast<std::uint64_t>(purpose));
  return mixBits(h ^ counter);
}

// The stream at one address. Copyable; two streams with the same address give the same numbers.
class CounterRandom {
 public:
  constexpr CounterRandom(std::uint64_t seed, std::uint64_t epoch, std::uint64_t sample, RandomPurpose purpose)
      : m_key(counterHash(seed, epoch, sample, purpose)) {}

  constexpr std::uint64_t next() { return mixBits(m_key ^ mixBits(m_counter++)); }
  // [0, 1), 53 bits.
  constexpr double uniform() { return double(next() >> 11) * 0x1.0p-53; }
  constexpr double uniform(double low, double high) { return low + (high - low) * uniform(); }
  constexpr bool chance(double probability) { return uniform() < probability; }
  // 0 … count - 1 without bias; count > 0.
  constexpr std::uint64_t below(std::uint64_t count) {
    const std::uint64_t limit = (~std::uint64_t{0} / count) * count;
    std::uint64_t value = next();
    while (value >= limit) value = next();
    return value % count;
  }
  // Mean 0, deviation 1 (Box–Muller, one of the pair).
  double normal() {
    const double u = 1.0 - uniform(), v = uniform();
    return std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
  }

 private:
  std::uint64_t m_key;
  std::uint64_t m_counter = 0;
};

// 0 … count - 1 in the order of one epoch (Fisher–Yates).
inline std::vector<int> epochPermutation(int count, std::uint64_t seed, std::uint64_t epoch, RandomPurpose purpose = RandomPurpose::Order) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  CounterRandom random(seed, epoch, 0, purpose);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

}  // namespace gps
