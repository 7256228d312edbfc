#pragma once
// Between the engine thread and the window: keeps the order, holds only the newest progress of a run and joins curve points.
#include <mutex>
#include <vector>

#include "app/engine/messages.h"

namespace gps::app {

class Mailbox {
 public:
  // Any thread. True when the box was empty before, so that someone must be woken.
  bool put(EngineMessage message);
  std::vector<EngineMessage> take();

 private:
  std::mutex m_mutex;
  std::vector<EngineMessage> m_messages;
};

}  // namespace gps::app
