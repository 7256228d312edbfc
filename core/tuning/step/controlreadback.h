#pragma once
// What became of the steps, told to the host without a wait: behind a step the StepControl is copied to page-locked memory in the order of
// the stream, and read once the copy is done. On the CPU, and where no memory can be locked, it is read at once.
#include <memory>
#include <optional>

#include "core/tuning/runstate.h"
#include "core/tuning/step/flatstate.h"

namespace gps {

struct ControlReading {
  kernels::StepControl control;  // behind the step of `position`
  RunPosition position;          // of the question
};

// Engine thread, with the stream of the steps as the current one.
class ControlReadback {
 public:
  // state outlives this.
  explicit ControlReadback(const FlatState& state);
  ~ControlReadback();
  ControlReadback(const ControlReadback&) = delete;
  ControlReadback& operator=(const ControlReadback&) = delete;

  // Asks for the control behind the steps queued so far. One question at a time: an answer that was not taken is lost.
  void ask(const RunPosition& position);
  // The answer, once; nothing before the device is that far, or when nothing was asked. Never waits.
  std::optional<ControlReading> take();
  // Whether take() and wait() have nothing to wait for.
  bool isReady() const;
  // The answer, waiting for the device.
  std::optional<ControlReading> wait();

 private:
  struct Copy;
  std::optional<ControlReading> answer();

  const FlatState& m_state;
  std::unique_ptr<Copy> m_copy;  // null: read at once
  std::optional<RunPosition> m_asked;
  kernels::StepControl m_control;  // where it was read at once
};

}  // namespace gps
