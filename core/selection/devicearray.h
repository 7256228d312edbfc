#pragma once
// A host array as a kernel sees it: itself on the CPU, a copy on a CUDA device.
#include <ATen/ATen.h>

#include <cstring>
#include <vector>

namespace gps::detail {

template <typename T>
class DeviceArray {
 public:
  DeviceArray(std::vector<T>& host, const at::Device& device) : m_host(host) {
    if (device.is_cuda() && !host.empty()) m_there = bytes().to(device);
  }
  T* data() { return m_there.defined() ? static_cast<T*>(m_there.data_ptr()) : m_host.data(); }
  // What the kernel wrote; waits for it.
  void fetch() {
    if (m_there.defined()) bytes().copy_(m_there);
  }

 private:
  at::Tensor bytes() { return at::from_blob(m_host.data(), {std::int64_t(m_host.size() * sizeof(T))}, at::kByte); }

  std::vector<T>& m_host;
  at::Tensor m_there;
};

template <typename T>
DeviceArray<T> readOnly(const std::vector<T>& host, const at::Device& device) {
  return DeviceArray<T>(const_cast<std::vector<T>&>(host), device);
}

}  // namespace gps::detail
