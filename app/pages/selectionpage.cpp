#include "app/pages/selectionpage.h"

#include <QVBoxLayout>

#include "app/pages/columns.h"
#include "app/pages/jobtext.h"
#include "app/pages/plotmenu.h"
#include "app/pages/sharedcard.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/kslider.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::KeyValue;
using ui::Label;
using ui::TextRole;
using ui::Token;
using ui::Tone;

SelectionPage::SelectionPage(Session& session, QWidget* parent) : Page(u"selection"_s, session, parent) {
  m_compare = header()->addAction({}, ButtonRole::Secondary);
  connect(m_compare, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"compare"_s); });
  m_run = header()->addAction({}, ButtonRole::Secondary, u"refresh"_s);
  m_train = header()->addAction({}, ButtonRole::Primary);
  connect(m_run, &Button::clicked, this, [this] { this->session().runGradientPass(); });
  connect(m_train, &Button::clicked, this, [this] {
    this->session().setSelectionFile({});  // this one, not a saved one
    Q_EMIT pageRequested(u"train"_s);
  });
  emptyState()->setIconName(u"selection"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    const Session& s = this->session();
    if (!s.data())
      Q_EMIT pageRequested(u"data"_s);
    else if (!s.model())
      Q_EMIT pageRequested(u"model"_s);
    else
      this->session().runGradientPass();
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  buildLeft(columns);
  m_barsCard = new Card;
  m_measure = new ui::SegmentedControl;
  m_measure->addOption(u"count"_s, {});
  m_measure->addOption(u"share"_s, {});
  m_scale = new ui::SegmentedControl;
  m_scale->addOption(u"linear"_s, {});
  m_scale->addOption(u"log"_s, {});
  m_barsCard->addHeaderWidget(m_measure);
  m_barsCard->addHeaderWidget(m_scale);
  m_bars = new ui::BlockBars;
  m_barsCard->addBody(m_bars, 1);
  columns->middle()->addWidget(m_barsCard, 3);
  m_captured = new Card;
  m_curve = new ui::CurvePlot;
  m_capturedText = new Label({}, TextRole::Body);
  m_capturedText->setWordWrap(true);
  m_captured->addBody(m_curve, 1);
  m_captured->addBody(m_capturedText);
  columns->middle()->addWidget(m_captured, 2);
  m_what = new Card;
  m_list = new ui::KeyValueList;
  m_what->addBody(m_list);
  m_what->bodyLayout()->addStretch(1);
  columns->right()->addWidget(m_what, 1);
  m_right = columns->right();
  setContent(columns);
  addPlotMenu(m_barsCard, m_bars, *m_bars);
  addPlotMenu(m_captured, m_curve, *m_curve);
  bindFailure(m_barsCard, JobKind::GradientPass);
  bindFailure(m_blocks, JobKind::RebuildTable);

  connect(m_measure, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    m_bars->setMeasure(id == "share"_L1 ? ui::BlockBars::Measure::Share : ui::BlockBars::Measure::Count);
  });
  connect(m_scale, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { m_bars->setLogScale(id == "log"_L1); });
  connect(m_bars, &ui::BlockBars::blockActivated, this, [this](const QString& block) {
    m_bars->setHighlightedBlock(block);
    m_tree->setCurrentBlock(block);
  });
  connect(m_tree, &ui::BlockTree::blockActivated, m_bars, &ui::BlockBars::setHighlightedBlock);
  connect(m_tree, &ui::BlockTree::excludedChanged, this,
          [this](const QStringList& blocks, const QStringList& kinds) { this->session().setExcluded(blocks, kinds); });
  connect(m_barsCard, &Card::cancelRequested, this, [this] { this->session().stopJob(); });
  connect(&session, &Session::tableChanged, this, &SelectionPage::refresh);
  connect(&session, &Session::modelChanged, this, &SelectionPage::refresh);
  connect(&session, &Session::dataChanged, this, &SelectionPage::refresh);
  connect(&session, &Session::projectChanged, this, &SelectionPage::refresh);
  connect(&session, &Session::keptPerRowChanged, this, &SelectionPage::refreshCounts);
  connect(&session, &Session::jobChanged, this, &SelectionPage::refreshJob);
  retranslate();
}

void SelectionPage::addShared(SelectionLibrary& library) {
  m_shared = new SharedCard(session(), library);
  m_right->addWidget(m_shared, 1);
  connect(m_shared, &SharedCard::comparisonRequested, this, [this] { Q_EMIT pageRequested(u"compare"_s); });
}

void SelectionPage::buildLeft(Columns* columns) {
  m_scheme = new Card;
  m_criterionLabel = new Label({}, TextRole::Small, Token::Text2);
  m_criterion = new ui::SegmentedControl;
  for (const char* id : {"gradient", "magnitude", "random"}) m_criterion->addOption(QString::fromLatin1(id), {});
  m_schemeText = new Label({}, TextRole::Small, Token::Text2);
  m_schemeText->setWordWrap(true);
  m_scheme->addBody(m_criterionLabel);
  m_scheme->addBody(m_criterion);
  m_lossLabel = new Label({}, TextRole::Small, Token::Text2);
  m_loss = new ui::SegmentedControl;
  for (const char* id : {"supcon", "ce"}) m_loss->addOption(QString::fromLatin1(id), {});
  m_scheme->addBody(m_lossLabel);
  m_scheme->addBody(m_loss);
  m_scheme->addBody(m_schemeText);
  columns->left()->addWidget(m_scheme);
  m_keep = new Card;
  m_slider = new ui::KSlider;
  m_keep->addBody(m_slider);
  columns->left()->addWidget(m_keep);
  m_blocks = new Card;
  m_tree = new ui::BlockTree;
  m_blocks->addBody(m_tree, 1);
  columns->left()->addWidget(m_blocks, 1);
  connect(m_criterion, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    SelectionSpec spec = session().project().selection;
    spec.criterion = parseWord<Criterion>(id.toStdString());
    session().setSelection(spec);
    refreshStale();
    refreshJob();
  });
  connect(m_loss, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    SelectionSpec spec = session().project().selection;
    spec.loss = parseWord<LossKind>(id.toStdString());
    session().setSelection(spec);
    refreshStale();
    refreshJob();
  });
  connect(m_slider, &ui::KSlider::keptPerRowChanged, this, &SelectionPage::slide);
  connect(m_slider, &ui::KSlider::keptPerRowCommitted, this, [this](int k) {
    m_committed = k;
    m_isSliding = false;
    session().setSelection(session().project().selection);  // keeps it
  });
}

void SelectionPage::retranslate() {
  header()->setTitle(tr("Selection"));
  m_compare->setText(tr("Compare with…"));
  m_train->setText(tr("Train with this"));
  m_scheme->setTitle(tr("Scheme"));
  m_criterionLabel->setText(tr("Ranked by"));
  m_criterion->setOptionText(u"gradient"_s, tr("Gradient"));
  m_criterion->setOptionText(u"magnitude"_s, tr("Magnitude"));
  m_criterion->setOptionText(u"random"_s, tr("Random"));
  m_lossLabel->setText(tr("Gradient of which loss?"));
  m_loss->setOptionText(u"supcon"_s, tr("Contrastive"));
  m_loss->setOptionText(u"ce"_s, tr("Cross-entropy"));
  m_keep->setTitle(tr("Inputs kept per neuron, K"));
  m_blocks->setTitle(tr("Blocks"));
  m_barsCard->setTitle(tr("Selected weights per block"));
  m_measure->setOptionText(u"count"_s, tr("Count"));
  m_measure->setOptionText(u"share"_s, tr("Share"));
  m_scale->setOptionText(u"linear"_s, tr("Linear"));
  m_scale->setOptionText(u"log"_s, tr("Log"));
  m_bars->setAxisCaption(tr("encoder block"));
  m_captured->setTitle(tr("How much of the gradient is kept?"));
  m_what->setTitle(tr("What would train?"));
  m_curve->removeAllSeries();
  m_curve->addSeries(tr("kept share of |gradient|"), 0);
  m_curve->setXLabel(tr("inputs kept per neuron, K"));
  m_curve->setYLabel(tr("%"));
  m_curve->setYRange(0, 100);
  m_curve->setXRange(0, 64);
  refresh();
}

bool SelectionPage::tableFitsScheme() const {
  const auto table = session().table();
  if (!table) return false;
  const auto& wanted = session().project().selection;
  const bool usesLoss = wanted.criterion == Criterion::Gradient && session().task() == TaskKind::Classification;
  return table->spec.criterion == wanted.criterion && (!usesLoss || table->spec.loss == wanted.loss);
}

void SelectionPage::refresh() {
  const auto& selection = session().project().selection;
  const auto table = session().table();
  m_criterion->setCurrent(QString::fromStdString(wordOf(selection.criterion)));
  const bool isClassification = session().task() == TaskKind::Classification;
  m_lossLabel->setVisible(isClassification);
  m_loss->setVisible(isClassification);
  if (isClassification) m_loss->setCurrent(QString::fromStdString(wordOf(selection.loss)));
  if (!m_isSliding) {
    m_slider->setKeptPerRow(selection.keptPerRow);
    m_committed = m_slider->keptPerRow();
    m_ghost = 0;
    m_bars->clearGhost();
  }
  if (const auto model = session().model()) {
    std::vector<BlockRow> rows;
    for (const BlockRow& row : model->blocks)
      if (row.block != "decoder") rows.push_back(row);
    m_tree->setRows(rows);
    QStringList blocks, kinds;
    for (const auto& b : selection.excludedBlocks) blocks << QString::fromStdString(b);
    for (const auto& k : selection.excludedKinds) kinds << QString::fromStdString(k);
    m_tree->blockModel()->setExcluded(blocks, kinds);
  }
  QList<double> ks, shares;
  if (table) {
    for (const auto& c : table->counts) {
      ks << c.keptPerRow;
      shares << 100 * c.capturedShare;
    }
  }
  m_curve->setPoints(0, ks, shares);
  QString text = tr("Biases always train, norms stay frozen.");
  if (table && table->spec.criterion == Criterion::Gradient)
    text = tr("Gradient of %n training picture(s), mean loss %1.", nullptr, table->images).arg(ui::significant(table->meanLoss, 3)) + u' ' +
           text;
  m_schemeText->setText(text + u' ' + tr("Seed %1.").arg(selection.seed));
  refreshCounts();
  refreshStale();
  refreshJob();
}

void SelectionPage::slide(int k) {
  if (!m_isSliding) {
    m_isSliding = true;
    m_ghost = m_committed;
    if (const auto* before = session().counts(m_ghost)) m_bars->setGhost(*before, tr("before: K = %1").arg(m_ghost));
  }
  session().setKeptPerRow(k);
}

void SelectionPage::refreshCounts() {
  const int k = session().project().selection.keptPerRow;
  if (!m_isSliding && m_slider->keptPerRow() != k) m_slider->setKeptPerRow(k);
  const auto* counts = session().counts(k);
  const auto model = session().model();
  m_blocks->setNote(model ? tr("%1 of %2").arg(m_tree->blockModel()->includedBlockCount()).arg(m_tree->blockModel()->blockCount())
                          : QString());
  if (!counts || !model) {
    m_slider->setSummary({}, {});
    m_slider->setNotes({});
    m_list->setRows({});
    m_bars->setCounts({});
    m_capturedText->setText({});
    return;
  }
  m_bars->setCounts(*counts);
  m_tree->setCounts(*counts);
  m_slider->setSummary(tr("%1 weights").arg(ui::groupedCount(counts->selected)),
                       tr("%1 of %2")
                           .arg(ui::sharePercent(double(counts->selected) / double(std::max<std::int64_t>(1, model->selectableWeights))),
                                ui::compactCount(double(model->selectableWeights))));
  const bool isClassification = session().task() == TaskKind::Classification;
  const double bytes = 4.0 * double(counts->trainableTotal);
  m_slider->setNotes({tr("Delta %1 per epoch").arg(ui::bytesText(bytes)),
                      tr("Optimiser %1 instead of %2").arg(ui::bytesText(2 * bytes), ui::bytesText(8.0 * double(model->parameters)))});
  const auto row = [](const QString& key, qint64 value, const QString& help) {
    return KeyValue{key, ui::groupedCount(value), {}, Tone::Neutral, help};
  };
  m_list->setRows({row(tr("Selected weights"), counts->selected, tr("K inputs of every neuron of the encoder.")),
                   row(tr("Neurons"), counts->rows, tr("Rows of the weight matrices as stored.")),
                   row(tr("without gradient"), counts->zeroRows, tr("Neurons whose gradient is exactly zero; they still keep K inputs.")),
                   row(tr("Encoder, with biases"), counts->trainable, tr("Selected weights, biases and bias tables.")),
                   {tr("share of the encoder"), ui::sharePercent(counts->trainableShare), {}, Tone::Neutral, {}},
                   isClassification ? row(tr("All, with head"), counts->trainableTotal, tr("The classification head trains as a whole."))
                                    : row(tr("All, with decoder"), counts->trainableTotal, tr("The mask decoder trains as a whole.")),
                   {tr("share of the model"), ui::sharePercent(counts->totalShare), {}, Tone::Neutral, {}}});
  m_curve->setMarker(k, tr("K = %1").arg(k));
  m_capturedText->setText(tr("%1 of the weights hold %2 of the gradient.")
                              .arg(ui::sharePercent(double(counts->selected) / double(std::max<std::int64_t>(1, model->selectableWeights))),
                                   ui::sharePercent(counts->capturedShare)));
}

void SelectionPage::refreshStale() {
  const bool isStale = session().table() && !tableFitsScheme();
  m_barsCard->setStale(isStale);
  m_captured->setStale(isStale);
  m_what->setStale(isStale);
  m_barsCard->setNote(isStale ? tr("of the former scheme; run again") : QString());
}

void SelectionPage::refreshJob() {
  const Session& s = session();
  const JobStatus& job = s.job();
  const bool isOurs = s.isBusy() && (job.kind == JobKind::GradientPass || job.kind == JobKind::RebuildTable);
  if (isOurs && job.kind == JobKind::GradientPass)
    m_barsCard->setBusy(progressValue(job));
  else if (m_barsCard->isBusy())
    m_barsCard->clearBusy();
  showEmpty(!s.table() && !isOurs && !s.failure(JobKind::GradientPass));
  if (!s.data()) {
    emptyState()->setSentence(tr("The gradient needs pictures. Open a folder of pictures first."));
    emptyState()->setPrimary(tr("Go to Data"), u"data"_s);
    emptyState()->setLink(tr("Open the demo project"));
  } else if (!s.model()) {
    emptyState()->setSentence(tr("The gradient needs a model. Choose pretrained weights first."));
    emptyState()->setPrimary(tr("Go to Model"), u"model"_s);
    emptyState()->setLink({});
  } else {
    emptyState()->setSentence(tr("One pass over the training pictures shows which inputs of every neuron matter for this task."));
    emptyState()->setPrimary(tr("Run gradient pass"), u"play"_s);
    emptyState()->setLink({});
  }
  const bool needsGradient = s.project().selection.criterion == Criterion::Gradient;
  m_run->setText(!needsGradient ? tr("Rank again") : s.table() ? tr("Run gradient pass again") : tr("Run gradient pass"));
  m_run->setDisabledReason(s.whyNoGradientPass());
  m_train->setDisabledReason(!s.table()           ? tr("Run the gradient pass first.")
                             : !tableFitsScheme() ? tr("Run the new scheme first.")
                                                  : QString());
  m_criterion->setEnabled(!s.isBusy());
  m_loss->setEnabled(!s.isBusy());
  for (const char* id : {"supcon", "ce"})
    m_loss->setOptionEnabled(QString::fromLatin1(id), needsGradient, tr("Only the gradient has a loss."));
  m_tree->setEnabled(!s.isBusy() || isOurs);
}

}  // namespace gps::app
