// The only file that sees NCCL's headers.
#define USE_C10D_NCCL
#include "core/distributed/backends.h"

#include <cstdlib>

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

namespace gps {

void requireNccl() {}

c10::intrusive_ptr<c10d::Backend> makeNcclBackend(const BackendRequest& request) {
  // By default c10d's watchdog ends the process when a peer is lost; the group reports it instead.
  setenv("TORCH_NCCL_ASYNC_ERROR_HANDLING", "0", 0);
  const auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = request.timeout;
  return c10::make_intrusive<c10d::ProcessGroupNCCL>(request.store, request.rank, request.size, options);
}

}  // namespace gps
