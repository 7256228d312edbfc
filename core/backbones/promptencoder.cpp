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
      m_gaussian(registry, promptScope(), "pe_layer.positional_encoding_gaussian_matrix", {2, dim / 2}, ParameterRole::Embedding),
      m_pointEmbeddings(makePointEmbeddings(registry, dim)),
      m_notAPoint(registry, promptScope(), "not_a_point_embed.weight", {1, dim}, ParameterRole::Embedding),
      m_mask0(registry, maskScope(), "0.", {1, maskChannels / 4, 2, 2}, "conv", Conv2d::Tail::Bias),
      m_mask1(registry, maskScope(), "1.", maskChannels / 4, 1e-6),
      m_mask3(registry, maskScope(), "3.", {maskChannels / 4, maskChannels, 2, 2}, "conv", Conv2d::Tail::Bias),
      m_mask4(registry, maskScope(), "4.", maskChannels, 1e-6),
      m_mask6(registry, maskScope(), "6.", {maskChannels, dim}, "conv", Conv2d::Tail::Bias),
      m_noMask(registry, promptScope(), "no_mask_embed.weight", {1, dim}, ParameterRole::NoMaskEmbed) {}

at::Tensor PromptEncoder::encode(const at::Tensor& places) const {
  const auto angles = at::matmul(2 * places - 1, m_gaussian.value()) * (2 * std::numbers::pi);
  return at::cat({at::sin(angles), at::cos(angles)}, -1);
}

at::Tensor PromptEncoder::encodePixels(const at::Tensor& pixels) const {
  const auto& w = like();
  return encode((pixels.to(w.device(), w.scalar_type()) + 0.5) / double(m_imageSide));  // + 0.5: centre of the pixel
}

at::Tensor PromptEncoder::denseNoMask() const { return m_noMask.value().view({1, -1, 1, 1}); }

PromptEncoder::Prompt PromptEncoder::none() const { return {like().new_empty({1, 0, m_noMask.value().size(1)}), denseNoMask()}; }

PromptEncoder::Prompt PromptEncoder::boxes(const at::Tensor& boxes) const {
  const auto corners = at::cat({m_pointEmbeddings[2]->value(), m_pointEmbeddings[3]->value()}, 0);
  return {encodePixels(boxes.reshape({-1, 2, 2})) + corners, denseNoMask()};
}

PromptEncoder::Prompt PromptEncoder::points(const at::Tensor& points) const {
  const auto foreground = encodePixels(points.reshape({-1, 1, 2})) + m_pointEmbeddings[1]->value();
  // SAM fills up point prompts without a box with one "not a point".
  return {at::cat({foreground, m_notAPoint.value().unsqueeze(0).expand_as(foreground)}, 1), denseNoMask()};
}

at::Tensor PromptEncoder::densePositions() const {
  const auto side = m_embeddingSide;
  const auto along = (at::arange(side, like().options()) + 0.5) / double(side);
  const auto x = along.unsqueeze(0).expand({side, side}), y = along.unsqueeze(1).expand({side, side});
  return encode(at::stack({x, y}, -1)).permute({2, 0, 1}).unsqueeze(0);
}

}  // namespace gps
