#include "core/tuning/step/controlreadback.h"

#include <ATen/ATen.h>

#include <cstring>
#include <utility>

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAStream.h>

#include "core/data/pinnedblock.h"
#include "core/data/pinnedmemory.h"
#endif

namespace gps {

#ifdef GPS_WITH_CUDA

struct ControlReadback::Copy {
  PinnedMemory memory{4096};
  PinnedBytes bytes = memory.take(sizeof(kernels::StepControl));
  at::cuda::CUDAEvent done;

  void queue(const at::Tensor& control) {
    bytes.block->bytes().narrow(0, 0, control.numel()).copy_(control, /*non_blocking=*/true);
    done.record(c10::cuda::getCurrentCUDAStream());
  }
  kernels::StepControl read() const {
    kernels::StepControl control;
    std::memcpy(&control, bytes.data, sizeof control);
    return control;
  }
};

ControlReadback::ControlReadback(const FlatState& state) : m_state(state) {
  if (!state.controlBytes().is_cuda()) return;
  m_copy = std::make_unique<Copy>();
  if (m_copy->bytes.data == nullptr) m_copy.reset();
}

#else

struct ControlReadback::Copy {
  void queue(const at::Tensor&) {}
  kernels::StepControl read() const { return {}; }
};

ControlReadback::ControlReadback(const FlatState& state) : m_state(state) {}

#endif

ControlReadback::~ControlReadback() = default;

void ControlReadback::ask(const RunPosition& position) {
  if (m_copy)
    m_copy->queue(m_state.controlBytes());
  else
    m_control = m_state.control();
  m_asked = position;
}

std::optional<ControlReading> ControlReadback::answer() {
  const auto position = *std::exchange(m_asked, std::nullopt);
  return ControlReading{m_copy ? m_copy->read() : m_control, position};
}

bool ControlReadback::isReady() const {
#ifdef GPS_WITH_CUDA
  if (m_asked && m_copy) return m_copy->done.query();
#endif
  return true;
}

std::optional<ControlReading> ControlReadback::take() {
  if (!m_asked || !isReady()) return std::nullopt;
  return answer();
}

std::optional<ControlReading> ControlReadback::wait() {
  if (!m_asked) return std::nullopt;
#ifdef GPS_WITH_CUDA
  if (m_copy) m_copy->done.synchronize();
#endif
  return answer();
}

}  // namespace gps
