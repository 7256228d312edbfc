#include "app/pages/runspage.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/columns.h"
#include "app/pages/leakbadge.h"
#include "app/pages/runcolumns.h"
#include "app/pages/rundetails.h"
#include "app/pages/runplots.h"
#include "app/pages/runviews.h"
#include "app/pages/whenshown.h"
#include "app/project/leaks.h"
#include "app/project/trash.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/modeltext.h"
#include "widgets/pageheader.h"
#include "widgets/parallelplot.h"
#include "widgets/runtable.h"
#include "widgets/runviewsbutton.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;

namespace {
constexpr qsizetype kFirstTicked = 5;  // newest runs that are drawn until the user ticks others
}

RunsPage::RunsPage(Session& session, RunLibrary& library, RunNotes& notes, const Leaks& leaks, QWidget* parent)
    : Page(u"runs"_s, session, parent), m_library(library), m_notes(notes), m_leaks(leaks) {
  m_save = header()->addAction({}, ButtonRole::Secondary, u"export"_s);
  m_cases = header()->addAction({}, ButtonRole::Secondary, u"cases"_s);
  m_train = header()->addAction({}, ButtonRole::Primary, u"train"_s);
  connect(m_save, &Button::clicked, this, [this] {
    chooseSaveFile(this, tr("Save table"), u"runs.csv"_s, tr("CSV (*.csv);;Markdown (*.md);;LaTeX (*.tex)"), [this](const QString& path) {
      if (!saveTable(path)) m_card->showError(tr("The table could not be saved."), path, tr("Choose a folder that may be written to."));
    });
  });
  connect(m_cases, &Button::clicked, this, [this] { openIn(u"cases"_s); });
  connect(m_train, &Button::clicked, this, [this] { openIn(u"train"_s); });
  emptyState()->setIconName(u"runs"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this,
          [this] { Q_EMIT pageRequested(this->session().project().isOpen() ? u"train"_s : u"home"_s); });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  columns->setLeftShown(false);
  m_card = new ui::Card;
  m_tickShown = new Button({}, ButtonRole::Ghost);
  m_untick = new Button({}, ButtonRole::Ghost);
  m_card->addHeaderWidget(m_tickShown);
  m_card->addHeaderWidget(m_untick);
  m_table = new ui::RunTable;
  m_table->setMinimumHeight(ui::Theme::instance().px(22));
  m_card->addBody(m_table, 1);
  columns->middle()->addWidget(m_card, 5);
  m_plots = new RunPlots(notes, session.settings());
  m_plots->setMinimumHeight(ui::Theme::instance().px(36));
  columns->middle()->addWidget(m_plots, 6);
  m_details = new RunDetails(notes);
  columns->right()->addWidget(m_details, 1);
  setContent(columns);

  connect(m_table, &ui::RunTable::currentIdChanged, this, &RunsPage::refreshCurrent);
  connect(m_table, &ui::RunTable::visibleChanged, this, &RunsPage::refreshPlots);
  connect(m_table, &ui::RunTable::tickRequested, this, [this](const QStringList& ids, bool on) {
    QSet<QString> now = ticked();
    for (const QString& id : ids) on ? void(now.insert(id)) : void(now.remove(id));
    m_notes.setTicked(now);
  });
  connect(m_tickShown, &Button::clicked, this, [this] {
    const QStringList shown = m_table->visibleIds();
    m_notes.setTicked(ticked() + QSet<QString>(shown.begin(), shown.end()));
  });
  connect(m_untick, &Button::clicked, this, [this] { m_notes.setTicked({}); });
  connect(m_table, &ui::RunTable::starRequested, &m_notes, &RunNotes::setStarred);
  connect(m_table, &ui::RunTable::baselineRequested, &m_notes, &RunNotes::setBaseline);
  connect(m_table, &ui::RunTable::shownColumnsChanged, this, [this] { m_notes.setColumns(m_table->chosenColumns()); });
  connect(m_table, &ui::RunTable::viewsEdited, this, [this] { m_notes.setViews(m_table->views()->views()); });
  connect(m_table, &ui::RunTable::openRequested, this, [this] { openIn(u"train"_s); });
  connect(m_table, &ui::RunTable::deleteRequested, this, &RunsPage::remove);
  connect(m_details, &RunDetails::deleteRequested, this, [this](const QString& id) { remove({id}); });
  connect(m_plots, &RunPlots::brushChanged, this, &RunsPage::applyBrush);
  connect(m_plots, &RunPlots::runActivated, this, [this](const QString& id) {
    m_table->setCurrentId(id);
    refreshCurrent();
  });
  connect(m_card, &ui::Card::errorDismissed, m_card, &ui::Card::clearError);
  connect(&m_library, &RunLibrary::changed, this, &RunsPage::refresh);
  connect(&leaks, &Leaks::changed, new WhenShown(this, [this] { refreshRows(); }), &WhenShown::ask);
  connect(&m_notes, &RunNotes::changed, this, &RunsPage::refresh);
  connect(&m_notes, &RunNotes::problemChanged, this, [this] {
    if (m_notes.problem().isEmpty()) return m_card->clearError();
    m_card->showError(tr("Stars, tags and notes could not be kept."), m_notes.problem(), tr("Check that the project may be written to."));
  });
  connect(&session, &Session::projectChanged, this, &RunsPage::refresh);
  connect(&session, &Session::jobChanged, this, &RunsPage::refreshCurrent);
  m_pool.setMaxThreadCount(1);
  retranslate();
}

void RunsPage::retranslate() {
  header()->setTitle(tr("Runs"));
  m_save->setText(tr("Save table…"));
  m_cases->setText(tr("Open in Cases"));
  m_train->setText(tr("Open in Train"));
  m_card->setTitle(tr("Which run is best?"));
  m_tickShown->setText(tr("Tick all shown"));
  m_untick->setText(tr("Untick all"));
  refresh();
}

// Until the user has chosen, the newest ones.
QSet<QString> RunsPage::ticked() const {
  if (m_notes.content().ticked) return *m_notes.content().ticked;
  QSet<QString> first;
  for (const RunPtr& run : m_library.runs())
    if (first.size() < kFirstTicked && run->standing != RunStanding::Unreadable && !run->record.epochs.empty()) first.insert(run->id);
  return first;
}

void RunsPage::refresh() {
  const bool isOpen = session().project().isOpen();
  showEmpty(!isOpen || m_library.runs().isEmpty());
  emptyState()->setSentence(
      !isOpen                  ? tr("Runs belong to a project. Open one first.")
      : m_library.isComplete() ? tr("No run yet. Runs appear here once training has begun, also those of the command line in this project.")
                               : tr("Looking for runs…"));
  emptyState()->setPrimary(!isOpen ? tr("Go to Home") : tr("Go to Train"), !isOpen ? u"home"_s : u"train"_s);
  emptyState()->setLink(isOpen ? QString() : tr("Open the demo project"));
  const QSet<QString> now = ticked();
  QStringList coloured;
  for (const RunPtr& run : m_library.runs())
    if (now.contains(run->id)) coloured << run->id;
  m_notes.giveColours(coloured);
  refreshRows();
  follow();
}

void RunsPage::refreshRows() {
  QList<ui::RunRow> rows;
  const ExtraColumns extras = extraColumns(m_library.runs());
  for (const RunPtr& run : m_library.runs()) {
    rows << rowOf(*run, m_notes.of(run->id));
    ui::RunRow& row = rows.last();
    row.extras = extras.values.value(run->id);
    const LeakEvidence evidence = m_leaks.recorded(*run);
    row.leaks = leakWords(evidence);
    row.leakToolTip = leakSentences(evidence);
    row.leakTone = leakTone(evidence);
  }
  m_table->setTicked(ticked());
  m_table->setBaseline(m_notes.content().baseline);
  {
    const QSignalBlocker untold(m_table);  // what is visible is told at the end, once
    m_table->setRows(rows);                // before a filter asks for values of a new column
    m_table->setExtraColumns(extras.columns);
  }
  m_table->setShownColumns(m_notes.content().columns);
  m_table->views()->setViews(m_notes.content().views);
  if (m_table->currentId().isEmpty() && !rows.isEmpty()) {
    const RunPtr onScreen = m_library.runIn(session().run().folder);
    m_table->setCurrentId(onScreen ? onScreen->id : rows.first().id);
  }
  refreshPlots();
  refreshCurrent();
}

void RunsPage::refreshPlots() {
  QHash<QString, RunPtr> byId;
  for (const RunPtr& run : m_library.runs()) byId.insert(run->id, run);
  const auto runsOf = [&](const QStringList& ids) {
    QList<RunPtr> runs;
    for (const QString& id : ids)
      if (const RunPtr run = byId.value(id)) runs << run;
    return runs;
  };
  const QStringList visible = m_table->visibleIds();
  m_plots->setRuns(runsOf(m_table->matchingIds()), runsOf(visible), ticked(), byId.value(m_notes.content().baseline));
  m_card->setNote(visible.size() == m_table->totalCount() ? tr("%n run(s)", nullptr, m_table->totalCount())
                                                          : tr("%1 of %n run(s)", nullptr, m_table->totalCount()).arg(visible.size()));
}

void RunsPage::applyBrush() {
  const QSet<QString> kept = m_plots->parallel()->keptIds();
  m_table->setOnlyIds(m_plots->parallel()->hasBrush() ? &kept : nullptr);
}

void RunsPage::refreshCurrent() {
  const RunPtr run = m_library.run(m_table->currentId());
  m_details->setRun(run, m_library.run(m_notes.content().baseline));
  const QString why = !run                                       ? tr("Choose a run in the table.")
                      : run->standing == RunStanding::Unreadable ? tr("This run cannot be read.")
                                                                 : session().whyNotShown(run->folder);
  m_train->setDisabledReason(why, tr("Makes it the run on screen. Enter"));
  m_cases->setDisabledReason(why, tr("Shows its pictures."));
  m_save->setDisabledReason(m_table->totalCount() == 0 ? tr("There are no runs.") : QString(), tr("CSV, Markdown or LaTeX"));
}

void RunsPage::openIn(const QString& page) {
  const RunPtr run = m_library.run(m_table->currentId());
  if (!run || run->standing == RunStanding::Unreadable || !session().whyNotShown(run->folder).isEmpty()) return;
  session().showRun(run->record, run->standing == RunStanding::Running);
  Q_EMIT pageRequested(page);
}

// A run of another program that is on screen grows there too, by whatever way it came there.
void RunsPage::follow() {
  const RunView& shown = session().run();
  if (shown.folder.isEmpty() || session().isTraining()) return;
  const RunPtr run = m_library.runIn(shown.folder);
  if (!run || run->standing == RunStanding::Unreadable) return;
  const bool isWritten = run->standing == RunStanding::Running, wasWritten = shown.phase == RunView::Phase::Active;
  if (isWritten != wasWritten || (isWritten && run->record.epochs.size() != shown.epochs.size())) session().showRun(run->record, isWritten);
}

bool RunsPage::saveTable(const QString& path) const { return ui::saveTable(ui::textTable(*m_table->view()), path); }

// The question is no dialog that blocks.
void RunsPage::remove(const QStringList& ids) {
  QList<RunPtr> runs;
  for (const QString& id : ids)
    if (const RunPtr run = m_library.run(id); run && run->standing != RunStanding::Running) runs << run;
  if (runs.isEmpty() || m_question) return;
  const QString text = runs.size() == 1 ? tr("Move run %1 to the trash?").arg(runs.first()->id)
                                        : tr("Move %n run(s) to the trash?", nullptr, int(runs.size()));
  m_question = new QMessageBox(QMessageBox::Question, tr("Runs"), text, QMessageBox::NoButton, this);
  m_question->setAttribute(Qt::WA_DeleteOnClose);
  QStringList names;
  for (const RunPtr& run : std::as_const(runs)) names << run->id;
  m_question->setInformativeText(runs.size() == 1 ? tr("Its folder with all deltas goes: %1").arg(runs.first()->folder)
                                                  : names.mid(0, 12).join(u'\n') + (names.size() > 12 ? u"\n…"_s : QString()));
  auto* yes = m_question->addButton(tr("Move to trash"), QMessageBox::DestructiveRole);
  yes->setObjectName(u"moveToTrash"_s);
  m_question->setDefaultButton(m_question->addButton(tr("Keep"), QMessageBox::RejectRole));
  connect(yes, &QPushButton::clicked, this, [this, runs] { moveToTrash(runs); });
  connect(m_question, &QObject::destroyed, this, [this] { m_question = nullptr; });
  m_question->open();
}

void RunsPage::moveToTrash(const QList<RunPtr>& runs) {
  QStringList folders;
  for (const RunPtr& run : runs) folders << run->folder;
  m_pool.start([this, folders, fallback = QString(session().project().folder + "/trash"_L1)] {
    QStringList kept;
    for (const QString& folder : folders)
      if (app::moveToTrash(folder, fallback).isEmpty()) kept << folder;
    QMetaObject::invokeMethod(
        this,
        [this, kept, folders] {
          for (const QString& folder : folders)
            if (!kept.contains(folder)) session().forgetRun(folder);
          if (!kept.isEmpty())
            m_card->showError(tr("Some runs could not be moved to the trash."), kept.join(u'\n'),
                              tr("This disk may have no trash. Delete the folder in the file manager."));
          m_library.look();
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
