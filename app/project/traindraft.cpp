#include "app/project/traindraft.h"

#include <QStringList>

#include "app/project/trainvalues.h"
#include "core/tuning/presets.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/settingerror.h"
#include "core/tuning/trainarguments.h"
#include "core/tuning/trainer.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kName = "run.toml";

// The line of a key, 1-based; of its section's heading when the key is not written; 0: neither.
int lineOf(const QString& toml, const QString& section, const QString& key) {
  const QStringList lines = toml.split(u'\n');
  int heading = 0;
  QString present;
  for (int i = 0; i < lines.size(); ++i) {
    const QString line = lines[i].trimmed();
    if (line.startsWith(u'[')) present = line.mid(1, line.indexOf(u']') - 1).trimmed();
    if (present != section) continue;
    if (line.startsWith(u'[')) heading = i + 1;
    if (line.startsWith(key) && line.mid(key.size()).trimmed().startsWith(u'=')) return i + 1;
  }
  return heading;
}

// With the settings of the selection that have no field here, as their text.
QHash<QString, QVariant> valuesOf(const TrainSpec& spec) {
  auto values = trainValues(spec);
  for (const auto& [key, value] : settingsByKey(spec))
    if (key.starts_with("selection.")) values.insert(QString::fromStdString(key), QString::fromStdString(value));
  return values;
}

QString settingProblem(const SettingError& error) {
  const QString name = QString::fromStdString(error.name()), detail = QString::fromStdString(error.detail());
  switch (error.kind()) {
    case SettingError::Kind::Syntax:
      return TrainDraft::tr("This is no TOML: %1").arg(detail);
    case SettingError::Kind::SweepPlan:
      return TrainDraft::tr("This is the plan of a sweep. Open it with “Open plan…” under “Which settings are best?”.");
    case SettingError::Kind::UnknownSection:
      return TrainDraft::tr("There is no section %1.").arg(name);
    case SettingError::Kind::UnknownSetting:
      return TrainDraft::tr("There is no setting %1.").arg(name);
    case SettingError::Kind::WrongValue:
      break;
  }
  return TrainDraft::tr("%1 must be %2.").arg(name, detail);
}

}  // namespace

TrainDraft::TrainDraft(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  for (auto signal : {&Session::trainDraftChanged, &Session::projectChanged, &Session::modelChanged, &Session::dataChanged})
    connect(&session, signal, this, &TrainDraft::forget);
  connect(&session, &Session::keptPerRowChanged, this, &TrainDraft::forget);
}

void TrainDraft::forget() {
  m_known.reset();
  Q_EMIT changed();
}

const TrainDraft::Known& TrainDraft::known() const {
  if (m_known) return *m_known;
  Known known;
  known.spec = m_session.resolvedTrainSpec();
  known.spec.device.threads = m_session.project().train.device.threads;
  known.values = valuesOf(known.spec);
  const TrainSpec defaults = defaultTrainSpec(m_session.task());
  known.defaults = valuesOf(defaults);
  if (const auto* preset = presetOf(m_session.project().preset.toStdString()); preset && preset->task == m_session.task()) {
    const auto all = valuesOf(withPreset(defaults, *preset, !isOnCpu()));
    for (const auto& key : presetKeys(preset->task))
      known.preset.insert(QString::fromStdString(key), all.value(QString::fromStdString(key)));
  }
  m_known = std::move(known);
  return *m_known;
}

const TrainSpec& TrainDraft::spec() const { return known().spec; }

void TrainDraft::setSpec(const TrainSpec& spec) { put(spec, m_session.project().preset); }

// What one field decides, another must not contradict: that one would be barred and could not be set right.
static void settle(TrainSpec& spec) {
  const bool leavesNoChoice = spec.method == Method::Full || spec.method == Method::Decoder || spec.method == Method::Linear;
  if (leavesNoChoice) spec.selection.decoder = DecoderMode::Train;
  if (spec.selection.decoder == DecoderMode::Freeze) spec.warmupEpochs = 0;
}

void TrainDraft::put(const TrainSpec& asked, const QString& preset) {
  TrainSpec draft = asked;
  settle(draft);
  draft.model = m_session.project().train.model;
  draft.dataFolder.clear();
  draft.runFolder.clear();
  draft.resume = false;
  const SelectionSpec& before = m_session.project().selection;
  SelectionSpec selection = asked.selection;
  selection.dropPath = before.dropPath;  // these follow the training's
  selection.randomInterpolation = before.randomInterpolation;
  selection.decoder = before.decoder;
  m_session.setRunDraft(draft, selection, preset);
}

QString TrainDraft::toml() const { return QString::fromStdString(toToml(spec())); }

TrainSpec TrainDraft::parsed(const QString& toml, std::optional<Problem>& problem) const {
  const TrainSpec present = spec();
  TrainSpec read = defaultTrainSpec(m_session.task());
  // What stands in no line of the text stays as other pages have it.
  read.model = present.model;
  read.dataFolder = present.dataFolder;
  try {
    read = trainSpecFromToml(toml.toStdString(), kName, read);
  } catch (const SettingError& error) {
    problem = Problem{error.line(), settingProblem(error)};
    return read;
  } catch (const Error& error) {
    problem = Problem{0, QString::fromStdString(error.cause())};
    return read;
  }
  const auto refuse = [&](bool isChanged, const QString& section, const QString& key, const QString& text) {
    if (isChanged && !problem) problem = Problem{lineOf(toml, section, key), text};
  };
  const QString onModelPage = tr("The weights are chosen on the Model page.");
  const auto &m = read.model, &p = present.model;
  refuse(m.id != p.id, u"model"_s, u"id"_s, onModelPage);
  refuse(m.weightsPath != p.weightsPath, u"model"_s, u"weights"_s, onModelPage);
  refuse(m.imageSize != p.imageSize, u"model"_s, u"image_size"_s, tr("The input size is chosen on the Model page."));
  refuse(m.classes != p.classes, u"model"_s, u"classes"_s, tr("The classes are those of the pictures."));
  refuse(m.prompt != p.prompt, u"model"_s, u"prompt"_s, tr("The window trains with this prompt only; use the command line for another."));
  refuse(m.preprocess != p.preprocess, u"model"_s, u"preprocess"_s,
         tr("The window trains with this preprocessing only; use the command line for another."));
  refuse(read.dataFolder != present.dataFolder, u"data"_s, u"folder"_s, tr("The pictures are opened on the Data page."));
  if (problem) return read;
  TrainSpec checked = read;
  checked.runFolder = "run";
  if (const auto problems = validate(checked); !problems.empty()) problem = Problem{0, QString::fromStdString(problems.front())};
  return read;
}

std::optional<TrainDraft::Problem> TrainDraft::check(const QString& toml) const {
  std::optional<Problem> problem;
  parsed(toml, problem);
  return problem;
}

std::optional<TrainDraft::Problem> TrainDraft::apply(const QString& toml) {
  std::optional<Problem> problem;
  const TrainSpec read = parsed(toml, problem);
  if (!problem) setSpec(read);
  return problem;
}

std::optional<TrainDraft::Problem> TrainDraft::adoptRun(const QString& toml) {
  const TrainSpec present = spec();
  TrainSpec read = defaultTrainSpec(m_session.task());
  try {
    read = trainSpecFromToml(toml.toStdString(), kName, read);
  } catch (const SettingError& error) {
    return Problem{error.line(), settingProblem(error)};
  } catch (const Error& error) {
    return Problem{0, QString::fromStdString(error.cause())};
  }
  read.model = present.model;
  read.dataFolder = present.dataFolder;
  TrainSpec checked = read;
  checked.runFolder = "run";
  if (const auto problems = validate(checked); !problems.empty()) return Problem{0, QString::fromStdString(problems.front())};
  setSpec(read);
  return std::nullopt;
}

QString TrainDraft::commandLine() const {
  TrainSpec spec = m_session.resolvedTrainSpec();
  QString run = m_session.project().runsFolder() + u'/' + QString::fromStdString(wordOf(spec.method));
  if (spec.method == Method::Gps) run += u"-k%1"_s.arg(spec.selection.keptPerRow);
  spec.runFolder = run.toStdString();
  return QString::fromStdString(shellLine(trainArguments(spec, m_session.task())));
}

TrainDraft::Source TrainDraft::source(const QString& key) const {
  const Known& k = known();
  const QVariant now = k.values.value(key);
  if (k.preset.contains(key) && k.preset.value(key) == now) return Source::Preset;
  return k.defaults.value(key) == now ? Source::Default : Source::Own;
}

QString TrainDraft::sourceText(const QString& key) const {
  switch (source(key)) {
    case Source::Default:
      return tr("default");
    case Source::Preset:
      return tr("preset %1").arg(presetTitle());
    case Source::Own:
      break;
  }
  return tr("yours");
}

QString TrainDraft::whyNot(const QString& key) const {
  const TrainSpec& s = spec();
  const bool selects = s.method == Method::Gps;
  const bool isBudget = key == "k"_L1 || key == "share"_L1;
  if ((isBudget || key == "file"_L1) && !selects) return tr("This method selects no weights.");
  if (isBudget && !s.selectionPath.empty()) return tr("The selection file decides which weights train.");
  if (key == "k"_L1 && s.selection.share > 0) return tr("K follows from the selected share; at 0 it can be chosen.");
  if (key == "decoder"_L1 && (s.method == Method::Decoder || s.method == Method::Linear)) return tr("This method trains the decoder.");
  if (key == "decoder"_L1 && s.method == Method::Full) return tr("This method trains all weights, the decoder's too.");
  if (key == "decoder"_L1 && selects && !s.selectionPath.empty()) return tr("The selection file decides which weights train.");
  if (key == "warmup_epochs"_L1 && s.selection.decoder == DecoderMode::Freeze) return tr("A warm-up trains the decoder, which is frozen.");
  if (key == "warmup_learning_rate"_L1 && s.warmupEpochs == 0) return tr("There are no warm-up epochs.");
  if (key == "min_learning_rate"_L1 && s.schedule != ScheduleKind::Cosine)
    return s.schedule == ScheduleKind::Paper ? tr("This schedule ends at 1e-8.") : tr("The learning rate stays as it is.");
  if (key == "backward"_L1 && s.rule == Rule::Dense) return tr("Dense gradients are computed in one way only.");
  if (key == "train_on_val"_L1) {
    const auto data = m_session.data();
    const bool hasTest = data && data->splits.contains("test") && data->splits.at("test") > 0;
    if (!hasTest) return tr("The pictures hold no test split to score on.");
  }
  if (key == "eager"_L1 && isOnCpu()) return tr("On the CPU every run computes step by step.");
  if (key == "threads"_L1 && !isOnCpu()) return tr("A graphics card computes.");
  return {};
}

bool TrainDraft::isOnCpu() const {
  const DeviceKind device = m_session.project().train.device.device;
  return device == DeviceKind::Cpu || (device == DeviceKind::Auto && m_session.isOnCpu());
}

QString TrainDraft::presetNote() const {
  const auto* preset = presetOf(m_session.project().preset.toStdString());
  if (!preset || preset->task != m_session.task()) return tr("A preset fills in what the authors used for a data set.");
  if (const int others = changedSincePreset(); others > 0) return tr("%n setting(s) are others than in the preset.", nullptr, others);
  if (preset->task == TaskKind::Segmentation)
    return tr("The authors' settings. They took the gradient from the validation pictures; here it comes from the training pictures.");
  return isOnCpu() ? tr("The authors' settings, but for fp32 on the CPU; they computed in fp16 on a graphics card.")
                   : tr("The authors' settings.");
}

QString TrainDraft::presetTitle() const {
  const auto* preset = presetOf(m_session.project().preset.toStdString());
  return preset ? QString::fromStdString(preset->title) : QString();
}

void TrainDraft::choosePreset(const QString& id) {
  const auto* preset = presetOf(id.toStdString());
  TrainSpec draft = spec();
  const TrainSpec defaults = defaultTrainSpec(m_session.task());
  if (preset) {
    draft = withPreset(draft, *preset, !isOnCpu());
  } else {
    auto values = trainValues(defaults);
    for (const char* kept : {"device", "threads", "file"}) values.remove(QString::fromLatin1(kept));
    draft = withTrainValues(draft, values);
  }
  put(draft, preset ? id : QString());
}

int TrainDraft::changedSincePreset() const {
  int changed = 0;
  const auto& preset = known().preset;
  for (auto it = preset.cbegin(); it != preset.cend(); ++it) changed += known().values.value(it.key()) != it.value();
  return changed;
}

}  // namespace gps::app
