#pragma once
// The gradient of chosen entries of a weight alone (sampled dense-dense product), and of the bias in the same pass:
//   gradient[e] += Σ_t L[t, row_e] R[t, column_e],   bias[r] += Σ_t L[t, r]
// with L the gradient of the layer's output and R its input, or what its input is computed from. Sums are taken in float (in double
// where L is double), in an order that depends on nothing but the plan, the number of tokens and the device.
#include <cstdint>

#include "core/kernels/realtype.h"
#include "core/kernels/sampledplan.h"

namespace gps::kernels {

// Raised with every change that makes one way of a gradient faster or slower than it was: what was measured before counts no more.
inline constexpr int kGradientKernelsRevision = 1;

// What makes the layer's input of the stored R. Where it does anything, or where R is wider than L, the result is rounded to L's type,
// as the input of a layer computing in that type was.
enum class SampledSource {
  Plain,
  Relu,
  Gelu,   // the exact one: x/2 (1 + erf(x / √2))
  Normed  // (x - mean[t]) * rstd[t] * gamma[c] + beta[c]; c: the column of the weight, also where R is compact
};

struct SampledMatrix {
  const void* data = nullptr;  // [tokens, width], a token's values side by side
  RealType type = RealType::Float;
  std::int64_t stride = 0;  // elements from one token to the next
};

struct SampledInput {
  std::int64_t tokens = 0;
  SampledMatrix left, right;  // [tokens, rows], [tokens, plan.width]
  SampledSource source = SampledSource::Plain;
  const float *mean = nullptr, *rstd = nullptr;   // [tokens], of Normed
  const float *gamma = nullptr, *beta = nullptr;  // [cols], of Normed
};

// bias: [rows] or null. Double goes with double only, the others with each other in any way. Uses all cores (hostthreads.h), and the
// result does not depend on how many. Throws BadArgument for types that do not go together.
void sampledProductOnCpu(const SampledPlan& plan, const SampledInput& input, float* gradient, float* bias);
void sampledProductOnCpu(const SampledPlan& plan, const SampledInput& input, double* gradient, double* bias);

// On CUDA: types are float, or L is bf16 or fp16 and R of the same type or float. All pointers are to device memory, tables is a copy of
// plan.tables, stream a cudaStream_t; no synchronisation; the launch status is returned (cudaErrorInvalidValue for other types).
// processors: multiprocessors of the device, the same number for both functions. workspace: sampledWorkspace() floats, of any content.
struct SampledOutput {
  float* gradient = nullptr;  // [entries]
  float* bias = nullptr;      // [rows] or null
  float* workspace = nullptr;
};
std::int64_t sampledWorkspace(const SampledPlan& plan, std::int64_t tokens, int processors);
int sampledProductOnCuda(const SampledPlan& plan, const std::int32_t* tables, const SampledInput& input, const SampledOutput& output,
                         int processors, void* stream);
// Whether the current device has the shared memory that the plan asks for; a plan with fewer sharedBytes fits any.
bool sampledFitsOnCuda(const SampledPlan& plan);

}  // namespace gps::kernels
