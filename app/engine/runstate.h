#pragma once
// The states of the engine's current job and the allowed moves between them, in one table. Buttons ask it what is possible.
#include <QMetaType>

namespace gps::app {

enum class RunState { Idle, Preparing, Running, Pausing, Paused, Stopping };
enum class RunEvent {
  Start,        // a job was handed to the engine thread
  Begin,        // the job does its work
  Pause,        // the user asks for a pause
  GateEntered,  // the job waits at the pause gate
  Resume,       // the user goes on
  Stop,         // the user asks for the end
  End           // the job's final message
};

class RunStateTable {
 public:
  RunState state() const { return m_state; }
  // False: the move is not allowed from here and nothing changed.
  bool apply(RunEvent event);
  bool allows(RunEvent event) const;
  bool isBusy() const { return m_state != RunState::Idle; }

 private:
  RunState m_state = RunState::Idle;
};

}  // namespace gps::app

Q_DECLARE_METATYPE(gps::app::RunState)
