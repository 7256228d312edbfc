#include "core/tuning/step/recordedwork.h"

#include "core/values/error.h"

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>

#include <array>
#endif

namespace gps {

#ifdef GPS_WITH_CUDA

struct RecordedWork::State {
  std::unique_ptr<at::cuda::CUDAGraph> graph;
  std::array<at::cuda::CUDAEvent, 2> done;
  std::size_t next = 0;
};

RecordedWork::RecordedWork() : m_state(std::make_unique<State>()) {}

RecordedWork::~RecordedWork() {
  try {
    c10::cuda::getCurrentCUDAStream().synchronize();
  } catch (...) {
    // The device is gone, and the recording with it.
  }
}

void RecordedWork::record(const std::function<void()>& work) {
  m_state->graph.reset();
  auto graph = std::make_unique<at::cuda::CUDAGraph>();
  c10::cuda::getCurrentCUDAStream().synchronize();
  c10::cuda::CUDACachingAllocator::emptyCache();  // the recording has memory of its own
  // Other threads go on allocating pinned memory meanwhile.
  graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
  try {
    work();
  } catch (...) {
    try {
      graph->capture_end();
    } catch (...) {
      // Broken off: there is nothing to keep.
    }
    throw;
  }
  graph->capture_end();
  m_state->graph = std::move(graph);
}

bool RecordedWork::isRecorded() const { return m_state->graph != nullptr; }

bool RecordedWork::isPossible() { return c10::cuda::getCurrentCUDAStream() != c10::cuda::getDefaultCUDAStream(); }

bool RecordedWork::isFree() const {
  const auto& oldest = m_state->done[m_state->next];
  return !oldest.isCreated() || oldest.query();
}

void RecordedWork::repeat() {
  auto& oldest = m_state->done[m_state->next];
  if (oldest.isCreated()) oldest.synchronize();
  m_state->graph->replay();
  oldest.record(c10::cuda::getCurrentCUDAStream());
  m_state->next = (m_state->next + 1) % m_state->done.size();
}

#else

struct RecordedWork::State {};
RecordedWork::RecordedWork() = default;
RecordedWork::~RecordedWork() = default;
void RecordedWork::record(const std::function<void()>&) {
  throw Error(ErrorCode::Unavailable, "recorded step", "this program was built without CUDA");
}
bool RecordedWork::isRecorded() const { return false; }
bool RecordedWork::isPossible() { return false; }
bool RecordedWork::isFree() const { return true; }
void RecordedWork::repeat() {}

#endif

}  // namespace gps
