// The only file that sees Gloo's headers. LibTorch carries its own build of Gloo, whose headers the wheel lacks; those of the system stand
// in for them. Nothing of Gloo is called here or made from its classes but through LibTorch; the self-test of a group proves the match.
#define USE_C10D_GLOO
#include "core/distributed/backends.h"

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

namespace gps {

void requireGloo() {}

c10::intrusive_ptr<c10d::Backend> makeGlooBackend(const BackendRequest& request) {
  using c10d::ProcessGroupGloo;
  c10::intrusive_ptr<ProcessGroupGloo::Options> options;
  if (request.bindAddress.empty()) {
    options = ProcessGroupGloo::Options::create_default(request.timeout);
  } else {
    options = ProcessGroupGloo::Options::create(request.timeout);
    options->devices.push_back(ProcessGroupGloo::createDeviceForHostname(request.bindAddress));
  }
  options->timeout = request.timeout;
  return c10::make_intrusive<ProcessGroupGloo>(request.store, request.rank, request.size, options);
}

}  // namespace gps
