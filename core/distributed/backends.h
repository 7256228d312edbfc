#pragma once
// How a group's backends are made; one file each, or one that says what the build lacks.
#include <ATen/core/Tensor.h>
#include <c10/util/intrusive_ptr.h>

#include <chrono>
#include <string>

namespace c10d {
class Backend;
class Store;
}  // namespace c10d

namespace gps {

struct BackendRequest {
  c10::intrusive_ptr<c10d::Store> store;
  int rank = 0, size = 1;
  std::chrono::milliseconds timeout{0};
  std::string bindAddress;  // of the interface; empty: the backend's choice
};

// Throw Error(Unavailable) where the program was built without the headers.
void requireGloo();
void requireNccl();
// Throw what c10d throws.
c10::intrusive_ptr<c10d::Backend> makeGlooBackend(const BackendRequest& request);
c10::intrusive_ptr<c10d::Backend> makeNcclBackend(const BackendRequest& request);

}  // namespace gps
