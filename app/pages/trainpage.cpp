#include "app/pages/trainpage.h"

#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/columns.h"
#include "app/pages/train/costpanel.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/train/formpanel.h"
#include "app/pages/train/queuepanel.h"
#include "app/pages/train/runpanel.h"
#include "app/pages/train/sweeppanel.h"
#include "widgets/button.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/pageheader.h"
#include "widgets/propertyform.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;

TrainPage::TrainPage(Session& session, const Leaks& leaks, QWidget* parent)
    : Page(u"train"_s, session, parent),
      m_draft(session),
      m_queue(session),
      m_steps(session),
      m_stopQuestion(session, this),
      m_preflight(session, m_queue, leaks, this) {
  m_stop = header()->addAction({}, ButtonRole::Secondary, u"stop"_s);
  m_pause = header()->addAction({}, ButtonRole::Secondary, u"pause"_s);
  m_again = header()->addAction({}, ButtonRole::Secondary, u"play"_s);
  m_enqueue = header()->addAction({}, ButtonRole::Secondary, u"plus"_s);
  m_start = header()->addAction({}, ButtonRole::Primary, u"play"_s);
  connect(m_stop, &Button::clicked, this, &TrainPage::stop);
  connect(m_pause, &Button::clicked, this, &TrainPage::pauseOrContinue);
  connect(m_again, &Button::clicked, this, [this] { start(); });
  connect(m_enqueue, &Button::clicked, this, &TrainPage::addToQueue);
  connect(m_start, &Button::clicked, this, &TrainPage::startOrResume);
  emptyState()->setIconName(u"train"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    const Session& s = this->session();
    Q_EMIT pageRequested(!s.data() ? u"data"_s : u"model"_s);
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  m_formPanel = new FormPanel(session, m_draft);
  m_sweepPanel = new SweepPanel(session, m_draft, m_queue, m_preflight);
  columns->left()->addWidget(m_formPanel);
  columns->left()->addWidget(m_sweepPanel);
  columns->left()->addStretch(1);
  m_curvesPanel = new CurvesPanel(session);
  m_runPanel = new RunPanel(session, this);
  connect(m_runPanel, &RunPanel::epochOpened, this, [this] { Q_EMIT pageRequested(u"cases"_s); });
  m_queuePanel = new QueuePanel(session, m_queue);
  columns->middle()->addWidget(m_curvesPanel, 4);
  columns->middle()->addWidget(m_runPanel->epochs(), 2);
  columns->middle()->addWidget(m_queuePanel);
  m_costPanel = new CostPanel(session, m_draft, m_preflight, leaks);
  columns->right()->addWidget(m_costPanel);
  columns->right()->addWidget(m_runPanel->best());
  columns->right()->addWidget(m_runPanel->time());
  columns->right()->addWidget(m_runPanel->what(), 1);
  setContent(columns);
  bindFailure(m_curvesPanel, JobKind::Train);
  bindFailure(m_costPanel, JobKind::MeasureCost);
  connect(m_curvesPanel, &ui::Card::errorActionRequested, this, [this](int index) {
    const auto remedies = this->session().remedies();
    if (index < remedies.size()) this->session().resumeRun(remedies[index]);
  });
  connect(&session, &Session::failuresChanged, this, &TrainPage::refreshRemedies);

  for (auto signal : {&Session::projectChanged, &Session::modelChanged, &Session::dataChanged, &Session::tableChanged,
                      &Session::jobStateChanged, &Session::runChanged, &Session::trainDraftChanged})
    connect(&session, signal, this, &TrainPage::refreshActions);
  connect(&session, &Session::keptPerRowChanged, this, &TrainPage::refreshActions);
  connect(&m_queue, &RunQueue::changed, this, &TrainPage::refreshActions);
  retranslate();
}

ui::CurvePlot* TrainPage::curves() const { return m_curvesPanel->curves(); }
ui::PropertyForm* TrainPage::form() const { return m_formPanel->form(); }

void TrainPage::retranslate() {
  header()->setTitle(tr("Train"));
  m_stop->setText(tr("Stop"));
  m_again->setText(tr("New run"));
  m_enqueue->setText(tr("Add to queue"));
  m_formPanel->retranslate();
  m_sweepPanel->retranslate();
  m_curvesPanel->retranslate();
  m_runPanel->retranslate();
  m_queuePanel->retranslate();
  m_costPanel->retranslate();
  refreshActions();
}

void TrainPage::addToQueue() {
  if (!m_queue.whyNotAdd().isEmpty()) return;
  const TrainSpec run = session().resolvedTrainSpec();
  m_preflight.enqueue({run}, [this, run] { m_queue.add(run); });
}

void TrainPage::startOrResume() {
  if (session().canResumeRun())
    session().resumeRun();
  else
    start();
}

void TrainPage::start() {
  if (session().whyNoTraining().isEmpty()) m_preflight.begin([this] { session().startTraining(); });
}

void TrainPage::pauseOrContinue() {
  const RunState state = session().job().state;
  if (state == RunState::Paused || state == RunState::Pausing)
    session().continueJob();
  else
    session().pauseJob();
}

void TrainPage::stop() {
  if (session().isTraining())
    m_stopQuestion.ask();
  else
    session().stopJob();
}

QString TrainPage::remedyText(RunRemedy remedy) const {
  switch (remedy) {
    case RunRemedy::HalfBatch:
      return tr("Go on with fewer pictures per step: %1").arg(session().remediedRun(remedy).batch);
    case RunRemedy::Recompute:
      return tr("Go on with recomputing: slower, less memory");
    case RunRemedy::Bf16:
      return tr("Go on in bf16");
    case RunRemedy::ThirdOfRate:
      return tr("Go on with a third of the learning rate: %1").arg(ui::settingNumber(session().remediedRun(remedy).learningRate));
  }
  return {};
}

// The change is noted in the log and in the settings of the run.
void TrainPage::refreshRemedies() {
  QStringList texts;
  for (const RunRemedy remedy : session().remedies()) texts << remedyText(remedy);
  m_curvesPanel->setErrorActions(texts);
}

void TrainPage::refreshActions() {
  refreshRemedies();
  const Session& s = session();
  const RunState state = s.job().state;
  const bool isTraining = s.isTraining();
  const bool canGoOn = s.canResumeRun();
  showEmpty(!s.data() || !s.model());
  emptyState()->setSentence(!s.data() ? tr("Training needs pictures. Open a folder of pictures first.")
                                      : tr("Training needs a model. Choose pretrained weights first."));
  emptyState()->setPrimary(!s.data() ? tr("Go to Data") : tr("Go to Model"), !s.data() ? u"data"_s : u"model"_s);
  emptyState()->setLink(s.data() ? QString() : tr("Open the demo project"));

  m_start->setVisible(!isTraining);
  m_start->setText(canGoOn ? tr("Resume run") : tr("Start training"));
  m_start->setDisabledReason(canGoOn ? QString() : s.whyNoTraining(), tr("Ctrl+R"));
  m_again->setVisible(!isTraining && canGoOn);
  m_again->setDisabledReason(s.whyNoTraining());
  m_enqueue->setDisabledReason(m_queue.whyNotAdd(), tr("Keeps a copy of these settings and trains it when its turn comes."));
  m_pause->setVisible(isTraining);
  const bool isHeld = state == RunState::Paused || state == RunState::Pausing;
  m_pause->setText(isHeld ? tr("Continue") : tr("Pause"));
  m_pause->setIconName(isHeld ? u"play"_s : u"pause"_s);
  m_pause->setDisabledReason(state == RunState::Stopping ? tr("The run is stopping.") : QString(), tr("Ctrl+P"));
  m_stop->setVisible(isTraining);
  m_stop->setText(state == RunState::Stopping ? tr("Stopping…") : tr("Stop"));
  m_stop->setDisabledReason(state == RunState::Stopping ? tr("The run is stopping.") : QString(),
                            tr("Asks what becomes of the run. Ctrl+."));
}

}  // namespace gps::app
