#include "core/tuning/trainingrun.h"

#include <ATen/ATen.h>

#include <cmath>
#include <filesystem>
#include <sstream>

#include "core/evaluation/prediction.h"
#include "core/nn/errortranslation.h"
#include "core/tuning/bestepoch.h"
#include "core/tuning/decoderwarmup.h"
#include "core/tuning/divergence.h"
#include "core/tuning/feedlines.h"
#include "core/tuning/memoryremedy.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/schedule.h"
#include "core/tuning/stopwatch.h"
#include "core/values/traincost.h"

namespace gps {

namespace {

constexpr int kStepsPerReport = 10;
constexpr auto kMemoryRhythm = std::chrono::milliseconds(500);

// The network holds other values for the length of a scope.
class WithValues {
 public:
  WithValues(const FlatState& state, const at::Tensor& values) : m_state(state) { state.scatter(values); }
  ~WithValues() { m_state.scatter(m_state.values); }
  WithValues(const WithValues&) = delete;
  WithValues& operator=(const WithValues&) = delete;

 private:
  const FlatState& m_state;
};

}  // namespace

TrainingRun::TrainingRun(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, TrainSpec spec,
                         RunControl& control, const TrainListeners& listeners, std::unique_ptr<Objective> objective,
                         const TrainSharing& sharing)
    : m_sharing(sharing),
      m_model(model),
      m_parts(model.parts()),
      m_data(data),
      m_images(std::move(images)),
      m_spec(std::move(spec)),
      m_control(control),
      m_listeners(listeners),
      m_writer(m_spec.runFolder, m_spec.resume, !m_sharing.isMain()),
      m_events(m_spec.runFolder, !m_sharing.isMain(), [this](LogLevel level, const std::string& text) { log(level, text); }),
      m_states(m_writer.stateFolder()),
      m_objective(std::move(objective)) {}

TrainingRun::~TrainingRun() {
  for (auto* p : m_parts.registry.parameters()) p->freeze();
  m_parts.registry.state()->control = nullptr;
  try {
    m_step.reset();
    setPrecision(m_parts, Precision::Fp32);
    if (m_state) m_state->scatter(m_base);
  } catch (...) {
    // The device is gone; so are the values.
  }
}

void TrainingRun::log(LogLevel level, const std::string& text) {
  try {
    m_writer.log(text);
  } catch (const Error&) {
    // A full disk is reported by what matters: the state or a delta that cannot be written.
  }
  if (m_listeners.log) m_listeners.log(level, text);
}

TrainOutcome TrainingRun::run(const Selection* selection) {
  try {
    withTorchErrors("training", [&] { work(selection); });
  } catch (const Error& e) {
    if (e.code() == ErrorCode::Diverged && m_sharing.isMain()) m_states.backToEpoch();
    try {
      m_writer.log(std::string("failed: ") + e.what());
    } catch (const Error&) {
      // What it failed of matters more.
    }
    if (e.code() != ErrorCode::OutOfMemory || !m_isPrepared) throw;
    throw Error(e.code(), e.subject(), e.cause(), memoryRemedy(m_spec, describeDevice(m_spec.device).isCuda));
  }
  m_outcome.bestEpoch = bestEpochOf(m_outcome.epochs);
  m_outcome.seconds = m_position.totalSeconds;
  m_outcome.selectionSeconds = m_position.selectionSeconds;
  m_outcome.peakMib = peakMemoryMib();
  if (m_isPrepared) writeTotals();
  return m_outcome;
}

void TrainingRun::work(const Selection* selection) {
  try {
    prepare(selection);
    m_parts.registry.state()->control = &m_control;
    if (m_position.step == 0 && !m_position.warmedUp && m_outcome.epochs.empty() && !m_validationItems.empty()) validateBase();
    if (m_spec.warmupEpochs > 0 && !m_position.warmedUp) warmUp();
    const int epochs = epochsToRun(m_spec);
    const auto batches = std::int64_t(m_loader->batchesPerEpoch());
    m_meter.emplace(m_control, "train", "steps", batches * epochs);
    m_meter->startAt(batches * m_position.epoch + m_position.nextBatch);
    m_toldStep = m_position.step;
    while (m_position.epoch < epochs) {
      runEpoch();
      finishEpoch();
    }
    measureBest();
    m_sharing.meet();
    m_writer.markFinished();
    log(LogLevel::Info, "finished after " + std::to_string(epochs) + " epochs");
  } catch (const Cancelled&) {
    m_outcome.cancelled = true;
    m_sharing.stopTogether();
    m_sharing.finishSums();
    if (m_isPrepared) save();
    const bool canGoOn = std::filesystem::exists(m_spec.runFolder + "/run.toml");
    log(LogLevel::Info, canGoOn ? "stopped; the run can be resumed" : "stopped before the first step");
    // Launchers end all ranks once one has ended: none does before rank 0 has saved.
    if (m_sharing.hasStopped()) m_sharing.group()->barrier();
  }
}

EpochRecord TrainingRun::validate(int epoch) {
  EpochRecord record;
  record.task = m_data.task;
  record.precision = m_parts.precision;
  record.isScored = !m_validationItems.empty();
  const RunControl::ServesWithin within(m_control);
  if (!m_validationItems.empty()) {
    record = m_objective->score(m_validationItems, m_control, m_sharing.group(),
                                [this](const std::string& id, const ProbabilityMap& map) { m_epochPictures->take(id, map); });
  }
  if (!m_validationItems.empty() && m_state->average.defined() && epoch > 0) {
    const WithValues averaged(*m_state, m_state->average);
    const auto scored = m_objective->score(m_validationItems, m_control, m_sharing.group());
    record.emaTop1 = scored.top1;
    record.emaTop5 = scored.top5;
  }
  record.epoch = epoch;
  return record;
}

void TrainingRun::validateBase() {
  Stopwatch watch(m_control, m_position.totalSeconds);
  const auto record = validate(0);
  m_outcome.epochs.push_back(record);
  m_writer.addMetrics(record);
  m_events.addEpoch(record, 0);
  m_epochPictures->write(m_events, 0);
  if (m_listeners.epoch) m_listeners.epoch(record);
}

void TrainingRun::warmUp() {
  Stopwatch watch(m_control, m_position.totalSeconds);
  // Every rank does the whole of it, none waiting for another; were they not to agree, rank 0's word counts.
  const auto before = m_sharing.isShared() ? m_state->values.clone() : at::Tensor();
  warmUpDecoder(m_parts, *m_state, m_trainItems, m_images, m_loader->spec().preprocess, m_spec, m_control);
  try {
    m_sharing.meet();
  } catch (...) {  // another was stopped in it: here it has not been either
    m_state->values.copy_(before);
    m_state->scatter(before);
    throw;
  }
  m_sharing.spread(*m_state, m_position);
  if (!m_sharing.isMain()) m_state->scatter(m_state->values);
  m_position.warmedUp = true;
  save();
  log(LogLevel::Info, "decoder warmed up");
}

void TrainingRun::runEpoch() {
  Stopwatch total(m_control, m_position.totalSeconds), epoch(m_control, m_position.epochSeconds);
  m_meter->setEpoch(m_position.epoch + 1, epochsToRun(m_spec));
  if (m_position.nextBatch == 0) m_state->startEpoch(learningRateAt(m_spec, m_position.epoch));
  if (m_position.nextBatch >= m_loader->batchesPerEpoch()) return;
  m_feed->startEpoch(m_position.epoch, m_position.nextBatch);
  while (const auto fed = m_feed->next()) {
    m_control.stepBoundary(*this);
    trainStep(*fed);
  }
  m_sharing.finishSums();
}

void TrainingRun::trainStep(const FedStep& fed) {
  m_control.waitServing([this] { return m_step->isFree(); });
  m_step->run(fed.input, [this] { m_sharing.meetWithPaths(); });
  if (m_sharing.isMain()) m_states.keepPaths();
  m_pictures.insert(fed.fingerprints.begin(), fed.fingerprints.end());
  ++m_position.nextBatch;
  ++m_position.step;
  // A GPU is asked only now and then, and never waited for: its answer comes some steps later, if need be before the next question.
  const int every = m_parts.arena->device().is_cuda() ? kStepsPerReport : 1;
  if (m_position.step % every == 0) {
    reportAsked();
    m_readback->ask(m_position);
  }
  // All ranks of a run hear of a step behind the same later one, whatever the haste of their devices.
  if (!m_sharing.isShared() || every == 1) report(m_readback->take());
  measureMemory();
  m_meter->advance();
}

// The system and the allocator are asked too seldom to cost a step anything.
void TrainingRun::measureMemory() {
  const auto now = std::chrono::steady_clock::now();
  if (now - m_memoryMeasured < kMemoryRhythm) return;
  m_memoryMeasured = now;
  const double peak = peakMemoryMib();
  m_meter->setMemory(peak, densePeakMib(peak, m_set->size(), m_parts.map->parameterCount()));
}

void TrainingRun::reportAsked() {
  m_control.waitServing([this] { return m_readback->isReady(); });
  report(m_readback->wait());
}

// Until the device has worked off the steps of the epoch; the last of them is reported, too.
void TrainingRun::settleSteps() {
  reportAsked();
  if (m_position.step <= m_toldStep) return;
  m_readback->ask(m_position);
  reportAsked();
}

void TrainingRun::report(const std::optional<ControlReading>& reading) {
  if (!reading) return;
  const auto& [control, position] = *reading;
  requireFinite(control, position);
  m_toldStep = position.step;
  const StepPoint point{position.step, position.epoch + double(position.nextBatch) / m_loader->batchesPerEpoch(), control.lastLoss,
                        control.learningRate};
  m_events.addStep(point);
  if (m_listeners.step) m_listeners.step(point);
}

void TrainingRun::finishEpoch() {
  Stopwatch watch(m_control, m_position.totalSeconds);
  settleSteps();
  requireFinite(*m_state, m_position);
  const auto control = m_state->control();
  const int epoch = m_position.epoch + 1;
  auto record = validate(epoch);
  // Where the untuned model has no finite score either, training is not to blame.
  const bool wasFinite = m_outcome.epochs.empty() || !m_outcome.epochs.front().isScored || std::isfinite(m_outcome.epochs.front().valLoss);
  if (wasFinite) requireFinite(record, m_position);
  record.trainLoss = control.lossWeight > 0 ? control.lossSum / control.lossWeight : 0;
  record.learningRate = learningRateAt(m_spec, m_position.epoch);
  record.seconds = m_position.epochSeconds;
  writePictures();
  m_control.serveUrgent();
  if (m_sharing.isMain()) m_deltas->writeEpoch(record, *m_state);
  m_control.serveUrgent();
  m_writer.addMetrics(record);
  m_events.addEpoch(record, m_position.step);
  m_epochPictures->write(m_events, m_position.step);
  m_events.addValues(m_state->values, m_base, m_position.step);
  if (control.lossScale == 1) m_events.addGradient(m_state->gradient, m_position.step);  // else it is not known by which it was scaled
  m_outcome.epochs.push_back(record);
  m_position.epoch = epoch;
  m_position.nextBatch = 0;
  m_position.epochSeconds = 0;
  m_control.serveUrgent();
  save();
  m_control.serveUrgent();
  std::ostringstream line;
  line << "epoch " << epoch << ": train loss " << record.trainLoss;
  if (record.isScored) line << ", validation loss " << record.valLoss;
  for (const auto& [name, value] : metricsOf(record)) line << ", " << name << " " << value;
  line << ", " << record.seconds << " s";
  log(LogLevel::Info, line.str());
  log(LogLevel::Info, waitLine(m_feed->times()));
  if (!m_cacheIsReported) log(LogLevel::Info, cacheLine(m_loader->cacheState(), m_trainItems.size()));
  m_cacheIsReported = true;
  if (m_listeners.epoch) m_listeners.epoch(record);
}

// Nothing trains behind this. Without memory for it a run of one process is finished all the same.
void TrainingRun::measureBest() {
  auto* best = m_validationItems.empty() ? nullptr : unmeasuredBest(m_outcome.epochs);
  if (best == nullptr) return;
  Stopwatch watch(m_control, m_position.totalSeconds);
  m_step.reset();
  try {
    withTorchErrors("validation", [&] {
      at::Tensor values, averaged;
      if (m_sharing.isMain()) {
        values = m_deltas->valuesOf(best->epoch);
        if (best->emaTop1) averaged = m_deltas->averagedValuesOf(best->epoch);
      }
      m_sharing.meet();
      values = m_sharing.ofMain(values, m_base.numel(), at::kFloat);
      if (best->emaTop1) averaged = m_sharing.ofMain(averaged, m_base.numel(), at::kFloat);
      best->again = measureInFp32(m_parts, *m_state, values, averaged, *m_objective, m_validationItems, m_control, m_sharing.group());
    });
  } catch (const Error& e) {
    if (e.code() != ErrorCode::OutOfMemory || m_sharing.isShared()) throw;
    return log(LogLevel::Warning, "no memory to measure the best epoch in fp32; its figures are those in " + wordOf(best->precision));
  }
  if (!m_sharing.isMain()) return;
  m_deltas->writeAgain(*best);
  m_writer.rewriteMetrics(m_outcome.epochs);
  m_events.addAgain(*best, m_position.step);
  std::ostringstream line;
  line << "epoch " << best->epoch << " in fp32: validation loss " << best->again->valLoss;
  for (const auto& [name, value] : metricsOf(best->measuredLast())) line << ", " << name << " " << value;
  log(LogLevel::Info, line.str());
}

// Before what was learned from them.
void TrainingRun::writePictures() {
  m_sharing.collect(m_pictures);
  if (!m_sharing.isMain() || m_pictures.size() == m_picturesWritten) return;
  writeRunPictures(m_writer.picturesPath(), {m_pictures.begin(), m_pictures.end()});
  m_picturesWritten = m_pictures.size();
}

void TrainingRun::save() {
  requireFinite(*m_state, m_position);
  writePictures();
  if (m_sharing.isMain()) m_states.save(*m_state, m_position);
}

void TrainingRun::writeTotals() {
  try {
    m_writer.writeTotals(totalsOf(m_outcome));
  } catch (const Error&) {
    // Nothing depends on it; a full disk is reported by what matters.
  }
}

ProbabilityMap TrainingRun::predict(const RgbImage& image, std::optional<int> epoch) {
  ProbabilityMap map;
  withModel(epoch, [&](const Model& model) { map = gps::predict(model, image, m_spec.model); });
  return map;
}

void TrainingRun::withModel(std::optional<int> epoch, const std::function<void(const Model&)>& look) {
  if (!epoch) return look(m_model);
  const auto flat = *epoch > 0 ? m_deltas->valuesOf(*epoch).to(m_base.options()) : m_base;
  const WithValues other(*m_state, flat);
  look(m_model);
}

}  // namespace gps
