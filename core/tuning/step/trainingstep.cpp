#include "core/tuning/step/trainingstep.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/distributed/workgroup.h"
#include "core/nn/determinism.h"
#include "core/tuning/step/steploss.h"

namespace gps {

namespace {

bool isLike(const at::Tensor& a, const at::Tensor& b) {
  if (!a.defined() || !b.defined()) return a.defined() == b.defined();
  return a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type() && a.device() == b.device();
}

at::Tensor copyOf(const at::Tensor& t) { return t.defined() ? t.clone(at::MemoryFormat::Contiguous) : t; }

void copyTo(const at::Tensor& place, const at::Tensor& from) {
  if (place.defined()) place.copy_(from, /*non_blocking=*/true);
}

// Nothing may be thrown out of a recording for a stop; the next step boundary answers it.
class NotStopped {
 public:
  explicit NotStopped(NetworkState& state) : m_state(state), m_control(state.control) { state.control = nullptr; }
  ~NotStopped() { m_state.control = m_control; }
  NotStopped(const NotStopped&) = delete;
  NotStopped& operator=(const NotStopped&) = delete;

 private:
  NetworkState& m_state;
  const RunControl* m_control;
};

}  // namespace

TrainingStep::TrainingStep(ModelParts& parts, FlatState& state, const TrainSpec& spec, const WorkGroup* group)
    : m_parts(parts),
      m_state(state),
      m_group(group != nullptr && group->size() > 1 ? group : nullptr),
      m_prompt(spec.model.prompt),
      m_canRecord(!spec.eager && parts.arena->device().is_cuda()) {
  m_parts.registry.state()->recompute = spec.recompute;
}

TrainingStep::~TrainingStep() { m_parts.registry.state()->recompute = false; }

bool TrainingStep::takes(const StepInput& input) const {
  if (m_group && m_input.globalCount != input.globalCount) return false;  // the weight of the loss is recorded
  return isLike(m_input.images, input.images) && isLike(m_input.targets, input.targets) && isLike(m_input.dropPath, input.dropPath);
}

void TrainingStep::compute(const StepInput& input) {
  const StrictDeterminism strict;
  m_state.zeroGradient();
  at::Tensor loss;
  {
    const VectorInComputeType rounded(*m_parts.registry.state());
    loss = stepLoss(m_parts, input, m_prompt);
    if (m_group) loss = loss * (double(input.count) / input.globalCount);
    torch::autograd::backward({m_state.scaled(loss)}, {});
  }
  if (m_group)
    m_state.summedLoss.copy_(loss.detach());
  else
    m_state.update(loss.detach(), input.count);
}

void TrainingStep::run(const StepInput& input, const std::function<void()>& agree) {
  if (!m_group) return computeOrRepeat(input);
  if (input.count > 0)
    computeOrRepeat(input);
  else
    m_state.gradientAndLoss.zero_();
  if (agree) agree();
  m_group->queueSum(m_state.gradientAndLoss);
  m_state.update(m_state.summedLoss, input.globalCount);
}

void TrainingStep::computeOrRepeat(const StepInput& input) {
  auto& eagerSteps = m_eagerSteps[input.images.sizes().vec()];
  if (m_canRecord && !m_recording.isRecorded() && eagerSteps >= kEagerSteps && RecordedWork::isPossible()) {
    m_input = {copyOf(input.images), copyOf(input.targets), copyOf(input.dropPath), input.count, input.globalCount};
    const NotStopped guard(*m_parts.registry.state());
    if (m_group) m_group->finishSums();  // recording waits for the device
    m_recording.record([&] { compute(m_input); });
  }
  if (!m_recording.isRecorded() || !takes(input)) {
    ++eagerSteps;
    if (m_group) m_group->finishSums();  // so do layers that measure their ways
    return compute(input);
  }
  copyTo(m_input.images, input.images);
  copyTo(m_input.targets, input.targets);
  copyTo(m_input.dropPath, input.dropPath);
  m_recording.repeat();
  m_parts.arena->noteWrite();
}

}  // namespace gps
