#include "core/selection/pass/passbatch.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace gps {

PassBatch::PassBatch(const Batch& batch, BatchTensors tensors, int pictures, DropPathStep dropPath)
    : m_count(batch.count),
      m_views(batch.views),
      m_step(pictures > 0 ? std::min(pictures, batch.count) : batch.count),
      m_tensors(std::move(tensors)),
      m_items(batch.itemIndex),
      m_dropPath(std::move(dropPath)) {}

PassPiece PassBatch::piece(int index) const {
  PassPiece p;
  p.first = index * m_step;
  p.count = std::min(m_step, m_count - p.first);
  const auto cut = [&](const at::Tensor& t) { return t.defined() ? t.narrow(0, p.first, p.count) : t; };
  const auto byView = m_tensors.images.unflatten(0, {m_views, m_count});
  p.tensors = {byView.narrow(1, p.first, p.count).flatten(0, 1), cut(m_tensors.masks), cut(m_tensors.labels)};
  p.dropPath = m_dropPath;
  for (int view = 0; view < m_views; ++view)
    for (int i = p.first; i < p.first + p.count; ++i)
      p.dropPath.samples.push_back(std::uint64_t(m_items[std::size_t(i)]) * 2 + std::uint64_t(view));
  return p;
}

}  // namespace gps
