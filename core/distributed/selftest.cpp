#include "core/distributed/selftest.h"

#include <ATen/ATen.h>

#include "core/values/error.h"

namespace gps {

void testSum(c10d::Backend& backend, const at::Device& device, const std::string& name, const std::function<void(c10d::Work&)>& finish) {
  constexpr int kCount = 1027;
  const int rank = backend.getRank(), size = backend.getSize();
  std::vector<at::Tensor> values{at::arange(kCount, at::TensorOptions(at::kDouble).device(device)) + rank};
  finish(*backend.allreduce(values));
  const auto expected = at::arange(kCount, at::kDouble) * size + size * (size - 1) / 2;
  if (!at::equal(values[0].cpu(), expected))
    throw Error(ErrorCode::Unavailable, name, "the start-up self-test found a wrong sum over " + std::to_string(size) + " ranks",
                "Build with the headers that fit LibTorch's " + name + "; scripts/setup.sh installs them");
}

}  // namespace gps
