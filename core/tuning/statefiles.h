#pragma once
// The states of a run on the disk: state/last.safetensors, where it stands; while that is inside an epoch also state/epoch.safetensors, the
// end of the epoch before, to which a run goes back that diverged; state/paths, the ways its gradients are computed, from the step on that
// measured them. Whatever the moment of a kill, each is whole.
#include <cstddef>
#include <string>

#include "core/tuning/runstate.h"

namespace gps {

class StateFiles {
 public:
  explicit StateFiles(const std::string& folder);  // RUN/state

  bool exist() const;
  // Error(Io) when it cannot be written; what was there before stays.
  void save(const FlatState& state, const RunPosition& position) const;
  // Called behind a step; writes only when a way was measured.
  void keepPaths();
  // Throws as loadRunState does. GradientPaths of this process learn the run's.
  RunPosition load(FlatState& state) const;
  // The run stands at the end of its last finished epoch, or at its beginning. False when that is not known any more.
  bool backToEpoch() const;

 private:
  std::string m_last, m_epoch, m_paths;
  std::size_t m_pathsKept = 0;
};

}  // namespace gps
