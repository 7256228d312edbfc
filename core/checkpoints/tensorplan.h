#pragma once
// How one tensor of a model is made from the tensors of a file.
#include <cstdint>
#include <string>
#include <vector>

#include "core/checkpoints/readers/tensorfile.h"

namespace gps {

enum class Assembly {
  Copy,        // the values in their order
  Transpose,   // every source as [rows, columns] transposed, one below the other (JAX keeps a linear layer as [in, out])
  KernelFirst  // [h, w, in, out] to [out, in, h, w]
};

// In what way position embeddings are brought to another grid: a property of the checkpoint.
enum class PositionResize { AntialiasedBicubic, Bicubic, Bilinear };

struct TensorPlan {
  Assembly how = Assembly::Copy;
  std::vector<const TensorRecord*> from;
  std::vector<std::int64_t> shape;  // of the result, as the file has it
};

// Values in row-major order as fp32. out: the product of plan.shape.
void assemble(const TensorFile& file, const TensorPlan& plan, float* out);

// The same shape but for dimensions of 1 (timm's and Meta's 1x1 convolutions against linear layers).
bool isSameShape(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b);

// Position embeddings [1, 1 + n², D] of a class token and a square grid, for another grid.
bool canResizePositions(const std::vector<std::int64_t>& from, const std::vector<std::int64_t>& to);
std::vector<float> resizePositions(const std::vector<float>& values, const std::vector<std::int64_t>& from,
                                   const std::vector<std::int64_t>& to, PositionResize how);

}  // namespace gps
