#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "core/distributed/backends.h"
#include "core/values/error.h"

namespace gps {

void requireNccl() {
  throw Error(ErrorCode::Unavailable, "distributed run", "this program was built without NCCL",
              "Build with CUDA and the nvidia-nccl wheel that comes with LibTorch (scripts/setup.sh), or use --device cpu");
}

c10::intrusive_ptr<c10d::Backend> makeNcclBackend(const BackendRequest&) {
  requireNccl();
  return {};
}

}  // namespace gps
