#include "app/pages/cases/blindpage.h"

#include <QApplication>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/engine/failuretext.h"
#include "app/pages/cases/blindoutcome.h"
#include "app/pages/cases/blindpanes.h"
#include "app/pages/cases/blindsetup.h"
#include "app/pages/cases/savebytes.h"
#include "app/pages/cases/sourcewords.h"
#include "app/project/viewsettings.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/errorbanner.h"
#include "widgets/imageviewer.h"
#include "widgets/pageheader.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;

BlindPage::BlindPage(Session& session, EngineApi& engine, PictureLoader& pictures, RunLibrary& runs, QWidget* parent)
    : Page(u"blind"_s, session, parent), m_pictures(pictures), m_runs(runs), m_maps(engine, session) {
  connect(header(), &ui::PageHeader::parentRequested, this, [this] { Q_EMIT pageRequested(u"cases"_s); });
  m_export = header()->addAction({}, ButtonRole::Secondary, u"export"_s);
  m_leave = header()->addAction({});
  m_primary = header()->addAction({}, ButtonRole::Primary);
  emptyState()->setIconName(u"cases"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this,
          [this] { Q_EMIT pageRequested(this->session().data() ? u"model"_s : u"data"_s); });
  m_stack = new QStackedWidget;
  m_stack->addWidget(m_setup = new BlindSetup(m_readings));
  m_stack->addWidget(m_panes = new BlindPanes);
  m_stack->addWidget(m_outcome = new BlindOutcome(m_readings));
  // As wide and as high as what is on screen asks for: three panes need more room than a form.
  const auto fit = [this] {
    for (int i = 0; i < m_stack->count(); ++i) {
      const auto policy = i == m_stack->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
      m_stack->widget(i)->setSizePolicy(policy, policy);
    }
  };
  connect(m_stack, &QStackedWidget::currentChanged, this, fit);
  fit();
  auto* whole = new QWidget;
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  m_problem = new ui::ErrorBanner;
  m_problem->hide();
  rows->addWidget(m_problem);
  rows->addWidget(m_stack, 1);
  setContent(whole);
  connect(m_problem, &ui::ErrorBanner::dismissed, m_problem, &QWidget::hide);
  connect(&m_readings, &BlindReadings::problemChanged, this, &BlindPage::refreshProblem);
  m_setup->setReader(session.settings().readerName());

  connect(m_primary, &Button::clicked, this, &BlindPage::begin);
  connect(m_leave, &Button::clicked, this, [this] { m_readings.open(-1); });
  connect(m_export, &Button::clicked, this, [this] {
    auto* card = m_outcome->findChild<ui::Card*>();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Votes as CSV…")), &QAction::triggered, this,
            [this, card] { chooseAndSave(card, tr("Save reading"), u"blind-reading.csv"_s, tr("CSV table (*.csv)"), m_readings.csv()); });
    connect(menu->addAction(tr("Reading as JSON…")), &QAction::triggered, this,
            [this, card] { chooseAndSave(card, tr("Save reading"), u"blind-reading.json"_s, tr("JSON (*.json)"), m_readings.json()); });
    menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
  });
  connect(m_setup, &BlindSetup::changed, this, &BlindPage::refresh);
  connect(m_setup, &BlindSetup::openRequested, &m_readings, &BlindReadings::open);
  connect(m_panes, &BlindPanes::voted, &m_readings, &BlindReadings::vote);
  connect(m_panes, &BlindPanes::backRequested, &m_readings, &BlindReadings::takeBack);
  connect(&m_readings, &BlindReadings::changed, this, &BlindPage::refresh);
  const auto takeLevels = [this] {
    const ViewSettings settings(this->session().settings());
    m_panes->setLevels(settings.brightness(), settings.contrast());
  };
  connect(m_panes, &BlindPanes::levelsChanged, this,
          [this](double brightness, double contrast) { ViewSettings(this->session().settings()).setLevels(brightness, contrast); });
  connect(&session.settings(), &AppSettings::levelsChanged, this, takeLevels);
  takeLevels();
  // Which method it was is not told: the reading is blind.
  connect(&m_maps, &MethodMaps::failed, this,
          [this] { m_panes->setHint(tr("A prediction could not be made. Leave, and look at the runs in Cases.")); });
  connect(&m_maps, &MethodMaps::ready, this, &BlindPage::showMaps);
  connect(&m_pictures, &PictureLoader::caseReady, this, &BlindPage::caseLoaded);
  connect(&m_runs, &RunLibrary::changed, this, &BlindPage::refreshMethods);
  connect(&session, &Session::projectMoved, &m_readings, &BlindReadings::followProject);
  connect(&session, &Session::projectChanged, this, [this] { m_readings.setProject(this->session().project().folder); });
  for (auto signal : {&Session::dataChanged, &Session::modelChanged, &Session::runChanged})
    connect(&session, signal, this, &BlindPage::refreshMethods);
  connect(&session, &Session::jobStateChanged, this, [this] {
    if (isVisible()) refresh();
  });
  m_readings.setProject(session.project().folder);
  retranslate();
}

void BlindPage::retranslate() {
  header()->setParentPage(tr("Cases"));
  header()->setTitle(tr("Blind reading"));
  m_export->setText(tr("Export…"));
  m_leave->setText(tr("Leave"));
  m_leave->setToolTip(tr("The reading is kept and goes on where it was left."));
  m_primary->setText(tr("Begin reading"));
  refreshProblem();
  refreshMethods();
}

void BlindPage::refreshProblem() {
  const QString problem = m_readings.problem();
  m_problem->setVisible(!problem.isEmpty());
  if (!problem.isEmpty())
    m_problem->setMessage(tr("Your votes are not on the disk."), {}, tr("Check the free space and the permissions."), problem);
}

void BlindPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  refreshMethods();
}

// The untuned model and the best of every run that trained these weights.
void BlindPage::refreshMethods() {
  const Session& s = session();
  QList<BlindMethod> methods{{u"base model"_s, {}, 0}};  // in files under one name in every language
  QList<MethodAndTime> runs;
  for (const RunPtr& run : m_runs.runs()) {
    const bool isFitting = run->record.bestEpoch > 0 && run->record.spec.model.weightsPath == s.project().model.weightsPath;
    if (!isFitting) continue;
    methods << BlindMethod{run->id, run->id, run->record.bestEpoch};
    runs << MethodAndTime{methodText(run->record.spec), run->startedMs};
  }
  const QStringList names = QStringList(tr("Base model")) + toldApart(runs);
  QHash<QString, QString> byRun;
  for (qsizetype i = 0; i < methods.size(); ++i) byRun.insert(methods[i].run, names[i]);
  m_setup->setMethods(methods, names);
  m_outcome->setNames(byRun);
  int count = 0;
  if (s.data())
    for (const auto& item : s.data()->items) count += QString::fromStdString(item.split) == s.scoredSplit();
  m_setup->setCaseCount(count);
  refresh();
}

QString BlindPage::whyNotBegin() const {
  if (const QString why = session().whyModelDoesNotFit(); !why.isEmpty()) return why;
  if (session().isBusy()) return tr("Wait until the present job has ended.");
  return m_setup->whyNotBegin();
}

void BlindPage::begin() {
  if (!whyNotBegin().isEmpty()) return;
  QStringList ids;
  const QString split = session().scoredSplit();
  for (const auto& item : session().data()->items)
    if (QString::fromStdString(item.split) == split) ids << QString::fromStdString(item.id);
  session().settings().setReaderName(m_setup->reader());
  m_readings.begin(m_setup->reader(), m_setup->chosen(), ids, m_setup->count(), m_setup->seed(),
                   ViewSettings(session().settings()).style().threshold);
}

void BlindPage::refresh() {
  const Session& s = session();
  showEmpty(!s.data() || !s.model());
  emptyState()->setSentence(!s.data() ? tr("A reading needs pictures. Open a folder of pictures first.")
                                      : tr("A reading needs a model. Choose one first."));
  emptyState()->setPrimary(!s.data() ? tr("Go to Data") : tr("Go to Model"), !s.data() ? u"data"_s : u"model"_s);
  const BlindReading* reading = m_readings.current();
  m_primary->setVisible(!reading);
  m_primary->setDisabledReason(whyNotBegin());
  m_leave->setVisible(reading != nullptr);
  m_export->setVisible(reading && reading->isUnblinded);
  if (!reading) {
    m_stack->setCurrentWidget(m_setup);
    return;
  }
  if (reading->isComplete()) {
    m_outcome->refresh();
    const bool isNew = m_stack->currentWidget() != m_outcome, isHere = isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentWidget(m_outcome);
    // Not the button that unblinds: a key meant for the last picture must not press it.
    if (isNew && isHere && !reading->isUnblinded) m_outcome->backButton()->setFocus();
    return;
  }
  const bool isNew = m_stack->currentWidget() != m_panes || m_panes->threshold() != reading->threshold;
  m_stack->setCurrentWidget(m_panes);
  if (isNew) {
    OverlayStyle style = ViewSettings(session().settings()).style();
    style.threshold = reading->threshold;
    m_panes->setStyle(style);
    m_panes->viewer(0)->setFocus();
  }
  m_panes->setPlaces(int(reading->methods.size()));
  m_panes->setProgress(int(reading->votes.size()), int(reading->cases.size()));
  m_panes->setHint(session().isBusy() && !m_panes->isReady() ? tr("Goes on when the present job has ended.") : QString());
  showCase();
}

void BlindPage::showCase() {
  const QString id = m_readings.caseId();
  if (m_loaded.id == id && m_shown == id) return showMaps();
  m_shown = id;
  m_panes->setImage(nullptr);
  if (isVisible() && !id.isEmpty()) m_pictures.requestCase(id);
}

void BlindPage::caseLoaded(const LoadedCase& loaded) {
  if (!m_readings.current() || m_readings.current()->isComplete()) return;
  if (loaded.id == m_readings.nextCaseId()) m_maps.request(m_readings.current()->methods, loaded.id, loaded.image);
  if (loaded.id != m_readings.caseId()) return;
  m_loaded = loaded;
  m_panes->setImage(loaded.image);
  showMaps();
  if (const QString next = m_readings.nextCaseId(); !next.isEmpty()) m_pictures.requestCase(next);
}

void BlindPage::showMaps() {
  const BlindReading* reading = m_readings.current();
  if (!reading || reading->isComplete() || m_loaded.id != m_readings.caseId()) return;
  const QList<int> order = m_readings.places(m_loaded.id);
  for (int place = 0; place < order.size(); ++place) m_panes->setMap(place, m_maps.map(reading->methods[order[place]], m_loaded.id));
  if (!m_panes->isReady()) m_maps.request(reading->methods, m_loaded.id, m_loaded.image);
}

PictureHost BlindPage::keyHost() {
  return {id(),
          [this](ui::ViewerCommand command) {
            Q_EMIT pageRequested(id());
            m_panes->viewer(0)->perform(command);  // the others follow it
          },
          [this] { return isEmptyShown() || m_stack->currentWidget() != m_panes ? tr("Begin or open a blind reading first.") : QString(); },
          [this](const ui::ViewerKeys& keys) { m_panes->setKeys(keys); }};
}

void BlindPage::keyPressEvent(QKeyEvent* event) {
  if (m_stack->currentWidget() == m_panes && event->modifiers() == Qt::NoModifier && m_panes->handleKey(event->key())) return;
  Page::keyPressEvent(event);
}

}  // namespace gps::app
