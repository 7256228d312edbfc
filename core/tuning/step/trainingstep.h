#pragma once
// One step of training: forward, backward, update of values and arena. On a GPU the step is recorded once for a shape of input and then
// repeated without the host; another shape (the last, short batch) runs operation by operation. Engine thread.
//
// Several ranks share a step: each goes forward and backward over its part of the batch, with its loss weighted by its share of the
// pictures, one sum adds gradients and losses, and all make the same update. Forward and backward are recorded, sum and update are not.
#include <functional>
#include <map>
#include <vector>

#include "core/backbones/modelparts.h"
#include "core/tuning/step/flatstate.h"
#include "core/tuning/step/recordedwork.h"
#include "core/tuning/step/stepinput.h"

namespace gps {

class WorkGroup;

class TrainingStep {
 public:
  // The arguments outlive the step; the state is attached to the network. Of the spec: prompt, eager, recompute. group: null or of one
  // rank: nothing is shared.
  TrainingStep(ModelParts& parts, FlatState& state, const TrainSpec& spec, const WorkGroup* group = nullptr);
  ~TrainingStep();
  TrainingStep(const TrainingStep&) = delete;
  TrainingStep& operator=(const TrainingStep&) = delete;

  // Queues a step. On a GPU it returns before the step has run; state.control() tells what became of it.
  // Shared: collective; the input is this rank's part. agree is called between this rank's gradient and the sum; what it throws leaves the
  // state as it was.
  void run(const StepInput& input, const std::function<void()>& agree = {});
  bool isRecorded() const { return m_recording.isRecorded(); }
  // Whether run() would not wait for earlier steps.
  bool isFree() const { return m_recording.isFree(); }

 private:
  // Of a shape, before one is recorded: libraries choose their algorithms, layers their tables and measure their ways.
  static constexpr int kEagerSteps = 2;
  bool takes(const StepInput& input) const;
  void compute(const StepInput& input);
  void computeOrRepeat(const StepInput& input);

  ModelParts& m_parts;
  FlatState& m_state;
  const WorkGroup* m_group;  // null: nothing is shared
  PromptMode m_prompt;
  bool m_canRecord;
  std::map<std::vector<std::int64_t>, int> m_eagerSteps;  // by the sizes of the pictures
  StepInput m_input;                                      // that the recording reads
  RecordedWork m_recording;
};

}  // namespace gps
