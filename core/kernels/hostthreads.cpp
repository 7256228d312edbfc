#include "core/kernels/hostthreads.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace gps::kernels {
namespace {
std::atomic<int> g_threads{0};
}

void setHostThreads(int threads) { g_threads = std::max(0, threads); }

int hostThreads() {
  const int set = g_threads;
  return set > 0 ? set : int(std::max(1u, std::thread::hardware_concurrency()));
}

void forBlocks(std::int64_t count, std::int64_t block, const std::function<void(std::int64_t, std::int64_t)>& work) {
  std::atomic<std::int64_t> next{0};
  const auto run = [&] {
    for (;;) {
      const auto from = next.fetch_add(block);
      if (from >= count) return;
      work(from, std::min(count, from + block));
    }
  };
  std::vector<std::jthread> others;
  const auto useful = std::min<std::int64_t>(hostThreads(), (count + block - 1) / block);
  for (std::int64_t t = 1; t < useful; ++t) others.emplace_back(run);
  run();
}

}  // namespace gps::kernels
