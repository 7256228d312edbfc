#pragma once
// How the batches of a pass become a field: one class a FieldKind. What a batch leaves is gathered apart and added when the batch is
// complete, so that a stop inside a batch spoils nothing. Twice the size of the matrix region.
#include <ATen/core/Tensor.h>

#include <memory>

#include "core/backbones/modelparts.h"
#include "core/selection/gradientfield.h"

namespace gps {

class FieldAccumulator {
 public:
  // The encoder's matrices, and with DecoderMode::Sparse the decoder's, write into the accumulator until it ends; then they are frozen.
  // Throws Error(OutOfMemory) naming --field-memory.
  static std::unique_ptr<FieldAccumulator> make(FieldKind kind, ModelParts& parts, DecoderMode decoder, FieldMemory memory);
  virtual ~FieldAccumulator();
  FieldAccumulator(const FieldAccumulator&) = delete;
  FieldAccumulator& operator=(const FieldAccumulator&) = delete;

  virtual bool needsGradient() const { return true; }
  void endBatch();
  // [matrixSize], of the batches that have ended; stands until the next one ends.
  virtual at::Tensor field(int images) const;
  // What is summed up over batches, to be kept and brought back.
  const at::Tensor& sum() const { return m_sum; }

 protected:
  using Attach = void (SelectiveWeight::*)(const at::Tensor& fieldSlice);
  FieldAccumulator(ModelParts& parts, DecoderMode decoder, FieldMemory memory, Attach attach);
  virtual void fold();

  ModelParts& m_parts;
  at::Tensor m_sum, m_batch;
};

}  // namespace gps
