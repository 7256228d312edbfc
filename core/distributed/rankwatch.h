#pragma once
// Notices at once when the next rank in the ring drops its watch, or its process ends, without a farewell, while this one waits for a GPU,
// which would wait for ever. It breaks with its group then, which the rank before it notices, and so on round the ring.
#include <c10/util/intrusive_ptr.h>

#include <atomic>
#include <thread>

namespace c10d {
class Backend;
class Work;
}  // namespace c10d

namespace gps {

class RankWatch {
 public:
  // Collective. backend: of Gloo, for this alone, with a timeout beyond any run.
  explicit RankWatch(c10::intrusive_ptr<c10d::Backend> backend);
  ~RankWatch();  // without a farewell the rank before takes this one for lost
  RankWatch(const RankWatch&) = delete;
  RankWatch& operator=(const RankWatch&) = delete;

  void sayFarewell();
  bool hasLostOne() const { return m_hasLostOne; }

 private:
  c10::intrusive_ptr<c10d::Backend> m_backend;
  c10::intrusive_ptr<c10d::Work> m_farewell;  // of the next rank
  std::atomic<bool> m_hasLostOne{false};
  std::thread m_thread;
};

}  // namespace gps
