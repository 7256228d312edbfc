#include "core/tuning/sweep/sweeprun.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "core/checkpoints/selectionfile.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/resume.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/sweep/passkey.h"
#include "core/tuning/sweep/sharedpasses.h"

namespace gps {

namespace fs = std::filesystem;

std::string modelKeyOf(const TrainSpec& spec) {
  TrainSpec model;
  model.model = spec.model;
  model.device = spec.device;
  model.fast = spec.fast;
  return toToml(model);
}

namespace {

// Runs that share a model, then those that share a pass, side by side; else as in the plan.
std::vector<std::size_t> orderOf(const SweepPlan& plan, const std::vector<std::string>& passKeys) {
  const auto firstOf = [](std::map<std::string, std::size_t>& seen, const std::string& key) {
    return seen.emplace(key, seen.size()).first->second;
  };
  std::map<std::string, std::size_t> models, passes;
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < plan.runs.size(); ++i) {
    groups.emplace_back(firstOf(models, modelKeyOf(plan.runs[i].spec)), firstOf(passes, passKeys[i]));
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return groups[a] < groups[b]; });
  return order;
}

TrainOutcome outcomeOf(const RunRecord& run) {
  TrainOutcome outcome;
  outcome.epochs = run.epochs;
  outcome.bestEpoch = run.bestEpoch;
  for (const auto& e : run.epochs) outcome.seconds += e.seconds;
  if (const auto totals = readTotals(run.folder)) {
    outcome.trainable = totals->trainable;
    outcome.trainableTotal = totals->trainableTotal;
    outcome.seconds = totals->seconds;
    outcome.selectionSeconds = totals->selectionSeconds;
    outcome.peakMib = totals->peakMib;
  }
  return outcome;
}

class Sweep {
 public:
  Sweep(const SweepPlan& plan, const std::string& folder, const DataSummary& data, std::shared_ptr<const ImageSource> images,
        const ModelSupply& supply, RunControl& control, const SweepListeners& listeners)
      : m_plan(plan),
        m_data(data),
        m_images(images),
        m_supply(supply),
        m_control(control),
        m_listeners(listeners),
        m_passes(folder + "/passes", data, images, control, listeners.log) {
    for (const auto& run : plan.runs) {
      m_results.push_back({run, SweepStatus::Waiting, {}, {}, 0});
      m_keys.push_back(passKeyOf(run.spec));
    }
  }

  std::vector<SweepResult> run() {
    std::size_t count = 0;
    for (const auto i : orderOf(m_plan, m_keys)) {
      if (m_control.stopRequested()) break;
      auto& result = m_results[i];
      if (m_listeners.begin) m_listeners.begin(result.run, ++count, m_results.size());
      try {
        runOne(i);
      } catch (const Cancelled&) {
        result.status = SweepStatus::Stopped;
      } catch (const Error& e) {
        result.status = SweepStatus::Failed;
        result.error = e.what();
      }
      result.deltaMib = deltaMib(result.run.spec.runFolder, result.outcome.bestEpoch);
      if (m_listeners.end) m_listeners.end(result);
      if (result.status == SweepStatus::Stopped) break;
      if (!isAwaited(m_keys[i])) m_passes.forget(m_keys[i]);
    }
    return std::move(m_results);
  }

 private:
  // A run that was not begun yet would ask for the pass.
  bool isAwaited(const std::string& key) const {
    for (std::size_t i = 0; i < m_results.size(); ++i)
      if (m_keys[i] == key && m_results[i].status != SweepStatus::Finished && m_results[i].status != SweepStatus::Before) return true;
    return false;
  }

  static bool hasBegun(const SweepRun& run) { return fs::exists(run.spec.runFolder + "/run.toml"); }

  void runOne(std::size_t i) {
    auto& result = m_results[i];
    auto spec = result.run.spec;
    const bool goesOn = hasBegun(result.run);
    if (goesOn) {
      const auto saved = readRun(spec.runFolder);
      if (saved.finished) {
        result.status = SweepStatus::Before;
        result.outcome = outcomeOf(saved);
        return;
      }
      spec.resume = true;
    }
    Model& model = m_supply(spec);
    spec = resolvedFor(std::move(spec), model);
    if (goesOn) {
      const auto begun = readRun(spec.runFolder).spec;
      if (!spec.selectionPath.empty()) spec.selection = begun.selection;  // the file's
      requireResumable(begun, spec);
    }
    const auto selection = goesOn ? std::optional<Selection>() : selectionFor(model, i, spec);
    if (selection && !spec.selectionPath.empty()) spec.selection = selection->spec;
    TrainListeners listeners;
    listeners.log = m_listeners.log;
    listeners.draw = m_listeners.draw;
    listeners.epoch = [&](const EpochRecord& e) {
      if (m_listeners.epoch) m_listeners.epoch(result.run, e);
    };
    result.outcome = train(model, m_data, m_images, selection ? &*selection : nullptr, spec, m_control, listeners);
    result.status = result.outcome.cancelled ? SweepStatus::Stopped : SweepStatus::Finished;
  }

  std::optional<Selection> selectionFor(Model& model, std::size_t i, const TrainSpec& spec) {
    if (spec.method != Method::Gps) return std::nullopt;
    if (!spec.selectionPath.empty()) return readSelection(spec.selectionPath, model);
    std::vector<TrainSpec> others;
    for (std::size_t k = 0; k < m_results.size(); ++k)
      if (k != i && m_keys[k] == m_keys[i] && !m_keys[i].empty() && m_results[k].status == SweepStatus::Waiting &&
          !hasBegun(m_results[k].run)) {
        auto other = m_results[k].run.spec;
        m_supply(other);  // of the same model
        others.push_back(resolvedFor(std::move(other), model));
      }
    return m_passes.selectionFor(model, m_keys[i], spec, others);
  }

  const SweepPlan& m_plan;
  const DataSummary& m_data;
  std::shared_ptr<const ImageSource> m_images;
  const ModelSupply& m_supply;
  RunControl& m_control;
  const SweepListeners& m_listeners;
  SharedPasses m_passes;
  std::vector<SweepResult> m_results;
  std::vector<std::string> m_keys;
};

}  // namespace

std::vector<SweepResult> runSweep(const SweepPlan& plan, const std::string& folder, const DataSummary& data,
                                  std::shared_ptr<const ImageSource> images, const ModelSupply& supply, RunControl& control,
                                  const SweepListeners& listeners) {
  return Sweep(plan, folder, data, std::move(images), supply, control, listeners).run();
}

}  // namespace gps
