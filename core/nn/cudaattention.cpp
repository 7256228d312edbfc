#include "core/nn/cudaattention.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "core/kernels/attention.h"
#include "core/nn/cudalaunch.h"

namespace gps {

namespace {

using kernels::HeadShape;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

HeadShape shapeOf(std::int64_t windows, std::int64_t points, std::int64_t heads, std::int64_t d) {
  return {windows, points, heads, 3, d, (points + 3) / 4 * 4};
}

float scaleOf(const HeadShape& s) { return float(1.0 / std::sqrt(double(s.width))); }

at::Tensor split(HeadShape s, std::int64_t parts, const at::Tensor& joined) {
  s.parts = parts;
  const auto to = at::empty({parts, s.windows * s.heads, s.padded, s.width}, joined.options());
  detail::checkLaunch(kernels::splitHeadsOnCuda(s, joined.data_ptr<float>(), to.data_ptr<float>(), detail::cudaStream()), "attention");
  return to;
}

at::Tensor join(HeadShape s, std::int64_t parts, const at::Tensor& split) {
  s.parts = parts;
  const auto to = at::empty({s.windows, s.points, s.heads * parts * s.width}, split.options());
  detail::checkLaunch(kernels::joinHeadsOnCuda(s, split.data_ptr<float>(), to.data_ptr<float>(), detail::cudaStream()), "attention");
  return to;
}

at::Tensor probabilities(const HeadShape& s, const at::Tensor& qkv, const at::Tensor& bias) {
  auto p = at::bmm(qkv[0], qkv[1].transpose(1, 2));
  detail::checkLaunch(kernels::biasedSoftmaxOnCuda(s, scaleOf(s), bias.data_ptr<float>(), p.data_ptr<float>(), detail::cudaStream()),
                      "attention");
  return p;
}

struct AttentionFunction : torch::autograd::Function<AttentionFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& qkv, const at::Tensor& bias, std::int64_t heads) {
    const auto s = shapeOf(qkv.size(0), qkv.size(1), heads, qkv.size(2) / (3 * heads));
    const auto parts = split(s, 3, qkv);
    ctx->saved_data["points"] = s.points;
    ctx->saved_data["heads"] = heads;
    ctx->saved_data["dbias"] = bias.requires_grad();
    ctx->save_for_backward({parts, bias});
    return join(s, 1, at::bmm(probabilities(s, parts, bias), parts[2]));
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto saved = ctx->get_saved_variables();
    const auto &parts = saved[0], &bias = saved[1];
    const auto heads = ctx->saved_data["heads"].toInt(), points = ctx->saved_data["points"].toInt();
    const auto s = shapeOf(parts.size(1) / heads, points, heads, parts.size(3));
    const auto dOut = split(s, 1, outputs[0].contiguous())[0];
    const auto p = probabilities(s, parts, bias);
    auto gradient = at::empty_like(parts);
    auto dq = gradient[0], dk = gradient[1], dv = gradient[2];
    at::bmm_out(dv, p.transpose(1, 2), dOut);
    const auto ds = at::bmm(dOut, parts[2].transpose(1, 2));
    detail::checkLaunch(kernels::softmaxBackwardOnCuda(s, p.data_ptr<float>(), ds.data_ptr<float>(), detail::cudaStream()), "attention");
    at::baddbmm_out(dq, dq, ds, parts[1], 0, scaleOf(s));
    at::baddbmm_out(dk, dk, ds.transpose(1, 2), parts[0], 0, scaleOf(s));
    at::Tensor dBias;
    if (ctx->saved_data["dbias"].toBool())
      dBias = ds.view({s.windows, heads, s.padded, s.padded}).sum(0).narrow(1, 0, points).narrow(2, 0, points).contiguous();
    return {join(s, 3, gradient), dBias, {}};
  }
};

}  // namespace

bool canAttendByProducts(const at::Tensor& qkv, std::int64_t heads) {
  const auto points = qkv.size(1), d = qkv.size(2) / (3 * heads);
  const auto padded = (points + 3) / 4 * 4;
  return detail::takesKernels(qkv) && points <= kernels::kMostPoints && d % 4 == 0 &&
         qkv.size(0) * heads * padded * std::max(padded, 3 * d) < (std::int64_t(1) << 31);
}

at::Tensor attendByProducts(const at::Tensor& qkv, const at::Tensor& bias, std::int64_t heads) {
  return AttentionFunction::apply(qkv, bias.contiguous(), heads);
}

}  // namespace gps
