#include "app/pages/selectionpage.h"

#include <QCheckBox>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "app/engine/schemetext.h"
#include "app/pages/columns.h"
#include "app/pages/jobtext.h"
#include "app/pages/layercard.h"
#include "app/pages/plotmenu.h"
#include "app/pages/savedialog.h"
#include "app/pages/schemecard.h"
#include "app/pages/schemescard.h"
#include "app/pages/selectionwords.h"
#include "app/pages/sharedcard.h"
#include "app/pages/stabilitycard.h"
#include "app/pages/whenshown.h"
#include "app/project/explorer.h"
#include "core/selection/gradientfield.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/kslider.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::KeyValue;
using ui::Tone;

namespace {
constexpr double kStackUnits = 132;
constexpr int kLargestK = 100000;  // as in the form of the Train page
}  // namespace

SelectionPage::SelectionPage(Session& session, EngineApi& engine, QWidget* parent)
    : Page(u"selection"_s, session, parent), m_explorer(new Explorer(engine, session, this)) {
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
  buildMiddle(columns);
  buildRight(columns);
  m_right = columns->right();
  setContent(columns);
  addPlotMenu(m_barsCard, m_bars, *m_bars);
  bindFailure(m_barsCard, JobKind::GradientPass);
  bindFailure(m_scheme, JobKind::RebuildTable);

  connect(&session, &Session::tableChanged, this, &SelectionPage::forget);
  connect(&session, &Session::selectionChanged, this, &SelectionPage::refresh);
  connect(&session, &Session::modelChanged, this, &SelectionPage::forget);
  connect(&session, &Session::dataChanged, this, &SelectionPage::refresh);
  connect(&session, &Session::projectChanged, this, &SelectionPage::forget);
  auto* counts = new WhenShown(this, [this] { refreshCounts(); });
  connect(&session, &Session::keptPerRowChanged, counts, &WhenShown::ask);
  connect(&session, &Session::trainDraftChanged, counts, &WhenShown::ask);  // whether the decoder trains
  connect(&session, &Session::jobChanged, this, &SelectionPage::refreshJob);
  retranslate();
}

void SelectionPage::addShared(SelectionLibrary& library) {
  m_shared = new SharedCard(session(), library);
  m_right->addWidget(m_shared, 1);
  connect(m_shared, &SharedCard::comparisonRequested, this, [this] { Q_EMIT pageRequested(u"compare"_s); });
}

void SelectionPage::buildLeft(Columns* columns) {
  m_scheme = new SchemeCard(session());
  columns->left()->addWidget(m_scheme);
  m_keep = new Card;
  m_slider = new ui::KSlider;
  m_slider->setLargest(kLargestK);
  m_keep->addBody(m_slider);
  columns->left()->addWidget(m_keep);
  m_blocks = new Card;
  m_tree = new ui::BlockTree;
  m_blocks->addBody(m_tree, 1);
  columns->left()->addWidget(m_blocks, 1);
  connect(m_slider, &ui::KSlider::keptPerRowChanged, this, &SelectionPage::slide);
  connect(m_slider, &ui::KSlider::keptPerRowCommitted, this, &SelectionPage::commit);
  connect(m_tree, &ui::BlockTree::excludedChanged, this,
          [this](const QStringList& blocks, const QStringList& kinds) { session().setExcluded(blocks, kinds); });
}

void SelectionPage::buildMiddle(Columns* columns) {
  m_barsCard = new Card;
  m_measure = new ui::SegmentedControl;
  for (const char* id : {"count", "share", "mean"}) m_measure->addOption(QString::fromLatin1(id), {});
  m_scale = new ui::SegmentedControl;
  for (const char* id : {"linear", "log"}) m_scale->addOption(QString::fromLatin1(id), {});
  m_barsCard->addHeaderWidget(m_measure);
  m_barsCard->addHeaderWidget(m_scale);
  m_bars = new ui::BlockBars;
  m_barsCard->addBody(m_bars, 1);
  columns->middle()->addWidget(m_barsCard, 11);
  auto* lower = m_lower = new QBoxLayout(QBoxLayout::LeftToRight);
  lower->setSpacing(ui::Theme::instance().px(2));
  m_layer = new LayerCard(session(), *m_explorer);
  m_stability = new StabilityCard(session());
  lower->addWidget(m_layer, 21);
  lower->addWidget(m_stability, 17);
  columns->middle()->addLayout(lower, 10);

  connect(m_measure, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    using Measure = ui::BlockBars::Measure;
    nameBars();
    m_bars->setMeasure(id == "share"_L1 ? Measure::Share : id == "mean"_L1 ? Measure::MeanScore : Measure::Count);
  });
  connect(m_scale, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { m_bars->setLogScale(id == "log"_L1); });
  connect(m_barsCard, &Card::cancelRequested, this, [this] { session().stopJob(); });
  // One block lights up in every view.
  BlockFocus* focus = &session().blockFocus();
  connect(m_bars, &ui::BlockBars::blockActivated, focus, [focus](const QString& block) { focus->set(block); });
  connect(m_bars, &ui::BlockBars::segmentActivated, focus, &BlockFocus::set);
  connect(m_tree, &ui::BlockTree::rowActivated, focus, &BlockFocus::set);
  connect(m_layer, &LayerCard::layerChosen, focus, &BlockFocus::set);
  connect(focus, &BlockFocus::changed, this, &SelectionPage::showBlock);
}

void SelectionPage::showBlock() {
  const BlockFocus& focus = session().blockFocus();
  m_bars->setHighlightedBlock(focus.block());
  m_tree->setCurrentBlock(focus.block());
  if (!focus.block().isEmpty()) m_layer->showBlock(focus.block(), focus.kind());
}

void SelectionPage::buildRight(Columns* columns) {
  m_schemes = new SchemesCard(session(), *m_explorer);
  columns->right()->addWidget(m_schemes, 11);
  m_what = new Card;
  m_save = new Button({}, ButtonRole::Secondary);
  connect(m_save, &Button::clicked, this, &SelectionPage::saveSelection);
  m_what->addHeaderWidget(m_save);
  m_list = new ui::KeyValueList;
  m_what->addBody(m_list);
  m_what->bodyLayout()->addStretch(1);
  columns->right()->addWidget(m_what, 10);
}

void SelectionPage::retranslate() {
  header()->setTitle(tr("Selection"));
  m_save->setText(tr("Save…"));
  m_compare->setText(tr("Compare with…"));
  m_train->setText(tr("Train with this"));
  m_blocks->setTitle(tr("Blocks"));
  m_measure->setOptionText(u"count"_s, tr("Count"));
  m_measure->setOptionText(u"share"_s, tr("Share"));
  m_measure->setOptionText(u"mean"_s, tr("Mean score"));
  m_scale->setOptionText(u"linear"_s, tr("Linear"));
  m_scale->setOptionText(u"log"_s, tr("Log"));
  m_bars->setAccessibleName(tr("Selected weights per block"));
  m_bars->setAxisCaption(tr("encoder block"));
  nameBars();
  m_what->setTitle(tr("What would train?"));
  showGhost();
  refresh();
}

void SelectionPage::nameBars() {
  const QString measure = m_measure->current();
  m_barsCard->setTitle(measure == "share"_L1  ? tr("Selected share of each block")
                       : measure == "mean"_L1 ? tr("Mean score of the selected")
                                              : tr("Selected weights per block"));
}

void SelectionPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  m_explorer->setActive(true);
}

// In a small window the two cards under the bars stand one over the other.
void SelectionPage::resizeEvent(QResizeEvent* event) {
  const bool isNarrow = event->size().width() < ui::Theme::instance().px(kStackUnits);
  m_lower->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  m_compare->setVisible(!isNarrow);  // the card of shared picks leads there too
  Page::resizeEvent(event);
}

void SelectionPage::hideEvent(QHideEvent* event) {
  m_explorer->setActive(false);
  Page::hideEvent(event);
}

bool SelectionPage::isSettled() const {
  if (!session().table() || m_explorer->failure()) return true;
  const auto rows = m_explorer->rows();
  const auto isOpen = [](const Explorer::Row& row) { return row.isAnswerable && (!row.table || row.isStale); };
  return m_explorer->look() && !m_explorer->isLookPending() && std::none_of(rows.begin(), rows.end(), isOpen);
}

SaveDialog* SelectionPage::saveSelection() {
  if (!m_explorer->whyNotSaved().isEmpty()) return nullptr;
  auto* dialog = new SaveDialog(*m_explorer, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
  return dialog;
}

// ---- the former choice

void SelectionPage::forget() {
  if (!session().table()) {
    m_shown.reset();
    m_former.reset();
    m_isSliding = false;
    showGhost();
  }
  refresh();
}

// What was on screen before this became the choice is the ghost.
void SelectionPage::noteChoice() {
  const auto table = session().table();
  const int k = session().project().selection.keptPerRow;
  if (m_isSliding || !table || !session().isTableOfScheme()) return;
  if (m_shown && m_shown->table == table && m_shown->keptPerRow == k) return;
  const auto* now = session().counts(k);
  const auto index = m_shown ? std::size_t(m_shown->keptPerRow) - 1 : 0;
  const bool isAnother = now && m_shown && index < m_shown->table->counts.size() && m_shown->table->counts[index].perBlock != now->perBlock;
  if (isAnother) m_former = m_shown;
  m_shown = Choice{table, k};
  showGhost();
}

void SelectionPage::slide(int k) {
  if (!m_isSliding && m_shown && m_shown->keptPerRow != k) {
    m_former = m_shown;
    showGhost();
  }
  m_isSliding = true;
  session().setKeptPerRow(k);
}

// One drag is one change.
void SelectionPage::commit(int k) {
  m_isSliding = false;
  SelectionSpec spec = session().project().selection;
  spec.keptPerRow = k;
  session().setSelection(spec);
}

QString SelectionPage::ghostLabel() const {
  const Scheme scheme = schemeOf(m_former->table->spec);
  if (m_shown && !(scheme == schemeOf(m_shown->table->spec))) return tr("before: %1").arg(SchemeText::title(scheme));
  if (m_shown && m_shown->table != m_former->table && m_shown->keptPerRow == m_former->keptPerRow) return tr("before");
  return tr("before: K = %1").arg(m_former->keptPerRow);
}

void SelectionPage::showGhost() {
  const auto index = m_former ? std::size_t(m_former->keptPerRow) - 1 : 0;
  if (m_former && index < m_former->table->counts.size())
    m_bars->setGhost(m_former->table->counts[index], ghostLabel());
  else
    m_bars->clearGhost();
}

// ---- what is shown

void SelectionPage::refresh() {
  const auto& selection = session().project().selection;
  if (!m_isSliding) m_slider->setKeptPerRow(selection.keptPerRow);
  noteChoice();
  m_keep->setTitle(SchemeText::keptTitle(selection.level));
  if (const auto model = session().model()) {
    std::vector<BlockRow> rows;
    for (const BlockRow& row : model->blocks)
      if (row.block != "decoder") rows.push_back(row);
    m_tree->setRows(rows);
    QStringList blocks, kinds;
    for (const auto& b : selection.excludedBlocks) blocks << QString::fromStdString(b);
    for (const auto& k : selection.excludedKinds) kinds << QString::fromStdString(k);
    m_tree->blockModel()->setExcluded(blocks, kinds);
    if (const QString& block = session().blockFocus().block(); !block.isEmpty()) m_tree->setCurrentBlock(block);
  }
  m_stability->refresh();
  m_layer->refresh();
  m_schemes->refresh();
  refreshCounts();
  refreshJob();
}

void SelectionPage::refreshCounts() {
  const int k = session().project().selection.keptPerRow;
  if (!m_isSliding && m_slider->keptPerRow() != k) m_slider->setKeptPerRow(k);
  const auto* counts = session().presentCounts();
  const auto model = session().model();
  const double ownShare = session().project().selection.share;
  m_slider->setDisabledReason(ownShare > 0
                                  ? tr("A share of %1 is set on the Train page, and K follows from it. Set it to 0 there to choose K.")
                                        .arg(ui::sharePercent(ownShare))
                                  : QString());
  m_blocks->setNote(model ? tr("%1 of %2", "blocks").arg(m_tree->blockModel()->includedBlockCount()).arg(m_tree->blockModel()->blockCount())
                          : QString());
  m_schemes->refresh();
  m_stability->refreshCounts();
  if (!counts || !model) {
    const bool isBeyond = model && session().table() && !session().isBudgetInTable();
    const bool isComing = isBeyond && !session().isBusy() && session().isAnswerable(session().project().selection);
    m_slider->setSummary(isComing ? tr("counting…") : QString(), {});
    m_slider->setNotes(isBeyond && session().isBusy() ? QStringList{tr("It is counted when the present job has ended.")} : QStringList());
    if (isBeyond) return refreshStale();  // the former ones stay, dimmed
    m_list->setRows({});
    m_bars->setCounts({});
    return;
  }
  m_bars->setCounts(*counts);
  m_tree->setCounts(*counts);
  m_slider->setSummary(tr("%1 weights").arg(ui::groupedCount(counts->selected)),
                       tr("%1 of %2")
                           .arg(ui::sharePercent(double(counts->selected) / double(std::max<std::int64_t>(1, model->selectableWeights))),
                                ui::compactCount(double(model->selectableWeights))));
  const double bytes = 4.0 * double(trainedWith(*counts).total());
  QStringList notes{tr("Delta %1 per epoch").arg(ui::bytesText(bytes)),
                    tr("Optimiser %1 instead of %2").arg(ui::bytesText(2 * bytes), ui::bytesText(8.0 * double(model->parameters)))};
  if (!session().isBudgetInTable() && ownShare <= 0)
    notes.prepend(
        tr("K = %1 is beyond the slider, which ends at %2; it was counted for itself.").arg(k).arg(session().table()->counts.size()));
  m_slider->setNotes(notes);
  refreshList(*counts, *model);
}

// With what the settings of the Train page make of the decoder; the table counts it as a whole.
TrainedCounts SelectionPage::trainedWith(const SelectionCounts& counts) const {
  return trainedCounts(session().trainedSizes(), Method::Gps, session().project().train.selection.decoder, &counts);
}

void SelectionPage::refreshList(const SelectionCounts& counts, const ModelInfo& model) {
  const bool isClassification = session().task() == TaskKind::Classification;
  const auto row = [](const QString& key, qint64 value, const QString& help) {
    return KeyValue{key, ui::groupedCount(value), {}, Tone::Neutral, help};
  };
  const auto share = [](const QString& key, double value, const QString& help) {
    return KeyValue{key, ui::sharePercent(value), {}, Tone::Neutral, help};
  };
  const DecoderMode decoder = session().project().train.selection.decoder;
  const TrainedCounts together = trainedWith(counts);
  const double trained = double(together.total()), all = double(model.parameters);
  // fp32: weights; of what trains its value, gradient and the two moments, sparse ones with their offset.
  const double sparse = 4 * all + (4 + 4 + 8) * trained + 4 * double(counts.selected), dense = 4 * all + (4 + 8) * all;
  const QString estimate =
      tr("Estimate in fp32 with Adam: weights, gradient and the two moments. Activations come on top; the run measures them.");
  m_list->setRows(
      {row(tr("Selected weights"), counts.selected, tr("Of the weight matrices of the encoder.")),
       row(tr("Neurons"), counts.rows, tr("Rows of the weight matrices as stored.")),
       row(tr("without score"), counts.zeroRows, tr("Neurons whose scores are all zero; at neuron level they still keep K inputs.")),
       row(tr("Encoder, with biases"), counts.trainable, tr("Selected weights, biases, bias tables and layer scale.")),
       share(tr("share of the encoder"), counts.trainableShare, tr("Trained values against all of the encoder's.")),
       row(SelectionWords::allTrained(decoder, session().task()), together.total(),
           isClassification                 ? tr("The classification head trains as a whole.")
           : decoder == DecoderMode::Train  ? tr("The mask decoder trains as a whole.")
           : decoder == DecoderMode::Freeze ? tr("The mask decoder stays as it is, as the Train page says.")
                                            : tr("In the mask decoder K inputs per neuron and the biases train, as the Train page says.")),
       share(tr("share of the model"), trained / std::max(1.0, all), tr("Trained values against all of the model's.")),
       {tr("Memory, about"), ui::bytesText(sparse), {}, Tone::Neutral, estimate},
       {tr("if dense, about"), ui::bytesText(dense), {}, Tone::Neutral, estimate}});
}

void SelectionPage::refreshStale() {
  const bool isStale = session().table() && (!session().isTableOfScheme() || !session().presentCounts());
  const bool isComing = session().isTableOnItsWay();
  for (Card* card : {m_barsCard, m_what, static_cast<Card*>(m_layer)}) card->setStale(isStale);
  m_barsCard->setNote(!isStale                      ? QString()
                      : isComing                    ? tr("counting…")
                      : session().isTableOfScheme() ? tr("of the former K")
                                                    : tr("of the former scheme"));
}

void SelectionPage::refreshJob() {
  const Session& s = session();
  const JobStatus& job = s.job();
  const bool isPass = s.isBusy() && job.kind == JobKind::GradientPass;
  if (isPass)
    m_barsCard->setBusy(progressValue(job));
  else if (m_barsCard->isBusy())
    m_barsCard->clearBusy();
  showEmpty(!s.table() && !isPass && !s.failure(JobKind::GradientPass));
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
  const bool hasPass = s.table() && s.table()->hasPass;
  const bool isWaiting = s.table() && !s.isTableOfScheme() && !s.isTableOnItsWay() && !s.isAnswerable(s.project().selection);
  m_run->setText(hasPass && !isWaiting ? tr("Run again") : tr("Run gradient pass"));
  m_run->setDisabledReason(!needsPass(s.project().selection.criterion) ? tr("This criterion needs no pass.") : s.whyNoGradientPass());
  m_save->setDisabledReason(m_explorer->whyNotSaved(), tr("Keeps this selection by a name, to compare it or to train from it later."));
  m_train->setDisabledReason(!s.table()  ? tr("Run the gradient pass first.")
                             : isWaiting ? tr("Run the pass of the new scheme first.")
                                         : QString());
  m_scheme->refresh();
  m_stability->stopsEarly()->setEnabled(!s.isBusy());
  m_tree->setEnabled(!s.isBusy() || isPass);
  refreshStale();
}

}  // namespace gps::app
