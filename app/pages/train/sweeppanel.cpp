#include "app/pages/train/sweeppanel.h"

#include <QDateTime>
#include <QDir>
#include <QLineEdit>
#include <QSaveFile>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "app/pages/cases/savebytes.h"
#include "app/pages/page.h"
#include "app/pages/train/preflight.h"
#include "app/pages/whenshown.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/sweep/passkey.h"
#include "core/tuning/trainer.h"
#include "core/values/error.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/propertyform.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

// The keys of [sweep], in its order.
const QStringList& axes() {
  static const QStringList keys{u"scheme"_s, u"k"_s, u"learning_rate"_s, u"seed"_s};
  return keys;
}

QStringList itemsOf(const QString& text) {
  QStringList items;
  for (const QString& item : text.split(u',', Qt::SkipEmptyParts))
    if (!item.trimmed().isEmpty()) items << item.trimmed();
  return items;
}

// As TOML: words in quotes, numbers as typed ("3e-3" is one, "1e" is not and is refused by the reader).
QString listOf(const QString& key, QStringList items) {
  if (key == "scheme"_L1)
    for (QString& item : items) item = u'"' + item.remove(u'"') + u'"';
  return key + " = ["_L1 + items.join(u", "_s) + u']';
}

QStringList listOf(const std::vector<std::string>& values) {
  QStringList list;
  for (const std::string& value : values) list << QString::fromStdString(value);
  return list;
}

QString sentence(const Error& error) {
  QString text = QString::fromStdString(error.cause()) + u'.';
  if (!error.remedy().empty()) text += u' ' + QString::fromStdString(error.remedy()) + u'.';
  return text;
}

}  // namespace

SweepPanel::SweepPanel(Session& session, TrainDraft& draft, RunQueue& queue, Preflight& preflight, QWidget* parent)
    : ui::Card({}, parent), m_session(session), m_draft(draft), m_queue(queue), m_preflight(preflight) {
  m_count = new ui::Label({}, ui::TextRole::Small, ui::Token::Text2);
  m_count->setWordWrap(true);
  m_add = new ui::Button({}, ui::ButtonRole::Secondary, u"plus"_s);
  m_add->setObjectName(u"addSweep"_s);
  m_keptNote = new ui::Label({}, ui::TextRole::Small, ui::Token::Text2);
  m_keptNote->setWordWrap(true);
  m_keptNote->setObjectName(u"keptLists"_s);
  m_leaveOut = new ui::Button({}, ui::ButtonRole::Ghost);
  m_leaveOut->setObjectName(u"leaveOutLists"_s);
  m_open = new ui::Button({}, ui::ButtonRole::Ghost, u"open-folder"_s);
  m_open->setObjectName(u"openPlan"_s);
  m_save = new ui::Button({}, ui::ButtonRole::Ghost, u"export"_s);
  m_save->setObjectName(u"savePlan"_s);
  auto* files = new QWidget;
  auto* row = new QHBoxLayout(files);
  row->setContentsMargins({});
  row->addWidget(m_open);
  row->addWidget(m_save);
  row->addStretch(1);
  addBody(m_keptNote);
  addBody(m_leaveOut);
  addBody(m_count);
  addBody(m_add);
  addBody(files);
  connect(m_add, &ui::Button::clicked, this, &SweepPanel::add);
  connect(m_open, &ui::Button::clicked, this, &SweepPanel::choosePlan);
  connect(m_save, &ui::Button::clicked, this, &SweepPanel::savePlan);
  connect(m_leaveOut, &ui::Button::clicked, this, [this] {
    m_kept.clear();
    refresh();
  });
  connect(this, &ui::Card::errorDismissed, this, &ui::Card::clearError);
  connect(&draft, &TrainDraft::changed, new WhenShown(this, [this] { refresh(); }), &WhenShown::ask);
}

void SweepPanel::retranslate() {
  setTitle(tr("Which settings are best?"));
  m_leaveOut->setText(tr("Leave these out"));
  m_open->setText(tr("Open plan…"));
  m_save->setText(tr("Save plan…"));
  QHash<QString, QVariant> kept;
  if (m_form)
    for (const QString& key : axes()) kept.insert(key, m_form->value(key));
  delete m_form;
  m_form = new ui::PropertyForm;
  m_form->addText(u"scheme"_s, tr("Schemes"), {},
                  tr("Levels and criteria, such as: neuron, net, net random, layer magnitude; or other methods: full, bias."));
  m_form->addText(u"k"_s, tr("K"), {}, tr("Inputs kept per neuron, such as: 1, 3, 10."));
  m_form->addText(u"learning_rate"_s, tr("Learning rates"), {}, tr("Such as: 1e-3, 3e-3."));
  m_form->addText(u"seed"_s, tr("Seeds"), {}, tr("Such as: 1, 2, 3; figures then come with their spread."));
  static const QHash<QString, QString> examples{
      {u"scheme"_s, u"neuron, net"_s}, {u"k"_s, u"1, 3, 10"_s}, {u"learning_rate"_s, u"1e-3, 3e-3"_s}, {u"seed"_s, u"1, 2, 3"_s}};
  for (const QString& key : axes()) qobject_cast<QLineEdit*>(m_form->editor(key))->setPlaceholderText(tr("such as %1").arg(examples[key]));
  for (const QString& key : axes()) m_form->setValue(key, kept.value(key, QString()).toString());
  bodyLayout()->insertWidget(0, m_form);
  connect(m_form, &ui::PropertyForm::valueChanged, this, &SweepPanel::refresh);
  refresh();
}

QString SweepPanel::planText() const {
  QStringList lists;
  for (const QString& key : axes())
    if (const QStringList items = itemsOf(m_form->value(key).toString()); !items.isEmpty()) lists << listOf(key, items);
  for (const SweepAxis& axis : m_kept)
    lists << u'"' + QString::fromStdString(axis.name) + "\" = ["_L1 + listOf(axis.toml).join(u", "_s) + u']';
  if (lists.isEmpty()) return {};
  TrainSpec spec = m_session.resolvedTrainSpec();
  spec.selection.decoder = m_draft.spec().selection.decoder;
  if (!itemsOf(m_form->value(u"k"_s).toString()).isEmpty()) spec.selection.share = 0;  // a share would decide K
  return QString::fromStdString(toToml(spec)) + "\n[sweep]\n"_L1 + lists.join(u'\n') + u'\n';
}

QString SweepPanel::takePlan(const QString& toml, const QString& name) {
  SweepText parts;
  try {
    parts = sweepTextFromToml(toml.toStdString(), name.toStdString());
    for (const SweepAxis& axis : parts.axes)
      if (axis.name.starts_with("model.") || axis.name.starts_with("data."))
        return tr("It varies %1, but the window trains with the model and the pictures that are open. Use gps sweep for this plan.")
            .arg(QString::fromStdString(axis.name));
    const TrainSpec defaults = defaultTrainSpec(m_session.task());
    if (const QString why = problemOf(sweepPlanFromToml(toml.toStdString(), name.toStdString(), "runs", defaults)); !why.isEmpty())
      return why;
  } catch (const Error& error) {
    return sentence(error);
  }
  if (const auto problem = m_draft.adoptRun(QString::fromStdString(parts.shared))) return problem->text;
  for (const QString& key : axes()) m_form->setValue(key, QString());
  m_kept.clear();
  for (const SweepAxis& axis : parts.axes) {
    if (const QString key = QString::fromStdString(axis.name); axes().contains(key))
      m_form->setValue(key, listOf(axis.text).join(u", "_s));
    else
      m_kept.push_back(axis);
  }
  refresh();
  return {};
}

// Of the first run whose settings do not go together; model and pictures are not the plan's to decide here.
QString SweepPanel::problemOf(const SweepPlan& plan) const {
  for (const SweepRun& run : plan.runs) {
    TrainSpec spec = run.spec;
    spec.model = m_draft.spec().model;
    spec.dataFolder = m_draft.spec().dataFolder;
    if (const auto problems = validate(spec); !problems.empty())
      return QString::fromStdString(run.name) + u": "_s + QString::fromStdString(problems.front());
  }
  return {};
}

void SweepPanel::choosePlan() {
  chooseFile(this, tr("Open the plan of a sweep"), tr("Plans (*.toml)"), [this](const QString& path) { Q_EMIT planRequested(path); });
}

void SweepPanel::savePlan() { chooseAndSave(this, tr("Save the plan"), u"plan.toml"_s, tr("Plans (*.toml)"), planText().toUtf8()); }

void SweepPanel::refreshKept() {
  QStringList lists;
  for (const SweepAxis& axis : m_kept) lists << QString::fromStdString(axis.name) + " = "_L1 + listOf(axis.text).join(u", "_s);
  m_keptNote->setText(tr("The plan also varies: %1").arg(lists.join(u"; "_s)));
  m_keptNote->setVisible(!m_kept.empty());
  m_leaveOut->setVisible(!m_kept.empty());
}

void SweepPanel::refresh() {
  if (!m_form) return;
  refreshKept();
  m_runs.clear();
  m_passes = 0;
  m_problem.clear();
  const QString plan = m_session.project().isOpen() ? planText() : QString();
  if (!plan.isEmpty()) {
    try {
      SweepPlan read =
          sweepPlanFromToml(plan.toStdString(), "plan", m_session.project().runsFolder().toStdString(), defaultTrainSpec(m_session.task()));
      m_problem = problemOf(read);
      m_runs = std::move(read.runs);
      // Runs of one gradient pass beside each other: the engine keeps the last one.
      std::map<std::string, std::size_t> order;
      const auto placeOf = [&](const SweepRun& run) { return order.emplace(passKeyOf(run.spec), order.size()).first->second; };
      for (const SweepRun& run : m_runs) placeOf(run);
      std::stable_sort(m_runs.begin(), m_runs.end(), [&](const SweepRun& a, const SweepRun& b) { return placeOf(a) < placeOf(b); });
      m_passes = int(order.size() - order.count({}));
    } catch (const Error& error) {
      m_problem = QString::fromStdString(error.cause());
    }
    if (!m_problem.isEmpty()) m_runs.clear(), m_passes = 0;
  }
  const bool isWrong = !m_problem.isEmpty();
  m_count->setToken(isWrong ? ui::Token::Bad : ui::Token::Text2);
  if (isWrong)
    m_count->setText(m_problem);
  else if (m_runs.empty())
    m_count->setText(tr("Lists, with commas: every combination becomes a run. What is left empty stays as in the settings."));
  else
    m_count->setText(tr("%1 that share %2.").arg(tr("%n run(s)", nullptr, runs()), tr("%n gradient pass(es)", nullptr, m_passes)));
  const QString why = m_queue.whyNotAdd();
  m_add->setText(m_runs.empty() ? tr("Add to queue") : tr("Add %n run(s) to the queue", nullptr, runs()));
  m_add->setDisabledReason(!why.isEmpty() ? why : isWrong ? m_problem : m_runs.empty() ? tr("Give a list first.") : QString());
  m_open->setDisabledReason(m_session.project().isOpen() ? QString() : tr("Open a project first."),
                            tr("Fills the form from a plan.toml; model and pictures stay."));
  m_save->setDisabledReason(isWrong          ? m_problem
                            : m_runs.empty() ? tr("Give a list first.")
                                             : QString(),
                            tr("Writes a plan.toml that gps sweep takes."));
}

void SweepPanel::add() {
  if (m_runs.empty() || !m_queue.whyNotAdd().isEmpty()) return;
  QList<TrainSpec> specs;
  for (const SweepRun& run : m_runs) specs << run.spec;
  m_preflight.enqueue(specs, [this, specs, plan = planText()] { enqueue(specs, plan); });
}

void SweepPanel::enqueue(const QList<TrainSpec>& specs, const QString& plan) {
  const QString name = u"sweep-%1"_s.arg(QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s));
  const QString folder = m_session.project().folder + "/sweeps/"_L1 + name;
  // The plan serves the command line; the runs are in the queue whether or not it can be written.
  if (QDir().mkpath(folder)) {
    QSaveFile file(folder + "/plan.toml"_L1);
    if (file.open(QIODevice::WriteOnly)) {
      file.write(plan.toUtf8());
      file.commit();
    }
  }
  m_queue.addAll(specs, name);
}

}  // namespace gps::app
