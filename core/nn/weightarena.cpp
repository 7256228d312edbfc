#include "core/nn/weightarena.h"

#include <ATen/ATen.h>

#include "core/values/error.h"

namespace gps {

WeightArena::WeightArena(std::shared_ptr<const ParameterMap> map, at::ScalarType type, at::Device device)
    : m_map(std::move(map)),
      m_matrix(at::zeros({m_map->matrixSize()}, at::TensorOptions().dtype(type).device(device))),
      m_vector(at::zeros({m_map->vectorSize()}, at::TensorOptions().dtype(type).device(device))) {}

at::Tensor WeightArena::view(std::size_t id) const {
  const auto& e = m_map->entry(id);
  return region(e.region).narrow(0, e.offset, e.count).view(e.shape);
}

float* WeightArena::data(std::size_t id) {
  const auto& e = m_map->entry(id);
  return regionData(e.region) + e.offset;
}

const float* WeightArena::data(std::size_t id) const { return const_cast<WeightArena*>(this)->data(id); }

float* WeightArena::regionData(Region r) {
  const auto& t = region(r);
  if (!t.is_cpu() || t.scalar_type() != at::kFloat)
    throw Error(ErrorCode::Internal, "weight arena", "raw access needs fp32 values on the CPU");
  return t.data_ptr<float>();
}

void WeightArena::narrowMatrix(at::ScalarType type) {
  if (isNarrow()) widenMatrix();
  m_full = m_matrix.cpu();
  m_matrix = m_matrix.to(type);
}

void WeightArena::widenMatrix() {
  if (!isNarrow()) return;
  m_matrix = m_full.to(m_matrix.device());
  m_full.reset();
}

void WeightArena::moveTo(at::Device device) {
  m_matrix = m_matrix.to(device);
  m_vector = m_vector.to(device);
}

}  // namespace gps
