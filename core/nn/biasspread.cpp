#include "core/nn/biasspread.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct SpreadFunction : torch::autograd::Function<SpreadFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& values, const at::Tensor& relationOf, const at::Tensor& pairsOf) {
    ctx->save_for_backward({pairsOf});
    ctx->saved_data["relations"] = values.size(1);
    return values.index_select(1, relationOf);
  }
  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto pairsOf = ctx->get_saved_variables()[0];
    const auto relations = ctx->saved_data["relations"].toInt();
    const auto padded = at::constant_pad_nd(outputs[0], {0, 1}, 0);
    return {padded.index_select(1, pairsOf).view({padded.size(0), relations, -1}).sum(2), {}, {}};
  }
};

}  // namespace

BiasSpread::BiasSpread(const std::vector<std::int64_t>& relationOf, std::int64_t relations) : m_relations(relations) {
  std::vector<std::vector<std::int64_t>> pairs(static_cast<std::size_t>(relations));
  for (std::size_t pair = 0; pair < relationOf.size(); ++pair) pairs[std::size_t(relationOf[pair])].push_back(std::int64_t(pair));
  std::size_t most = 0;
  for (const auto& p : pairs) most = std::max(most, p.size());
  std::vector<std::int64_t> pairsOf;
  for (auto& p : pairs) {
    p.resize(most, std::int64_t(relationOf.size()));
    pairsOf.insert(pairsOf.end(), p.begin(), p.end());
  }
  m_relationOf = DeviceTable(at::tensor(relationOf, at::kLong));
  m_pairsOf = DeviceTable(at::tensor(pairsOf, at::kLong));
}

at::Tensor BiasSpread::spread(const at::Tensor& values) const {
  return SpreadFunction::apply(values, m_relationOf.on(values), m_pairsOf.on(values));
}

}  // namespace gps
