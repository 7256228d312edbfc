#include "core/backbones/maskdecoder.h"

namespace gps {

namespace {

const std::string kKind = "decoder";

Scope decoderScope(const std::string& prefix = {}, bool affectsOutput = true) {
  Scope scope;
  scope.prefix = "mask_decoder." + prefix;
  scope.block = "decoder";
  scope.part = ModelPart::Decoder;
  scope.affectsOutput = affectsOutput;
  return scope;
}

}  // namespace

TwoWayBlock::TwoWayBlock(ParameterRegistry& registry, const Scope& scope, const MaskDecoderConfig& c, bool isFirst)
    : m_self(registry, scope.at("self_attn."), c.dim, c.dim, c.heads, kKind),
      m_norm1(registry, scope, "norm1.", c.dim, 1e-5),
      m_tokenToPicture(registry, scope.at("cross_attn_token_to_image."), c.dim, c.dim / 2, c.heads, kKind),
      m_norm2(registry, scope, "norm2.", c.dim, 1e-5),
      m_mlp(registry, scope, "mlp.lin1.", "mlp.lin2.", c.dim, c.mlpHidden, Activation::Relu, kKind),
      m_norm3(registry, scope, "norm3.", c.dim, 1e-5),
      m_pictureToToken(registry, scope.at("cross_attn_image_to_token."), c.dim, c.dim / 2, c.heads, kKind),
      m_norm4(registry, scope, "norm4.", c.dim, 1e-5),
      m_isFirst(isFirst) {}

void TwoWayBlock::forward(at::Tensor& tokens, at::Tensor& picture, const at::Tensor& tokenPositions,
                          const at::Tensor& picturePositions) const {
  if (m_isFirst) {  // the tokens still are their own positions
    tokens = m_self.forward(tokens, tokens, tokens);
  } else {
    const auto q = tokens + tokenPositions;
    tokens = tokens + m_self.forward(q, q, tokens);
  }
  tokens = m_norm1.forward(tokens);

  const auto placed = picture + picturePositions;
  tokens = m_norm2.forward(tokens + m_tokenToPicture.forward(tokens + tokenPositions, placed, picture));
  tokens = m_norm3.forward(tokens + m_mlp.forward(tokens));
  picture = m_norm4.forward(picture + m_pictureToToken.forward(placed, tokens + tokenPositions, tokens));
}

ThreeLayerMlp::ThreeLayerMlp(ParameterRegistry& registry, const Scope& scope, std::int64_t in, std::int64_t hidden, std::int64_t out)
    : m_first(registry, scope, "layers.0.", in, hidden, kKind),
      m_second(registry, scope, "layers.1.", hidden, hidden, kKind),
      m_third(registry, scope, "layers.2.", hidden, out, kKind) {}

at::Tensor ThreeLayerMlp::forward(const at::Tensor& x) const {
  return m_third.forward(m_second.forward(m_first.forward(x), Activation::Relu), Activation::Relu);
}

MaskDecoder::MaskDecoder(ParameterRegistry& registry, const MaskDecoderConfig& c)
    : m_config(c),
      m_iouToken(registry, decoderScope(), "iou_token.weight", {1, c.dim}, ParameterRole::Embedding, kKind),
      m_maskTokens(registry, decoderScope(), "mask_tokens.weight", {kMaskTokens, c.dim}, ParameterRole::Embedding, kKind) {
  const auto transformer = decoderScope("transformer.");
  for (std::int64_t i = 0; i < c.depth; ++i)
    m_blocks.push_back(std::make_unique<TwoWayBlock>(registry, transformer.at("layers." + std::to_string(i) + "."), c, i == 0));
  m_finalAttention =
      std::make_unique<ProjectedAttention>(registry, transformer.at("final_attn_token_to_image."), c.dim, c.dim / 2, c.heads, kKind);
  m_finalNorm = std::make_unique<LayerNorm>(registry, transformer, "norm_final_attn.", c.dim, 1e-5);
  const auto upscaling = decoderScope("output_upscaling.");
  m_upscale0 = std::make_unique<ConvTranspose2d>(registry, upscaling, "0.", c.dim, c.dim / 4, 2, kKind);
  m_upscaleNorm = std::make_unique<LayerNorm>(registry, upscaling, "1.", c.dim / 4, 1e-6);
  m_upscale3 = std::make_unique<ConvTranspose2d>(registry, upscaling, "3.", c.dim / 4, c.dim / 8, 2, kKind);
  for (int i = 0; i < kMaskTokens; ++i)
    m_hypernetworks.push_back(std::make_unique<ThreeLayerMlp>(
        registry, decoderScope("output_hypernetworks_mlps." + std::to_string(i) + ".", i == 0), c.dim, c.dim, c.dim / 8));
  m_iouHead = std::make_unique<ThreeLayerMlp>(registry, decoderScope("iou_prediction_head.", false), c.dim, c.iouHidden, kMaskTokens);
}

MaskDecoder::Output MaskDecoder::forward(const at::Tensor& embedding, const at::Tensor& positions, const at::Tensor& sparse,
                                         const at::Tensor& dense, Masks masks, bool withIou) const {
  const auto batch = embedding.size(0), dim = embedding.size(1), height = embedding.size(2), width = embedding.size(3);
  const auto learned = at::cat({m_iouToken.value(), m_maskTokens.value()}, 0).unsqueeze(0);
  const auto prompt = at::cat({learned.expand({batch, -1, -1}), sparse.expand({batch, -1, -1})}, 1);

  auto tokens = prompt;
  auto picture = (embedding + dense).flatten(2).transpose(1, 2);
  const auto places = positions.flatten(2).transpose(1, 2);
  for (const auto& block : m_blocks) block->forward(tokens, picture, prompt, places);
  tokens = m_finalNorm->forward(tokens + m_finalAttention->forward(tokens + prompt, picture + places, picture));

  const auto map = picture.transpose(1, 2).reshape({batch, dim, height, width});
  const auto canvas = at::gelu(m_upscale3->forward(m_upscaleNorm->forwardChannelsFirst(m_upscale0->forward(map)), Activation::Gelu));
  const int first = masks == Masks::Single ? 0 : 1, last = masks == Masks::Single ? 1 : kMaskTokens;
  std::vector<at::Tensor> brushes;
  for (int i = first; i < last; ++i) brushes.push_back(m_hypernetworks[std::size_t(i)]->forward(tokens.select(1, 1 + i)));

  Output out;
  const auto type = learned.scalar_type();  // the products before may have been narrower
  out.logits =
      at::matmul(at::stack(brushes, 1).to(type), canvas.flatten(2).to(type)).view({batch, last - first, canvas.size(2), canvas.size(3)});
  if (withIou) out.iou = m_iouHead->forward(tokens.select(1, 0)).slice(1, first, last);
  return out;
}

}  // namespace gps
