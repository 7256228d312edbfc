#include "app/pages/latestruns.h"

#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/engine/schemetext.h"
#include "app/pages/leakbadge.h"
#include "app/pages/plotmenu.h"
#include "app/pages/runcurves.h"
#include "app/pages/runviews.h"
#include "app/pages/whenshown.h"
#include "app/project/leaks.h"
#include "app/project/session.h"
#include "widgets/button.h"
#include "widgets/curveplot.h"
#include "widgets/label.h"
#include "widgets/runmodel.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMost = 6;
constexpr int kMostCurves = 5;
constexpr double kCurvesUnits = 22;
constexpr double kColumnUnits = 9;  // the least width
constexpr int kId = Qt::UserRole;

QString whatTrains(const TrainSpec& spec) {
  switch (spec.method) {
    case Method::Gps:
      return LatestRuns::tr("K = %1, %2").arg(spec.selection.keptPerRow).arg(SchemeText::title(schemeOf(spec.selection)));
    case Method::Full:
      return LatestRuns::tr("all weights");
    case Method::Decoder:
      return LatestRuns::tr("decoder only");
    case Method::Linear:
      return LatestRuns::tr("head only");
    case Method::Bias:
      return LatestRuns::tr("biases only");
  }
  return {};
}

QString bestText(const RunEntry& run) {
  const double best = bestValue(run);
  if (!std::isfinite(best)) return u"–"_s;
  return isClassification(run) ? QString::number(100 * best, 'f', 1) + u" %"_s : QString::number(best, 'f', 3);
}

}  // namespace

LatestRuns::LatestRuns(Session& session, RunLibrary& library, const Leaks& leaks, QWidget* parent)
    : ui::Card({}, parent), m_session(session), m_library(library), m_leaks(leaks) {
  m_all = new ui::Button({}, ui::ButtonRole::Ghost);
  m_all->setProperty("gpsTight", true);
  m_table = new QTreeWidget;
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setRootIsDecorated(false);
  m_table->setUniformRowHeights(true);
  m_table->setAllColumnsShowFocus(true);
  m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  addBody(m_table);
  m_none = new ui::Label({}, ui::TextRole::Small, ui::Token::Text2);
  m_none->setWordWrap(true);
  addBody(m_none);
  m_curves = new ui::CurvePlot;
  m_curves->setSmoothing(0);
  m_curves->setMinimumHeight(ui::Theme::instance().px(kCurvesUnits));
  addBody(m_curves, 1);
  bodyLayout()->addStretch(0);
  addBody(m_all);
  bodyLayout()->setAlignment(m_all, Qt::AlignLeft);
  addTableMenu(this, m_table, false);
  addPlotMenu(this, m_curves, *m_curves, false);
  connect(m_all, &ui::Button::clicked, this, &LatestRuns::allRequested);
  connect(m_table, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) { open(item->data(0, kId).toString()); });
  auto* refreshing = new WhenShown(this, [this] { refresh(); });
  connect(&library, &RunLibrary::changed, refreshing, &WhenShown::ask);
  connect(&leaks, &Leaks::changed, refreshing, &WhenShown::ask);
  retranslate();
}

void LatestRuns::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void LatestRuns::retranslate() {
  setTitle(tr("Latest runs"));
  m_all->setText(tr("All runs"));
  m_none->setText(tr("No run yet. A run appears here as soon as it begins, one of the command line too."));
  m_table->setAccessibleName(tr("Latest runs"));
  m_table->setHeaderLabels({tr("Begun"), tr("What trains"), tr("Epochs"), tr("Best"), tr("Leaks"), tr("State")});
  auto* header = m_table->header();
  header->setStretchLastSection(false);
  header->setMinimumSectionSize(ui::Theme::instance().px(kColumnUnits));
  header->setSectionResizeMode(QHeaderView::ResizeToContents);
  header->setSectionResizeMode(1, QHeaderView::Stretch);
  for (const int column : {2, 3}) m_table->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
  refresh();
}

void LatestRuns::refresh() {
  const QTreeWidgetItem* chosen = m_table->currentItem();
  const QString current = chosen ? chosen->data(0, kId).toString() : QString();
  m_table->clear();
  const auto& runs = m_library.runs();
  for (const RunPtr& run : runs.mid(0, kMost)) {
    auto* item = new QTreeWidgetItem(m_table);
    item->setData(0, kId, run->id);
    item->setText(0, QDateTime::fromMSecsSinceEpoch(run->startedMs).toString(u"yyyy-MM-dd HH:mm"_s));
    item->setText(1, run->settings.empty() ? run->id : whatTrains(run->record.spec));
    const int done = run->record.epochs.empty() ? 0 : run->record.epochs.back().epoch;
    item->setText(2, run->settings.empty() ? u"–"_s : tr("%1 of %2").arg(done).arg(run->record.spec.epochs));
    item->setText(3, bestText(*run));
    const LeakEvidence evidence = m_leaks.recorded(*run);
    item->setText(4, leakWords(evidence));
    if (leakTone(evidence) != ui::Tone::Neutral) item->setForeground(4, ui::Theme::instance().toneColor(leakTone(evidence)));
    item->setText(5, ui::runPhaseText(rowOf(*run, {}).phase));
    for (const int column : {2, 3}) item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    for (int column = 0; column < m_table->columnCount(); ++column)
      item->setToolTip(column, run->problem.isEmpty() ? run->id : run->problem);
    if (const QString sentences = leakSentences(evidence); !sentences.isEmpty()) item->setToolTip(4, sentences);
    if (run->id == current) m_table->setCurrentItem(item);
  }
  const int rows = m_table->topLevelItemCount();
  const int rowHeight = rows > 0 ? m_table->visualItemRect(m_table->topLevelItem(0)).height() : 0;
  m_table->setFixedHeight(m_table->header()->sizeHint().height() + rows * rowHeight + 2 * m_table->frameWidth() + 2);
  draw();
  m_table->setVisible(!runs.isEmpty());
  m_none->setVisible(runs.isEmpty());
  m_all->setVisible(!runs.isEmpty());
  setNote(runs.size() > kMost ? tr("%1 of %2").arg(kMost).arg(runs.size()) : QString());
}

// How their scores went, epoch by epoch.
void LatestRuns::draw() {
  m_curves->removeAllSeries();
  bool isClasses = false;
  for (const RunPtr& run : m_library.runs()) {
    const Curve curve = curveOf(*run, CurveKind::Score);
    if (curve.x.size() < 2 || m_curves->seriesCount() >= kMostCurves) continue;
    isClasses = isClassification(*run);
    m_curves->addSeries(whatTrains(run->record.spec), m_curves->seriesCount());
    m_curves->setPoints(m_curves->seriesCount() - 1, curve.x, curve.y);
  }
  m_curves->setXLabel(tr("epoch"));
  m_curves->setYLabel(isClasses ? tr("top-1, %") : tr("mean Dice"));
  m_curves->setVisible(m_curves->seriesCount() > 0);
}

void LatestRuns::open(const QString& id) {
  const RunPtr run = m_library.run(id);
  if (!run || run->standing == RunStanding::Unreadable || !m_session.whyNotShown(run->folder).isEmpty()) return;
  m_session.showRun(run->record, run->standing == RunStanding::Running);
  Q_EMIT opened();
}

}  // namespace gps::app
