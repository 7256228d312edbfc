#include "app/pages/train/curvespanel.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/pages/plotmenu.h"
#include "widgets/badge.h"
#include "widgets/curveplot.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Tone;

namespace {
// Of masks: kScore is Dice. Of classes: kScore is top-1, and two more.
enum Series { kTrainLoss, kValLoss, kScore, kTopFive, kEmaTopOne };
enum RateSeries { kLearningRate, kSpeed };
constexpr double kSmoothing = 0.8;
constexpr double kShortestS = 0.5;  // between two figures of the speed
constexpr double kRatesUnits = 22;
}  // namespace

CurvesPanel::CurvesPanel(Session& session, QWidget* parent) : ui::Card({}, parent), m_session(session) {
  m_phase = new ui::Badge;
  m_axis = new ui::SegmentedControl;
  for (const char* id : {"epoch", "step", "time"}) m_axis->addOption(QString::fromLatin1(id), {});
  m_scale = new ui::SegmentedControl;
  for (const char* id : {"linear", "log", "loglog"}) m_scale->addOption(QString::fromLatin1(id), {});
  addHeaderWidget(m_phase);
  addHeaderWidget(m_axis);
  addHeaderWidget(m_scale);
  m_curves = new ui::CurvePlot;
  m_curves->setSmoothing(kSmoothing);
  addBody(m_curves, 1);
  m_rates = new ui::CurvePlot;
  m_rates->setFixedHeight(ui::Theme::instance().px(kRatesUnits));
  addBody(m_rates);
  addPlotMenu(this, m_curves, *m_curves);
  addPlotMenu(this, m_rates, *m_rates, false);
  connect(&ui::Theme::instance(), &ui::Theme::changed, this, [this] { m_rates->setFixedHeight(ui::Theme::instance().px(kRatesUnits)); });
  connect(m_scale, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    m_curves->setLogY(id != "linear"_L1);
    m_curves->setLogX(id == "loglog"_L1);
    redraw();
  });
  connect(m_axis, &ui::SegmentedControl::currentChanged, this, &CurvesPanel::setAxis);
  for (auto signal : {&Session::projectChanged, &Session::dataChanged})
    connect(&session, signal, this, [this] {
      if (m_session.task() == m_task) return;
      namePlots();
      redraw();
    });
  connect(&session, &Session::runChanged, this, &CurvesPanel::redraw);
  connect(&session, &Session::jobStateChanged, this, &CurvesPanel::refreshPhase);
  connect(&session, &Session::stepsAdded, this, &CurvesPanel::addSteps);
  connect(&session, &Session::epochAdded, this, &CurvesPanel::addEpoch);
  connect(&session.epochFocus(), &EpochFocus::changed, this, &CurvesPanel::refreshCursor);
  connect(m_curves, &ui::CurvePlot::xActivated, this, &CurvesPanel::lookAt);
}

// The epoch whose end lies nearest.
void CurvesPanel::lookAt(double x) {
  const auto& run = m_session.run();
  int nearest = EpochFocus::kNone;
  double distance = std::numeric_limits<double>::infinity();
  for (const auto& e : run.epochs)
    if (const double off = std::abs(placeOf(e) - x); off < distance) nearest = e.epoch, distance = off;
  if (nearest >= 0) m_session.epochFocus().set(run.folder, nearest);
}

void CurvesPanel::refreshCursor() {
  const int epoch = m_session.epochFocus().of(m_session.run().folder);
  const auto* record = epoch < 0 ? nullptr : m_session.run().record(epoch);
  m_curves->setCursor(record ? placeOf(*record) : qQNaN(), epoch == 0 ? tr("untuned") : tr("epoch %1").arg(epoch));
}

void CurvesPanel::retranslate() {
  setTitle(tr("Is it learning?"));
  m_scale->setOptionText(u"linear"_s, tr("Linear"));
  m_scale->setOptionText(u"log"_s, tr("Log"));
  m_scale->setOptionText(u"loglog"_s, tr("Log both"));
  m_axis->setOptionText(u"epoch"_s, tr("Epoch"));
  m_axis->setOptionText(u"step"_s, tr("Step"));
  m_axis->setOptionText(u"time"_s, tr("Time"));
  m_curves->setPlaceholder(tr("The curves appear with the first steps."));
  m_rates->setPlaceholder(tr("Learning rate and speed appear with the first steps."));
  namePlots();
  redraw();
}

void CurvesPanel::setAxis(const QString& id) {
  m_axis->setCurrent(id);
  namePlots();
  redraw();
}

void CurvesPanel::namePlots() {
  m_task = m_session.task();
  m_curves->removeAllSeries();
  m_curves->addSeries(tr("training loss"), 0);
  m_curves->addSeries(tr("validation loss"), 1, true);
  m_curves->addSeries(isClassification() ? tr("top-1, %") : tr("validation Dice"), 2, false, true);
  if (isClassification()) {
    m_curves->addSeries(tr("top-5, %"), 4, false, true);
    m_curves->addSeries(tr("top-1 of the average (EMA), %"), 3, true, true);
  }
  for (int s = kValLoss; s < m_curves->seriesCount(); ++s) m_curves->setSeriesSmoothed(s, false);
  const QString axis = m_axis->current();
  const QString label = axis == "step"_L1 ? tr("step") : axis == "time"_L1 ? tr("time, s") : tr("epoch");
  m_curves->setXLabel(label);
  m_curves->setYLabel(tr("loss"));
  m_curves->setRightLabel(isClassification() ? tr("right pictures, %") : tr("mean Dice"));
  m_curves->setRightRange(0, isClassification() ? 102 : 1);
  m_rates->removeAllSeries();
  m_rates->addSeries(tr("learning rate"), 3);
  m_rates->addSeries(tr("steps per second"), 5, false, true);
  m_rates->setSeriesSmoothed(kLearningRate, false);
  m_rates->setYLabel(tr("rate"));
  m_rates->setRightLabel(tr("steps/s"));
}

double CurvesPanel::placeOf(const StepPoint& step, std::size_t index) const {
  if (m_axis->current() == "step"_L1) return double(step.step);
  if (m_axis->current() != "time"_L1) return step.epoch;
  const bool isKnown = index < m_seconds.size() && std::isfinite(m_seconds[index]);
  return isKnown ? m_seconds[index] : secondsAt(step.epoch);
}

// Steps read from disk have no time of their own: their place between the ends of epochs. NaN: none has ended.
double CurvesPanel::secondsAt(double epoch) const {
  double before = 0, last = qQNaN();
  for (const auto& e : m_session.run().epochs) {
    if (e.epoch == 0) continue;
    last = e.seconds;
    if (e.epoch - epoch >= 0) return before + e.seconds * (epoch - (e.epoch - 1));
    before += e.seconds;
  }
  return before + last * (epoch - m_session.run().lastEpoch());
}

double CurvesPanel::placeOf(const EpochRecord& record) const {
  const auto& run = m_session.run();
  if (m_axis->current() == "step"_L1) {
    if (run.steps.empty()) return record.epoch == 0 ? 0 : qQNaN();
    const StepPoint& last = run.steps.back();
    return last.epoch > 0 ? std::round(double(last.step) / last.epoch * record.epoch) : 0;
  }
  if (m_axis->current() == "time"_L1) {
    double seconds = 0;
    for (const auto& e : run.epochs)
      if (e.epoch <= record.epoch) seconds += e.seconds;
    return seconds;
  }
  return record.epoch;
}

void CurvesPanel::redraw() {
  m_curves->clearPoints();
  m_rates->clearPoints();
  const auto& run = m_session.run();
  const bool isKnown = run.spec.epochs > 0 && run.phase != RunView::Phase::None;
  const int epochs = isKnown ? run.spec.epochs : m_session.project().train.epochs;
  const bool byEpoch = m_axis->current() == "epoch"_L1;
  // A logarithmic axis has no place for the beginning and follows the points.
  const bool isLogX = m_scale->current() == "loglog"_L1;
  m_curves->setXRange(0, byEpoch && !isLogX ? std::max(1, epochs) : 0);
  m_rates->setXRange(0, byEpoch ? std::max(1, epochs) : 0);
  if (run.steps.size() < m_seconds.size() || run.folder != m_secondsOf) m_seconds.clear();
  // Of epochs whose steps are not known there is one point each.
  const double first = run.steps.empty() ? std::numeric_limits<double>::infinity() : run.steps.front().epoch;
  for (const auto& e : run.epochs) {
    const double x = placeOf(e);
    if (e.epoch > 0 && e.epoch < first && std::isfinite(x)) {
      m_curves->appendPoint(kTrainLoss, x, e.trainLoss);
      m_rates->appendPoint(kLearningRate, x, e.learningRate);
    }
  }
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    const double x = placeOf(run.steps[i], i);
    if (!std::isfinite(x)) continue;
    m_curves->appendPoint(kTrainLoss, x, run.steps[i].loss);
    m_rates->appendPoint(kLearningRate, x, run.steps[i].learningRate);
  }
  for (const auto& e : run.epochs) appendScores(e);
  refreshPhase();
  refreshMarker();
}

void CurvesPanel::appendScores(const EpochRecord& e) {
  const double x = placeOf(e);
  if (!e.isScored || !std::isfinite(x)) return;
  m_curves->appendPoint(kValLoss, x, e.valLoss);
  if (!isClassification()) return m_curves->appendPoint(kScore, x, e.diceMean);
  m_curves->appendPoint(kScore, x, 100 * e.top1);
  m_curves->appendPoint(kTopFive, x, 100 * e.top5);
  if (e.emaTop1) m_curves->appendPoint(kEmaTopOne, x, 100 * *e.emaTop1);
}

void CurvesPanel::addSteps(int first) {
  const auto& run = m_session.run();
  if (first == 0 || m_seconds.empty()) {
    m_seconds.assign(std::size_t(first), qQNaN());  // read from disk before the run went on
    m_secondsOf = run.folder;
    m_before = 0;
    for (const auto& e : run.epochs) m_before += e.seconds;
    m_lastSeconds = -1;
  }
  const auto& progress = m_session.job().progress;
  const double elapsed = progress && progress->stage == "train" ? progress->elapsedSeconds : qQNaN();
  m_seconds.resize(run.steps.size(), m_before + elapsed);
  for (std::size_t i = std::size_t(first); i < run.steps.size(); ++i) {
    const double x = placeOf(run.steps[i], i);
    if (!std::isfinite(x)) continue;
    m_curves->appendPoint(kTrainLoss, x, run.steps[i].loss);
    m_rates->appendPoint(kLearningRate, x, run.steps[i].learningRate);
  }
  if (!std::isfinite(elapsed) || run.steps.empty()) return;
  const double count = double(run.steps.back().step);
  if (m_lastSeconds >= 0 && elapsed - m_lastSeconds < kShortestS) return;
  if (const double x = placeOf(run.steps.back(), run.steps.size() - 1); m_lastSeconds >= 0 && elapsed > m_lastSeconds && std::isfinite(x))
    m_rates->appendPoint(kSpeed, x, (count - m_lastCount) / (elapsed - m_lastSeconds));
  m_lastSeconds = elapsed;
  m_lastCount = count;
}

void CurvesPanel::addEpoch() {
  const auto& epochs = m_session.run().epochs;
  if (epochs.empty()) return;
  appendScores(epochs.back());
  refreshMarker();
}

void CurvesPanel::refreshMarker() {
  refreshCursor();
  const auto& run = m_session.run();
  const int best = run.bestEpoch();
  const auto* record = run.record(best);
  const bool isKnown = record && best > 0 && record->isScored;
  m_curves->setMarker(isKnown ? placeOf(*record) : qQNaN(), isKnown ? tr("best") : QString());
  const bool hasAverage = std::any_of(run.epochs.begin(), run.epochs.end(), [](const EpochRecord& e) { return e.emaTop1.has_value(); });
  if (isClassification()) m_curves->setSeriesVisible(kEmaTopOne, hasAverage);
}

void CurvesPanel::refreshPhase() {
  const auto& run = m_session.run();
  m_phase->setVisible(run.phase != RunView::Phase::None);
  // Speed is measured while it trains; nothing keeps it.
  m_rates->setSeriesVisible(kSpeed, run.phase == RunView::Phase::Active || m_rates->pointCount(kSpeed) > 0);
  switch (run.phase) {
    case RunView::Phase::None:
      break;
    case RunView::Phase::Active:
      switch (m_session.job().state) {
        case RunState::Pausing:
        case RunState::Paused:
          m_phase->setText(tr("paused")), m_phase->setTone(Tone::Warn);
          break;
        case RunState::Stopping:
          m_phase->setText(tr("stopping")), m_phase->setTone(Tone::Warn);
          break;
        default:
          m_phase->setText(tr("running")), m_phase->setTone(Tone::Accent);
      }
      break;
    case RunView::Phase::Finished:
      m_phase->setText(tr("finished")), m_phase->setTone(Tone::Good);
      break;
    case RunView::Phase::Stopped:
      m_phase->setText(tr("stopped, can be resumed")), m_phase->setTone(Tone::Warn);
      break;
    case RunView::Phase::Failed:
      m_phase->setText(m_session.canResumeRun() ? tr("failed, can be resumed") : tr("failed")), m_phase->setTone(Tone::Bad);
      break;
  }
}

}  // namespace gps::app
