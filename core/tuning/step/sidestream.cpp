#include "core/tuning/step/sidestream.h"

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <deque>
#endif

namespace gps {

#ifdef GPS_WITH_CUDA

struct SideStream::Mark {
  at::cuda::CUDAEvent end;
};

namespace {

// Both on the stream that waits, round its wait.
struct Wait {
  at::cuda::CUDAEvent begin{unsigned{cudaEventDefault}}, end{unsigned{cudaEventDefault}};
};

}  // namespace

struct SideStream::State {
  // Streams of high priority are never those that steps run on; a few small kernels go between a step's.
  c10::cuda::CUDAStream stream = c10::cuda::getStreamFromPool(/*isHighPriority=*/true);
  std::deque<Wait> waits;
  double waited = 0;  // of those no longer in waits

  void collect() {
    while (!waits.empty() && waits.front().end.query()) {
      waited += double(waits.front().begin.elapsed_time(waits.front().end));
      waits.pop_front();
    }
  }
};

SideStream::SideStream(at::Device device) {
  if (device.is_cuda()) m_state = std::make_unique<State>();
}

std::shared_ptr<SideStream::Mark> SideStream::queue(const std::function<void()>& work) {
  if (!m_state) {
    work();
    return nullptr;
  }
  auto mark = std::make_shared<Mark>();
  const c10::cuda::CUDAStreamGuard guard(m_state->stream);
  work();
  mark->end.record(m_state->stream);
  return mark;
}

void SideStream::handOver(const std::shared_ptr<Mark>& mark, const std::vector<at::Tensor>& tensors) {
  if (!m_state || !mark) return;
  const auto current = c10::cuda::getCurrentCUDAStream();
  m_state->collect();
  auto& wait = m_state->waits.emplace_back();
  wait.begin.record(current);
  mark->end.block(current);
  wait.end.record(current);
  for (const auto& t : tensors)
    if (t.defined()) t.record_stream(current.unwrap());
}

double SideStream::waitedMilliseconds() {
  if (!m_state) return 0;
  m_state->collect();
  return m_state->waited;
}

#else

struct SideStream::Mark {};
struct SideStream::State {};
SideStream::SideStream(at::Device) {}
std::shared_ptr<SideStream::Mark> SideStream::queue(const std::function<void()>& work) {
  work();
  return nullptr;
}
void SideStream::handOver(const std::shared_ptr<Mark>&, const std::vector<at::Tensor>&) {}
double SideStream::waitedMilliseconds() { return 0; }

#endif

SideStream::~SideStream() = default;

}  // namespace gps
