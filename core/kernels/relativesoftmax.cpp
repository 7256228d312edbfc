#include "core/kernels/relativesoftmax.h"

#include <algorithm>
#include <cmath>

namespace gps::kernels {

namespace {

template <typename T>
T* partOf(const RelativePart<T>& part, const SoftmaxShape& s, std::int64_t head, std::int64_t query) {
  return part.data == nullptr ? nullptr
                              : part.data + head * part.headStride + query / s.side * part.yStride + query % s.side * part.xStride;
}

}  // namespace

void relativeSoftmaxOnCpu(const SoftmaxShape& s, const RelativePart<const float>& relH, const RelativePart<const float>& relW,
                          float* logits) {
  for (std::int64_t head = 0; head < s.heads; ++head)
    for (std::int64_t i = 0; i < s.padded; ++i) {
      float* row = logits + (head * s.padded + i) * s.padded;
      if (i >= s.points) {
        std::fill(row, row + s.padded, 0.0F);
        continue;
      }
      const float *h = partOf(relH, s, head, i), *w = partOf(relW, s, head, i);
      float most = -INFINITY;
      for (std::int64_t j = 0; j < s.points; ++j) {
        row[j] *= s.scale;
        if (h != nullptr) row[j] += h[j / s.side];
        if (w != nullptr) row[j] += w[j % s.side];
        most = std::max(most, row[j]);
      }
      double sum = 0;
      for (std::int64_t j = 0; j < s.points; ++j) sum += row[j] = std::exp(row[j] - most);
      for (std::int64_t j = 0; j < s.padded; ++j) row[j] = j < s.points ? float(row[j] / sum) : 0.0F;
    }
}

void relativeSoftmaxBackwardOnCpu(const SoftmaxShape& s, const float* probabilities, float* gradient, const RelativePart<float>& dRelH,
                                  const RelativePart<float>& dRelW) {
  for (std::int64_t head = 0; head < s.heads; ++head)
    for (std::int64_t i = 0; i < s.padded; ++i) {
      const float* p = probabilities + (head * s.padded + i) * s.padded;
      float* g = gradient + (head * s.padded + i) * s.padded;
      if (i >= s.points) {
        std::fill(g, g + s.padded, 0.0F);
        continue;
      }
      double dot = 0;
      for (std::int64_t j = 0; j < s.points; ++j) dot += double(p[j]) * g[j];
      for (std::int64_t j = 0; j < s.padded; ++j) g[j] = j < s.points ? p[j] * (g[j] - float(dot)) : 0.0F;
      float *h = partOf(dRelH, s, head, i), *w = partOf(dRelW, s, head, i);
      for (std::int64_t a = 0; a < s.side && h != nullptr && w != nullptr; ++a) {
        double row = 0, column = 0;
        for (std::int64_t b = 0; b < s.side; ++b) {
          row += g[a * s.side + b];
          column += g[b * s.side + a];
        }
        h[a] = float(row);
        w[a] = float(column);
      }
    }
}

}  // namespace gps::kernels
