#include "app/pages/cases/sourcechoice.h"

#include <QDateTime>
#include <QDir>
#include <QHBoxLayout>
#include <QLocale>

#include "app/pages/cases/sourcewords.h"
#include "app/project/session.h"
#include "widgets/button.h"
#include "widgets/choicebox.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

bool isSameFolder(const QString& a, const QString& b) { return QDir::cleanPath(a) == QDir::cleanPath(b); }

}  // namespace

SourceChoice::SourceChoice(Session& session, RunLibrary& runs, Kind kind, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_runs(runs),
      m_kind(kind),
      m_label(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_run(new ui::ChoiceBox),
      m_epoch(new ui::ChoiceBox) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins({});
  row->setSpacing(ui::Theme::instance().px(0.75));
  row->addWidget(m_label);
  row->addWidget(m_run, 3);
  row->addWidget(m_epoch, 2);
  m_run->setMinimumContentsLength(8);
  m_epoch->setMinimumContentsLength(4);
  for (ui::ChoiceBox* box : {m_run, m_epoch}) box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  if (kind == Kind::Extra) {
    m_remove = new ui::IconButton(u"close"_s, {});
    row->addWidget(m_remove);
    connect(m_remove, &ui::IconButton::clicked, this, &SourceChoice::removeRequested);
  }
  if (kind == Kind::Shown) m_folder = session.run().folder;
  connect(m_run, &ui::ChoiceBox::chosen, this, [this](const QString& folder) {
    m_folder = folder;
    m_wished = u"best"_s;
    if (m_kind == Kind::Shown && !folder.isEmpty() && !isOnScreen())
      if (const RunPtr run = m_runs.runIn(folder)) m_session.showRun(run->record, run->standing == RunStanding::Running);
    refreshEpochs();
    Q_EMIT changed();
  });
  connect(m_epoch, &ui::ChoiceBox::chosen, this, [this](const QString& id) {
    m_wished = id;
    Q_EMIT changed();
  });
  refresh();
}

void SourceChoice::setLabel(const QString& text) {
  m_label->setText(text);
  m_run->setAccessibleName(text);
}

bool SourceChoice::isOnScreen() const { return !m_folder.isEmpty() && isSameFolder(m_folder, m_session.run().folder); }

const std::vector<EpochRecord>* SourceChoice::epochs() const {
  if (isOnScreen()) return &m_session.run().epochs;
  const RunPtr run = m_folder.isEmpty() ? nullptr : m_runs.runIn(m_folder);
  return run ? &run->record.epochs : nullptr;
}

int SourceChoice::bestEpoch() const {
  if (isOnScreen()) return m_session.run().bestEpoch();
  const RunPtr run = m_runs.runIn(m_folder);
  return run ? run->record.bestEpoch : 0;
}

MapSource SourceChoice::source() const {
  const auto* all = epochs();
  if (m_folder.isEmpty() || !all) return {};
  if (m_wished == "now"_L1 && isOnScreen() && m_session.isTraining()) return {m_folder, Session::kNow};
  const int last = all->empty() ? 0 : all->back().epoch;
  bool isNumber = false;
  const int number = m_wished.toInt(&isNumber);
  const int epoch = isNumber ? std::min(number, last) : m_wished == "last"_L1 ? last : bestEpoch();
  return {m_folder, epoch};
}

void SourceChoice::setSource(const MapSource& source) {
  m_folder = source.runFolder;
  m_wished = source.epoch == Session::kNow ? u"now"_s : QString::number(source.epoch);
  if (!source.isBase() && source.epoch == bestEpoch()) m_wished = u"best"_s;
  refresh();
}

void SourceChoice::refresh() {
  const RunView& shown = m_session.run();
  if (m_kind == Kind::Shown && !shown.folder.isEmpty() && m_folder != shown.folder) {
    m_folder = shown.folder;  // another one was put on screen
    m_wished = u"best"_s;
  }
  QList<std::pair<QString, QString>> options{{QString(), tr("Base model")}};
  QStringList folders;
  QList<MethodAndTime> methods;
  bool isListed = false;
  for (const RunPtr& run : m_runs.runs()) {
    if (run->standing == RunStanding::Unreadable || run->record.epochs.empty()) continue;
    if (run->record.epochs.back().task != TaskKind::Segmentation) continue;
    const bool isThis = isSameFolder(run->folder, shown.folder);
    isListed = isListed || isThis;
    folders << (isThis ? shown.folder : run->folder);
    methods << MethodAndTime{methodText(run->record.spec), run->startedMs};
  }
  if (!isListed && shown.phase != RunView::Phase::None) {
    folders << shown.folder;
    methods << MethodAndTime{methodText(shown.spec), 0};
  }
  const QStringList texts = toldApart(methods);
  for (qsizetype i = 0; i < folders.size(); ++i) options << std::pair{folders[i], texts[i]};
  const bool isThere = std::any_of(options.begin(), options.end(), [this](const auto& option) { return option.first == m_folder; });
  m_run->setOptions(options);
  if (!isThere && m_runs.isComplete()) m_folder.clear();
  m_run->setCurrent(m_folder);
  if (m_kind == Kind::Shown)
    for (const auto& [folder, text] : options)
      m_run->setOptionEnabled(folder, folder.isEmpty() || m_session.whyNotShown(folder).isEmpty(), m_session.whyNotShown(folder));
  if (m_remove) {
    m_remove->setToolTip(tr("Take this one away"));
    m_remove->setAccessibleName(m_remove->toolTip());
  }
  refreshEpochs();
}

void SourceChoice::refreshEpochs() {
  const auto* all = epochs();
  const int best = bestEpoch(), last = all && !all->empty() ? all->back().epoch : 0;
  const bool isTraining = isOnScreen() && m_session.isTraining();
  QList<std::pair<QString, QString>> options;
  if (last > 0) {
    options << std::pair{u"best"_s, tr("best (%1)").arg(best)} << std::pair{u"last"_s, tr("last (%1)").arg(last)};
    for (const EpochRecord& epoch : *all)
      options << std::pair{QString::number(epoch.epoch), epoch.epoch > 0 ? tr("version %1").arg(epoch.epoch) : tr("before training")};
  }
  if (isTraining) options << std::pair{u"now"_s, tr("now")};
  if (isTraining && last == 0) m_wished = u"now"_s;
  if (!isTraining && m_wished == "now"_L1) m_wished = u"best"_s;
  m_epoch->setOptions(options);
  m_epoch->setCurrent(m_wished);
  m_epoch->setEnabled(!options.isEmpty());
  m_epoch->setVisible(!m_folder.isEmpty());
  m_epoch->setAccessibleName(tr("Version"));
  m_epoch->setToolTip(m_epoch->currentText() + u'\n' +
                      tr("Training keeps versions of the model one after another, numbered as on the Runs page."));
}

}  // namespace gps::app
