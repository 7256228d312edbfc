#include "app/engine/runstate.h"

#include <array>
#include <optional>

namespace gps::app {

namespace {

constexpr int kStates = 6, kEvents = 7;
using Row = std::array<std::optional<RunState>, kEvents>;

constexpr auto kNo = std::nullopt;
constexpr std::array<Row, kStates> kMoves = {{
    // Start                 Begin              Pause              GateEntered       Resume             Stop                End
    {{RunState::Preparing, kNo, kNo, kNo, kNo, kNo, kNo}},                                        // Idle
    {{kNo, RunState::Running, RunState::Pausing, kNo, kNo, RunState::Stopping, RunState::Idle}},  // Preparing
    {{kNo, kNo, RunState::Pausing, kNo, kNo, RunState::Stopping, RunState::Idle}},                // Running
    {{kNo, kNo, kNo, RunState::Paused, RunState::Running, RunState::Stopping, RunState::Idle}},   // Pausing
    {{kNo, kNo, kNo, kNo, RunState::Running, RunState::Stopping, RunState::Idle}},                // Paused
    {{kNo, kNo, kNo, kNo, kNo, kNo, RunState::Idle}},                                             // Stopping
}};

std::optional<RunState> moveOf(RunState state, RunEvent event) { return kMoves[std::size_t(state)][std::size_t(event)]; }

}  // namespace

bool RunStateTable::allows(RunEvent event) const { return moveOf(m_state, event).has_value(); }

bool RunStateTable::apply(RunEvent event) {
  const auto next = moveOf(m_state, event);
  if (!next) return false;
  m_state = *next;
  return true;
}

}  // namespace gps::app
