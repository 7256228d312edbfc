#include "core/nn/prioritystream.h"

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace gps {

#ifdef GPS_WITH_CUDA

struct StreamMark::Event {
  at::cuda::CUDAEvent event;
};

StreamMark::StreamMark(c10::Device device) {
  if (!device.is_cuda()) return;
  m_event = std::make_unique<Event>();
  m_event->event.record(c10::cuda::getCurrentCUDAStream(device.index()));
}

void StreamMark::comesFirst() const {
  if (m_event) m_event->event.block(c10::cuda::getCurrentCUDAStream());
}

struct PriorityStream::Guard {
  c10::cuda::CUDAStreamGuard guard;
};

PriorityStream::PriorityStream(c10::Device device) {
  if (!device.is_cuda()) return;
  // One alone: libraries keep work space for each stream.
  static const auto stream = c10::cuda::getStreamFromPool(/*isHighPriority=*/true, device.index());
  m_guard.reset(new Guard{c10::cuda::CUDAStreamGuard(stream)});
}

#else

struct StreamMark::Event {};
StreamMark::StreamMark(c10::Device) {}
void StreamMark::comesFirst() const {}
struct PriorityStream::Guard {};
PriorityStream::PriorityStream(c10::Device) {}

#endif

StreamMark::~StreamMark() = default;
PriorityStream::~PriorityStream() = default;

}  // namespace gps
