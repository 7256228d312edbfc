#pragma once
// Every parameter and buffer of a model, in two flat tensors. Layers hold views into them that never require a gradient;
// nobody else knows how weights are laid out. Views share storage, so what is written here is what the next forward uses.
#include <ATen/core/Tensor.h>

#include <memory>

#include "core/nn/parametermap.h"

namespace gps {

class WeightArena {
 public:
  // Zero-filled. type: kFloat in the program, kDouble in tests of exactness.
  explicit WeightArena(std::shared_ptr<const ParameterMap> map, at::ScalarType type = at::kFloat, at::Device device = at::kCPU);
  WeightArena(const WeightArena&) = delete;
  WeightArena& operator=(const WeightArena&) = delete;

  const ParameterMap& map() const { return *m_map; }
  std::shared_ptr<const ParameterMap> sharedMap() const { return m_map; }
  at::Device device() const { return m_matrix.device(); }
  at::ScalarType type() const { return m_vector.scalar_type(); }  // of the vector region, and of what lies between products
  at::ScalarType matrixType() const { return m_matrix.scalar_type(); }

  const at::Tensor& region(Region r) const { return r == Region::Matrix ? m_matrix : m_vector; }
  const at::Tensor& matrix() const { return m_matrix; }  // [matrixSize]
  const at::Tensor& vector() const { return m_vector; }  // [vectorSize]
  at::Tensor view(std::size_t id) const;                 // shaped view, no gradient
  // First element of a tensor; CPU and fp32 only (Error(Internal) otherwise).
  float* data(std::size_t id);
  const float* data(std::size_t id) const;
  float* regionData(Region r);

  // New storage on the device; every view handed out before is stale: bind the layers again.
  void moveTo(at::Device device);

  // The matrix region rounded to a narrower type, kBFloat16 or kHalf, to compute with; its full values wait on the host meanwhile and
  // stand again, bit for bit, after widenMatrix. Views are stale after both. What trains is written to the narrow region only.
  void narrowMatrix(at::ScalarType type);
  void widenMatrix();
  bool isNarrow() const { return m_full.defined(); }

  // Counts writes to the values. A backward checks that nothing was written since its forward.
  std::uint64_t writeCount() const { return m_writes; }
  void noteWrite() { ++m_writes; }

 private:
  std::shared_ptr<const ParameterMap> m_map;
  at::Tensor m_matrix, m_vector;
  at::Tensor m_full;  // of a narrow matrix region, on the CPU
  std::uint64_t m_writes = 0;
};

}  // namespace gps
