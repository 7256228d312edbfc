#include "core/checkpoints/tensorplan.h"

#include <ATen/ATen.h>

#include <cmath>

namespace gps {

namespace {

std::int64_t elementsOf(const std::vector<std::int64_t>& shape) {
  std::int64_t count = 1;
  for (const auto size : shape) count *= size;
  return count;
}

std::int64_t gridOf(const std::vector<std::int64_t>& shape) {
  const auto side = std::int64_t(std::llround(std::sqrt(double(shape[1] - 1))));
  return side * side == shape[1] - 1 ? side : -1;
}

at::Tensor resizeGrid(const at::Tensor& grid, std::int64_t side, PositionResize how) {
  switch (how) {
    case PositionResize::AntialiasedBicubic:
      return at::_upsample_bicubic2d_aa(grid, {side, side}, false);
    case PositionResize::Bicubic:
      return at::upsample_bicubic2d(grid, {side, side}, false);
    case PositionResize::Bilinear:
      break;
  }
  return at::upsample_bilinear2d(grid, {side, side}, false);
}

}  // namespace

void assemble(const TensorFile& file, const TensorPlan& plan, float* out) {
  for (const auto* record : plan.from) {
    const auto count = record->elements();
    if (plan.how == Assembly::Copy) {
      copyAsFloat(file, *record, out);
    } else {
      auto values = at::empty({count}, at::kFloat);
      copyAsFloat(file, *record, values.data_ptr<float>());
      // The columns of a source are what the result has as rows.
      const auto sources = std::int64_t(plan.from.size());
      auto target = at::from_blob(out, {count}, at::kFloat);
      if (plan.how == Assembly::Transpose)
        target.copy_(values.view({-1, plan.shape[0] / sources}).t().reshape({-1}));
      else
        target.copy_(values.view(record->shape).permute({3, 2, 0, 1}).reshape({-1}));
    }
    out += count;
  }
}

bool isSameShape(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  const auto reduced = [](const std::vector<std::int64_t>& shape) {
    std::vector<std::int64_t> kept;
    for (const auto size : shape)
      if (size != 1) kept.push_back(size);
    return kept;
  };
  return reduced(a) == reduced(b);
}

bool canResizePositions(const std::vector<std::int64_t>& from, const std::vector<std::int64_t>& to) {
  const auto isGrid = [](const std::vector<std::int64_t>& s) { return s.size() == 3 && s[0] == 1 && s[1] > 1 && gridOf(s) > 0; };
  return isGrid(from) && isGrid(to) && from[2] == to[2];
}

std::vector<float> resizePositions(const std::vector<float>& values, const std::vector<std::int64_t>& from,
                                   const std::vector<std::int64_t>& to, PositionResize how) {
  const auto width = from[2], before = gridOf(from), after = gridOf(to);
  const auto all = at::from_blob(const_cast<float*>(values.data()), from, at::kFloat);
  const auto grid = all.narrow(1, 1, before * before).view({1, before, before, width}).permute({0, 3, 1, 2}).contiguous();
  const auto resized = resizeGrid(grid, after, how).permute({0, 2, 3, 1}).reshape({1, after * after, width});
  const auto joined = at::cat({all.narrow(1, 0, 1), resized}, 1).contiguous();
  return {joined.data_ptr<float>(), joined.data_ptr<float>() + elementsOf(to)};
}

}  // namespace gps
