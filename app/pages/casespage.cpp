#include "app/pages/casespage.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

#include "app/actions.h"
#include "app/engine/failuretext.h"
#include "app/pages/casemetrics.h"
#include "app/pages/cases/casekeys.h"
#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/epochtravel.h"
#include "app/pages/cases/exportdialog.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/outlinebar.h"
#include "app/pages/cases/prompttool.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/cases/sourcewords.h"
#include "app/pages/cases/viewcard.h"
#include "app/pages/columns.h"
#include "app/project/leaks.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/casegallery.h"
#include "widgets/casetable.h"
#include "widgets/distributionbars.h"
#include "widgets/emptystate.h"
#include "widgets/imageviewer.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/thumbnailrows.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr int kRowsMs = 80;
}

using ui::Button;
using ui::ButtonRole;
using ui::Card;

CasesPage::CasesPage(EngineApi& engine, Session& session, PictureLoader& pictures, RunLibrary& runs, const Leaks& leaks, QWidget* parent)
    : Page(u"cases"_s, session, parent),
      m_engine(engine),
      m_pictures(pictures),
      m_runs(runs),
      m_leaks(leaks),
      m_predictions(engine, session, runs),
      m_curves(session),
      m_exporter(engine, session, runs),
      m_scoring(engine, session, runs, m_curves),
      m_settings(session.settings()) {
  m_newPictures = header()->addAction({}, ButtonRole::Secondary, u"image"_s);
  connect(m_newPictures, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"newpictures"_s); });
  m_export = header()->addAction({}, ButtonRole::Secondary, u"export"_s);
  m_score = header()->addAction({}, ButtonRole::Primary);
  connect(m_export, &Button::clicked, this, &CasesPage::showExport);
  connect(m_score, &Button::clicked, this, [this] {
    if (m_scoring.isNeededFor(m_compare->shown()))
      m_scoring.start(m_compare->shown());
    else
      this->session().scoreCases();
  });
  connect(&m_scoring, &SourceScoring::changed, this, &CasesPage::refreshScoring);
  emptyState()->setIconName(u"cases"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    const Session& s = this->session();
    Q_EMIT pageRequested(!s.data() ? u"data"_s : u"model"_s);
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  columns->setRightScrolls();
  m_list = new Card;
  m_listing = new ui::SegmentedControl;
  for (const char* id : {"list", "gallery", "table"}) m_listing->addOption(QString::fromLatin1(id), {});
  m_table = new ui::CaseTable;
  m_table->setSorting(ui::CaseTable::columnOf(m_settings.sortedBy()), m_settings.isAscending() ? Qt::AscendingOrder : Qt::DescendingOrder);
  m_list->addBody(m_listing);
  m_outlineBar = new OutlineBar;
  m_list->addBody(m_outlineBar);
  m_list->addBody(m_table, 1);
  columns->left()->addWidget(m_list, 1);
  buildMiddle(columns);
  buildPrompts(engine);
  buildRight(columns);
  setContent(columns);
  for (QWidget* list : std::initializer_list<QWidget*>{m_table->list(), m_table->gallery(), m_table->wideTable()})
    list->installEventFilter(this);
  bindFailure(m_list, JobKind::Score);
  bindFailure(m_view, JobKind::Predict);

  connect(m_table, &ui::CaseTable::currentIdChanged, this, [this](const QString& id) {
    m_isResumed = true;
    showCase(id);
  });
  connect(&session, &Session::projectChanged, this, [this] { m_isResumed = false; });
  connect(&leaks, &Leaks::changed, this, &CasesPage::refreshLeaks);
  connect(&m_figures, &CaseFigures::answered, this, &CasesPage::refreshImageCard);
  connect(m_table, &ui::CaseTable::thumbnailsRequested, &m_pictures, &PictureLoader::requestThumbnails);
  connect(m_table, &ui::CaseTable::filterChanged, this, &CasesPage::refreshJob);
  connect(m_table, &ui::CaseTable::sortingChanged, this, [this](int column, Qt::SortOrder order) {
    m_settings.setSorting(ui::CaseModel::key(column), order == Qt::AscendingOrder);
    refreshListTitle();
    refreshJob();
  });
  connect(m_table, &ui::CaseTable::openRequested, this, [this] { showListing(u"list"_s); });
  connect(m_listing, &ui::SegmentedControl::currentChanged, this, &CasesPage::showListing);
  // One bar of the histogram filters the list; once more lets all in again.
  connect(m_histogram, &ui::DistributionBars::rangeActivated, this, [this](double low, double high) {
    const QString text =
        high < 1 ? u"Dice >= %1, Dice < %2"_s.arg(low, 0, 'g', 3).arg(high, 0, 'g', 3) : u"Dice >= %1"_s.arg(low, 0, 'g', 3);
    m_table->setFilterText(m_table->filterText() == text ? QString() : text);
  });
  // Scores come one by one, and a slider asks faster than a thousand rows are sorted.
  m_rowsSoon.setSingleShot(true);
  m_rowsSoon.setInterval(kRowsMs);
  connect(&m_rowsSoon, &QTimer::timeout, this, &CasesPage::refreshRows);
  connect(&m_curves, &CaseCurves::changed, this, [this] {
    refreshImageCard();
    m_rowsSoon.start();
  });
  connect(m_list, &Card::errorDismissed, &m_scoring, &SourceScoring::dismissFailure);
  connect(m_list, &Card::cancelRequested, this, [this] { this->session().stopJob(); });
  connect(&m_pictures, &PictureLoader::thumbnailReady, m_table, &ui::CaseTable::setThumbnail);
  connect(&m_pictures, &PictureLoader::caseReady, this, &CasesPage::caseLoaded);
  connect(&session, &Session::dataChanged, this, &CasesPage::refresh);
  connect(&session, &Session::modelChanged, this, &CasesPage::refresh);
  connect(&session, &Session::runChanged, this, &CasesPage::refresh);
  connect(&session, &Session::scoresChanged, this, [this] {
    if (this->session().isBusy() && !m_table->visibleIds().isEmpty()) {
      if (!m_rowsSoon.isActive()) m_rowsSoon.start();
      return;
    }
    refreshRows();
    refreshPredictions();
  });
  connect(&session, &Session::epochAdded, this, [this] {
    m_compare->refresh();
    refreshPredictions();
  });
  connect(&m_predictions, &Predictions::changed, this, &CasesPage::showPredictions);
  connect(&session, &Session::jobChanged, this, &CasesPage::refreshJob);
  connect(&session, &Session::jobEnded, this, [this](JobKind kind) {
    if (kind != JobKind::Score) return;
    refreshRows();
    refreshPredictions();
  });
  applyStyle(m_look->style());
  connect(&session.settings(), &AppSettings::overlayStyleChanged, this, [this] {
    if (m_settings.style() != m_look->style()) applyStyle(m_settings.style());  // changed on another page
  });
  connect(&session.settings(), &AppSettings::levelsChanged, this,
          [this] { m_view->view()->setLevels(m_settings.brightness(), m_settings.contrast()); });
  m_look->setMode(m_view->view()->mode());
  retranslate();
  showListing(m_settings.listing());
}

void CasesPage::retranslate() {
  header()->setTitle(tr("Cases"));
  m_export->setText(tr("Export…"));
  m_numbers->setText(tr("Numbers"));
  m_blind->setText(tr("Blind reading"));
  m_score->setText(tr("Score all"));
  m_newPictures->setText(tr("New pictures…"));
  m_newPictures->setToolTip(tr("Look at a folder of pictures without masks."));
  m_listing->setOptionText(u"list"_s, tr("Picture"));
  m_listing->setOptionText(u"gallery"_s, tr("Gallery"));
  m_listing->setOptionText(u"table"_s, tr("Table"));
  m_listing->setAccessibleName(tr("What stands beside the list"));
  m_image->setTitle(tr("This image"));
  if (m_actions) m_look->setKeysText(caseKeysText(*m_actions));
  m_histogram->setCaption(tr("Dice"));
  refresh();
}

ui::ImageViewer* CasesPage::viewer() const { return m_view->view()->viewer(); }

int CasesPage::afterEpoch() const { return m_compare->shown().isBase() ? 0 : m_compare->shown().epoch; }

void CasesPage::refresh() {
  const Session& s = session();
  showEmpty(!s.data() || !s.model());
  emptyState()->setSentence(!s.data() ? tr("Cases need pictures. Open a folder of pictures first.")
                                      : tr("Cases need a model. Choose one first."));
  emptyState()->setPrimary(!s.data() ? tr("Go to Data") : tr("Go to Model"), !s.data() ? u"data"_s : u"model"_s);
  emptyState()->setLink(s.data() ? QString() : tr("Open the demo project"));
  m_compare->refresh();
  refreshListTitle();
  refreshRows();
  refreshPredictions();
  refreshJob();
}

void CasesPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (!isEmptyShown()) viewer()->setFocus(Qt::OtherFocusReason);  // the keys of a case act at once
  if (m_table->currentId() != m_current || m_loaded.id != m_current) showCase(m_table->currentId());
}

void CasesPage::showCase(const QString& id) {
  m_current = id;
  m_table->setCurrentId(id);
  m_reading->setCase(id, afterEpoch(), m_table->totalCount());  // at once: keys come faster than pictures
  refreshJob();
  if (id.isEmpty()) return;
  if (m_loaded.id == id) {
    refreshPredictions();
    return;
  }
  m_view->view()->setStale(true);
  m_pictures.requestCase(id);
}

void CasesPage::caseLoaded(const LoadedCase& loaded) {
  if (loaded.id != m_current) return;
  m_loaded = loaded;
  refreshExport();
  if (!m_areas.contains(loaded.id)) m_areas.insert(loaded.id, areaShare(loaded.truth.get()));
  m_view->view()->setPicture(loaded.picture, loaded.mask);
  m_view->view()->setStale(false);
  refreshPredictions();
  // The next ones are read while this one is looked at.
  const QStringList ids = m_table->visibleIds();
  const int at = m_table->currentPosition() - 1;
  for (const int by : {1, -1})
    if (at + by >= 0 && at + by < ids.size()) m_pictures.prefetchCase(ids[at + by]);
}

void CasesPage::refreshPredictions() {
  if (m_loaded.id.isEmpty() || m_loaded.id != m_current) return;
  if (isVisible()) {
    QList<MapSource> wanted = m_compare->sources();
    m_travel->setShown(m_current, m_compare->shown());
    for (const MapSource& source : m_travel->ahead())
      if (!wanted.contains(source)) wanted << source;
    m_predictions.want(m_current, m_loaded.image, wanted);
  }
  m_prompt->look(m_current, m_loaded.image, m_compare->sources());
  showPredictions();
}

void CasesPage::showPredictions() {
  if (m_loaded.id.isEmpty() || m_loaded.id != m_current) return;
  QList<ui::CompareView::Source> sources;
  for (const MapSource& source : m_compare->sources()) {
    const auto map = m_predictions.map(m_current, source);
    if (map) m_curves.add(m_current, source, map->source());
    const QString name = sourceText(source, session(), m_runs);
    sources << ui::CompareView::Source{map || !m_predictions.isPending(source) ? name : tr("%1, computing…").arg(name), map};
  }
  m_view->setSources(m_prompt->speaks() ? m_prompt->shown() : sources);
  refreshImageCard();
}

bool CasesPage::isSettled() const {
  return m_current.isEmpty() || (m_loaded.id == m_current && m_predictions.map(m_current, m_compare->shown()) != nullptr);
}

void CasesPage::applyStyle(const OverlayStyle& style) {
  const bool isOther = style.threshold != m_threshold;
  m_threshold = style.threshold;
  m_look->setStyle(style);
  m_view->setOverlayStyle(style);
  m_prompt->setThreshold(style.threshold);
  if (!isOther) return;
  refreshImageCard();
  countCases();
  refreshSummary();
  m_table->setThreshold(style.threshold);
  m_rowsSoon.start();
}

PictureHost CasesPage::keyHost(const Actions& actions) {
  m_actions = &actions;
  return {id(),
          [this](ui::ViewerCommand command) {
            Q_EMIT pageRequested(id());
            m_view->view()->perform(command);
          },
          [this] { return isEmptyShown() ? tr("Open pictures and choose weights first.") : QString(); },
          [this](const ui::ViewerKeys& keys) {
            m_view->view()->setKeys(keys);
            m_look->setKeysText(caseKeysText(*m_actions));
          }};
}

void CasesPage::perform(int command) {
  switch (ui::ViewerCommand(command)) {
    case ui::ViewerCommand::Next:
      return m_table->step(1);
    case ui::ViewerCommand::Previous:
      return m_table->step(-1);
    case ui::ViewerCommand::First:
      return m_table->step(-m_table->totalCount());
    case ui::ViewerCommand::Last:
      return m_table->step(m_table->totalCount());
    case ui::ViewerCommand::GoTo:
      return m_table->askGoTo();
    case ui::ViewerCommand::Gallery:
      showListing(m_listing->current() == "list"_L1 ? u"gallery"_s : u"list"_s);
      // Where the picture was the keys went to it; they stay with what takes its place.
      return (m_listing->current() == "list"_L1 ? static_cast<QWidget*>(viewer()) : m_overviews->currentWidget())->setFocus();
    default:
      return;
  }
}

void CasesPage::refreshJob() {
  const Session& s = session();
  const JobStatus& job = s.job();
  const bool isScoring = s.isBusy() && job.kind == JobKind::Score;
  const int total = m_table->totalCount(), visible = m_table->visibleCount();
  m_list->setNote(visible == total ? tr("%n image(s)", nullptr, total) : tr("%1 of %2").arg(visible).arg(total));
  m_view->setTitle(m_current.isEmpty() ? tr("No picture") : m_current);
  const int position = m_table->currentPosition();
  m_view->setNote(position > 0 ? tr("%1 of %2").arg(position).arg(visible) : QString());
  m_score->setDisabledReason(isScoring ? tr("Scoring is under way.") : s.whyNoScores());
  refreshExport();
  if (!s.isBusy() && isVisible()) refreshPredictions();
}

// The next one is chosen a moment before it is read.
void CasesPage::refreshExport() {
  m_export->setDisabledReason(m_current.isEmpty()         ? tr("Choose a picture first.")
                              : m_loaded.id != m_current  ? tr("Wait until the picture is read.")
                              : m_loaded.image == nullptr ? tr("This picture cannot be read.")
                                                          : QString());
}

void CasesPage::refreshScoring() {
  if (const auto& failure = m_scoring.failure()) {
    const FailureText text = FailureTexts::of(*failure);
    m_list->showError(text.what, text.why, text.remedy, text.details);
  }
  refreshJob();
  refreshSummary();
}

ExportDialog* CasesPage::showExport() {
  if (!m_loaded.image || m_loaded.id != m_current) return nullptr;
  ExportDialog::Choice choice{m_current, m_table->visibleIds(), sourceText(m_compare->shown(), session(), m_runs), {}};
  choice.order.folder = session().project().folder + "/exports"_L1;
  choice.order.shown = m_compare->shown();
  choice.order.look = viewer()->composition();
  choice.order.lookCase = m_current;
  const QList<MapSource> sources = m_compare->sources();
  if (choice.order.look.needsBefore() && sources.size() > 1) choice.order.before = sources[1];
  if (const ui::CompareView* view = m_view->view(); view->mode() == ui::CompareView::Mode::Panes) {
    // Outlined by hand without what was trained, there is one source for all that are chosen.
    const QList<MapSource> seen = m_prompt->speaks() ? m_prompt->sources() : sources;
    choice.order.look.shown = view->sources().value(0).map;
    choice.order.columns = view->arrangement().second;
    QStringList labels;
    for (int pane = 0; pane < view->paneCount(); ++pane) {
      const int index = view->sourceOfPane(pane);
      const ui::CompareView::Source source = view->sources().value(index);
      choice.order.panes << ExportPane{seen.value(index), source.label, source.map};
      labels << source.label;
    }
    choice.source = labels.join(u" | "_s);
  }
  auto* dialog = new ExportDialog(m_exporter, choice, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setKinds(m_settings.exportKinds());
  connect(dialog, &ExportDialog::kindsChosen, this, [this](const ExportKinds& kinds) { m_settings.setExportKinds(kinds); });
  dialog->open();
  return dialog;
}

bool CasesPage::eventFilter(QObject* watched, QEvent* event) { return takeFromList(event, viewer()) || Page::eventFilter(watched, event); }

void CasesPage::keyPressEvent(QKeyEvent* event) { forwardKey(event, viewer()); }
void CasesPage::keyReleaseEvent(QKeyEvent* event) { forwardKey(event, viewer()); }

}  // namespace gps::app
