#pragma once
#include <memory>
#include <vector>

#include "core/nn/conv.h"

namespace gps {

// SAM's prompts as embeddings. Mask prompts are not computed: their weights are registered, so that files stay complete.
class PromptEncoder {
 public:
  struct Prompt {
    at::Tensor sparse;  // [B or 1, n, dim]
    at::Tensor dense;   // [1, dim, 1, 1], to be broadcast over the picture
  };

  // embeddingSide: pixels of the image embedding; imageSide: pixels of the input.
  PromptEncoder(ParameterRegistry& registry, std::int64_t embeddingSide, std::int64_t imageSide, std::int64_t dim = 256,
                std::int64_t maskChannels = 16);
  Prompt none() const;
  Prompt boxes(const at::Tensor& boxes) const;                 // [B, 4] x0, y0, x1, y1 in input pixels
  Prompt points(const at::Tensor& points) const;               // [B, 2] x, y in input pixels, all foreground
  at::Tensor densePositions() const;                           // [1, dim, side, side]
  const at::Tensor& like() const { return m_noMask.value(); }  // device and type of the weights

 private:
  at::Tensor encode(const at::Tensor& places) const;        // [..., 2] x, y in [0, 1] -> [..., dim]
  at::Tensor encodePixels(const at::Tensor& pixels) const;  // [..., 2] in input pixels
  at::Tensor denseNoMask() const;

  std::int64_t m_embeddingSide, m_imageSide;
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
