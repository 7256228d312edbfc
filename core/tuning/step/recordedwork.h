#pragma once
// Work on a CUDA device recorded once and repeated without the host: a CUDA graph. Without CUDA, or on the CPU, never recorded.
#include <functional>
#include <memory>

namespace gps {

class RecordedWork {
 public:
  RecordedWork();
  ~RecordedWork();
  RecordedWork(const RecordedWork&) = delete;
  RecordedWork& operator=(const RecordedWork&) = delete;

  // Calls `work` once on the current stream, which must be one that isPossible() takes: its kernels are recorded, not run. Work may use
  // tensors made before, which must live as long as this; what it makes lies in memory of this recording. Throws what work throws, with
  // nothing recorded.
  void record(const std::function<void()>& work);
  bool isRecorded() const;
  // Whether the current stream can be recorded.
  static bool isPossible();
  // Whether repeat() would not wait.
  bool isFree() const;
  // Queues the recorded kernels on the current stream. Waits while two repeats are under way, so that the host never runs far ahead.
  void repeat();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace gps
