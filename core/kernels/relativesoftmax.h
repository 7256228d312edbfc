#pragma once
// The part of attention by matrix products that is none: a softmax over the keys of every query, with decomposed relative positions on a
// square grid where there are any (Li et al. 2022, MViTv2; SAM's image encoder):
//   p[i, j] = softmax over j of scale s[i, j] + relH[i, j / side] + relW[i, j % side]
// and its gradient. Points beyond `points` are padding: their rows and columns become 0.
#include <cstdint>

#include "core/kernels/realtype.h"

namespace gps::kernels {

// The relative part of one direction: value of (head, query, k) at data[head * headStride + y * yStride + x * xStride + k], y and x the
// query's place.
template <typename T>
struct RelativePart {
  T* data = nullptr;  // null: none
  std::int64_t headStride = 0, yStride = 0, xStride = 0;
};

struct SoftmaxShape {
  std::int64_t heads = 0;   // of all pictures together
  std::int64_t points = 0;  // queries, and keys, of one
  std::int64_t padded = 0;  // rows and columns of the square matrices
  std::int64_t side = 0;    // of the grid, side * side = points; 0 without relative parts
  float scale = 1;
};
constexpr std::int64_t kMostSoftmaxPoints = 12288;  // a row lies in shared memory

// logits [heads, padded, padded], in place.
void relativeSoftmaxOnCpu(const SoftmaxShape& shape, const RelativePart<const float>& relH, const RelativePart<const float>& relW,
                          float* logits);
// gradient [heads, padded, padded]: of the probabilities, becomes that of s, scale left out. dRelH, dRelW: written, where their data is
// set.
void relativeSoftmaxBackwardOnCpu(const SoftmaxShape& shape, const float* probabilities, float* gradient, const RelativePart<float>& dRelH,
                                  const RelativePart<float>& dRelW);

// The same with results of any type beside fp32 logits and gradients: probabilities and dLogits [heads, padded, padded] of `type`, which
// may be the logits' (the gradient's) own place where it is fp32. All pointers on the device; launch on `stream` (a cudaStream_t) without
// synchronisation; a CUDA error code, 0 on success.
int relativeSoftmaxOnCuda(const SoftmaxShape& shape, const RelativePart<const float>& relH, const RelativePart<const float>& relW,
                          const float* logits, RealType type, void* probabilities, void* stream);
int relativeSoftmaxBackwardOnCuda(const SoftmaxShape& shape, RealType type, const void* probabilities, const float* gradient, void* dLogits,
                                  const RelativePart<float>& dRelH, const RelativePart<float>& dRelW, void* stream);

}  // namespace gps::kernels
