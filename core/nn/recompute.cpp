#include "core/nn/recompute.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include "core/nn/droppath.h"

namespace gps {

namespace {

using torch::autograd::variable_list;
using Block = std::function<at::Tensor(const at::Tensor&)>;

class BlockAgain : public torch::autograd::Node {
 public:
  BlockAgain(std::shared_ptr<NetworkState> state, const at::Tensor& x, Block block)
      : m_state(std::move(state)), m_x(x.detach()), m_dropPath(m_state->dropPath), m_block(std::move(block)) {}

  variable_list apply(variable_list&& gradients) override {
    const at::AutoGradMode withHistory(true);
    const DropPathScope scope(m_state, m_dropPath);
    const auto x = m_x.detach().requires_grad_(true);
    torch::autograd::backward({m_block(x)}, {gradients[0]});
    return {x.grad()};
  }
  void release_variables() override {
    m_x.reset();
    m_dropPath.reset();
  }

 private:
  std::shared_ptr<NetworkState> m_state;
  at::Tensor m_x, m_dropPath;
  Block m_block;
};

}  // namespace

at::Tensor recomputed(const std::shared_ptr<NetworkState>& state, const at::Tensor& x, const Block& block) {
  if (!state->recompute || !at::GradMode::is_enabled() || !x.requires_grad()) return block(x);
  at::Tensor y;
  {
    const at::NoGradGuard withoutHistory;
    y = block(x);
  }
  const auto node = std::shared_ptr<BlockAgain>(new BlockAgain(state, x, block), torch::autograd::deleteNode);
  node->set_next_edges(torch::autograd::collect_next_edges(x));
  torch::autograd::set_history(y, node);
  return y;
}

}  // namespace gps
