#include "core/data/checks/nearduplicates.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace gps {
namespace {

constexpr int kBits = 64;
constexpr std::size_t kPollEvery = 4096;

// Bits [64 b / bands, 64 (b + 1) / bands).
std::uint64_t bandMask(int band, int bands) {
  const int from = kBits * band / bands, to = kBits * (band + 1) / bands;
  const std::uint64_t below = to == kBits ? ~std::uint64_t{0} : (std::uint64_t{1} << to) - 1;
  return below & ~((std::uint64_t{1} << from) - 1);
}

}  // namespace

void forEachNearPair(const std::vector<std::uint64_t>& hashes, int threshold,
                     const std::function<void(std::size_t a, std::size_t b)>& report, RunControl* control) {
  const int bands = threshold + 1;
  std::vector<std::uint64_t> masks;
  for (int band = 0; band < bands; ++band) masks.push_back(bandMask(band, bands));
  std::vector<std::size_t> order(hashes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});

  for (std::size_t band = 0; band < masks.size(); ++band) {
    const std::uint64_t mask = masks[band];
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto x = hashes[a] & mask, y = hashes[b] & mask;
      return x != y ? x < y : a < b;
    });
    // A pair that agrees in an earlier band was seen there.
    const auto isNew = [&](std::uint64_t differing) {
      return std::none_of(masks.begin(), masks.begin() + std::ptrdiff_t(band), [&](std::uint64_t m) { return (differing & m) == 0; });
    };
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (control != nullptr && i % kPollEvery == 0) control->pollStop();
      const std::uint64_t hash = hashes[order[i]];
      for (std::size_t j = i + 1; j < order.size() && ((hash ^ hashes[order[j]]) & mask) == 0; ++j) {
        const std::uint64_t differing = hash ^ hashes[order[j]];
        if (std::popcount(differing) <= threshold && isNew(differing)) report(order[i], order[j]);
      }
    }
  }
}

}  // namespace gps
