#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// uint8 [N]. Copies are made from views of the tensor, so that its allocator knows which streams still read it.
class PinnedBlock {
 public:
  explicit PinnedBlock(at::Tensor bytes) : m_bytes(std::move(bytes)) {}
  const at::Tensor& bytes() const { return m_bytes; }

 private:
  at::Tensor m_bytes;
};

}  // namespace gps
