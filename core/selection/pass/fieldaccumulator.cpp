#include "core/selection/pass/fieldaccumulator.h"

#include <ATen/ATen.h>

#include "core/nn/errortranslation.h"
#include "core/selection/methodweights.h"

namespace gps {
namespace {

at::Tensor zeros(const ModelParts& parts, FieldMemory memory) {
  const auto options = memory == FieldMemory::Host ? parts.arena->matrix().options().device(at::kCPU) : parts.arena->matrix().options();
  const auto remedy = options.device().is_cuda() ? "Use --field-memory host" : "Close other programs";
  return withTorchErrors(
      "gradient field", [&] { return at::zeros({parts.map->matrixSize()}, options); }, remedy);
}

class GradientAccumulator : public FieldAccumulator {
 public:
  GradientAccumulator(ModelParts& parts, DecoderMode decoder, FieldMemory memory)
      : FieldAccumulator(parts, decoder, memory, &SelectiveWeight::accumulateInto) {}
};

class FisherAccumulator : public GradientAccumulator {
 public:
  using GradientAccumulator::GradientAccumulator;

 protected:
  void fold() override { m_sum.addcmul_(m_batch, m_batch); }
};

class ActivationAccumulator : public FieldAccumulator {
 public:
  ActivationAccumulator(ModelParts& parts, DecoderMode decoder, FieldMemory memory)
      : FieldAccumulator(parts, decoder, memory, &SelectiveWeight::observeInto) {}
  bool needsGradient() const override { return false; }
  at::Tensor field(int images) const override { return m_sum / std::max(1, images); }
};

}  // namespace

std::unique_ptr<FieldAccumulator> FieldAccumulator::make(FieldKind kind, ModelParts& parts, DecoderMode decoder, FieldMemory memory) {
  switch (kind) {
    case FieldKind::Fisher:
      return std::make_unique<FisherAccumulator>(parts, decoder, memory);
    case FieldKind::Activation:
      return std::make_unique<ActivationAccumulator>(parts, decoder, memory);
    case FieldKind::Gradient:
      break;
  }
  return std::make_unique<GradientAccumulator>(parts, decoder, memory);
}

FieldAccumulator::FieldAccumulator(ModelParts& parts, DecoderMode decoder, FieldMemory memory, Attach attach)
    : m_parts(parts), m_sum(zeros(parts, memory)), m_batch(zeros(parts, memory)) {
  // Exclusions are applied to the field later, so that they can change without a new pass.
  for (const auto id : weightsOfMethod(*parts.map, decoder)) {
    const auto& e = parts.map->entry(id);
    (dynamic_cast<SelectiveWeight&>(parts.registry.parameter(id)).*attach)(m_batch.narrow(0, e.offset, e.count));
  }
}

FieldAccumulator::~FieldAccumulator() {
  for (auto* p : m_parts.registry.parameters()) p->freeze();
}

void FieldAccumulator::endBatch() {
  fold();
  m_batch.zero_();
}

void FieldAccumulator::fold() { m_sum.add_(m_batch); }
at::Tensor FieldAccumulator::field(int) const { return m_sum; }

}  // namespace gps
