#include "core/distributed/agreement.h"

#include "core/values/error.h"

namespace gps {

static void throwFailed() {
  throw Error(ErrorCode::Io, "distributed run", "another rank has failed", "Its own message says why; then start all ranks with --resume");
}

Vote Agreement::settle(Vote mine) const {
  if (!isShared()) return mine;
  const auto result = m_group->agree(mine);
  if (result == Vote::Stop) throw Cancelled();
  if (result == Vote::Failed) throwFailed();
  return result;
}

void Agreement::stopTogether() const {
  leave(Vote::Stop);
  if (isShared() && !hasStopped()) throwFailed();
}

std::string Agreement::partOf(const std::string& path) const {
  if (path.empty() || !isShared()) return path;
  return path + ".rank" + std::to_string(rank()) + "of" + std::to_string(size());
}

void Agreement::leave(Vote why) const {
  if (!isShared() || isOver()) return;
  try {
    m_group->agree(why);
  } catch (const Error&) {  // the others are gone; what made this rank leave says more
  }
}

}  // namespace gps
