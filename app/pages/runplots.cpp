#include "app/pages/runplots.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/pages/plotmenu.h"
#include "app/pages/smoothingslider.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/difftable.h"
#include "widgets/flowlayout.h"
#include "widgets/foldingrow.h"
#include "widgets/format.h"
#include "widgets/frontierplot.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/legendrow.h"
#include "widgets/modeltext.h"
#include "widgets/parallelplot.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {

QWidget* column(const QList<QWidget*>& above, QWidget* body) {
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins({});
  layout->setSpacing(ui::Theme::instance().px(1));
  if (!above.isEmpty()) {
    auto* row = new ui::FlowLayout;
    row->setSpacing(ui::Theme::instance().px(1.5));
    for (QWidget* widget : above) row->addWidget(widget);
    layout->addLayout(row);
  }
  layout->addWidget(body, 1);
  return page;
}

// The table, or why there is none.
QStackedWidget* either(QTableView* table, Label* empty) {
  empty->setAlignment(Qt::AlignCenter);
  empty->setWordWrap(true);
  auto* stack = new QStackedWidget;
  stack->addWidget(empty);
  stack->addWidget(table);
  return stack;
}

QString valueText(double value, bool isPercent, int decimals) {
  if (std::isnan(value)) return u"–"_s;
  return isPercent ? QString::number(100 * value, 'f', decimals - 2) + u" %"_s : QString::number(value, 'f', decimals);
}

QStandardItem* textItem(const QString& text) {
  auto* item = new QStandardItem(text);
  item->setEditable(false);
  return item;
}

QStandardItem* numberItem(const QString& text, const QVariant& exact) {
  auto* item = textItem(text);
  item->setData(int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
  item->setData(exact, ui::kExactRole);
  return item;
}

void setHeader(QStandardItemModel* model, const QStringList& titles) {
  model->setHorizontalHeaderLabels(titles);
  for (int c = 0; c < titles.size(); ++c)
    model->setHeaderData(c, Qt::Horizontal, int((c == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter), Qt::TextAlignmentRole);
}

}  // namespace

RunPlots::RunPlots(const RunNotes& notes, AppSettings& settings, QWidget* parent) : QWidget(parent), m_notes(notes) {
  m_card = new ui::Card;
  m_views = new ui::SegmentedControl;
  for (const char* id : {"curves", "diff", "parallel", "frontier", "seeds"}) m_views->addOption(QString::fromLatin1(id), {});
  m_save = new ui::IconButton(u"export"_s, {});
  m_card->addHeaderWidget(m_views);
  m_card->addHeaderWidget(m_save);
  m_stack = new QStackedWidget;
  m_card->addBody(m_stack, 1);

  m_kind = new QComboBox;
  m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  for (int i = 0; i < 4; ++i) m_kind->addItem(QString());
  m_mean = new QCheckBox;
  m_over = new QComboBox;
  for (int i = 0; i < 3; ++i) m_over->addItem(QString());
  m_scale = new QComboBox;
  for (const char* id : {"linear", "log", "loglog"}) m_scale->addItem(QString(), QVariant(QString::fromLatin1(id)));
  m_curves = new ui::CurvePlot;
  m_smoothing = makeSmoothingSlider(*m_curves, settings, u"runs"_s, 0);
  m_stack->addWidget(column({m_kind, m_over, m_scale, m_mean, m_smoothing}, m_curves));

  m_diff = new ui::DiffModel(this);
  m_diffTable = ui::makePlainTable(m_diff, {});
  m_diffEmpty = new Label({}, TextRole::Body, Token::Text2);
  m_stack->addWidget(m_diffStack = either(m_diffTable, m_diffEmpty));

  m_parallel = new ui::ParallelPlot;
  m_clearBrush = new ui::Button({}, ui::ButtonRole::Ghost, u"close"_s);
  m_hint = new Label({}, TextRole::Small, Token::Text2);
  m_hint->setElided(true);
  m_stack->addWidget(column({m_hint, m_clearBrush}, m_parallel));

  m_axis = new ui::SegmentedControl;
  m_axis->addOption(u"k"_s, {});
  m_axis->addOption(u"size"_s, {});
  m_frontier = new ui::FrontierPlot;
  m_frontierLegend = new ui::LegendRow;
  m_frontierModel = new QStandardItemModel(this);
  m_frontierTable = ui::makePlainTable(m_frontierModel, {});
  auto* plot = column({m_axis}, m_frontier);
  plot->layout()->addWidget(m_frontierLegend);
  auto* both = new ui::FoldingRow;
  both->add(plot, 5);
  both->add(m_frontierTable, 4);
  m_stack->addWidget(both);

  m_seeds = new QStandardItemModel(this);
  m_seedTable = ui::makePlainTable(m_seeds, {});
  m_seedEmpty = new Label({}, TextRole::Body, Token::Text2);
  m_stack->addWidget(m_seedStack = either(m_seedTable, m_seedEmpty));

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(m_card);

  addPlotMenu(m_card, m_curves, *m_curves, false);
  addPlotMenu(m_card, m_parallel, *m_parallel, false);
  addPlotMenu(m_card, m_frontier, *m_frontier, false);
  // Figures that are compared stand beside each other.
  for (QTableView* table : {m_frontierTable, m_seedTable}) table->horizontalHeader()->setStretchLastSection(false);
  for (QTableView* table : {m_diffTable, m_frontierTable, m_seedTable}) addTableMenu(m_card, table, false);
  // One button for the menu of whatever is in sight.
  connect(m_save, &ui::IconButton::clicked, this, [this] {
    QWidget* shown = inSight();
    Q_EMIT shown->customContextMenuRequested(shown->mapFromGlobal(m_save->mapToGlobal(QPoint(0, m_save->height()))));
  });
  connect(m_views, &ui::SegmentedControl::currentChanged, this, &RunPlots::setView);
  connect(m_kind, &QComboBox::currentIndexChanged, this, &RunPlots::refreshCurves);
  connect(m_mean, &QCheckBox::toggled, this, &RunPlots::refreshCurves);
  connect(m_over, &QComboBox::currentIndexChanged, this, &RunPlots::refreshCurves);
  connect(m_scale, &QComboBox::currentIndexChanged, this, [this] {
    const QString id = m_scale->currentData().toString();
    m_curves->setLogY(id != "linear"_L1);
    m_curves->setLogX(id == "loglog"_L1);
  });
  connect(&m_steps, &RunStepStore::changed, this, [this] {
    if (view() == "curves"_L1) refreshCurves();
  });
  connect(m_axis, &ui::SegmentedControl::currentChanged, this, &RunPlots::refreshFrontier);
  connect(m_parallel, &ui::ParallelPlot::brushChanged, this, &RunPlots::brushChanged);
  connect(m_parallel, &ui::ParallelPlot::lineActivated, this, &RunPlots::runActivated);
  connect(m_clearBrush, &ui::Button::clicked, this, [this] {
    m_parallel->clearBrushes();
    Q_EMIT brushChanged();
  });
  retranslate();
}

void RunPlots::retranslate() {
  m_save->setToolTip(tr("Save or copy what is shown"));
  m_save->setAccessibleName(m_save->toolTip());
  m_views->setOptionText(u"curves"_s, tr("Curves"));
  m_views->setOptionText(u"diff"_s, tr("Differences"));
  m_views->setOptionText(u"parallel"_s, tr("Settings"));
  m_views->setOptionText(u"frontier"_s, tr("K frontier"));
  m_views->setOptionText(u"seeds"_s, tr("Seeds"));
  const QStringList kinds{tr("Validation score"), tr("Validation loss"), tr("Training loss"), tr("Learning rate")};
  for (int i = 0; i < kinds.size(); ++i) m_kind->setItemText(i, kinds[i]);
  m_kind->setAccessibleName(tr("Drawn value"));
  m_mean->setText(tr("Mean ± sd over seeds"));
  m_mean->setToolTip(tr("One curve for the ticked runs that differ in their seed only"));
  const QStringList axes{tr("by epoch"), tr("by step"), tr("by time")}, scales{tr("Linear"), tr("Log"), tr("Log both")};
  for (int i = 0; i < axes.size(); ++i) m_over->setItemText(i, axes[i]);
  for (int i = 0; i < scales.size(); ++i) m_scale->setItemText(i, scales[i]);
  m_over->setAccessibleName(tr("Horizontal axis"));
  m_over->setToolTip(tr("Over steps, training loss and learning rate have a point for every step that a run has kept."));
  m_scale->setAccessibleName(tr("Scale of the axes"));
  retranslateSmoothing(*m_smoothing);
  m_curves->setPlaceholder(tr("Tick runs to lay their curves over each other."));
  m_diffTable->setAccessibleName(tr("Differences of the settings"));
  m_hint->setText(tr("Drag along an axis to keep a range; table and curves follow."));
  m_clearBrush->setText(tr("Clear ranges"));
  m_axis->setOptionText(u"k"_s, tr("by K"));
  m_axis->setOptionText(u"size"_s, tr("by size"));
  m_frontier->setPlaceholder(tr("Finished runs with several K are drawn here: how good they are against K and against their size."));
  m_frontierTable->setAccessibleName(tr("Values for each K"));
  m_seedTable->setAccessibleName(tr("Mean over the seeds"));
  m_seedEmpty->setText(tr("Runs that differ in their seed only are put together here."));
  m_curveState.clear();
  refresh();
}

void RunPlots::setView(const QString& id) {
  m_views->setCurrent(id);
  refresh();
}

QString RunPlots::view() const { return m_views->current(); }

void RunPlots::setRuns(const QList<RunPtr>& matching, const QList<RunPtr>& visible, const QSet<QString>& ticked, const RunPtr& baseline) {
  m_matching = matching;
  m_visible = visible;
  m_ticked = ticked;
  m_baseline = baseline;
  refresh();
}

// Only what is in sight is computed.
void RunPlots::refresh() {
  const QString id = view();
  if (id == "curves"_L1) {
    m_stack->setCurrentIndex(0);
    m_title = tr("How did they learn?");
    refreshCurves();
  } else if (id == "diff"_L1) {
    m_stack->setCurrentIndex(1);
    m_title = tr("What is different?");
    refreshDifferences();
  } else if (id == "parallel"_L1) {
    m_stack->setCurrentIndex(2);
    m_title = tr("Which settings win?");
    refreshParallel();
  } else if (id == "frontier"_L1) {
    m_stack->setCurrentIndex(3);
    m_title = tr("How large must K be?");
    refreshFrontier();
  } else {
    m_stack->setCurrentIndex(4);
    m_title = tr("How much does the seed matter?");
    refreshSeeds();
  }
  m_card->setTitle(m_title);
  m_curves->setAccessibleName(m_title);
}

QWidget* RunPlots::inSight() const {
  const QString id = view();
  if (id == "curves"_L1) return m_curves;
  if (id == "parallel"_L1) return m_parallel;
  if (id == "frontier"_L1) return m_frontier;
  return id == "diff"_L1 ? m_diffTable : m_seedTable;
}

QList<RunPtr> RunPlots::shownTicked() const {
  QList<RunPtr> runs;
  for (const RunPtr& run : m_visible)
    if (m_ticked.contains(run->id)) runs << run;
  return runs;
}

void RunPlots::refreshDifferences() {
  QList<RunPtr> runs = shownTicked();
  runs.removeIf([](const RunPtr& run) { return run->settings.empty(); });
  if (m_baseline && !m_baseline->settings.empty()) {
    runs.removeIf([this](const RunPtr& run) { return run->id == m_baseline->id; });
    if (!runs.isEmpty()) runs.prepend(m_baseline);
  }
  QStringList names, told;
  for (const RunPtr& run : std::as_const(runs))
    names << (m_baseline && run->id == m_baseline->id ? tr("%1 (baseline)").arg(run->id) : run->id);
  QList<QStringList> values;
  for (const SettingAcross& setting : differingSettings(runs)) {
    told << setting.key;
    QStringList row;
    for (const QString& value : setting.values) row << (value.isEmpty() ? u"–"_s : value);
    values << row;
  }
  m_diff->setRuns(names, told, values);
  m_diffStack->setCurrentIndex(m_diff->differences() > 0 ? 1 : 0);
  m_diffEmpty->setText(runs.size() < 2 ? tr("Tick two runs or more to see in which settings they differ.")
                                       : tr("These runs have the same settings."));
  m_card->setNote(runs.size() < 2 ? QString() : tr("%n setting(s) of %1 runs", nullptr, m_diff->differences()).arg(runs.size()));
}

void RunPlots::refreshParallel() {
  const ParallelData drawn = parallelData(m_matching, m_ticked, m_notes);
  m_parallel->setData(drawn.axes, drawn.lines);
  m_clearBrush->setVisible(m_parallel->hasBrush());
  m_card->setNote(m_parallel->hasBrush() ? tr("%1 of %n run(s)", nullptr, int(drawn.lines.size())).arg(m_parallel->keptIds().size())
                                         : tr("%n run(s)", nullptr, int(drawn.lines.size())));
}

void RunPlots::refreshFrontier() {
  const bool bySize = m_axis->current() == "size"_L1, isPercent = allClassify(m_visible);
  const QList<ui::FrontierSeries> all = frontierSeries(m_visible, bySize);
  const QString value = isPercent ? tr("right pictures") : tr("mean Dice");
  m_frontier->setLabels(bySize ? tr("size of the delta, MB") : tr("inputs kept per neuron, K"), value, isPercent);
  m_frontier->setSeries(all);
  QList<ui::LegendEntry> legend;
  m_frontierModel->clear();
  setHeader(m_frontierModel, {tr("Runs"), tr("K"), tr("n"), tr("Mean"), tr("sd"), tr("MB")});
  QString answer;
  double best = -1;
  const QList<ui::FrontierSeries> sizes = bySize ? all : frontierSeries(m_visible, true);
  for (qsizetype s = 0; s < all.size(); ++s) {
    const auto& series = all[s];
    const QString name = series.name.isEmpty() ? tr("all") : series.name;
    for (const ui::FrontierMark& mark : series.marks) {
      // The answer is that of the best kind of run.
      if (mark.isEnough && mark.mean > best) {
        best = mark.mean;
        answer = series.name.isEmpty() ? tr("K = %1 is enough").arg(mark.k) : tr("K = %1 is enough: %2").arg(mark.k, series.name);
      }
      double megabytes = std::nan("");
      for (const auto& other : sizes)
        if (other.name == series.name)
          for (const auto& m : other.marks)
            if (m.k == mark.k) megabytes = m.x;
      m_frontierModel->appendRow(
          {textItem(name), numberItem(mark.k.isEmpty() ? u"–"_s : mark.k + (mark.isEnough ? u" ✓"_s : QString()), mark.k),
           numberItem(QString::number(mark.runs), mark.runs), numberItem(valueText(mark.mean, isPercent, 4), mark.mean),
           numberItem(valueText(mark.deviation, isPercent, 4), mark.deviation),
           numberItem(std::isnan(megabytes) ? u"–"_s : ui::significant(megabytes, 3), megabytes)});
    }
    legend.append(
        {name, {}, ui::Theme::instance().runColor(series.colour % ui::kRunColours), series.isLevel || series.colour >= ui::kRunColours});
  }
  m_frontierLegend->setEntries(legend,
                               all.isEmpty() ? QString() : tr("bars: ± sd over seeds; ring: smallest K within half a point of the best"));
  m_frontierTable->resizeColumnsToContents();
  m_frontierTable->setVisible(!all.isEmpty());
  m_axis->setVisible(!all.isEmpty());
  m_card->setNote(answer);
}

void RunPlots::refreshSeeds() {
  const QList<SeedGroup> groups = seedGroups(m_visible);
  m_seeds->clear();
  setHeader(m_seeds, {tr("Runs"), tr("Seeds"), tr("Mean of the best"), tr("sd"), tr("Lowest"), tr("Highest")});
  QList<SeedGroup> sorted = groups;
  std::stable_sort(sorted.begin(), sorted.end(), [](const SeedGroup& a, const SeedGroup& b) { return a.mean > b.mean; });
  for (const SeedGroup& group : std::as_const(sorted)) {
    const bool isPercent = group.isClassification;
    m_seeds->appendRow(
        {textItem(group.name.isEmpty() ? group.runs.first()->id : group.name),
         numberItem(QString::number(group.runs.size()), int(group.runs.size())),
         numberItem(valueText(group.mean, isPercent, 4), group.mean), numberItem(valueText(group.deviation, isPercent, 4), group.deviation),
         numberItem(valueText(group.low, isPercent, 4), group.low), numberItem(valueText(group.high, isPercent, 4), group.high)});
  }
  m_seedStack->setCurrentIndex(groups.isEmpty() ? 0 : 1);
  m_seedTable->resizeColumnsToContents();
  m_card->setNote(groups.isEmpty() ? QString() : tr("%n group(s)", nullptr, int(groups.size())));
}

void RunPlots::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

}  // namespace gps::app
