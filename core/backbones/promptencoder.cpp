#include "core/backbones/promptencoder.h"

#include <numbers>

namespace gps {

namespace {

Scope promptScope(bool affectsOutput = true) {
  Scope scope;
  scope.prefix = "prompt_encoder.";
  scope.block = "prompt";
  scope.part = ModelPart::PromptEncoder;
  scope.affectsOutput = affectsOutput;
  return scope;
}

Scope maskScope() { return promptScope(false).at("mask_downscaling."); }

std::vector<std::unique_ptr<Parameter>> makePointEmbeddings(ParameterRegistry& registry, std::int64_t dim) {
  std::vector<std::unique_ptr<Parameter>> all;
  for (int i = 0; i < 4; ++i)
    all.push_back(std::make_unique<Parameter>(registry, promptScope(), "point_embeddings." + std::to_string(i) + ".weight",
                                              std::vector<std::int64_t>{1, dim}, ParameterRole::Embedding));
  return all;
}

}  // namespace

PromptEncoder::PromptEncoder(ParameterRegistry& registry, std::int64_t embeddingSide, std::int64_t imageSide, std::int64_t dim,
                             std::int64_t maskChannels)
    : m_embeddingSide(embeddingSide),
      m_imageSide(imageSide),
      m_dim(dim),
      m_maskChannels(maskChannels),
      m_gaussian(registry, promptScope(), "pe_layer.positional_encoding_gaussian_matrix", {2, dim / 2}, ParameterRole::Embedding),
      m_pointEmbeddings(makePointEmbeddings(registry, dim)),
      m_notAPoint(registry, promptScope(), "not_a_point_embed.weight", {1, dim}, ParameterRole::Embedding),
      m_mask0(registry, maskScope(), "0.", {1, maskChannels / 4, 2, 2}, "conv", Conv2d::Tail::Bias),
      m_mask1(registry, maskScope(), "1.", maskChannels / 4, 1e-6),
      m_mask3(registry, maskScope(), "3.", {maskChannels / 4, maskChannels, 2, 2}, "conv", Conv2d::Tail::Bias),
      m_mask4(registry, maskScope(), "4.", maskChannels, 1e-6),
      m_mask6(registry, maskScope(), "6.", {maskChannels, dim}, "conv", Conv2d::Tail::Bias),
      m_noMask(registry, promptScope(), "no_mask_embed.weight", {1, dim}, ParameterRole::NoMaskEmbed) {}

at::Tensor PromptEncoder::encodePlaces(const at::Tensor& places) const {
  const auto angles = at::matmul(2 * places - 1, m_gaussian.value()) * (2 * std::numbers::pi);
  return at::cat({at::sin(angles), at::cos(angles)}, -1);
}

at::Tensor PromptEncoder::encodePixels(const at::Tensor& pixels) const {
  const auto& w = like();
  return encodePlaces((pixels.to(w.device(), w.scalar_type()) + 0.5) / double(m_imageSide));  // + 0.5: centre of the pixel
}

// segment-anything's _embed_points. Without a box one "not a point" fills up what the corners would.
at::Tensor PromptEncoder::encodePoints(const PromptTensors& prompts) const {
  const auto include = prompts.labels.to(like().device()).eq(1).unsqueeze(-1);
  const auto points = encodePixels(prompts.points) + at::where(include, m_pointEmbeddings[1]->value(), m_pointEmbeddings[0]->value());
  if (prompts.boxes.defined()) return points;
  return at::cat({points, m_notAPoint.value().unsqueeze(0).expand({points.size(0), 1, m_dim})}, 1);
}

at::Tensor PromptEncoder::encodeMask(const at::Tensor& logits) const {
  const auto& w = like();
  const auto fine = m_mask1.forwardChannelsFirst(m_mask0.forward(logits.to(w.device(), w.scalar_type())));
  const auto coarse = m_mask4.forwardChannelsFirst(m_mask3.forward(fine, Activation::Gelu));
  return m_mask6.forward(coarse, Activation::Gelu);
}

PromptEncoder::Prompt PromptEncoder::encode(const PromptTensors& prompts) const {
  std::vector<at::Tensor> sparse;
  if (prompts.points.defined()) sparse.push_back(encodePoints(prompts));
  if (prompts.boxes.defined()) {
    const auto corners = at::cat({m_pointEmbeddings[2]->value(), m_pointEmbeddings[3]->value()}, 0);
    sparse.push_back(encodePixels(prompts.boxes.reshape({-1, 2, 2})) + corners);
  }
  return {sparse.empty() ? like().new_empty({1, 0, m_dim}) : at::cat(sparse, 1),
          prompts.maskLogits.defined() ? encodeMask(prompts.maskLogits) : m_noMask.value().view({1, -1, 1, 1})};
}

std::unique_ptr<PromptEncoder> PromptEncoder::twin(ParameterRegistry& registry) const {
  return std::make_unique<PromptEncoder>(registry, m_embeddingSide, m_imageSide, m_dim, m_maskChannels);
}

at::Tensor PromptEncoder::densePositions() const {
  const auto side = m_embeddingSide;
  const auto along = (at::arange(side, like().options()) + 0.5) / double(side);
  const auto x = along.unsqueeze(0).expand({side, side}), y = along.unsqueeze(1).expand({side, side});
  return encodePlaces(at::stack({x, y}, -1)).permute({2, 0, 1}).unsqueeze(0);
}

}  // namespace gps
