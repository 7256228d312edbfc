#pragma once
// A second stream of a GPU, on which the inputs of steps are prepared beside the steps.
#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <vector>

namespace gps {

// Engine thread. On the CPU there is none: work runs at once and nothing waits.
class SideStream {
 public:
  explicit SideStream(at::Device device);
  ~SideStream();
  SideStream(const SideStream&) = delete;
  SideStream& operator=(const SideStream&) = delete;

  struct Mark;  // the end of some work on the stream

  bool isThere() const { return m_state != nullptr; }
  // What `work` queues comes on the second stream; the host does not wait for it. It must read nothing that the current stream writes.
  std::shared_ptr<Mark> queue(const std::function<void()>& work);
  // What is queued on the current stream from now on comes after the marked work and may use its tensors; their memory is not used again
  // before the current stream is done with what was queued until they were let go.
  void handOver(const std::shared_ptr<Mark>& mark, const std::vector<at::Tensor>& tensors);
  // For how long in all the current stream stood still at hand-overs, of those that it has passed by now.
  double waitedMilliseconds();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace gps
