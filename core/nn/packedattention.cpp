#include "core/nn/packedattention.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "core/nn/cudalaunch.h"
#include "core/nn/productattention.h"

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// q, k and v [B, heads, tokens, d], views.
std::vector<at::Tensor> partsOf(const at::Tensor& qkv) { return qkv.permute({2, 0, 3, 1, 4}).unbind(0); }

at::Tensor joinHeads(const at::Tensor& attended) { return attended.transpose(1, 2).flatten(2); }

#ifdef GPS_WITH_CUDA

// What the fused kernels leave for their backward.
struct Attended {
  at::Tensor out, logSums, seed, offset;
  c10::SymInt mostQueries = 0, mostKeys = 0;
};

bool isWide(const at::Tensor& t) { return t.scalar_type() == at::kFloat; }

// tf32, which fused kernels of fp32 do not compute in.
bool usesMatrixUnits(const at::Tensor& qkv) { return isWide(qkv) && at::globalContext().allowTF32CuBLAS() && canAttendByPairs(qkv); }

Attended attend(const std::vector<at::Tensor>& p, bool forBackward) {
  if (isWide(p[0])) {
    auto r = at::_scaled_dot_product_efficient_attention(p[0], p[1], p[2], {}, forBackward);
    return {std::get<0>(r), std::get<1>(r), std::get<2>(r), std::get<3>(r)};
  }
  auto r = at::_scaled_dot_product_flash_attention(p[0], p[1], p[2], 0.0, false, false);
  return {std::get<0>(r), std::get<1>(r), std::get<6>(r), std::get<7>(r), std::get<4>(r), std::get<5>(r)};
}

// [B, tokens, 3, heads, d] of three [B, tokens, heads, d]; without a copy where they lie so already.
at::Tensor packed(const std::vector<at::Tensor>& parts) {
  const auto& first = parts[0];
  const auto b = first.size(0), tokens = first.size(1), heads = first.size(2), d = first.size(3), row = heads * d;
  const bool isPacked = first.strides() == at::IntArrayRef({tokens * 3 * row, 3 * row, d, 1}) && parts[1].is_alias_of(first) &&
                        parts[1].storage_offset() == first.storage_offset() + row && parts[2].is_alias_of(first) &&
                        parts[2].storage_offset() == first.storage_offset() + 2 * row && parts[1].strides() == first.strides() &&
                        parts[2].strides() == first.strides();
  if (!isPacked) return at::stack(parts, 2);
  return first.as_strided({b, tokens, 3, heads, d}, {tokens * 3 * row, 3 * row, row, d, 1});
}

// saved: qkv, out, logSums, seed, offset.
at::Tensor wideGradient(const at::Tensor& dOut, const std::vector<at::Tensor>& p, const variable_list& saved) {
  const auto byToken = [](const at::Tensor& t) { return t.transpose(1, 2); };
  const auto [dq, dk, dv, dBias] = at::_efficient_attention_backward(
      byToken(dOut), byToken(p[0]), byToken(p[1]), byToken(p[2]), {}, byToken(saved[1]), {}, {}, p[0].size(2), p[0].size(2), saved[2], 0.0,
      saved[3], saved[4], /*custom_mask_type=*/0, /*bias_requires_grad=*/false, {}, {}, {}, /*shared_storage_dqdkdv=*/true);
  return packed({dq, dk, dv});
}

struct PackedAttentionFunction : torch::autograd::Function<PackedAttentionFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& qkv) {
    const auto a = attend(partsOf(qkv), true);
    ctx->save_for_backward({qkv, a.out, a.logSums, a.seed, a.offset});
    ctx->saved_data["queries"] = a.mostQueries.expect_int();
    ctx->saved_data["keys"] = a.mostKeys.expect_int();
    return joinHeads(a.out);
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto saved = ctx->get_saved_variables();
    const auto &qkv = saved[0], &out = saved[1];
    const auto p = partsOf(qkv);
    const auto dOut = outputs[0].view({qkv.size(0), qkv.size(1), qkv.size(3), qkv.size(4)}).transpose(1, 2);
    if (isWide(qkv)) return {wideGradient(dOut, p, saved)};
    const auto [dq, dk, dv] = at::_scaled_dot_product_flash_attention_backward_symint(
        dOut, p[0], p[1], p[2], out, saved[2], {}, {}, ctx->saved_data["queries"].toInt(), ctx->saved_data["keys"].toInt(), 0.0, false,
        saved[3], saved[4]);
    return {packed({dq.transpose(1, 2), dk.transpose(1, 2), dv.transpose(1, 2)})};
  }
};

bool takesFused(const at::Tensor& qkv) {
  const bool isNarrow = qkv.scalar_type() == at::kBFloat16 || qkv.scalar_type() == at::kHalf;
  return qkv.is_cuda() && (isNarrow || isWide(qkv)) && qkv.size(4) % 8 == 0 && qkv.size(4) <= 256 &&
         at::cuda::getCurrentDeviceProperties()->major >= 8;
}

#endif

}  // namespace

at::Tensor attendPacked(const at::Tensor& qkv) {
#ifdef GPS_WITH_CUDA
  if (usesMatrixUnits(qkv)) return attendByPairs(qkv);
  if (takesFused(qkv)) {
    if (at::GradMode::is_enabled() && qkv.requires_grad()) return PackedAttentionFunction::apply(qkv);
    return joinHeads(attend(partsOf(qkv), false).out);
  }
#endif
  const auto p = partsOf(qkv);
  return joinHeads(at::scaled_dot_product_attention(p[0], p[1], p[2]));
}

}  // namespace gps
