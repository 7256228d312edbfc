#include "core/backbones/samnetwork.h"

#include <ATen/ATen.h>

namespace gps {

SamNetwork::SamNetwork(std::unique_ptr<ImageEncoder> encoder, std::unique_ptr<PromptEncoder> prompts, std::unique_ptr<MaskDecoder> decoder,
                       int imageSize)
    : m_encoder(std::move(encoder)), m_prompts(std::move(prompts)), m_decoder(std::move(decoder)), m_imageSize(imageSize) {}

at::Tensor SamNetwork::decode(const at::Tensor& embedding, PromptMode prompt) const {
  PromptTensors prompts;
  if (prompt != PromptMode::None) {
    prompts.boxes = at::zeros({1, 4}, m_prompts->like().options());
    prompts.boxes.narrow(1, 2, 2).fill_(double(m_imageSize - 1));
  }
  const auto p = m_prompts->encode(prompts);
  return m_decoder->forward(embedding, m_prompts->densePositions(), p.sparse, p.dense, MaskDecoder::Masks::Single, false).logits;
}

MaskDecoder::Output SamNetwork::decodePrompts(const at::Tensor& embedding, const PromptTensors& prompts, bool multimask) const {
  const auto p = m_prompts->encode(prompts);
  return m_decoder->forward(embedding, m_prompts->densePositions(), p.sparse, p.dense,
                            multimask ? MaskDecoder::Masks::Three : MaskDecoder::Masks::Single, true);
}

std::unique_ptr<SamNetwork> SamNetwork::headTwin(ParameterRegistry& registry) const {
  auto prompts = m_prompts->twin(registry);
  auto decoder = std::make_unique<MaskDecoder>(registry, m_decoder->config());
  return std::make_unique<SamNetwork>(nullptr, std::move(prompts), std::move(decoder), m_imageSize);
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
