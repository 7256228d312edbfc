#include "app/engine/mailbox.h"

#include <utility>

namespace gps::app {

bool Mailbox::put(EngineMessage message) {
  std::lock_guard lock(m_mutex);
  const bool wasEmpty = m_messages.empty();
  // Only the tail is looked at, and never past a message of another kind of order: joining must not move anything.
  for (auto it = m_messages.rbegin(); it != m_messages.rend() && it->run == message.run; ++it) {
    if (auto* progress = std::get_if<Progress>(&message.body)) {
      if (auto* held = std::get_if<Progress>(&it->body)) {
        *held = *progress;
        return wasEmpty;
      }
      if (!std::holds_alternative<StepsAdded>(it->body)) break;
    } else if (auto* steps = std::get_if<StepsAdded>(&message.body)) {
      if (auto* held = std::get_if<StepsAdded>(&it->body)) {
        held->steps.insert(held->steps.end(), steps->steps.begin(), steps->steps.end());
        return wasEmpty;
      }
      if (!std::holds_alternative<Progress>(it->body)) break;
    } else if (auto* cases = std::get_if<CasesScored>(&message.body)) {
      auto* held = std::get_if<CasesScored>(&it->body);
      if (held && held->epoch == cases->epoch && held->runFolder == cases->runFolder) {
        held->cases.insert(held->cases.end(), cases->cases.begin(), cases->cases.end());
        return wasEmpty;
      }
      if (!std::holds_alternative<Progress>(it->body)) break;
    } else {
      break;
    }
  }
  m_messages.push_back(std::move(message));
  return wasEmpty;
}

std::vector<EngineMessage> Mailbox::take() {
  std::lock_guard lock(m_mutex);
  return std::exchange(m_messages, {});
}

}  // namespace gps::app
