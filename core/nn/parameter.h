#pragma once
// One tensor of the network as its layer sees it: a view of the arena and, while it trains, a leaf whose gradient is a slice
// of the flat gradient. Arena values are never torch parameters themselves.
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/nn/registry.h"

namespace gps {

class Parameter {
 public:
  Parameter(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::vector<std::int64_t> shape, ParameterRole role,
            const std::string& kind = {});
  virtual ~Parameter() = default;
  Parameter(const Parameter&) = delete;
  Parameter& operator=(const Parameter&) = delete;

  std::size_t id() const { return m_id; }
  // What the forward uses: a leaf that requires a gradient while the tensor is trained whole, else the frozen view.
  const at::Tensor& value() const { return m_value; }
  bool isTrainedWhole() const { return m_value.requires_grad(); }

  virtual void bind(at::Tensor view);  // frozen
  virtual void freeze();
  void trainWhole(const at::Tensor& gradient);  // gradient: flat slice of count elements, same type and device; kept, not copied
  // While trained whole, for a backward of our own: that slice, in the tensor's shape, to be added to.
  at::Tensor gradientSlot() const { return m_value.grad(); }

 protected:
  at::Tensor m_view, m_value;
  std::shared_ptr<NetworkState> m_state;

 private:
  std::size_t m_id = 0;
};

}  // namespace gps
