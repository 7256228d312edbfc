#include "core/tuning/trainingrun.h"

#include <ATen/ATen.h>

#include <cmath>
#include <filesystem>
#include <sstream>

#include "core/data/dataset.h"
#include "core/evaluation/prediction.h"
#include "core/nn/errortranslation.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"
#include "core/tuning/bestepoch.h"
#include "core/tuning/decoderwarmup.h"
#include "core/tuning/divergence.h"
#include "core/tuning/environment.h"
#include "core/tuning/feedlines.h"
#include "core/tuning/layerwiserates.h"
#include "core/tuning/memoryremedy.h"
#include "core/tuning/methods.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/passline.h"
#include "core/tuning/resume.h"
#include "core/tuning/schedule.h"
#include "core/tuning/step/optimizersettings.h"
#include "core/tuning/stopwatch.h"

namespace gps {

namespace {

constexpr int kStepsPerReport = 10;

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
                         RunControl& control, const TrainListeners& listeners, std::unique_ptr<Objective> objective)
    : m_model(model),
      m_parts(model.parts()),
      m_data(data),
      m_images(std::move(images)),
      m_spec(std::move(spec)),
      m_control(control),
      m_listeners(listeners),
      m_writer(m_spec.runFolder, m_spec.resume),
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
    if (e.code() == ErrorCode::Diverged) m_states.backToEpoch();
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
    while (m_position.epoch < epochs) {
      runEpoch();
      finishEpoch();
    }
    measureBest();
    m_writer.markFinished();
    log(LogLevel::Info, "finished after " + std::to_string(epochs) + " epochs");
  } catch (const Cancelled&) {
    m_outcome.cancelled = true;
    if (m_isPrepared) save();
    const bool canGoOn = std::filesystem::exists(m_spec.runFolder + "/run.toml");
    log(LogLevel::Info, canGoOn ? "stopped; the run can be resumed" : "stopped before the first step");
  }
}

void TrainingRun::chooseItems() {
  m_trainItems = itemsOfSplit(m_data, "train");
  if (m_spec.trainOnVal) {
    const auto more = itemsOfSplit(m_data, "val");
    m_trainItems.insert(m_trainItems.end(), more.begin(), more.end());
  }
  m_trainItems = limited(std::move(m_trainItems), m_spec.limit);
  if (m_trainItems.empty())
    throw Error(ErrorCode::BadArgument, m_data.folder, "has no training pictures", "Add a train.txt with one id a line, or a folder train");
  const auto score = [&](const char* split) {
    m_validationItems = itemsOfSplit(m_data, split, m_spec.validationLimit);
    if (!m_validationItems.empty()) m_outcome.scoredSplit = split;
    return !m_validationItems.empty();
  };
  if (m_spec.trainOnVal || !score("val")) score("test");
}

void TrainingRun::prepare(const Selection* selection) {
  chooseItems();
  m_continues = m_spec.resume && m_states.exist();
  const bool hasBase = m_continues || (m_spec.resume && std::filesystem::exists(m_writer.basePath()));
  if (hasBase) requireSameBase();
  std::optional<Selection> own;
  if (m_spec.method == Method::Gps && hasBase)
    own = selectionOfRun();
  else if (m_spec.method == Method::Gps && selection == nullptr)
    own = ownSelection();
  if (own) selection = &*own;

  m_set.emplace(makeTrainableSet(m_parts.map, m_spec.method, m_spec.selection.decoder, m_spec.method == Method::Gps ? selection : nullptr));
  m_state.emplace(*m_set, *m_parts.arena, optimizerSettings(m_spec), layerwiseRates(*m_parts.map, m_spec.layerDecay));
  m_base = m_state->values.clone();
  m_outcome.trainableTotal = m_set->size();
  for (const auto& slice : m_set->slices())
    if (m_set->map().entry(slice.id).part == ModelPart::Encoder) m_outcome.trainable += slice.count;

  setPrecision(m_parts, m_spec.device.precision, PrecisionUse::Training);
  m_loader = std::make_unique<Loader>(m_objective->loading(m_trainItems), m_images);
  m_feed.emplace(*m_loader, *m_objective, m_parts.arena->device(), m_control);

  // A killed run can go on from whatever stands on the disk: with run.toml there is the selection, or what makes it.
  m_deltas.emplace(m_writer, *m_set, deltaFrame(selection));
  if (!hasBase) m_deltas->writeBase(m_base, selection != nullptr ? selection->pictures : std::vector<std::uint64_t>{});
  std::error_code ignored;
  std::filesystem::remove(m_writer.passPath(), ignored);
  if (m_continues)
    goOn();
  else
    describeRun();
  m_state->attach(m_parts.registry, m_spec.rule, m_spec.backward);
  m_step.emplace(m_parts, *m_state, m_spec);
  m_readback.emplace(*m_state);
  m_isPrepared = true;
  if (!m_continues) save();
}

// Everything behind the state goes: a killed process wrote it, or the run went back.
void TrainingRun::goOn() {
  const auto begun = readRun(m_spec.runFolder).spec;
  m_position = m_states.load(*m_state);
  if (m_spec.batch != begun.batch && m_position.nextBatch > 0) {
    if (!m_states.backToEpoch())
      throw Error(ErrorCode::BadArgument, "--batch", "the run was stopped inside an epoch", "Keep the batch of run.toml");
    m_position = m_states.load(*m_state);
    log(LogLevel::Info, "with another batch, epoch " + std::to_string(m_position.epoch + 1) + " begins again");
  }
  auto control = m_state->control();
  control.learningRate = learningRateAt(m_spec, m_position.epoch);
  m_state->setControl(control);
  m_state->scatter(m_state->values);
  const auto pictures = readRunPictures(m_writer.picturesPath());
  m_pictures.insert(pictures.begin(), pictures.end());
  m_picturesWritten = m_pictures.size();
  if (const auto metrics = m_spec.runFolder + "/metrics.jsonl"; std::filesystem::exists(metrics))
    for (auto& e : readMetrics(metrics, begun.device.precision))
      if (e.epoch <= m_position.epoch) m_outcome.epochs.push_back(e);
  m_writer.rewriteMetrics(m_outcome.epochs);
  m_writer.removeDeltasBehind(m_position.epoch);
  std::string line = "resumed at step " + std::to_string(m_position.step);
  if (const auto difference = differenceOf(begun, m_spec); !difference.empty()) {
    m_writer.writeSpec(m_spec);
    line += " with " + difference;
  }
  log(LogLevel::Info, line);
}

void TrainingRun::describeRun() {
  m_writer.writeSpec(m_spec);
  m_writer.writeEnvironment(environmentJson(m_model, m_data, m_spec));
}

// Described on the disk first, so that a run stopped during its pass can be resumed.
Selection TrainingRun::ownSelection() {
  const auto s = recipeOf(m_model, m_data, m_spec.model, m_spec.selection);
  std::optional<GradientField> field;
  Stopwatch watch(m_control, m_position.selectionSeconds);
  if (needsPass(s.criterion)) {
    // Kept until what it selected is on the disk.
    const PassOptions options{m_spec.device.fieldMemory, m_writer.passPath(), std::filesystem::exists(m_writer.passPath()), true};
    describeRun();
    try {
      field = runGradientPass(m_model, m_data, m_images, m_spec.model, s, m_control, options);
    } catch (...) {
      if (!m_spec.resume && !std::filesystem::exists(m_writer.passPath())) m_writer.withdraw();
      throw;
    }
    log(LogLevel::Info, passLine(*field));
  }
  auto selection = chooseEntries(m_parts.map, scoresFor(m_model, field ? &*field : nullptr, s), s);
  if (field) selection.pictures = field->pictures;
  if (m_listeners.selected) m_listeners.selected(countSelection(*m_parts.map, selection));
  return selection;
}

Selection TrainingRun::selectionOfRun() const {
  auto base = readDelta(m_writer.basePath());
  Selection selection;
  selection.offsets = std::move(base.offsets);
  selection.spec = base.info.selection;
  return selection;
}

void TrainingRun::requireSameBase() const {
  if (readDeltaInfo(m_writer.basePath()).baseHash != m_model.baseHash())
    throw Error(ErrorCode::Mismatch, m_spec.runFolder, "was trained from other weights than " + m_model.weightsPath(),
                "Resume with the weights named in run.toml");
}

Delta TrainingRun::deltaFrame(const Selection* selection) const {
  Delta frame;
  frame.info.modelId = m_model.description().id;
  frame.info.baseHash = m_model.baseHash();
  frame.info.precision = wordOf(m_spec.device.precision);
  frame.info.device = describeDevice(m_spec.device).name;
  frame.info.selection = selection != nullptr ? selection->spec : m_spec.selection;
  frame.info.method = m_spec.method;
  frame.info.preprocess = m_model.preprocess(m_spec.model.preprocess);
  frame.info.classes = m_data.classes;
  frame.info.isHeadNew = m_model.isHeadNew();
  frame.info.prompt = m_spec.model.prompt;
  frame.map = m_parts.map;
  frame.offsets = m_set->offsets();
  return frame;
}

EpochRecord TrainingRun::validate(int epoch) {
  EpochRecord record;
  record.task = m_data.task;
  record.precision = m_parts.precision;
  if (!m_validationItems.empty()) record = m_objective->score(m_validationItems, m_control);
  if (!m_validationItems.empty() && m_state->average.defined() && epoch > 0) {
    const WithValues averaged(*m_state, m_state->average);
    const auto scored = m_objective->score(m_validationItems, m_control);
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
  if (m_listeners.epoch) m_listeners.epoch(record);
}

void TrainingRun::warmUp() {
  Stopwatch watch(m_control, m_position.totalSeconds);
  warmUpDecoder(m_parts, *m_state, m_trainItems, m_images, m_loader->spec().preprocess, m_spec, m_control);
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
}

void TrainingRun::trainStep(const FedStep& fed) {
  m_step->run(fed.input);
  m_states.keepPaths();
  m_pictures.insert(fed.fingerprints.begin(), fed.fingerprints.end());
  ++m_position.nextBatch;
  ++m_position.step;
  // A GPU is asked only now and then, and never waited for: its answer comes some steps later, if need be before the next question.
  const int every = m_parts.arena->device().is_cuda() ? kStepsPerReport : 1;
  if (m_position.step % every == 0) {
    report(m_readback->wait());
    m_readback->ask(m_position);
  }
  report(m_readback->take());
  m_meter->advance();
}

void TrainingRun::report(const std::optional<ControlReading>& reading) {
  if (!reading) return;
  const auto& [control, position] = *reading;
  requireFinite(control, position);
  if (m_listeners.step)
    m_listeners.step(
        {position.step, position.epoch + double(position.nextBatch) / m_loader->batchesPerEpoch(), control.lastLoss, control.learningRate});
}

void TrainingRun::finishEpoch() {
  Stopwatch watch(m_control, m_position.totalSeconds);
  report(m_readback->wait());
  requireFinite(*m_state, m_position);
  const auto control = m_state->control();
  const int epoch = m_position.epoch + 1;
  auto record = validate(epoch);
  // Where the untuned model has no finite score either, training is not to blame.
  if (m_outcome.epochs.empty() || std::isfinite(m_outcome.epochs.front().valLoss)) requireFinite(record, m_position);
  record.trainLoss = control.lossWeight > 0 ? control.lossSum / control.lossWeight : 0;
  record.learningRate = learningRateAt(m_spec, m_position.epoch);
  record.seconds = m_position.epochSeconds;
  writePictures();
  m_deltas->writeEpoch(record, *m_state);
  m_writer.addMetrics(record);
  m_outcome.epochs.push_back(record);
  m_position.epoch = epoch;
  m_position.nextBatch = 0;
  m_position.epochSeconds = 0;
  save();
  std::ostringstream line;
  line << "epoch " << epoch << ": train loss " << record.trainLoss << ", validation loss " << record.valLoss;
  for (const auto& [name, value] : metricsOf(record)) line << ", " << name << " " << value;
  line << ", " << record.seconds << " s";
  log(LogLevel::Info, line.str());
  log(LogLevel::Info, waitLine(m_feed->times()));
  if (!m_cacheIsReported) log(LogLevel::Info, cacheLine(m_loader->cacheState(), m_trainItems.size()));
  m_cacheIsReported = true;
  if (m_listeners.epoch) m_listeners.epoch(record);
}

// Nothing trains behind this. Without memory for it the run is finished all the same.
void TrainingRun::measureBest() {
  auto* best = m_validationItems.empty() ? nullptr : unmeasuredBest(m_outcome.epochs);
  if (best == nullptr) return;
  Stopwatch watch(m_control, m_position.totalSeconds);
  m_step.reset();
  try {
    withTorchErrors("validation",
                    [&] { best->again = measureInFp32(m_parts, *m_state, *m_deltas, *m_objective, m_validationItems, *best, m_control); });
  } catch (const Error& e) {
    if (e.code() != ErrorCode::OutOfMemory) throw;
    return log(LogLevel::Warning, "no memory to measure the best epoch in fp32; its figures are those in " + wordOf(best->precision));
  }
  m_deltas->writeAgain(*best);
  m_writer.rewriteMetrics(m_outcome.epochs);
  std::ostringstream line;
  line << "epoch " << best->epoch << " in fp32: validation loss " << best->again->valLoss;
  for (const auto& [name, value] : metricsOf(best->measuredLast())) line << ", " << name << " " << value;
  log(LogLevel::Info, line.str());
}

// Before what was learned from them.
void TrainingRun::writePictures() {
  if (m_pictures.size() == m_picturesWritten) return;
  writeRunPictures(m_writer.picturesPath(), {m_pictures.begin(), m_pictures.end()});
  m_picturesWritten = m_pictures.size();
}

void TrainingRun::save() {
  requireFinite(*m_state, m_position);
  writePictures();
  m_states.save(*m_state, m_position);
}

ProbabilityMap TrainingRun::predict(const RgbImage& image, std::optional<int> epoch) {
  if (!epoch) return gps::predict(m_model, image, m_spec.model);
  const auto flat = *epoch > 0 ? m_deltas->valuesOf(*epoch).to(m_base.options()) : m_base;
  const WithValues other(*m_state, flat);
  return gps::predict(m_model, image, m_spec.model);
}

}  // namespace gps
