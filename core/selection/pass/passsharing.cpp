#include "core/selection/pass/passsharing.h"

#include <cstring>

#include "core/values/error.h"

namespace gps {
namespace {

// What a rank did besides its field, in the bytes that are exchanged; the fingerprints follow.
struct PartHeader {
  std::int64_t images = 0, batches = 0;
  double lossSum = 0;
};

}  // namespace

PassSharing::PassSharing(const WorkGroup* group, const SelectionSpec& recipe) : m_group(group && group->size() > 1 ? group : nullptr) {
  if (!isShared()) return;
  const char* why = recipe.trace ? "--trace" : recipe.earlyStop > 0 ? "--early-stop" : nullptr;
  if (why)
    throw Error(ErrorCode::BadArgument, why, "it needs the whole field during the pass, which several ranks have only at the end",
                "Leave it out, or start one process");
}

std::string PassSharing::partOf(const std::string& statePath) const {
  if (statePath.empty() || !isShared()) return statePath;
  return statePath + ".rank" + std::to_string(rank()) + "of" + std::to_string(size());
}

Vote PassSharing::vote(Vote mine) {
  try {
    const auto result = m_group->agree(mine);
    m_isOver = result == Vote::Stop || result == Vote::Failed;
    return result;
  } catch (const Error&) {
    m_isOver = true;
    throw;
  }
}

bool PassSharing::goesOn(bool hasBatch) {
  if (!isShared()) return hasBatch;
  switch (vote(hasBatch ? Vote::GoOn : Vote::Done)) {
    case Vote::Done:
      return false;
    case Vote::GoOn:
      return true;
    case Vote::Stop:
      throw Cancelled();
    case Vote::Failed:
      break;
  }
  throw Error(ErrorCode::Io, "distributed run", "another rank has failed", "Its own message says why; then start all ranks with --resume");
}

bool PassSharing::any(bool mine) { return goesOn(mine); }

void PassSharing::leave(Vote why) {
  if (!isShared() || m_isOver) return;
  try {
    vote(why);
  } catch (const Error&) {  // the others are gone; what made this rank leave says more
  }
}

void PassSharing::reduce(const at::Tensor& field, PassState& state) {
  if (!isShared()) return;
  PartHeader header{state.images, state.batches, state.lossSum};
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(state.pictures.data()), state.pictures.size() * sizeof(std::uint64_t));

  m_isOver = true;  // whoever fails from here on fails alone: nobody votes any more
  m_group->sum(field);
  state = PassState();
  for (const auto& part : m_group->gather(bytes)) {
    std::memcpy(&header, part.data(), sizeof header);
    state.images += int(header.images);
    state.batches += int(header.batches);
    state.lossSum += header.lossSum;
    const auto count = (part.size() - sizeof header) / sizeof(std::uint64_t), before = state.pictures.size();
    state.pictures.resize(before + count);
    if (count > 0) std::memcpy(state.pictures.data() + before, part.data() + sizeof header, count * sizeof(std::uint64_t));
  }
}

}  // namespace gps
