#include <ATen/ATen.h>

#include <algorithm>
#include <filesystem>

#include "core/data/dataset.h"
#include "core/nn/gradientpaths.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"
#include "core/tuning/environment.h"
#include "core/tuning/layerwiserates.h"
#include "core/tuning/methods.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/passline.h"
#include "core/tuning/resume.h"
#include "core/tuning/schedule.h"
#include "core/tuning/step/optimizersettings.h"
#include "core/tuning/stopwatch.h"
#include "core/tuning/trainingrun.h"

// How a run begins, or goes on.
namespace gps {

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
  m_epochPictures.emplace(m_validationItems, m_images, m_sharing.isMain() ? m_listeners.draw : PictureDrawer(),
                          [this](LogLevel level, const std::string& text) { log(level, text); });
}

void TrainingRun::prepare(const Selection* selection) {
  m_sharing.requireSameInputs(m_model.baseHash(), m_data.dataHash, m_spec);
  m_devices = m_sharing.ofAll(describeDevice(m_spec.device).name);
  chooseItems();
  m_continues = m_sharing.valueOfMain(m_spec.resume && m_states.exist());
  const bool hasBase = m_sharing.valueOfMain(m_continues || (m_spec.resume && std::filesystem::exists(m_writer.basePath())));
  if (hasBase && m_sharing.isMain()) requireSameBase();
  std::optional<Selection> own;
  if (m_spec.method == Method::Gps) {
    own = hasBase ? selectionOfRun() : selection != nullptr ? *selection : ownSelection();
    own->offsets = m_sharing.ofMain(own->offsets);
    selection = &*own;
  }

  m_set.emplace(makeTrainableSet(m_parts.map, m_spec.method, m_spec.selection.decoder, m_spec.method == Method::Gps ? selection : nullptr));
  m_state.emplace(*m_set, *m_parts.arena, optimizerSettings(m_spec), layerwiseRates(*m_parts.map, m_spec.layerDecay));
  m_base = m_state->values.clone();
  m_outcome.trainableTotal = m_set->size();
  for (const auto& slice : m_set->slices())
    if (m_set->map().entry(slice.id).part == ModelPart::Encoder) m_outcome.trainable += slice.count;

  setPrecision(m_parts, m_spec.device.precision, PrecisionUse::Training);
  m_loader = std::make_unique<Loader>(m_sharing.dividedLoading(m_objective->loading(m_trainItems), m_spec), m_images);
  m_feed.emplace(*m_loader, *m_objective, m_parts.arena->device(), m_control);

  // A killed run can go on from whatever stands on the disk: with run.toml there is the selection, or what makes it.
  m_deltas.emplace(m_writer, *m_set, deltaFrame(selection));
  if (!hasBase && m_sharing.isMain())
    m_deltas->writeBase(m_base, selection != nullptr ? selection->pictures : std::vector<std::uint64_t>{});
  m_sharing.meet();  // the parts of a pass go when its selection is on the disk
  m_writer.removePasses();
  std::error_code ignored;
  std::filesystem::remove(passPart(), ignored);  // of a host that does not share rank 0's disk
  if (m_continues)
    goOn();
  else
    describeRun();
  m_state->attach(m_parts.registry, m_spec.rule, m_spec.backward);
  m_step.emplace(m_parts, *m_state, m_spec, m_sharing.group());
  m_readback.emplace(*m_state);
  if (m_sharing.isShared()) {
    m_outcome.ranks = m_sharing.size();
    m_outcome.bytesPerStep = std::int64_t(m_state->gradientAndLoss.nbytes());
    log(LogLevel::Info, m_sharing.sumLine(m_outcome.bytesPerStep, m_parts.map->parameterCount()));
  }
  m_sharing.meet();
  m_isPrepared = true;
  m_events.begin(m_position.step, m_continues);
  if (m_continues) return;
  save();
  writeTotals();  // what is trained is known
}

void TrainingRun::goOn() {
  if (m_sharing.isMain()) readSaved();
  m_sharing.spread(*m_state, m_position);
  m_outcome.epochs = m_sharing.ofMain(m_outcome.epochs);
  auto& paths = *GradientPaths::ofThisProcess();
  paths.read(m_sharing.ofMain(paths.text()));
  auto control = m_state->control();
  control.learningRate = learningRateAt(m_spec, m_position.epoch);
  m_state->setControl(control);
  m_state->scatter(m_state->values);
}

// Everything behind the state goes: a killed process wrote it, or the run went back.
void TrainingRun::readSaved() {
  const auto begun = readRun(m_spec.runFolder).spec;
  m_position = m_states.load(*m_state);
  if (m_spec.batch != begun.batch && m_position.nextBatch > 0) {
    if (!m_states.backToEpoch())
      throw Error(ErrorCode::BadArgument, "--batch", "the run was stopped inside an epoch", "Keep the batch of run.toml");
    m_position = m_states.load(*m_state);
    log(LogLevel::Info, "with another batch, epoch " + std::to_string(m_position.epoch + 1) + " begins again");
  }
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
  m_writer.writeEnvironment(environmentJson(m_model, m_data, m_spec, m_devices));
}

// Described on the disk first, so that a run stopped during its pass can be resumed.
Selection TrainingRun::ownSelection() {
  const auto s = recipeOf(m_model, m_data, m_spec.model, m_spec.selection);
  std::optional<GradientField> field;
  Stopwatch watch(m_control, m_position.selectionSeconds);
  if (needsPass(s.criterion)) {
    // Kept until what it selected is on the disk.
    const auto isKept = [this] { return std::filesystem::exists(passPart()); };
    const bool goesOn = m_sharing.any(isKept());
    const PassOptions options{m_spec.device.fieldMemory, m_writer.passPath(), goesOn, true, m_sharing.group()};
    describeRun();
    std::filesystem::create_directories(m_writer.stateFolder());  // of a host that does not share rank 0's disk
    try {
      field = runGradientPass(m_model, m_data, m_images, m_spec.model, s, m_control, options);
    } catch (...) {
      const auto kept =
          m_sharing.hasStopped() ? m_sharing.group()->gather(isKept() ? "x" : "") : std::vector{std::string(isKept() ? "x" : "")};
      const bool isLost = std::all_of(kept.begin(), kept.end(), [](const std::string& part) { return part.empty(); });
      if (!m_spec.resume && isLost) m_writer.withdraw();
      throw;
    }
    log(LogLevel::Info, passLine(*field));
  }
  auto selection = chooseEntries(m_parts.map, scoresFor(m_model, field ? &*field : nullptr, s), s);
  if (field) selection.pictures = field->pictures;
  if (m_listeners.selected) m_listeners.selected(countSelection(*m_parts.map, selection));
  return selection;
}

// Offsets only where the folder is read.
Selection TrainingRun::selectionOfRun() const {
  Selection selection;
  selection.spec = m_spec.selection;
  if (!m_sharing.isMain()) return selection;
  auto base = readDelta(m_writer.basePath());
  selection.offsets = std::move(base.offsets);
  selection.spec = base.info.selection;
  return selection;
}

std::string TrainingRun::passPart() const { return m_sharing.partOf(m_writer.passPath()); }

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

}  // namespace gps
