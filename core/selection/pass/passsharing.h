#pragma once
// A pass that several processes share: each does whole batches (partition.h), all vote before each, one reduction ends it. Without a group,
// or with one of a single rank, the pass is an ordinary one and nothing here does anything.
#include <cstdint>
#include <string>

#include "core/control/runcontrol.h"
#include "core/distributed/workgroup.h"
#include "core/selection/pass/passstate.h"

namespace gps {

class PassSharing {
 public:
  // Error(BadArgument) for what needs the whole field in between: an early stop, a trace.
  PassSharing(const WorkGroup* group, const SelectionSpec& recipe);

  int rank() const { return m_group ? m_group->rank() : 0; }
  int size() const { return m_group ? m_group->size() : 1; }
  bool isShared() const { return m_group != nullptr; }
  // Where this rank keeps its part: "PATH.rank1of3".
  std::string partOf(const std::string& statePath) const;

  // Collective: whether any rank says so.
  bool any(bool mine);
  // Collective, before each batch: whether any rank has one left. Throws Cancelled when one was asked to stop, Error(Io) when one failed or
  // is lost.
  bool goesOn(bool hasBatch);
  // Lets the others hear in their next call that this rank leaves. Does nothing when they have left already.
  void leave(Vote why);
  // A failure of `work` is passed on to the others.
  template <typename F>
  auto guarded(F&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const Cancelled&) {
      throw;
    } catch (...) {
      leave(Vote::Failed);
      throw;
    }
  }
  // The others have ended the pass.
  bool isOver() const { return m_isOver; }

  // Collective: field becomes the sum over the ranks, and state what all did; the order of the ranks counts, not that in time.
  void reduce(const at::Tensor& field, PassState& state);

 private:
  Vote vote(Vote mine);

  const WorkGroup* m_group;
  bool m_isOver = false;
};

}  // namespace gps
