// The parts of a selection, one by one, on a field of normal numbers in the shape of ViT-B/16; on the GPU too where there is one.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/backbones/device.h"
#include "core/backbones/modelparts.h"
#include "core/selection/levels/bounds.h"
#include "core/selection/levels/census.h"
#include "core/selection/levels/choose.h"
#include "core/selection/levels/levelgroups.h"
#include "core/selection/levels/ranktable.h"
#include "core/selection/pass/benchfield.h"
#include "core/selection/scoretensor.h"

namespace {

using namespace gps;

struct Setting {
  std::unique_ptr<Model> model = Model::create("vit_base_patch16_224");
  Scores host = normalField(*model, 1), device;
  std::shared_ptr<const ParameterMap> map = model->parts().map;
};

const Setting& setting() {
  static const Setting all = [] {
    Setting s;
    if (cudaIsUsable()) s.device = scoresOf(tensorOf(s.host).to(at::kCUDA));
    return s;
  }();
  return all;
}

// Argument 0: 0 on the CPU, 1 on the GPU.
const Scores* scoresFor(benchmark::State& state) {
  const auto& s = setting();
  if (state.range(0) == 0) return &s.host;
  if (s.device.isEmpty()) {
    state.SkipWithError("no CUDA device");
    return nullptr;
  }
  return &s.device;
}

void rankTable(benchmark::State& state) {
  const auto* scores = scoresFor(state);
  if (scores == nullptr) return;
  const auto census = std::make_shared<const ScoreCensus>(takeCensus(*setting().map, selectableIds(*setting().map, {}), *scores));
  for (auto _ : state) benchmark::DoNotOptimize(RankTable::build(setting().map, *scores, census, {}));
}
BENCHMARK(rankTable)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

void look(benchmark::State& state) {
  const auto* scores = scoresFor(state);
  if (scores == nullptr) return;
  const auto ids = selectableIds(*setting().map, {});
  for (auto _ : state) benchmark::DoNotOptimize(takeCensus(*setting().map, ids, *scores));
}
BENCHMARK(look)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

// Argument 1: the level; 64 bars at once.
void bounds(benchmark::State& state) {
  const auto* scores = scoresFor(state);
  if (scores == nullptr) return;
  SelectionSpec spec;
  spec.level = state.range(1) == 0 ? Level::Layer : Level::Net;
  const auto ids = selectableIds(*setting().map, spec);
  const ScoreScanner scanner(*setting().map, ids, *scores, groupsOf(spec.level));
  const auto coarse = scanner.look().coarse;
  std::vector<std::vector<std::int64_t>> budgets(scanner.groups());
  for (spec.keptPerRow = 1; spec.keptPerRow <= 64; ++spec.keptPerRow) {
    const auto groups = groupBudgets(*setting().map, ids, spec);
    for (std::size_t g = 0; g < groups.size(); ++g) budgets[g].push_back(groups[g]);
  }
  for (auto _ : state) benchmark::DoNotOptimize(findBounds(scanner, coarse, budgets));
}
BENCHMARK(bounds)->ArgsProduct({{0, 1}, {0, 1}})->Unit(benchmark::kMillisecond)->UseRealTime();

// Argument 1: the level; argument 2: K.
void choose(benchmark::State& state) {
  const auto* scores = scoresFor(state);
  if (scores == nullptr) return;
  SelectionSpec spec;
  spec.level = Level(state.range(1));
  spec.keptPerRow = int(state.range(2));
  for (auto _ : state) benchmark::DoNotOptimize(chooseEntries(setting().map, *scores, spec));
}
BENCHMARK(choose)->ArgsProduct({{0, 1}, {0, 1, 2}, {1, 15, 100}})->Unit(benchmark::kMillisecond)->UseRealTime();

// The released way: a full ascending argsort of every row on one core.
void released(benchmark::State& state) {
  const float* scores = setting().host.host();
  std::vector<std::uint32_t> order;
  for (auto _ : state)
    for (const auto id : selectableIds(*setting().map, {})) {
      const auto& e = setting().map->entry(id);
      for (std::int64_t r = 0; r < e.rows; ++r) {
        const float* row = scores + e.offset + r * e.cols;
        order.resize(std::size_t(e.cols));
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::abs(row[a]) < std::abs(row[b]); });
        benchmark::DoNotOptimize(order.back());
      }
    }
}
BENCHMARK(released)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
