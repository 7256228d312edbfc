#pragma once
// Prompt encoder and mask decoder with values of their own, copied from a model: answers go on while the model itself is being trained,
// and two sets of values can be asked in turn.
#include <memory>

#include "core/backbones/modelparts.h"
#include "core/nn/prioritystream.h"

namespace gps {

class PromptHead {
 public:
  // Copies the present values, on the model's device, as fp32. Error(BadArgument) for a model without masks.
  explicit PromptHead(const ModelParts& parts);

  // Inference only; embedding as the model's encode() gives it. On any stream.
  MaskDecoder::Output decode(const at::Tensor& embedding, const PromptTensors& prompts, bool multimask) const;
  at::Tensor decode(const at::Tensor& embedding, PromptMode prompt) const;  // [B, 1, 4h, 4w]

 private:
  ParameterRegistry m_registry;  // outlives the network
  std::unique_ptr<SamNetwork> m_network;
  std::unique_ptr<WeightArena> m_arena;
  std::unique_ptr<StreamMark> m_copied;
};

}  // namespace gps
