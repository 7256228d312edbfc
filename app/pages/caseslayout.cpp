// What stands on the page of cases: the viewer, the numbers of one picture, its look, and the numbers of all.
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/epochtravel.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/prompttool.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/cases/sourcechoice.h"
#include "app/pages/cases/viewcard.h"
#include "app/pages/casespage.h"
#include "app/pages/columns.h"
#include "app/pages/plotmenu.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/casegallery.h"
#include "widgets/casetable.h"
#include "widgets/distributionbars.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/thumbnailrows.h"
#include "widgets/widgetplot.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Card;
using ui::Label;
using ui::TextRole;
using ui::Token;

void CasesPage::buildMiddle(Columns* columns) {
  m_compare = new CompareBar(session(), m_runs, m_predictions);
  m_view = new ViewCard(m_settings, m_compare, m_compare->progress());
  m_travel = new EpochTravel(m_engine, session(), m_runs, m_predictions, [this] { return viewer()->composition(); });
  m_view->bodyLayout()->insertWidget(m_view->bodyLayout()->indexOf(m_view->view()) + 1, m_travel);
  connect(m_travel, &EpochTravel::epochWished, this, [this](int epoch) {
    lookAtEpoch(epoch);
    session().epochFocus().set(session().run().folder, epoch);
  });
  // Chosen in the curves or in the table of epochs.
  connect(&session().epochFocus(), &EpochFocus::changed, this, [this] {
    if (const int epoch = session().epochFocus().of(session().run().folder); epoch >= 0) lookAtEpoch(epoch);
  });
  m_overview = new Card;
  m_overviews = new QStackedWidget;
  m_overviews->addWidget(m_table->gallery());
  m_overviews->addWidget(m_table->wideTable());
  m_overview->addBody(m_overviews, 1);
  addTableMenu(m_overview, m_table->wideTable());
  m_middle = new QStackedWidget;
  m_middle->addWidget(m_view);
  m_middle->addWidget(m_overview);
  columns->middle()->addWidget(m_middle, 1);
  connect(m_view, &ViewCard::modeChanged, this, [this](ui::CompareView::Mode mode) { m_look->setMode(mode); });
  connect(m_view->view(), &ui::CompareView::overlayStyleChanged, this, &CasesPage::applyStyle);
  connect(m_view->view(), &ui::CompareView::commanded, this, [this](ui::ViewerCommand command) { perform(int(command)); });
}

void CasesPage::lookAtEpoch(int epoch) {
  const MapSource source{session().run().folder, epoch};
  if (m_compare->shownChoice()->source() == source) return;
  m_compare->shownChoice()->setSource(source);
  m_compare->refresh();
  m_rowsSoon.start();
  refreshPredictions();
}

void CasesPage::buildPrompts(EngineApi& engine) {
  m_prompt = new PromptTool(engine, session(), m_runs, *m_view->view());
  m_view->addHeaderWidget(m_prompt->button());
  m_view->addBody(m_prompt);
  connect(m_prompt, &PromptTool::changed, this, &CasesPage::showPredictions);
  auto* key = new QShortcut(QKeySequence(Qt::Key_P), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
  connect(key, &QShortcut::activated, m_prompt, &PromptTool::toggle);
}

void CasesPage::buildRight(Columns* columns) {
  m_image = new Card;
  m_metrics = new ui::KeyValueList;
  m_image->addBody(m_metrics);
  columns->right()->addWidget(m_image);
  m_look = new LookCard(m_settings, session().settings());
  columns->right()->addWidget(m_look);
  connect(m_look, &LookCard::styleChanged, this, &CasesPage::applyStyle);
  connect(m_compare, &CompareBar::changed, this, [this] {
    if (const MapSource shown = m_compare->shownChoice()->source(); shown.epoch > 0 && shown.runFolder == session().run().folder)
      session().epochFocus().set(shown.runFolder, shown.epoch);
    refreshRows();
    refreshPredictions();
  });
  m_all = new Card;
  m_leak = new ui::Badge;
  m_all->addHeaderWidget(m_leak);
  m_mean = new Label({}, TextRole::Page);
  m_meanText = new Label({}, TextRole::Small, Token::Text2);
  m_meanText->setWordWrap(true);
  m_histogram = new ui::DistributionBars;
  for (QWidget* w : std::initializer_list<QWidget*>{m_mean, m_meanText}) m_all->addBody(w);
  m_all->addBody(m_histogram, 1);
  addPlotMenu(m_all, m_histogram, *new ui::WidgetPlot(m_histogram, [this] { return m_histogram->table(); }));
  // In their cards: the header of a narrow window has no room for them.
  m_numbers = new Button({}, ui::ButtonRole::Ghost);
  connect(m_numbers, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"numbers"_s); });
  m_all->addBody(m_numbers);
  columns->right()->addWidget(m_all, 1);
  m_reading = new ReadingCard(session());
  for (QWidget* w : std::initializer_list<QWidget*>{this, viewer(), m_table->list(), m_table->gallery(), m_table->wideTable()})
    m_reading->watch(w);
  m_blind = new Button({}, ui::ButtonRole::Ghost);
  connect(m_blind, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"blind"_s); });
  m_reading->addBody(m_blind);
  columns->left()->addWidget(m_reading);
  connect(m_reading, &ReadingCard::nextRequested, this, [this] { m_table->step(1); });
  connect(m_reading, &ReadingCard::caseRequested, this, &CasesPage::showCase);
  connect(m_reading, &ReadingCard::remarkEnded, viewer(), qOverload<>(&QWidget::setFocus));
  connect(m_reading, &ReadingCard::readingsChanged, this, &CasesPage::refreshRows);
}

}  // namespace gps::app
