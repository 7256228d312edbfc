#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "core/distributed/backends.h"
#include "core/values/error.h"

namespace gps {

void requireGloo() {
  throw Error(ErrorCode::Unavailable, "distributed run", "this program was built without Gloo's headers",
              "Install libgloo-dev (Debian 12, Ubuntu 24.04) and build again, or start one process");
}

c10::intrusive_ptr<c10d::Backend> makeGlooBackend(const BackendRequest&) {
  requireGloo();
  return {};
}

}  // namespace gps
