#include "core/selection/pass/gradientpass.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

#include "core/backbones/modelparts.h"
#include "core/data/loader.h"
#include "core/distributed/partition.h"
#include "core/nn/determinism.h"
#include "core/nn/errortranslation.h"
#include "core/selection/pass/fieldaccumulator.h"
#include "core/selection/pass/passloading.h"
#include "core/selection/pass/passloss.h"
#include "core/selection/pass/passrecipe.h"
#include "core/selection/pass/passsharing.h"
#include "core/selection/pass/passstate.h"
#include "core/selection/scoretensor.h"

namespace gps {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kOutOfMemory =
    "Use --micro-batch for fewer pictures at once, --field-memory host, a smaller --image-size, or close other programs that use the "
    "device";

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Layers poll the control for the length of a pass.
class Polling {
 public:
  Polling(std::shared_ptr<NetworkState> state, const RunControl& control) : m_state(std::move(state)) { m_state->control = &control; }
  ~Polling() { m_state->control = nullptr; }
  Polling(const Polling&) = delete;
  Polling& operator=(const Polling&) = delete;

 private:
  std::shared_ptr<NetworkState> m_state;
};

// Says when an unfinished pass is written again: at least once a minute, sooner where that costs little of the time.
class SaveClock {
 public:
  bool isDue() const { return secondsSince(m_last) >= m_pause; }
  template <typename F>
  void time(F&& save) {
    const auto start = Clock::now();
    save();
    m_last = Clock::now();
    m_pause = std::clamp(50 * std::chrono::duration<double>(m_last - start).count(), 5.0, 60.0);
  }

 private:
  Clock::time_point m_last = Clock::now();
  double m_pause = 10;
};

class GradientPass {
 public:
  GradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, SelectionSpec recipe, RunControl& control,
               const PassOptions& options, PassSharing& sharing)
      : m_model(model),
        m_parts(model.parts()),
        m_recipe(std::move(recipe)),
        m_control(control),
        m_sharing(sharing),
        m_statePath(sharing.partOf(options.statePath)),
        m_keepsState(options.keepsState),
        m_loading(passLoading(model, data, m_recipe)),
        m_loader(m_loading, std::move(images)),
        m_accumulator(FieldAccumulator::make(fieldKindOf(m_recipe.criterion), m_parts, m_recipe.decoder, options.memory)),
        m_loss(makePassLoss(m_parts, m_recipe.loss, m_recipe.prompt)),
        m_snapshots(model, m_recipe),
        m_ownBatches(batchesOfRank(m_loader.batchesPerEpoch(), sharing.rank(), sharing.size())) {
    if (options.resume)
      restore();
    else
      removeState();
  }

  GradientField run() {
    const Polling polling(m_parts.registry.state(), m_control);
    ProgressMeter meter(m_control, "gradient", "images", ownImages());
    meter.startAt(m_state.images);
    const int batches = m_loader.batchesPerEpoch(), ranks = m_sharing.size();
    m_loader.startEpoch(0, std::min(batches, m_sharing.rank() + m_state.batches * ranks), ranks);
    bool isSettled = false;
    try {
      while (m_sharing.goesOn(m_state.batches < m_ownBatches && !isSettled)) {
        m_control.stepBoundary();
        const auto batch = m_loader.next();
        if (!batch) continue;
        addBatch(*batch);
        const bool isLast = m_state.batches == m_ownBatches;
        if (m_snapshots.isDue(m_state.batches, isLast)) {
          m_snapshots.take(soFar());
          isSettled = !isLast && m_snapshots.isSettled();
        }
        if (m_saving.isDue() && !isLast) save();
        meter.advance(batch->count);
      }
    } catch (const Cancelled&) {
      save();
      m_sharing.leave(Vote::Stop);
      throw;
    } catch (const Error&) {
      if (m_sharing.isOver()) save();
      throw;
    }
    if (m_sharing.isShared()) {
      save();  // a reduction that fails leaves nothing of this rank's sum
      m_sharing.reduce(m_accumulator->sum(), m_state);
    }
    auto result = soFar();
    result.snapshots = m_snapshots.agreements();
    result.stoppedEarly = isSettled;
    if (!m_keepsState) removeState();
    return result;
  }

 private:
  void addBatch(const Batch& b) {
    DropPathStep dropPath;
    dropPath.rate = m_recipe.dropPath;
    dropPath.seed = m_recipe.seed;
    const PassBatch batch(b, toTensors(b, m_loading.preprocess, m_parts.arena->device(), m_parts.arena->type()), m_recipe.microBatch,
                          std::move(dropPath));
    const at::AutoGradMode gradMode(m_accumulator->needsGradient());
    const StrictDeterminism strict;
    const auto loss = m_loss->run(batch, m_accumulator->needsGradient()).item<double>();
    if (!std::isfinite(loss))
      throw Error(ErrorCode::Diverged, "gradient pass", "the loss is not a finite number in batch " + std::to_string(b.batchIndex + 1),
                  "Check that the weights belong to the model and the pictures are readable");
    m_accumulator->endBatch();
    m_state.lossSum += loss * b.count;
    m_state.images += b.count;
    m_state.pictures.insert(m_state.pictures.end(), b.fingerprints.begin(), b.fingerprints.end());
    ++m_state.batches;
  }

  GradientField soFar() const {
    GradientField field;
    field.map = m_parts.map;
    field.kind = fieldKindOf(m_recipe.criterion);
    field.values = scoresOf(m_accumulator->field(m_state.images));
    field.precision = m_recipe.precision;
    field.baseHash = m_recipe.baseHash;
    field.dataHash = m_recipe.dataHash;
    field.pictures = m_state.pictures;
    std::sort(field.pictures.begin(), field.pictures.end());
    field.images = m_state.images;
    field.batches = m_state.batches;
    field.meanLoss = m_state.lossSum / std::max(1, m_state.images);
    field.seconds = seconds();
    return field;
  }

  double seconds() const { return m_state.seconds + secondsSince(m_start) - (m_control.pausedSeconds() - m_pausedBefore); }

  void save() {
    if (m_statePath.empty() || m_state.batches == 0) return;
    m_saving.time([&] {
      auto state = m_state;
      state.sum = m_accumulator->sum();
      state.seconds = seconds();
      state.snapshots = m_snapshots.all();
      savePassState(m_statePath, m_recipe, state);
    });
  }

  void removeState() {
    std::error_code ignored;
    if (!m_statePath.empty()) std::filesystem::remove(m_statePath, ignored);
  }

  std::int64_t ownImages() const {
    const auto whole = std::int64_t(m_loader.batchesPerEpoch()) * m_loading.batch;
    const auto pictures = m_loading.dropLast ? whole : std::int64_t(m_loading.items.size());
    return picturesOfRank(pictures, m_loading.batch, m_sharing.rank(), m_sharing.size());
  }

  void restore() {
    const bool isThere = std::filesystem::exists(m_statePath);
    if (m_sharing.isShared() && m_sharing.any(isThere) && !isThere) return;  // this rank was lost before it had kept anything
    auto state = loadPassState(m_statePath, m_recipe, m_accumulator->sum());
    if (state.batches < 1 || state.batches > m_ownBatches)
      throw Error(ErrorCode::Mismatch, m_statePath, "is at batch " + std::to_string(state.batches) + " of " + std::to_string(m_ownBatches),
                  "Delete the file and start the pass again");
    m_accumulator->sum().copy_(state.sum);
    m_snapshots = PassSnapshots(m_model, m_recipe, std::move(state.snapshots));
    state.snapshots.clear();
    state.sum.reset();
    m_state = std::move(state);
  }

  Model& m_model;
  ModelParts& m_parts;
  SelectionSpec m_recipe;
  RunControl& m_control;
  PassSharing& m_sharing;
  std::string m_statePath;
  bool m_keepsState;
  LoaderSpec m_loading;
  Loader m_loader;
  std::unique_ptr<FieldAccumulator> m_accumulator;
  std::unique_ptr<PassLoss> m_loss;
  PassSnapshots m_snapshots;
  int m_ownBatches;
  PassState m_state;  // without sum and snapshots, which have their own places
  SaveClock m_saving;
  Clock::time_point m_start = Clock::now();
  double m_pausedBefore = m_control.pausedSeconds();
};

}  // namespace

GradientField runGradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const ModelSpec& modelSpec,
                              const SelectionSpec& spec, RunControl& control, const PassOptions& options) {
  return withTorchErrors(
      "gradient pass",
      [&] {
        PassSharing sharing(options.group, spec);
        return sharing.guarded([&] {
          requireLossOfTask(model, data, spec.loss);
          if (spec.loss == LossKind::CrossEntropy && model.isHeadNew()) model.initialiseHead(spec.seed);
          return GradientPass(model, data, std::move(images), recipeOf(model, data, modelSpec, spec), control, options, sharing).run();
        });
      },
      kOutOfMemory);
}

}  // namespace gps
