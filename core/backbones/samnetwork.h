#pragma once
// Image encoder, prompt encoder and mask decoder, put together.
#include <memory>
#include <optional>

#include "core/backbones/imageencoder.h"
#include "core/backbones/maskdecoder.h"
#include "core/backbones/promptencoder.h"
#include "core/nn/registry.h"
#include "core/values/names.h"

namespace gps {

class SamNetwork {
 public:
  SamNetwork(std::unique_ptr<ImageEncoder> encoder, std::unique_ptr<PromptEncoder> prompts, std::unique_ptr<MaskDecoder> decoder,
             int imageSize);

  at::Tensor encode(const at::Tensor& images) const { return m_encoder->forward(images); }
  // embedding [B, 256, h, w] -> low-resolution logits [B, 1, 4h, 4w] of mask token 0 for PromptMode, one prompt for every picture.
  at::Tensor decode(const at::Tensor& embedding, PromptMode prompt) const;
  // Inference only. multimask: three masks of different reach, else the one of mask token 0.
  MaskDecoder::Output decodePrompts(const at::Tensor& embedding, const PromptTensors& prompts, bool multimask) const;
  // images -> logits [B, 1, S, S], upsampled bilinearly as two matrix products (deterministic on every device).
  at::Tensor forward(const at::Tensor& images, PromptMode prompt) const;

  // Prompt encoder and mask decoder of the same shapes without values and without an encoder of pictures, registered elsewhere: decodes
  // only.
  std::unique_ptr<SamNetwork> headTwin(ParameterRegistry& registry) const;

  int imageSize() const { return m_imageSize; }
  const ImageEncoder& encoder() const { return *m_encoder; }

 private:
  std::unique_ptr<ImageEncoder> m_encoder;
  std::unique_ptr<PromptEncoder> m_prompts;
  std::unique_ptr<MaskDecoder> m_decoder;
  int m_imageSize;
};

// Bilinear resize of [B, C, h, w] (align_corners false) as R_h · x · R_wᵀ; deterministic, differentiable.
at::Tensor resizeBilinear(const at::Tensor& x, std::int64_t height, std::int64_t width);

}  // namespace gps
