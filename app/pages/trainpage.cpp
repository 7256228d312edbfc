#include "app/pages/trainpage.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/columns.h"
#include "app/pages/jobtext.h"
#include "app/pages/trainform.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/propertyform.h"
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

namespace {
// Of masks: kScore is Dice. Of classes: kScore is top-1, and two more.
enum Series { kTrainLoss, kValLoss, kScore, kTopFive, kEmaTopOne };
constexpr double kSmoothing = 0.8;
QString score(double value) { return QString::number(value, 'f', 3); }
QString percent(double share) { return QString::number(100 * share, 'f', 1) + u" %"_s; }
}  // namespace

TrainPage::TrainPage(Session& session, QWidget* parent) : Page(u"train"_s, session, parent) {
  m_stop = header()->addAction({}, ButtonRole::Secondary, u"stop"_s);
  m_pause = header()->addAction({}, ButtonRole::Secondary, u"pause"_s);
  m_again = header()->addAction({}, ButtonRole::Secondary, u"plus"_s);
  m_start = header()->addAction({}, ButtonRole::Primary, u"play"_s);
  connect(m_stop, &Button::clicked, this, [this] { this->session().stopJob(); });
  connect(m_pause, &Button::clicked, this, &TrainPage::pauseOrContinue);
  connect(m_again, &Button::clicked, this, [this] { this->session().startTraining(); });
  connect(m_start, &Button::clicked, this, &TrainPage::startOrResume);
  emptyState()->setIconName(u"train"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    const Session& s = this->session();
    Q_EMIT pageRequested(!s.data() ? u"data"_s : u"model"_s);
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  m_formCard = new Card;
  columns->left()->addWidget(m_formCard);
  columns->left()->addStretch(1);
  m_curveCard = new Card;
  m_phase = new ui::Badge;
  m_scale = new ui::SegmentedControl;
  m_scale->addOption(u"linear"_s, {});
  m_scale->addOption(u"log"_s, {});
  m_curveCard->addHeaderWidget(m_phase);
  m_curveCard->addHeaderWidget(m_scale);
  m_curves = new ui::CurvePlot;
  m_curves->setSmoothing(kSmoothing);
  m_curveCard->addBody(m_curves, 1);
  columns->middle()->addWidget(m_curveCard, 3);
  m_epochs = new Card;
  m_table = new QTreeWidget;
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setRootIsDecorated(false);
  m_table->setUniformRowHeights(true);
  m_table->header()->setSectionResizeMode(QHeaderView::Stretch);
  m_epochs->addBody(m_table, 1);
  columns->middle()->addWidget(m_epochs, 2);
  m_best = new Card;
  m_bestNumber = new Label({}, TextRole::Display);
  m_bestText = new Label({}, TextRole::Small, Token::Text2);
  m_bestText->setWordWrap(true);
  m_best->addBody(m_bestNumber);
  m_best->addBody(m_bestText);
  columns->right()->addWidget(m_best);
  m_time = new Card;
  m_timeList = new ui::KeyValueList;
  m_time->addBody(m_timeList);
  columns->right()->addWidget(m_time);
  m_what = new Card;
  m_whatList = new ui::KeyValueList;
  m_what->addBody(m_whatList);
  m_saved = new Label({}, TextRole::Small, Token::Text2);
  m_saved->setWordWrap(true);
  m_ownSelection = new Button;
  connect(m_ownSelection, &Button::clicked, this, [this] { this->session().setSelectionFile({}); });
  m_what->addBody(m_saved);
  m_what->addBody(m_ownSelection);
  m_what->bodyLayout()->addStretch(1);
  columns->right()->addWidget(m_what, 1);
  setContent(columns);
  bindFailure(m_curveCard, JobKind::Train);

  connect(m_scale, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { m_curves->setLogY(id == "log"_L1); });
  connect(&session, &Session::projectChanged, this, [this] {
    refreshTask();
    fillForm();
    refresh();
  });
  connect(&session, &Session::dataChanged, this, &TrainPage::refreshTask);
  for (auto signal : {&Session::modelChanged, &Session::dataChanged, &Session::tableChanged, &Session::jobChanged})
    connect(&session, signal, this, &TrainPage::refreshActions);
  connect(&session, &Session::keptPerRowChanged, this, &TrainPage::refreshActions);
  connect(&session, &Session::runChanged, this, &TrainPage::refresh);
  connect(&session, &Session::selectionFileChanged, this, [this] {
    fillForm();
    refreshActions();
  });
  connect(&session, &Session::stepsAdded, this, &TrainPage::addSteps);
  connect(&session, &Session::epochAdded, this, &TrainPage::addEpoch);
  retranslate();
}

void TrainPage::retranslate() {
  header()->setTitle(tr("Train"));
  m_stop->setText(tr("Stop"));
  m_again->setText(tr("New run"));
  m_formCard->setTitle(tr("Settings"));
  m_curveCard->setTitle(tr("Is it learning?"));
  m_scale->setOptionText(u"linear"_s, tr("Linear"));
  m_scale->setOptionText(u"log"_s, tr("Log"));
  m_epochs->setTitle(tr("Epochs"));
  m_time->setTitle(tr("How long?"));
  m_what->setTitle(tr("What trains?"));
  m_ownSelection->setText(tr("Use the Selection page's instead"));
  m_curves->setPlaceholder(tr("The curves appear with the first steps."));
  m_task = session().task();
  namePlots();
  buildForm();
  refresh();
}

void TrainPage::refreshTask() {
  if (session().task() == m_task) return;
  m_task = session().task();
  namePlots();
  buildForm();
  refresh();
}

void TrainPage::namePlots() {
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
  for (int c = 0; c < m_table->columnCount(); ++c) m_table->headerItem()->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
  m_table->header()->setSectionResizeMode(QHeaderView::Stretch);
  for (const int loss : {1, 2}) m_table->header()->setSectionResizeMode(loss, QHeaderView::ResizeToContents);
  m_curves->removeAllSeries();
  m_curves->addSeries(tr("training loss"), 0);
  m_curves->addSeries(tr("validation loss"), 1, true);
  m_curves->addSeries(isClassification() ? tr("top-1, %") : tr("validation Dice"), 2, false, true);
  if (isClassification()) {
    m_curves->addSeries(tr("top-5, %"), 4, false, true);
    m_curves->addSeries(tr("top-1 of the average (EMA), %"), 3, true, true);
  }
  for (int s = kValLoss; s < m_curves->seriesCount(); ++s) m_curves->setSeriesSmoothed(s, false);
  m_curves->setXLabel(tr("epoch"));
  m_curves->setYLabel(tr("loss"));
  m_curves->setRightLabel(isClassification() ? tr("right pictures, %") : tr("mean Dice"));
  m_curves->setRightRange(0, isClassification() ? 102 : 1);
}

void TrainPage::buildForm() {
  delete m_form;
  m_form = makeTrainForm(m_task);
  m_formCard->addBody(m_form);
  connect(m_form, &ui::PropertyForm::valueChanged, this, &TrainPage::readForm);
  fillForm();
}

void TrainPage::fillForm() { fillTrainForm(*m_form, session().project().train); }

void TrainPage::readForm() {
  session().setTrainDraft(readTrainForm(*m_form, session().project().train));
  refreshActions();
}

void TrainPage::startOrResume() {
  if (session().canResumeRun())
    session().resumeRun();
  else
    session().startTraining();
}

void TrainPage::pauseOrContinue() {
  const RunState state = session().job().state;
  if (state == RunState::Paused || state == RunState::Pausing)
    session().continueJob();
  else
    session().pauseJob();
}

void TrainPage::refresh() {
  refreshActions();
  redrawCurves();
  refreshRun();
}

void TrainPage::refreshActions() {
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
  m_pause->setVisible(isTraining);
  const bool isHeld = state == RunState::Paused || state == RunState::Pausing;
  m_pause->setText(isHeld ? tr("Continue") : tr("Pause"));
  m_pause->setIconName(isHeld ? u"play"_s : u"pause"_s);
  m_pause->setDisabledReason(state == RunState::Stopping ? tr("The run is stopping.") : QString(), tr("Ctrl+P"));
  m_stop->setVisible(isTraining);
  m_stop->setText(state == RunState::Stopping ? tr("Stopping…") : tr("Stop"));
  m_stop->setDisabledReason(state == RunState::Stopping ? tr("The run is stopping.") : QString(),
                            tr("Keeps what was learnt; the run can be resumed. Ctrl+."));
  const bool hasTest = s.data() && s.data()->splits.contains("test") && s.data()->splits.at("test") > 0;
  m_form->setFieldEnabled(u"train_on_val"_s, hasTest, tr("The pictures hold no test split to score on."));
  m_form->setReadOnly(isTraining, tr("The run works on a copy of these settings."));

  const auto& spec = isTraining ? s.run().spec : s.project().train;
  const bool isSaved = spec.method == Method::Gps && !spec.selectionPath.empty();
  m_saved->setText(isSaved ? tr("The saved selection %1").arg(QFileInfo(QString::fromStdString(spec.selectionPath)).completeBaseName())
                           : QString());
  m_saved->setVisible(isSaved);
  m_ownSelection->setVisible(isSaved && !isTraining);
  const auto* counts = isSaved ? nullptr : s.counts(s.project().selection.keptPerRow);
  if (isTraining && s.run().counts) counts = &*s.run().counts;
  QList<KeyValue> rows;
  const auto model = s.model();
  const qint64 all = model ? model->parameters : 0;
  const auto add = [&rows](const QString& key, const QString& value) { rows.append({key, value, {}, Tone::Neutral, {}}); };
  if (model && spec.method == Method::Gps && counts) {
    add(tr("Inputs kept per neuron, K"), QString::number(counts->keptPerRow));
    add(tr("Selected weights"), ui::groupedCount(counts->selected));
    add(tr("Encoder, with biases"), ui::groupedCount(counts->trainable));
    add(tr("share of the encoder"), ui::sharePercent(counts->trainableShare));
    add(isClassification() ? tr("All, with head") : tr("All, with decoder"), ui::groupedCount(counts->trainableTotal));
    add(tr("share of the model"), ui::sharePercent(counts->totalShare));
  } else if (model && spec.method == Method::Gps) {
    if (!isSaved) add(tr("Selected"), tr("after the gradient pass"));
  } else if (model) {
    const bool hasDecoder = isClassification() || spec.selection.decoder == DecoderMode::Train;
    const qint64 decoder = hasDecoder ? model->decoderParameters : 0;
    const qint64 encoder = spec.method == Method::Full ? model->encoderParameters : spec.method == Method::Bias ? model->trainedVectors : 0;
    add(tr("Encoder"), ui::groupedCount(encoder));
    add(isClassification() ? tr("Head") : tr("Decoder"), ui::groupedCount(decoder));
    add(tr("share of the model"), ui::sharePercent(all > 0 ? double(encoder + decoder) / double(all) : 0));
  }
  m_whatList->setRows(rows);
  refreshTime();
}

void TrainPage::refreshTime() {
  const Session& s = session();
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
  if (run.outcome.peakMib > 0) add(tr("Peak memory"), ui::bytesText(run.outcome.peakMib * 1024 * 1024));
  m_timeList->setRows(rows);
}

void TrainPage::redrawCurves() {
  m_curves->clearPoints();
  const auto& run = session().run();
  const int epochs = run.spec.epochs > 0 && run.phase != RunView::Phase::None ? run.spec.epochs : session().project().train.epochs;
  m_curves->setXRange(0, std::max(1, epochs));
  addSteps(0);
  QList<double> trainX, trainY;
  for (const auto& e : run.epochs) {
    appendScores(e);
    if (e.epoch > 0) {
      trainX << e.epoch;
      trainY << e.trainLoss;
    }
  }
  if (run.steps.empty()) m_curves->setPoints(kTrainLoss, trainX, trainY);
}

void TrainPage::appendScores(const EpochRecord& e) {
  if (!e.isScored) return;
  m_curves->appendPoint(kValLoss, e.epoch, e.valLoss);
  if (!isClassification()) return m_curves->appendPoint(kScore, e.epoch, e.diceMean);
  m_curves->appendPoint(kScore, e.epoch, 100 * e.top1);
  m_curves->appendPoint(kTopFive, e.epoch, 100 * e.top5);
  if (e.emaTop1) m_curves->appendPoint(kEmaTopOne, e.epoch, 100 * *e.emaTop1);
}

void TrainPage::addSteps(int first) {
  const auto& steps = session().run().steps;
  for (std::size_t i = std::size_t(first); i < steps.size(); ++i) m_curves->appendPoint(kTrainLoss, steps[i].epoch, steps[i].loss);
}

void TrainPage::addEpoch() {
  const auto& epochs = session().run().epochs;
  if (epochs.empty()) return;
  appendScores(epochs.back());
  refreshRun();
}

void TrainPage::refreshRun() {
  const auto& run = session().run();
  m_phase->setVisible(run.phase != RunView::Phase::None);
  switch (run.phase) {
    case RunView::Phase::None:
      break;
    case RunView::Phase::Active:
      m_phase->setText(tr("running")), m_phase->setTone(Tone::Accent);
      break;
    case RunView::Phase::Finished:
      m_phase->setText(tr("finished")), m_phase->setTone(Tone::Good);
      break;
    case RunView::Phase::Stopped:
      m_phase->setText(tr("stopped, can be resumed")), m_phase->setTone(Tone::Warn);
      break;
    case RunView::Phase::Failed:
      m_phase->setText(tr("failed")), m_phase->setTone(Tone::Bad);
      break;
  }
  const int best = run.bestEpoch();
  m_table->clear();
  for (const auto& e : run.epochs) {
    auto* item = new QTreeWidgetItem(m_table);
    const QString name = e.epoch == 0 ? tr("untuned") : e.epoch == best ? tr("%1 (best)").arg(e.epoch) : QString::number(e.epoch);
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
  const bool hasAverage = std::any_of(run.epochs.begin(), run.epochs.end(), [](const EpochRecord& e) { return e.emaTop1.has_value(); });
  if (isClassification()) m_table->setColumnHidden(5, !hasAverage);
  if (isClassification()) m_curves->setSeriesVisible(kEmaTopOne, hasAverage);
  refreshBest();
  refreshTime();
}

// How the best number was measured, where that was not in fp32.
QString TrainPage::measuredText(const EpochRecord& best) const {
  if (best.precision == Precision::Fp32) return {};
  const QString word = QString::fromStdString(wordOf(best.precision));
  if (!best.again) return tr("Measured in %1.").arg(word);
  return tr("Measured in fp32; in %1 during training: %2.").arg(word, isClassification() ? percent(best.top1) : score(best.diceMean));
}

void TrainPage::refreshBest() {
  const auto& run = session().run();
  const int best = run.bestEpoch();
  const auto* now = run.record(best);
  const auto* before = run.record(0);
  const bool isKnown = now && best > 0 && now->isScored;
  m_curves->setMarker(isKnown ? best : qQNaN(), isKnown ? tr("best") : QString());
  const auto shown = isKnown ? now->measuredLast() : EpochRecord();
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
               .arg(ui::signedNumber(100 * (now->top1 - before->top1), 1), percent(before->top1))
               .arg(best));
    else
      tell(tr("epoch %1, share of the pictures whose likeliest class is right").arg(best));
    return;
  }
  if (!isKnown)
    tell(tr("Known after the first epoch; mean over the validation pictures at threshold 0.5."));
  else if (before)
    tell(tr("%1 against the untuned model (%2), epoch %3, mean over the validation pictures at threshold 0.5")
             .arg(ui::signedNumber(now->diceMean - before->diceMean, 3), score(before->diceMean))
             .arg(best));
  else
    tell(tr("epoch %1, mean over the validation pictures at threshold 0.5").arg(best));
}

}  // namespace gps::app
