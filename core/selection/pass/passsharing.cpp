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

PassSharing::PassSharing(const WorkGroup* group, const SelectionSpec& recipe) : Agreement(group) {
  if (!isShared()) return;
  const char* why = recipe.trace ? "--trace" : recipe.earlyStop > 0 ? "--early-stop" : nullptr;
  if (why)
    throw Error(ErrorCode::BadArgument, why, "it needs the whole field during the pass, which several ranks have only at the end",
                "Leave it out, or start one process");
}

void PassSharing::reduce(const at::Tensor& field, PassState& state) {
  if (!isShared()) return;
  PartHeader header{state.images, state.batches, state.lossSum};
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(state.pictures.data()), state.pictures.size() * sizeof(std::uint64_t));

  meet();
  group()->sum(field);
  state = PassState();
  for (const auto& part : group()->gather(bytes)) {
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
