#include "core/selection/levels/selectionbench.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/backbones/modelparts.h"
#include "core/nn/errortranslation.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/selectionexplorer.h"
#include "core/selection/scoretensor.h"

namespace gps {
namespace {

struct Scheme {
  const char* name;
  Level level;
};
constexpr Scheme kSchemes[] = {{"neuron", Level::Neuron}, {"layer", Level::Layer}, {"net", Level::Net}};

SelectionSpec specOf(const Scheme& scheme, int keptPerRow) {
  SelectionSpec spec;
  spec.level = scheme.level;
  spec.keptPerRow = keptPerRow;
  return spec;
}

class Stopwatch {
 public:
  explicit Stopwatch(RunControl& control) : m_control(control) {}
  // Every answer ends on the host, so there is nothing to wait for.
  double time(const std::function<void()>& work) {
    m_control.stepBoundary();
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  RunControl& m_control;
};

std::vector<std::uint32_t> releasedRule(const ParameterMap& map, const float* scores, int keptPerRow, const RunControl& control) {
  std::vector<std::uint32_t> offsets, order;
  for (const auto id : selectableIds(map, {})) {
    const auto& e = map.entry(id);
    for (std::int64_t r = 0; r < e.rows; ++r) {
      control.pollStop();
      const float* row = scores + e.offset + r * e.cols;
      order.resize(std::size_t(e.cols));
      std::iota(order.begin(), order.end(), 0u);
      std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::abs(row[a]) < std::abs(row[b]); });
      const auto kept = std::min<std::int64_t>(keptPerRow, e.cols);
      for (auto i = e.cols - kept; i < e.cols; ++i) offsets.push_back(std::uint32_t(e.offset + r * e.cols) + order[std::size_t(i)]);
    }
  }
  return offsets;
}

}  // namespace

std::vector<BenchLine> timeSelection(const Model& model, const Scores& scores, int keptPerRow, int runs, RunControl& control) {
  return withTorchErrors("bench", [&] {
    const auto& map = model.parts().map;
    const bool isDevice = scores.isOnDevice();
    const double tablesTarget = isDevice ? 20 : 3000, changeTarget = isDevice ? 20 : 300;
    GradientField field;
    field.map = map;
    field.values = scores;
    Stopwatch watch(control);
    std::vector<BenchLine> lines;
    const auto add = [&](std::string name, std::string meaning, double target, int count, const std::function<double()>& once) {
      BenchLine line{std::move(name), std::move(meaning), target, {}};
      for (int i = 0; i < count; ++i) line.milliseconds.push_back(once());
      lines.push_back(std::move(line));
    };

    add("tables", "from the finished field to the tables of all three levels, K = 1 … 64", tablesTarget, runs, [&] {
      return watch.time([&] {
        SelectionExplorer explorer(map, scores);
        for (const auto& scheme : kSchemes) explorer.table(specOf(scheme, keptPerRow));
      });
    });
    std::vector<std::string> blocks;
    for (const auto id : selectableIds(*map, {}))
      if (blocks.empty() || blocks.back() != map->entry(id).block) blocks.push_back(map->entry(id).block);
    SelectionExplorer explorer(map, scores);
    for (const auto& scheme : kSchemes) explorer.table(specOf(scheme, keptPerRow));
    add("slider", "one K of 1 … 64 at one level: counts, bars, captured share, budget (the slowest of all)", 16, runs, [&] {
      double slowest = 0;
      for (const auto& scheme : kSchemes)
        for (int k = 1; k <= kTableDepth; ++k) slowest = std::max(slowest, watch.time([&] { explorer.counts(specOf(scheme, k)); }));
      return slowest;
    });
    for (const auto& scheme : kSchemes) {
      add(std::string("level ") + scheme.name, "from another level to this one, not looked at before, all K", changeTarget, runs, [&] {
        SelectionExplorer fresh(map, scores);
        fresh.table(specOf(kSchemes[scheme.level == Level::Net ? 1 : 2], keptPerRow));
        return watch.time([&] { fresh.table(specOf(scheme, keptPerRow)); });
      });
      add(std::string("exclusion ") + scheme.name, "another block left out, all K", changeTarget, runs, [&, i = 0]() mutable {
        auto spec = specOf(scheme, keptPerRow);
        spec.excludedBlocks = {blocks[std::size_t(i++) % blocks.size()]};
        return watch.time([&] { explorer.table(spec); });
      });
      add(std::string("choice ") + scheme.name, "the entries of K themselves", 0, runs,
          [&] { return watch.time([&] { explorer.select(specOf(scheme, keptPerRow)); }); });
    }
    for (const auto criterion : {Criterion::WeightGradient, Criterion::Magnitude, Criterion::Random})
      add("criterion " + wordOf(criterion), "to another criterion at neuron level, all K", changeTarget, runs, [&] {
        return watch.time([&] {
          auto spec = specOf(kSchemes[0], keptPerRow);
          spec.criterion = criterion;
          SelectionExplorer(map, scoresFor(model, &field, spec)).table(spec);
        });
      });
    const float* host = scores.host();
    add("released", "a full ascending sort of every row on one core, the last K taken", 0, 1,
        [&] { return watch.time([&] { releasedRule(*map, host, keptPerRow, control); }); });
    return lines;
  });
}

}  // namespace gps
