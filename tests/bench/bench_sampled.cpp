// The sampled product on the linear layers of ViT-B/16, beside the dense gradient of the weight: one line per case, times the best of
// several. On the GPU where there is one (batch 32, inputs not in the cache), otherwise on the CPU (batch 8).
//   bench_sampled [columns that rows choose from, 0: all] [shared memory of a block, KiB]
#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <set>
#include <vector>

#include "core/kernels/sampledproduct.h"
#ifdef GPS_WITH_CUDA
#include <cuda_runtime.h>
#endif

namespace {

using namespace gps::kernels;

struct Shape {
  const char* name;
  std::int64_t rows, cols;
};
constexpr Shape kShapes[] = {{"fc1", 3072, 768}, {"fc2", 768, 3072}, {"qkv", 2304, 768}, {"proj", 768, 768}};
constexpr const char* kSources[] = {"plain", "relu", "gelu", "normed"};
constexpr int kCopies = 3;  // of the inputs, one after the other

std::vector<std::uint32_t> choose(const Shape& shape, int perRow, std::int64_t pool) {
  std::mt19937 random(1);
  std::vector<std::uint32_t> offsets, columns(std::size_t(shape.cols));
  for (std::size_t c = 0; c < columns.size(); ++c) columns[c] = std::uint32_t(c);
  std::shuffle(columns.begin(), columns.end(), random);
  if (pool > 0) columns.resize(std::size_t(std::min(pool, shape.cols)));
  for (std::int64_t r = 0; r < shape.rows; ++r) {
    std::set<std::uint32_t> mine;
    while (std::int64_t(mine.size()) < std::min<std::int64_t>(perRow, std::int64_t(columns.size())))
      mine.insert(columns[random() % columns.size()]);
    for (const auto c : mine) offsets.push_back(std::uint32_t(r * shape.cols) + c);
  }
  return offsets;
}

// Milliseconds of one run; work(copy).
double timed(bool onCuda, const std::function<void(int)>& work) {
  double best = 1e30;
  work(0);
#ifdef GPS_WITH_CUDA
  if (onCuda) {
    cudaEvent_t from{}, to{};
    cudaEventCreate(&from);
    cudaEventCreate(&to);
    for (int i = 0; i < 10; ++i) {
      cudaEventRecord(from);
      for (int copy = 0; copy < kCopies; ++copy) work(copy);
      cudaEventRecord(to);
      cudaEventSynchronize(to);
      float ms = 0;
      cudaEventElapsedTime(&ms, from, to);
      best = std::min(best, double(ms) / kCopies);
    }
    cudaEventDestroy(from);
    cudaEventDestroy(to);
    return best;
  }
#endif
  for (int i = 0; i < 5 && !onCuda; ++i) {
    const auto from = std::chrono::steady_clock::now();
    for (int copy = 0; copy < kCopies; ++copy) work(copy);
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count() / kCopies);
  }
  return best;
}

struct Layer {
  std::vector<at::Tensor> left, right;  // copies
  at::Tensor mean, rstd, gamma, beta;
};

void run(const Shape& shape, at::ScalarType type, bool onCuda, std::int64_t pool, std::int64_t sharedKib) {
  const std::int64_t tokens = (onCuda ? 32 : 8) * 197;
  const auto device = onCuda ? at::kCUDA : at::kCPU;
  const auto random = [&](at::IntArrayRef sizes, at::ScalarType as) { return at::randn(sizes, at::TensorOptions(device)).to(as); };
  Layer layer;
  for (int copy = 0; copy < kCopies; ++copy) {
    layer.left.push_back(random({tokens, shape.rows}, type));
    layer.right.push_back(random({tokens, shape.cols}, type));
  }
  layer.mean = random({tokens}, at::kFloat);
  layer.rstd = random({tokens}, at::kFloat);
  layer.gamma = random({shape.cols}, at::kFloat);
  layer.beta = random({shape.cols}, at::kFloat);
  const auto name = type == at::kFloat ? RealType::Float : RealType::BFloat16;
  const double bytes = double(tokens) * double(shape.rows + shape.cols) * double(at::elementSize(type));
  const double dense = timed(onCuda, [&](int copy) {
    const auto& l = layer.left[std::size_t(copy)];
    at::mm(l.t(), layer.right[std::size_t(copy)]);
    l.sum(0);
  });
  std::printf("%-4s %-8s                 dense %8.3f ms\n", shape.name, at::toString(type), dense);

  int processors = 1;
#ifdef GPS_WITH_CUDA
  if (onCuda) cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, 0);
#endif
  for (const int perRow : {1, 5, 15}) {
    const auto plan = makeSampledPlan(shape.rows, shape.cols, choose(shape, perRow, pool), {false, sharedKib * 1024});
    const auto zeros = [&](std::int64_t n) { return at::zeros({n}, at::TensorOptions(device)); };
    const auto gradient = zeros(plan.entries()), bias = zeros(plan.rows),
               workspace = zeros(onCuda ? sampledWorkspace(plan, tokens, processors) : 0);
    const auto tables = at::tensor(at::ArrayRef<int>(plan.tables.data(), plan.tables.size()), at::kInt).to(device);
    for (const auto source : {SampledSource::Plain, SampledSource::Relu, SampledSource::Gelu, SampledSource::Normed}) {
      int status = 0;
      const double ms = timed(onCuda, [&](int copy) {
        SampledInput in;
        in.tokens = tokens;
        in.left = {layer.left[std::size_t(copy)].data_ptr(), name, shape.rows};
        in.right = {layer.right[std::size_t(copy)].data_ptr(), name, shape.cols};
        in.source = source;
        in.mean = layer.mean.data_ptr<float>();
        in.rstd = layer.rstd.data_ptr<float>();
        in.gamma = layer.gamma.data_ptr<float>();
        in.beta = layer.beta.data_ptr<float>();
        if (!onCuda) sampledProductOnCpu(plan, in, gradient.data_ptr<float>(), bias.data_ptr<float>());
        const SampledOutput out{gradient.data_ptr<float>(), bias.data_ptr<float>(), workspace.data_ptr<float>()};
        if (onCuda) status = std::max(status, sampledProductOnCuda(plan, tables.data_ptr<int>(), in, out, processors, nullptr));
      });
      std::printf("%-4s %-8s K %2d %-6s       %8.3f ms %8.1f GB/s   chunks %d depth %d shared %3d KiB%s\n", shape.name, at::toString(type),
                  perRow, kSources[int(source)], ms, bytes / ms * 1e-6, plan.chunkCount, plan.depth, int(plan.sharedBytes / 1024),
                  status == 0 ? "" : "  FAILED");
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t pool = argc > 1 ? std::atoll(argv[1]) : 0, sharedKib = argc > 2 ? std::atoll(argv[2]) : 96;
  const bool onCuda = at::hasCUDA();
  for (const auto type : {at::kBFloat16, at::kFloat})
    for (const auto& shape : kShapes) run(shape, type, onCuda, pool, sharedKib);
  return 0;
}
