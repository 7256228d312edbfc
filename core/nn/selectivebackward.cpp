#include "core/nn/selectivebackward.h"

#include "core/values/error.h"

namespace gps::detail {

void rememberArena(torch::autograd::AutogradContext* ctx, const NetworkState& state) {
  ctx->saved_data["writes"] = std::int64_t(state.arena != nullptr ? state.arena->writeCount() : 0);
}

void checkArena(torch::autograd::AutogradContext* ctx, const NetworkState& state) {
  state.poll();
  if (state.arena != nullptr && std::uint64_t(ctx->saved_data["writes"].toInt()) != state.arena->writeCount())
    throw Error(ErrorCode::Internal, "weight arena", "was written to between a forward and its backward");
}

}  // namespace gps::detail
