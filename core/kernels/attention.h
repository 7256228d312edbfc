#pragma once
// The parts of attention inside windows that are no matrix products. CPU references and CUDA kernels compute the same formulas.
// CUDA functions: all pointers on the device; they launch on `stream` (a cudaStream_t) without synchronisation and return a CUDA
// error code, 0 on success. Fewer than 2^31 elements; width a multiple of 4.
#include <cstdint>

namespace gps::kernels {

struct HeadShape {
  std::int64_t windows = 0, points = 0, heads = 0, parts = 0, width = 0;
  std::int64_t padded = 0;  // points, filled up with zeros to a multiple that matrix products like
};

// [windows, points, heads, parts, width] -> [parts, windows * heads, padded, width]
void splitHeadsOnCpu(const HeadShape& shape, const float* from, float* to);
int splitHeadsOnCuda(const HeadShape& shape, const float* from, float* to, void* stream);
// The inverse; padding is dropped.
void joinHeadsOnCpu(const HeadShape& shape, const float* from, float* to);
int joinHeadsOnCuda(const HeadShape& shape, const float* from, float* to, void* stream);

constexpr std::int64_t kMostPoints = 256;  // a row of the softmax stays in the registers of a warp

// In place over logits [windows * heads, padded, padded]: softmax of scale * logits + bias [heads, points, points]; padding becomes 0.
void biasedSoftmaxOnCpu(const HeadShape& shape, float scale, const float* bias, float* logits);
int biasedSoftmaxOnCuda(const HeadShape& shape, float scale, const float* bias, float* logits, void* stream);
// In place over the gradient of the probabilities: the gradient of scale * logits + bias.
void softmaxBackwardOnCpu(const HeadShape& shape, const float* probabilities, float* gradient);
int softmaxBackwardOnCuda(const HeadShape& shape, const float* probabilities, float* gradient, void* stream);

}  // namespace gps::kernels
