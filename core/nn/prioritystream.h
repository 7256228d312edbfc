#pragma once
// Short answers on a GPU beside long work: they do not queue behind the steps that are queued already. On the CPU all of it does nothing.
#include <c10/core/Device.h>

#include <memory>

namespace gps {

// A place in what the current stream has queued when this is made.
class StreamMark {
 public:
  explicit StreamMark(c10::Device device);
  ~StreamMark();
  // What the current stream queues from now on begins behind that place. The host does not wait.
  void comesFirst() const;

 private:
  struct Event;
  std::unique_ptr<Event> m_event;  // null on the CPU
};

// While it lives this thread queues on one stream of high priority, the same for all. Whoever reads memory of another stream there lets its
// StreamMark come first, and waits for the result before it ends.
class PriorityStream {
 public:
  explicit PriorityStream(c10::Device device);
  ~PriorityStream();
  PriorityStream(const PriorityStream&) = delete;
  PriorityStream& operator=(const PriorityStream&) = delete;

 private:
  struct Guard;
  std::unique_ptr<Guard> m_guard;  // null on the CPU
};

}  // namespace gps
