#include "app/pages/train/runpanel.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/plotmenu.h"
#include "app/pages/selectionwords.h"
#include "app/pages/whenshown.h"
#include "core/values/traincost.h"
#include "core/values/trainedcounts.h"
#include "widgets/card.h"
#include "widgets/comparebars.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Card;
using ui::KeyValue;
using ui::Label;
using ui::TextRole;
using ui::Token;
using ui::Tone;

namespace {
QString score(double value) { return QString::number(value, 'f', 3); }
QString percent(double share) { return QString::number(100 * share, 'f', 1) + u" %"_s; }
constexpr int kAverageColumn = 5;
}  // namespace

RunPanel::RunPanel(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  m_epochs = new Card;
  m_table = new QTreeWidget;
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setRootIsDecorated(false);
  m_table->setUniformRowHeights(true);
  m_table->header()->setSectionResizeMode(QHeaderView::Stretch);
  connect(m_table, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) {
    if (item) m_session.epochFocus().set(m_session.run().folder, item->data(0, Qt::UserRole).toInt());
  });
  connect(m_table, &QTreeWidget::itemActivated, this, &RunPanel::epochOpened);
  connect(&session.epochFocus(), &EpochFocus::changed, this, &RunPanel::markEpoch);
  m_epochs->addBody(m_table, 1);
  addTableMenu(m_epochs, m_table);
  m_best = new Card;
  m_bestNumber = new Label({}, TextRole::Display);
  m_bestText = new Label({}, TextRole::Small, Token::Text2);
  m_bestText->setWordWrap(true);
  m_best->addBody(m_bestNumber);
  m_best->addBody(m_bestText);
  m_time = new Card;
  m_timeList = new ui::KeyValueList;
  m_time->addBody(m_timeList);
  m_memory = new ui::CompareBars;
  m_time->addBody(m_memory);
  m_what = new Card;
  m_whatList = new ui::KeyValueList;
  m_what->addBody(m_whatList);
  m_what->bodyLayout()->addStretch(1);
  const auto refreshTask = [this] {
    if (m_session.task() != m_task) nameColumns();
    refresh();
  };
  for (auto signal : {&Session::projectChanged, &Session::dataChanged}) connect(&session, signal, this, refreshTask);
  auto* what = new WhenShown(m_what, [this] { refreshWhat(); });
  for (auto signal : {&Session::modelChanged, &Session::tableChanged, &Session::jobStateChanged, &Session::trainDraftChanged})
    connect(&session, signal, what, &WhenShown::ask);
  connect(&session, &Session::keptPerRowChanged, what, &WhenShown::ask);
  connect(&session, &Session::jobChanged, this, &RunPanel::refreshTime);
  connect(&session, &Session::runChanged, this, &RunPanel::refresh);
  connect(&session, &Session::epochAdded, this, [this] {
    refreshEpochs();
    refreshBest();
    refreshTime();
  });
}

void RunPanel::retranslate() {
  m_epochs->setTitle(tr("Epochs"));
  m_table->setToolTip(tr("The curves and the pictures show the chosen epoch. Enter opens it in Cases."));
  m_time->setTitle(tr("How long?"));
  m_what->setTitle(tr("What trains?"));
  nameColumns();
  refresh();
}

void RunPanel::nameColumns() {
  m_task = m_session.task();
  m_best->setTitle(isClassification() ? tr("Best top-1") : tr("Best mean Dice"));
  QStringList columns{tr("Epoch"), tr("Training loss"), tr("Validation loss")};
  if (isClassification())
    columns << tr("Top-1") << tr("Top-5") << tr("EMA top-1");
  else
    columns << tr("Mean Dice") << tr("Mean IoU");
  columns << tr("Time");
  m_table->clear();
  m_table->setColumnCount(int(columns.size()));
  m_table->setHeaderLabels(columns);
  m_table->setAccessibleName(tr("Epochs"));
  for (int c = 0; c < m_table->columnCount(); ++c) m_table->headerItem()->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
  m_table->header()->setSectionResizeMode(QHeaderView::Stretch);
  for (const int loss : {1, 2}) m_table->header()->setSectionResizeMode(loss, QHeaderView::ResizeToContents);
}

void RunPanel::refresh() {
  refreshEpochs();
  refreshBest();
  refreshTime();
  refreshWhat();
}

void RunPanel::refreshEpochs() {
  const auto& run = m_session.run();
  const int best = run.bestEpoch();
  const QSignalBlocker quiet(m_table);
  m_table->clear();
  for (const auto& e : run.epochs) {
    auto* item = new QTreeWidgetItem(m_table);
    const QString name = e.epoch == 0 ? tr("untuned") : e.epoch == best ? tr("%1 (best)").arg(e.epoch) : QString::number(e.epoch);
    item->setData(0, Qt::UserRole, e.epoch);
    QStringList cells{name, e.epoch > 0 ? ui::significant(e.trainLoss, 3) : u"–"_s, e.isScored ? ui::significant(e.valLoss, 3) : u"–"_s};
    if (!e.isScored)
      cells << QStringList(isClassification() ? 3 : 2, u"–"_s);
    else if (isClassification())
      cells << percent(e.top1) << percent(e.top5) << (e.emaTop1 ? percent(*e.emaTop1) : u"–"_s);
    else
      cells << score(e.diceMean) << score(e.iouMean);
    cells << (e.epoch > 0 ? ui::durationText(e.seconds) : u"–"_s);
    for (int c = 0; c < cells.size(); ++c) {
      item->setText(c, cells[c]);
      item->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
    }
  }
  m_table->scrollToBottom();
  markEpoch();
  const bool hasAverage = std::any_of(run.epochs.begin(), run.epochs.end(), [](const EpochRecord& e) { return e.emaTop1.has_value(); });
  if (isClassification()) m_table->setColumnHidden(kAverageColumn, !hasAverage);
}

void RunPanel::markEpoch() {
  const QSignalBlocker quiet(m_table);
  const int epoch = m_session.epochFocus().of(m_session.run().folder);
  QTreeWidgetItem* marked = nullptr;
  for (int i = 0; epoch >= 0 && i < m_table->topLevelItemCount(); ++i)
    if (QTreeWidgetItem* item = m_table->topLevelItem(i); item->data(0, Qt::UserRole).toInt() == epoch) marked = item;
  m_table->setCurrentItem(marked);
  if (marked) m_table->scrollToItem(marked);
  m_table->viewport()->update();
}

// How the best number was measured, where that was not in fp32.
QString RunPanel::measuredText(const EpochRecord& best) const {
  if (best.precision == Precision::Fp32) return {};
  const QString word = QString::fromStdString(wordOf(best.precision));
  if (!best.again) return tr("Measured in %1.").arg(word);
  return tr("Measured in fp32; in %1 during training: %2.").arg(word, isClassification() ? percent(best.top1) : score(best.diceMean));
}

void RunPanel::refreshBest() {
  const auto& run = m_session.run();
  const int best = run.bestEpoch();
  const auto* now = run.record(best);
  const auto* before = run.record(0);
  const bool isKnown = now && best > 0 && now->isScored;
  const auto shown = isKnown ? now->measuredLast() : EpochRecord(), former = before ? before->measuredLast() : EpochRecord();
  m_bestNumber->setText(!isKnown ? u"–"_s : isClassification() ? percent(shown.top1) : score(shown.diceMean));
  if (now && best > 0 && !now->isScored)
    return m_bestText->setText(tr("There are no pictures to score, so nothing is known of its quality."));
  const auto tell = [&](const QString& sentence) {
    const auto measured = isKnown ? measuredText(*now) : QString();
    m_bestText->setText(measured.isEmpty() ? sentence : tr("%1. %2").arg(sentence, measured));
  };
  if (isClassification()) {
    if (!isKnown)
      tell(tr("Known after the first epoch; share of the pictures whose likeliest class is right."));
    else if (before)
      tell(tr("%1 points against the untuned model (%2), epoch %3, share of the pictures whose likeliest class is right")
               .arg(ui::signedNumber(100 * (shown.top1 - former.top1), 1), percent(former.top1))
               .arg(best));
    else
      tell(tr("epoch %1, share of the pictures whose likeliest class is right").arg(best));
    return;
  }
  if (!isKnown)
    tell(tr("Known after the first epoch; mean over the validation pictures at threshold 0.5."));
  else if (before)
    tell(tr("%1 against the untuned model (%2), epoch %3, mean over the validation pictures at threshold 0.5")
             .arg(ui::signedNumber(shown.diceMean - former.diceMean, 3), score(former.diceMean))
             .arg(best));
  else
    tell(tr("epoch %1, mean over the validation pictures at threshold 0.5").arg(best));
}

void RunPanel::refreshTime() {
  const Session& s = m_session;
  const auto& run = s.run();
  QList<KeyValue> rows;
  const auto add = [&rows](const QString& key, const QString& value) { rows.append({key, value, {}, Tone::Neutral, {}}); };
  double trained = 0;
  for (const auto& e : run.epochs) trained += e.seconds;
  // Steps are counted over all epochs; validation in between has a count of its own and leaves these numbers standing.
  if (const auto& progress = s.job().progress; s.isTraining() && progress && progress->stage == "train") m_steps = *progress;
  if (s.isTraining()) {
    const bool isKnown = m_steps.done > 0;
    add(tr("Elapsed"), isKnown ? ui::durationText(m_steps.elapsedSeconds) : u"–"_s);
    add(tr("Remaining, about"), isKnown && m_steps.remainingSeconds >= 0 ? ui::durationText(m_steps.remainingSeconds) : u"–"_s);
    add(tr("Steps"), isKnown ? tr("%1 of %2").arg(ui::groupedCount(m_steps.done), ui::groupedCount(m_steps.total)) : u"–"_s);
    add(tr("Steps per second"), isKnown && m_steps.rate > 0 ? ui::significant(m_steps.rate, 2) : u"–"_s);
  } else {
    m_steps = {};
    const double total = run.outcome.seconds > 0 ? run.outcome.seconds : trained;
    add(tr("Elapsed"), total > 0 ? ui::durationText(total) : u"–"_s);
    if (run.lastEpoch() > 0) add(tr("Per epoch"), ui::durationText(trained / run.lastEpoch()));
  }
  m_timeList->setRows(rows);
  refreshMemory();
}

// Live while it trains; of a run that has ended as its record says.
void RunPanel::refreshMemory() {
  const Session& s = m_session;
  const auto& run = s.run();
  const bool isTraining = s.isTraining();
  double peak = isTraining ? m_steps.peakMib : run.outcome.peakMib, dense = isTraining ? m_steps.densePeakMib : 0;
  const auto model = s.model();
  const bool isOfModel = model && model->description.id == run.spec.model.id;
  if (!isTraining && isOfModel && run.outcome.trainableTotal > 0) dense = densePeakMib(peak, run.outcome.trainableTotal, model->parameters);
  m_memory->setVisible(peak > 0);
  if (peak <= 0) return m_memory->setRows({});
  const QString where = !isTraining   ? tr("Measured, as the record of the run says.")
                        : s.isOnCpu() ? tr("Measured: the most that this program has held since the training began.")
                                      : tr("Measured: the most that was taken on the graphics card since the training began.");
  QList<ui::CompareRow> rows{
      {isTraining ? tr("Memory, peak so far") : tr("Memory, peak"), ui::mebibytesText(peak), peak, Tone::Accent, where}};
  if (dense > 0)
    rows.append({tr("with all weights, about"), ui::mebibytesText(std::max(peak, dense)), std::max(peak, dense), Tone::Neutral,
                 tr("Estimated: the same with value, gradient and two moments of all weights in place of those that train.")});
  m_memory->setRows(rows);
}

// Counted from the settings of the run, not from the table of the Selection page, whose decoder always trains.
void RunPanel::refreshWhat() {
  const Session& s = m_session;
  const bool isTraining = s.isTraining();
  const TrainSpec spec = isTraining ? s.run().spec : s.resolvedTrainSpec();
  const bool isGps = spec.method == Method::Gps, isSaved = isGps && !spec.selectionPath.empty();
  // Told by the run, of the very selection it trains.
  const SelectionCounts* own = isTraining && s.run().counts ? &*s.run().counts : nullptr;
  const SelectionCounts* counts = own          ? own
                                  : isSaved    ? nullptr
                                  : isTraining ? spec.selection.share > 0 ? nullptr : s.counts(spec.selection.keptPerRow)
                                               : s.presentCounts();
  QList<KeyValue> rows;
  const auto model = s.model();
  const auto add = [&rows](const QString& key, const QString& value) { rows.append({key, value, {}, Tone::Neutral, {}}); };
  if (isSaved) add(tr("Saved selection"), QFileInfo(QString::fromStdString(spec.selectionPath)).completeBaseName());
  if (!model) return m_whatList->setRows(rows);
  if (isGps && !counts) {
    if (!isSaved) add(tr("Selected"), s.table() ? tr("counted when the run begins") : tr("after the gradient pass"));
    return m_whatList->setRows(rows);
  }
  const DecoderMode decoder = spec.selection.decoder;
  const TrainedCounts trained = own ? TrainedCounts{own->trainable, own->trainableTotal - own->trainable}
                                    : trainedCounts(s.trainedSizes(), spec.method, decoder, counts);
  const auto shareOf = [](std::int64_t part, std::int64_t whole) { return ui::sharePercent(whole > 0 ? double(part) / double(whole) : 0); };
  if (isGps) {
    add(tr("Inputs kept per neuron, K"), QString::number(counts->keptPerRow));
    add(tr("Selected weights"), ui::groupedCount(counts->selected));
    add(tr("Encoder, with biases"), ui::groupedCount(trained.encoder));
    add(tr("share of the encoder"), shareOf(trained.encoder, model->encoderParameters));
    add(SelectionWords::allTrained(decoder, s.task()), ui::groupedCount(trained.total()));
  } else {
    add(tr("Encoder"), ui::groupedCount(trained.encoder));
    add(isClassification() ? tr("Head") : tr("Decoder"), ui::groupedCount(trained.decoder));
  }
  add(tr("share of the model"), shareOf(trained.total(), model->parameters));
  m_whatList->setRows(rows);
}

}  // namespace gps::app
