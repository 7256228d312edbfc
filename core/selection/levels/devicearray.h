#pragma once
// A host array as a kernel sees it: itself on the CPU, a copy on a CUDA device.
#include <ATen/ATen.h>

#include <cstring>
#include <vector>

namespace gps::detail {

enum class StartsAs { Copy, Zeros };

template <typename T>
class DeviceArray {
 public:
  // Zeros: the host array is all zero, and need not travel.
  DeviceArray(std::vector<T>& host, const at::Device& device, StartsAs start = StartsAs::Copy) : m_host(host) {
    if (!device.is_cuda() || host.empty()) return;
    m_there = start == StartsAs::Copy ? bytes().to(device) : at::zeros({size()}, at::TensorOptions(at::kByte).device(device));
  }
  T* data() { return m_there.defined() ? static_cast<T*>(m_there.data_ptr()) : m_host.data(); }
  // What the kernel wrote; waits for it.
  void fetch() {
    if (!m_there.defined()) return;
    const auto landing = at::empty({size()}, at::TensorOptions(at::kByte).pinned_memory(true));  // kept by torch for the next time
    landing.copy_(m_there);
    std::memcpy(m_host.data(), landing.const_data_ptr(), std::size_t(size()));
  }

 private:
  std::int64_t size() const { return std::int64_t(m_host.size() * sizeof(T)); }
  at::Tensor bytes() { return at::from_blob(m_host.data(), {size()}, at::kByte); }

  std::vector<T>& m_host;
  at::Tensor m_there;
};

template <typename T>
DeviceArray<T> readOnly(const std::vector<T>& host, const at::Device& device) {
  return DeviceArray<T>(const_cast<std::vector<T>&>(host), device);
}

}  // namespace gps::detail
