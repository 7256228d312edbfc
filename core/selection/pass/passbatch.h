#pragma once
// A batch on the device, cut into pieces of so many pictures. The views of a picture stay together, and a picture sees the same views
// and drops the same branches whatever the pieces are.
#include "core/data/loader.h"
#include "core/evaluation/batchtensors.h"
#include "core/nn/droppath.h"

namespace gps {

struct PassPiece {
  int first = 0, count = 0;  // pictures of the batch
  BatchTensors tensors;      // images [V * count, 3, S, S], the first views of all, then the second
  DropPathStep dropPath;
};

class PassBatch {
 public:
  // pictures: at once; 0 or beyond the batch: all of them. dropPath: rate and seed; its samples are those of the batch.
  PassBatch(const Batch& batch, BatchTensors tensors, int pictures, DropPathStep dropPath);
  int count() const { return m_count; }
  int pieces() const { return (m_count + m_step - 1) / m_step; }
  PassPiece piece(int index) const;
  const at::Tensor& labels() const { return m_tensors.labels; }

 private:
  int m_count, m_views, m_step;
  BatchTensors m_tensors;
  std::vector<int> m_items;
  DropPathStep m_dropPath;
};

}  // namespace gps
