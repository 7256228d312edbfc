#pragma once
// A layer of random numbers for the sampled product, its exact result, and how far from it sums in float may lie.
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/kernels/sampledproduct.h"

namespace gps::kernels {

enum class Choice { None, OnePerRow, FewPerRow, Mixed, All };  // Mixed: empty, full and other rows

struct SampledCase {
  std::int64_t rows = 1, cols = 1, tokens = 1;
  Choice choice = Choice::OnePerRow;
  RealType left = RealType::Float, right = RealType::Float;
  SampledSource source = SampledSource::Plain;
  bool compact = false;
  std::int64_t leftGap = 0, rightGap = 0, start = 0;  // elements: between the rows, and before the first
  std::int64_t sharedBytes = 96 * 1024;
  std::uint64_t seed = 1;
};
std::ostream& operator<<(std::ostream& out, const SampledCase& c);

// A case of everything possible; on the GPU only the types that go there.
SampledCase randomCase(std::uint64_t seed, bool forCuda);

// Values as they are stored; nothing lies behind the last of them.
struct SampledLayer {
  SampledCase how;
  std::vector<std::uint32_t> offsets;
  SampledPlan plan;
  std::vector<std::byte> left, right;
  std::vector<float> mean, rstd, gamma, beta;
  SampledInput input() const;  // on the host

  // [entries] and [rows]: the exact sums, and the most that those in float may be off.
  std::vector<double> gradient, bias, gradientSlack, biasSlack;
};
SampledLayer makeLayer(const SampledCase& how);

// The first place where a result that started from `before` everywhere is off, as a sentence; empty: none.
template <typename Real>
std::string firstFault(const std::vector<Real>& result, const std::vector<double>& wanted, const std::vector<double>& slack, double before);

}  // namespace gps::kernels
