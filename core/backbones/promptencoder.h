#pragma once
#include <memory>
#include <vector>

#include "core/nn/conv.h"

namespace gps {

// Prompts as tensors; what is undefined is not given. B is 1 or that of the pictures.
struct PromptTensors {
  at::Tensor points;      // [B, n, 2] x, y in input pixels
  at::Tensor labels;      // [B, n] 1: include, 0: exclude
  at::Tensor boxes;       // [B, 4] x0, y0, x1, y1 in input pixels
  at::Tensor maskLogits;  // [B, 1, 4h, 4w] of the step before
};

// SAM's prompts as embeddings.
class PromptEncoder {
 public:
  struct Prompt {
    at::Tensor sparse;  // [B or 1, n, dim]
    at::Tensor dense;   // [1, dim, 1, 1], to be broadcast over the picture; or [B, dim, h, w] of a mask
  };

  // embeddingSide: pixels of the image embedding; imageSide: pixels of the input.
  PromptEncoder(ParameterRegistry& registry, std::int64_t embeddingSide, std::int64_t imageSide, std::int64_t dim = 256,
                std::int64_t maskChannels = 16);
  // Points, then "not a point" where there is no box, then the corners of the box.
  Prompt encode(const PromptTensors& prompts) const;
  at::Tensor densePositions() const;                           // [1, dim, side, side]
  const at::Tensor& like() const { return m_noMask.value(); }  // device and type of the weights
  // The same encoder without values, registered elsewhere.
  std::unique_ptr<PromptEncoder> twin(ParameterRegistry& registry) const;

 private:
  at::Tensor encodePlaces(const at::Tensor& places) const;  // [..., 2] x, y in [0, 1] -> [..., dim]
  at::Tensor encodePixels(const at::Tensor& pixels) const;  // [..., 2] in input pixels
  at::Tensor encodePoints(const PromptTensors& prompts) const;
  at::Tensor encodeMask(const at::Tensor& logits) const;

  std::int64_t m_embeddingSide, m_imageSide, m_dim, m_maskChannels;
  Parameter m_gaussian;                                       // [2, dim / 2]
  std::vector<std::unique_ptr<Parameter>> m_pointEmbeddings;  // background, foreground, upper left, lower right
  Parameter m_notAPoint;
  Conv2d m_mask0;
  LayerNorm m_mask1;
  Conv2d m_mask3;
  LayerNorm m_mask4;
  Conv2d m_mask6;
  Parameter m_noMask;
};

}  // namespace gps
