// Training and what it will cost, of the engine's jobs.
#include <exception>
#include <utility>

#include "app/engine/corejobs.h"
#include "app/engine/schemes.h"
#include "core/backbones/device.h"
#include "core/checkpoints/selectionfile.h"
#include "core/data/checks/contamination.h"
#include "core/drawing/overlay.h"
#include "core/io/imagewriter.h"
#include "core/selection/criteria.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"
#include "core/tuning/traincost.h"
#include "core/tuning/trainer.h"

namespace gps::app {

namespace {

Selection choose(const Model& model, const GradientField* field, const SelectionSpec& recipe) {
  SelectionExplorer explorer(std::make_shared<const ParameterMap>(model.map()), scoresFor(model, field, recipe));
  Selection selection = explorer.select(recipe);
  if (field != nullptr) selection.pictures = field->pictures;
  return selection;
}

}  // namespace

std::optional<Selection> CoreJobs::selectionOf(JobContext& job, Model& model, const TrainSpec& spec, bool mayRunPass) {
  if (spec.method != Method::Gps || spec.resume) return std::nullopt;
  if (!spec.selectionPath.empty()) return readSelection(spec.selectionPath, model);
  const TrainSpec ready = resolvedFor(spec, model);
  SelectionSpec recipe = recipeOf(model, data(), ready.model, ready.selection);
  if (!needsPass(recipe.criterion)) return choose(model, nullptr, recipe);
  if (m_explorers.answers(recipe)) return *m_explorers.select(recipe, model, [&model]() -> const Model& { return model; });
  if (!m_runPass || !isAnsweredBy(true, m_runPass->recipe, recipe)) {
    if (!mayRunPass) return std::nullopt;
    m_runPass.reset();  // two fields beside the explorer's need not fit
    readyForPass(model, ready);
    PassOptions options;
    options.memory = spec.device.fieldMemory;
    m_runPass = RunPass{recipe, runGradientPass(model, data(), m_images, ready.model, recipe, job.control(), options)};
  }
  return choose(model, &m_runPass->field, withOriginOf(recipe, m_runPass->recipe));
}

void CoreJobs::train(JobContext& job, const TrainSpec& asked) {
  job.control().setServesWithinSteps(!describeDevice(m_device).isCuda);
  Model& model = modelAt(asked.model, {}, 0);
  TrainSpec spec = asked;
  m_isDirty = m_isTraining = true;  // also when the pass makes a new head
  const struct Training {
    bool& flag;
    ~Training() { flag = false; }
  } training{m_isTraining};
  std::optional<Selection> selection = selectionOf(job, model, spec, true);
  TrainListeners listeners;
  listeners.step = [&job](const StepPoint& point) { job.send(StepsAdded{{point}}); };
  listeners.epoch = [&job](const EpochRecord& record) { job.send(EpochDone{record}); };
  listeners.draw = [](const RgbImage& image, const ProbabilityMap& prediction, const MaskImage* truth) {
    return encodeJpeg(drawOverlay(image, prediction, truth), kEventPictureSide);
  };
  listeners.selected = [&job](const SelectionCounts& counts) { job.send(SelectionMade{counts}); };
  if (selection) {
    spec.selection = selection->spec;  // what the run records is what it trains
    job.send(SelectionMade{countSelection(model.map(), *selection)});
  }
  restartPeakMemory();  // what was done before is no part of what training takes
  TrainOutcome outcome = gps::train(model, data(), m_images, selection ? &*selection : nullptr, spec, job.control(), listeners);
  job.send(TrainDone{outcome});
  if (outcome.cancelled) throw Cancelled{};
}

void CoreJobs::measureCost(JobContext& job, const TrainSpec& spec) {
  job.control().setServesWithinSteps(!describeDevice(m_device).isCuda);
  Model& model = modelAt(spec.model, {}, 0);
  m_isDirty = m_isDirty || model.isHeadNew();
  const std::optional<Selection> selection = selectionOf(job, model, spec, false);
  auto cost = measureTrainCost(model, data(), m_images, selection ? &*selection : nullptr, spec, spec.runFolder, job.control());
  job.send(CostMeasured{std::make_shared<const TrainCost>(std::move(cost))});
}

void CoreJobs::tellContamination(JobContext& job) const {
  ContaminationTold told;
  if (m_data && m_model)
    for (const auto& known : knownContamination(*m_data, m_info.description.id))
      told.known.push_back({QString::fromStdString(known.dataSet), QString::fromStdString(known.sentence)});
  job.send(std::move(told));
}

}  // namespace gps::app
