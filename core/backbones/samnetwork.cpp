#include "core/backbones/samnetwork.h"

#include <ATen/ATen.h>

namespace gps {

SamNetwork::SamNetwork(std::unique_ptr<ImageEncoder> encoder, std::unique_ptr<PromptEncoder> prompts, std::unique_ptr<MaskDecoder> decoder,
                       int imageSize)
    : m_encoder(std::move(encoder)), m_prompts(std::move(prompts)), m_decoder(std::move(decoder)), m_imageSize(imageSize) {}

at::Tensor SamNetwork::decode(const at::Tensor& embedding, PromptMode prompt) const {
  PromptEncoder::Prompt p;
  if (prompt == PromptMode::None) {
    p = m_prompts->none();
  } else {
    auto box = at::zeros({1, 4}, m_prompts->like().options());
    box.narrow(1, 2, 2).fill_(double(m_imageSize - 1));
    p = m_prompts->boxes(box);
  }
  return m_decoder->forward(embedding, m_prompts->densePositions(), p.sparse, p.dense, MaskDecoder::Masks::Single, false).logits;
}

MaskDecoder::Output SamNetwork::decodeBoxes(const at::Tensor& embedding, const at::Tensor& boxes, bool multimask) const {
  const auto p = m_prompts->boxes(boxes);
  return m_decoder->forward(embedding, m_prompts->densePositions(), p.sparse, p.dense,
                            multimask ? MaskDecoder::Masks::Three : MaskDecoder::Masks::Single, true);
}

MaskDecoder::Output SamNetwork::decodePoints(const at::Tensor& embedding, const at::Tensor& points, bool multimask) const {
  const auto p = m_prompts->points(points);
  return m_decoder->forward(embedding, m_prompts->densePositions(), p.sparse, p.dense,
                            multimask ? MaskDecoder::Masks::Three : MaskDecoder::Masks::Single, true);
}

at::Tensor SamNetwork::forward(const at::Tensor& images, PromptMode prompt) const {
  return resizeBilinear(decode(encode(images), prompt), m_imageSize, m_imageSize);
}

// [to, from]; row i holds the hat function round the source place of target pixel i.
static at::Tensor interpolationMatrix(std::int64_t from, std::int64_t to, const at::TensorOptions& options) {
  const auto wide = options.dtype(at::kDouble);
  const auto place = ((at::arange(to, wide) + 0.5) * (double(from) / double(to)) - 0.5).clamp(0, double(from - 1));
  return (1 - (place.unsqueeze(1) - at::arange(from, wide).unsqueeze(0)).abs()).clamp_min(0).to(options.dtype());
}

at::Tensor resizeBilinear(const at::Tensor& x, std::int64_t height, std::int64_t width) {
  const auto rows = interpolationMatrix(x.size(2), height, x.options());
  const auto columns = interpolationMatrix(x.size(3), width, x.options());
  return at::matmul(at::matmul(rows, x), columns.t());
}

}  // namespace gps
