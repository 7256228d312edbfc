#pragma once
#include <ATen/ATen.h>

namespace gps {

// A constant table made once on the CPU and copied to the device and type of a forward when first asked for there.
// Engine thread only: what a backward needs, its forward hands on.
class DeviceTable {
 public:
  DeviceTable() = default;
  explicit DeviceTable(at::Tensor host) : m_host(std::move(host)), m_current(m_host) {}
  // Integers keep their type.
  const at::Tensor& on(const at::Tensor& like) const {
    const auto type = m_host.is_floating_point() ? like.scalar_type() : m_host.scalar_type();
    if (m_current.device() != like.device() || m_current.scalar_type() != type) m_current = m_host.to(like.device(), type);
    return m_current;
  }

 private:
  at::Tensor m_host;
  mutable at::Tensor m_current;
};

}  // namespace gps
