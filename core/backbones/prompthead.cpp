#include "core/backbones/prompthead.h"

#include <ATen/ATen.h>

#include "core/values/error.h"

namespace gps {

PromptHead::PromptHead(const ModelParts& parts) {
  at::NoGradGuard noGrad;
  m_network = parts.samNetwork().headTwin(m_registry);
  const auto map = m_registry.makeMap();
  m_arena = std::make_unique<WeightArena>(map, at::kFloat, parts.arena->device());
  const ParameterMap& source = *parts.map;
  std::size_t copied = 0;
  for (std::size_t id = 0; id < source.size(); ++id) {
    if (source.entry(id).part == ModelPart::Encoder) continue;
    const auto own = map->idOf(source.entry(id).name);
    if (own < 0) continue;
    m_arena->view(std::size_t(own)).copy_(parts.arena->view(id));
    ++copied;
  }
  if (copied != map->size()) throw Error(ErrorCode::Internal, parts.description.id, "a tensor of its mask decoder is missing");
  m_arena->noteWrite();
  m_registry.bind(*m_arena);
  m_copied = std::make_unique<StreamMark>(m_arena->device());
}

MaskDecoder::Output PromptHead::decode(const at::Tensor& embedding, const PromptTensors& prompts, bool multimask) const {
  m_copied->comesFirst();
  return m_network->decodePrompts(embedding, prompts, multimask);
}

at::Tensor PromptHead::decode(const at::Tensor& embedding, PromptMode prompt) const {
  m_copied->comesFirst();
  return m_network->decode(embedding, prompt);
}

}  // namespace gps
