#include "core/selection/scores.h"

#include <ATen/ATen.h>

#include "core/selection/scoretensor.h"

namespace gps {

Scores::Scores(std::vector<float> values) {
  const auto kept = std::make_shared<std::vector<float>>(std::move(values));
  m_storage = std::make_shared<ScoreStorage>();
  m_storage->values = at::from_blob(
      kept->data(), {std::int64_t(kept->size())}, [kept](void*) {}, at::kFloat);
}

std::int64_t Scores::size() const { return m_storage ? m_storage->values.numel() : 0; }
bool Scores::isOnDevice() const { return m_storage && m_storage->values.is_cuda(); }

const float* Scores::host() const {
  if (!m_storage) return nullptr;
  if (!m_storage->host.defined()) m_storage->host = m_storage->values.to(at::kCPU).contiguous();
  return m_storage->host.data_ptr<float>();
}

Scores scoresOf(const at::Tensor& values) {
  auto storage = std::make_shared<ScoreStorage>();
  storage->values = values.detach().to(at::kFloat).contiguous();
  return Scores(std::move(storage));
}

}  // namespace gps
