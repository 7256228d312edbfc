#include "core/tuning/trainingrun.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <sstream>

#include "core/data/dataset.h"
#include "core/evaluation/prediction.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"
#include "core/tuning/decoderwarmup.h"
#include "core/tuning/environment.h"
#include "core/tuning/feedlines.h"
#include "core/tuning/layerwiserates.h"
#include "core/tuning/methods.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/passline.h"
#include "core/tuning/schedule.h"
#include "core/tuning/step/optimizersettings.h"
#include "core/tuning/stopwatch.h"

namespace gps {

namespace {

constexpr int kStepsPerReport = 10;

std::vector<float> hostVector(const at::Tensor& t) {
  const auto host = t.to(at::kCPU, at::kFloat).contiguous();
  return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

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
    prepare(selection);
    m_parts.registry.state()->control = &m_control;
    if (!m_continues && !m_validationItems.empty()) validateBase();
    if (m_spec.warmupEpochs > 0 && !m_position.warmedUp) warmUp();
    const int epochs = epochsToRun(m_spec);
    m_meter.emplace(m_control, "train", "steps", std::int64_t(m_loader->batchesPerEpoch()) * epochs);
    m_meter->startAt(m_position.step);
    while (m_position.epoch < epochs) {
      runEpoch();
      finishEpoch();
    }
    m_writer.markFinished();
    log(LogLevel::Info, "finished after " + std::to_string(epochs) + " epochs");
  } catch (const Cancelled&) {
    m_outcome.cancelled = true;
    if (m_state) save();
    const bool canGoOn = m_state || std::filesystem::exists(m_writer.passPath());
    log(LogLevel::Info, canGoOn ? "stopped; the run can be resumed" : "stopped before the first step");
  }
  m_outcome.bestEpoch = bestEpochOf(m_outcome.epochs);
  m_outcome.seconds = m_position.totalSeconds;
  m_outcome.selectionSeconds = m_position.selectionSeconds;
  m_outcome.peakMib = peakMemoryMib();
  return m_outcome;
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
  m_continues = m_spec.resume && std::filesystem::exists(m_writer.statePath());
  std::optional<Selection> own;
  if (m_spec.method == Method::Gps && m_continues)
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

  if (m_continues) {
    m_position = loadRunState(m_writer.statePath(), *m_state);
    m_state->scatter(m_state->values);
    const auto pictures = readRunPictures(m_writer.picturesPath());
    m_pictures.insert(pictures.begin(), pictures.end());
    m_picturesWritten = m_pictures.size();
    for (auto& e : readMetrics(m_spec.runFolder + "/metrics.jsonl"))
      if (e.epoch <= m_position.epoch) m_outcome.epochs.push_back(e);
    m_writer.rewriteMetrics(m_outcome.epochs);
    log(LogLevel::Info, "resumed at step " + std::to_string(m_position.step));
  } else {
    describeRun();
  }
  writeBaseDelta(selection);
  m_state->attach(m_parts.registry, m_spec.rule, m_spec.backward);
  m_step.emplace(m_parts, *m_state, m_spec);
  if (!m_continues) save();
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
    const PassOptions options{m_spec.device.fieldMemory, m_writer.passPath(), std::filesystem::exists(m_writer.passPath())};
    describeRun();
    try {
      field = runGradientPass(m_model, m_data, m_images, m_spec.model, s, m_control, options);
    } catch (...) {
      if (!std::filesystem::exists(m_writer.passPath())) m_writer.withdraw();
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
  if (base.info.baseHash != m_model.baseHash())
    throw Error(ErrorCode::Mismatch, m_spec.runFolder, "was trained from other weights than " + m_model.weightsPath(),
                "Resume with the weights named in run.toml");
  return selection;
}

void TrainingRun::writeBaseDelta(const Selection* selection) {
  m_delta.info.modelId = m_model.description().id;
  m_delta.info.baseHash = m_model.baseHash();
  m_delta.info.precision = wordOf(m_spec.device.precision);
  m_delta.info.device = describeDevice(m_spec.device).name;
  m_delta.info.selection = selection != nullptr ? selection->spec : m_spec.selection;
  m_delta.info.method = m_spec.method;
  m_delta.info.preprocess = m_model.preprocess(m_spec.model.preprocess);
  m_delta.info.classes = m_data.classes;
  m_delta.info.isHeadNew = m_model.isHeadNew();
  m_delta.info.prompt = m_spec.model.prompt;
  m_delta.map = m_parts.map;
  m_delta.offsets = m_set->offsets();
  if (m_continues) return;
  auto base = m_delta;
  if (selection != nullptr) base.pictures = selection->pictures;
  const auto flat = hostVector(m_base);
  const auto selected = std::ptrdiff_t(base.offsets.size());
  base.base.assign(flat.begin(), flat.begin() + selected);
  for (const auto& slice : m_set->slices()) {
    if (slice.selected) continue;
    const auto& e = m_set->map().entry(slice.id);
    base.whole.push_back({e.name, e.shape, {}, {flat.begin() + slice.flatBegin, flat.begin() + slice.flatBegin + slice.count}});
  }
  writeDeltaBase(m_writer.basePath(), base);
}

Delta TrainingRun::deltaOf(int epoch, const at::Tensor& values) const {
  auto delta = m_delta;
  delta.info.epoch = epoch;
  const auto flat = hostVector(values);
  delta.values.assign(flat.begin(), flat.begin() + std::ptrdiff_t(delta.offsets.size()));
  for (const auto& slice : m_set->slices()) {
    if (slice.selected) continue;
    const auto& e = m_set->map().entry(slice.id);
    delta.whole.push_back({e.name, e.shape, {flat.begin() + slice.flatBegin, flat.begin() + slice.flatBegin + slice.count}, {}});
  }
  return delta;
}

EpochRecord TrainingRun::validate(int epoch) {
  EpochRecord record;
  record.task = m_data.task;
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
  m_pictures.insert(fed.fingerprints.begin(), fed.fingerprints.end());
  ++m_position.nextBatch;
  ++m_position.step;
  // Reading the loss waits for the device, so a GPU is asked only now and then.
  const int every = m_parts.arena->device().is_cuda() ? kStepsPerReport : 1;
  if (m_position.step % every == 0) reportStep();
  m_meter->advance();
}

void TrainingRun::reportStep() {
  const auto control = m_state->control();
  checkFinite(control);
  if (m_listeners.step)
    m_listeners.step({m_position.step, m_position.epoch + double(m_position.nextBatch) / m_loader->batchesPerEpoch(), control.lastLoss,
                      control.learningRate});
}

void TrainingRun::checkFinite(const kernels::StepControl& control) const {
  if (control.bad == kernels::BadCause::None) return;
  const std::string where = " in epoch " + std::to_string(m_position.epoch + 1) + ", behind step " + std::to_string(control.steps);
  const std::string remedy = "Lower the learning rate; the last good values are kept, and epochs before this one can be used";
  if (control.bad == kernels::BadCause::Loss)
    throw Error(ErrorCode::Diverged, "training", "the loss is not a finite number" + where, remedy);
  if (control.bad == kernels::BadCause::Gradient)
    throw Error(ErrorCode::Diverged, "training", "the gradient is not finite" + where, remedy);
  throw Error(ErrorCode::Diverged, "training", "the gradient overflows fp16 at any loss scale" + where, remedy + "; or train in bf16");
}

void TrainingRun::finishEpoch() {
  Stopwatch watch(m_control, m_position.totalSeconds);
  const auto control = m_state->control();
  checkFinite(control);
  const int epoch = m_position.epoch + 1;
  auto record = validate(epoch);
  record.trainLoss = control.lossWeight > 0 ? control.lossSum / control.lossWeight : 0;
  record.learningRate = learningRateAt(m_spec, m_position.epoch);
  record.seconds = m_position.epochSeconds;
  writeEpochDeltas(record);
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

// The averaged values as a delta of their own, beside the plain ones.
void TrainingRun::writeEpochDeltas(const EpochRecord& record) {
  auto delta = deltaOf(record.epoch, m_state->values);
  delta.info.metrics = metricsOf(record);
  delta.info.metrics["val_loss"] = record.valLoss;
  delta.info.metrics["train_loss"] = record.trainLoss;
  writeDeltaEpoch(m_writer.epochPath(record.epoch), delta);
  if (m_pictures.size() > m_picturesWritten) {
    writeRunPictures(m_writer.picturesPath(), {m_pictures.begin(), m_pictures.end()});
    m_picturesWritten = m_pictures.size();
  }
  if (!m_state->average.defined()) return;
  auto averaged = deltaOf(record.epoch, m_state->average);
  if (record.emaTop1) averaged.info.metrics = {{"top1", *record.emaTop1}, {"top5", *record.emaTop5}};
  writeDeltaEpoch(m_writer.averagedPath(record.epoch), averaged);
}

void TrainingRun::save() { saveRunState(m_writer.statePath(), *m_state, m_position); }

ProbabilityMap TrainingRun::predict(const RgbImage& image, std::optional<int> epoch) {
  if (!epoch) return gps::predict(m_model, image, m_spec.model);
  auto flat = m_base;
  if (*epoch > 0) {
    const auto delta = readDelta(m_writer.epochPath(*epoch));
    std::vector<float> values = delta.values;
    std::map<std::string, const WholeTensor*> whole;
    for (const auto& w : delta.whole) whole[w.name] = &w;
    for (const auto& slice : m_set->slices()) {
      if (slice.selected) continue;
      const auto& name = m_set->map().entry(slice.id).name;
      if (!whole.contains(name)) throw Error(ErrorCode::BadFile, m_writer.epochPath(*epoch), "lacks the tensor " + name);
      values.insert(values.end(), whole[name]->values.begin(), whole[name]->values.end());
    }
    flat = at::tensor(values, at::kFloat).to(m_base.options());
  }
  const WithValues other(*m_state, flat);
  return gps::predict(m_model, image, m_spec.model);
}

}  // namespace gps
