#pragma once
// Random scores that depend on the seed and the offset alone: 1 … 2^24, exact in fp32.
#include <cstdint>

namespace gps::kernels {

// scores: [count], of the offsets first, first + 1, …; the same on both. On CUDA: scores on the device, stream a cudaStream_t; returns the
// launch status.
void randomScores(std::uint64_t seed, std::uint32_t first, std::int64_t count, float* scores);
int randomScoresOnCuda(std::uint64_t seed, std::uint32_t first, std::int64_t count, float* scores, void* stream);

}  // namespace gps::kernels
