#pragma once
// Ranks that go on, stop and fail together. Every exchange between them comes right behind a vote, with nothing between that can fail on
// one rank alone; whoever stops or fails elsewhere votes so, which the others hear in their next vote.
#include <string>

#include "core/control/runcontrol.h"
#include "core/distributed/workgroup.h"

namespace gps {

class Agreement {
 public:
  // Not owned. Null or of one rank: nothing here does anything.
  explicit Agreement(const WorkGroup* group) : m_group(group != nullptr && group->size() > 1 ? group : nullptr) {}

  int rank() const { return m_group ? m_group->rank() : 0; }
  int size() const { return m_group ? m_group->size() : 1; }
  int ranksOnHost() const { return m_group ? m_group->ranksOnHost() : 1; }
  bool isMain() const { return rank() == 0; }
  bool isShared() const { return m_group != nullptr; }
  const WorkGroup* group() const { return m_group; }
  // Where this rank keeps its part of a file: "PATH.rank1of3"; nowhere for an empty path.
  std::string partOf(const std::string& path) const;

  // Collective. The largest vote where nobody stops or fails: Done or GoOn. Throws Cancelled when one was asked to stop, Error(Io) when one
  // failed or is lost.
  Vote settle(Vote mine) const;
  void meet() const { settle(Vote::Done); }
  // Collective: whether any rank says so.
  bool any(bool mine) const { return settle(mine ? Vote::GoOn : Vote::Done) == Vote::GoOn; }
  // Lets the others hear in their next vote that this rank leaves. Does nothing when a vote has ended the work already.
  void leave(Vote why) const;
  // After a stop on this rank: the others hear of it. Throws the Error of a rank that has failed or is lost instead.
  void stopTogether() const;
  // A failure of `work`, a stop included, is passed on to the others.
  template <typename F>
  auto guarded(F&& work) const -> decltype(work()) {
    try {
      return work();
    } catch (const Cancelled&) {
      leave(Vote::Stop);
      throw;
    } catch (...) {
      leave(Vote::Failed);
      throw;
    }
  }
  // A vote has ended the work: all have stopped, or one has failed or is lost.
  bool isOver() const { return isShared() && m_group->end() != Vote::Done; }
  // All have stopped in the same vote and may still exchange what is worth keeping.
  bool hasStopped() const { return isShared() && m_group->end() == Vote::Stop; }

 private:
  const WorkGroup* m_group;
};

}  // namespace gps
