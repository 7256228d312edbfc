#include "core/data/views/deviceresample.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/data/views/resample.h"
#include "core/data/views/upload.h"
#include "core/values/error.h"

namespace gps {
namespace {

// The taps of one side of all views; views with fewer taps get weights of 0.
struct SideTaps {
  at::Tensor first;    // int32 [N, S]
  at::Tensor weights;  // int32 [N, S, K]
};

SideTaps tapsOfSide(const std::vector<CropJob>& jobs, int size, bool isAcross) {
  std::vector<std::vector<ResampleTaps>> all;
  std::size_t most = 0;
  for (const auto& job : jobs) {
    all.push_back(resampleTaps(isAcross ? job.crop.width : job.crop.height, size, job.interpolation));
    for (const auto& taps : all.back()) most = std::max(most, taps.weights.size());
  }
  const auto views = std::int64_t(jobs.size());
  const SideTaps side{at::empty({views, size}, at::kInt), at::zeros({views, size, std::int64_t(most)}, at::kInt)};
  auto* first = side.first.data_ptr<std::int32_t>();
  auto* weights = side.weights.data_ptr<std::int32_t>();
  for (const auto& taps : all)
    for (const auto& tap : taps) {
      *first++ = tap.first;
      std::copy(tap.weights.begin(), tap.weights.end(), weights);
      weights += most;
    }
  return side;
}

// Sums of weights * rows: lines [L, …] uint8, index [M] of the first line of each sum, weights of tap k: [M, 1]. -> [M, …] uint8
template <typename Weights>
at::Tensor weighted(const at::Tensor& lines, const at::Tensor& index, std::int64_t taps, const Weights& weightsOf) {
  auto sums = at::full({index.size(0), lines.size(1)}, 1 << (kResampleBits - 1), lines.options().dtype(at::kInt));
  const auto last = lines.size(0) - 1;
  for (std::int64_t k = 0; k < taps; ++k) {
    // Where a weight is 0 the line may be any.
    const auto line = k == 0 ? index : index.add(k).clamp_max_(last);
    sums.add_(lines.index_select(0, line).mul(weightsOf(k)));
  }
  return sums.bitwise_right_shift_(kResampleBits).clamp_(0, 255).to(at::kByte);
}

}  // namespace

at::Tensor resizeCrops(const at::Tensor& pixels, const std::vector<CropJob>& jobs, int size) {
  if (size <= 0) throw Error(ErrorCode::BadArgument, "picture size", std::to_string(size) + "x" + std::to_string(size) + " has no pixels");
  const auto across = tapsOfSide(jobs, size, true), down = tapsOfSide(jobs, size, false);
  // The rows of all crops one below the other: where each begins in the pool, and its view.
  std::vector<std::int32_t> rowPixels, rowViews;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const auto& job = jobs[i];
    down.first[std::int64_t(i)].add_(std::int64_t(rowPixels.size()));
    for (int y = 0; y < job.crop.height; ++y) {
      rowPixels.push_back(std::int32_t(job.firstPixel + std::int64_t(job.crop.top + y) * job.pictureWidth + job.crop.left));
      rowViews.push_back(std::int32_t(i));
    }
  }
  const auto device = pixels.device();
  const auto numbers = [&](const std::vector<std::int32_t>& values) { return uploaded(at::tensor(values, at::kInt), device); };
  const auto views = numbers(rowViews);
  const auto byTap = [&](const at::Tensor& weights) { return uploaded(weights, device).permute({2, 0, 1}).contiguous(); };
  const auto acrossWeights = byTap(across.weights), downWeights = byTap(down.weights);  // [K, N, S]

  const auto rows = std::int64_t(rowPixels.size()), count = std::int64_t(jobs.size());
  const auto index = numbers(rowPixels).unsqueeze(1).add(uploaded(across.first, device).index_select(0, views)).flatten();
  const auto narrow = weighted(pixels, index, acrossWeights.size(0), [&](std::int64_t k) {
    return acrossWeights[k].index_select(0, views).view({-1, 1});
  });
  const auto small = weighted(narrow.view({rows, std::int64_t(size) * 3}), uploaded(down.first, device).flatten(), downWeights.size(0),
                              [&](std::int64_t k) {
                                return downWeights[k].view({-1, 1});
                              });
  return small.view({count, size, size, 3}).permute({0, 3, 1, 2}).to(at::kFloat, false, false, at::MemoryFormat::Contiguous);
}

}  // namespace gps
