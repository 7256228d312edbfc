#include "core/kernels/randomscores.h"

#include "core/kernels/hostthreads.h"
#include "core/kernels/vectorclones.h"
#include "core/values/counterrandom.h"

namespace gps::kernels {
namespace {

GPS_VECTOR_CLONES void fill(std::uint64_t seed, std::uint64_t first, std::int64_t count, float* scores) {
  for (std::int64_t i = 0; i < count; ++i) {
    const auto bits = counterHash(seed, 0, first + std::uint64_t(i), RandomPurpose::Selection) >> 40;
    scores[i] = float(std::int32_t(bits) + 1);
  }
}

}  // namespace

void randomScores(std::uint64_t seed, std::uint32_t first, std::int64_t count, float* scores) {
  forBlocks(count, 1 << 16, [&](std::int64_t from, std::int64_t to) { fill(seed, first + std::uint64_t(from), to - from, scores + from); });
}

}  // namespace gps::kernels
