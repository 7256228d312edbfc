#include "app/pages/train/costpanel.h"

#include <QGraphicsOpacityEffect>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/jobtext.h"
#include "app/pages/leakbadge.h"
#include "app/pages/train/preflight.h"
#include "app/pages/whenshown.h"
#include "app/project/leaks.h"
#include "core/tuning/runfolder.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/comparebars.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::KeyValue;
using ui::Label;
using ui::Tone;

namespace {
constexpr double kMib = 1024 * 1024, kStaleOpacity = 0.45;
}

CostPanel::CostPanel(Session& session, TrainDraft& draft, Preflight& preflight, const Leaks& leaks, QWidget* parent)
    : ui::Card({}, parent), m_session(session), m_draft(draft), m_preflight(preflight), m_knownLeaks(leaks) {
  m_measure = new ui::Button({}, ui::ButtonRole::Secondary);
  m_measure->setObjectName(u"measureCost"_s);
  addHeaderWidget(m_measure);
  auto* badges = new QWidget;
  auto* row = new QHBoxLayout(badges);
  row->setContentsMargins({});
  m_leaks = new ui::Badge;
  row->addWidget(m_leaks);
  row->addStretch(1);
  addBody(badges);
  m_warnings = new Label({}, ui::TextRole::Small, ui::Token::Warn);
  m_warnings->setWordWrap(true);
  addBody(m_warnings);
  m_list = new ui::KeyValueList;
  m_memory = new ui::CompareBars;
  m_figures = new QWidget;
  auto* figures = new QVBoxLayout(m_figures);
  figures->setContentsMargins({});
  figures->addWidget(m_list);
  figures->addWidget(m_memory);
  addBody(m_figures);
  m_note = new Label({}, ui::TextRole::Caption, ui::Token::Text2);
  m_note->setWordWrap(true);
  addBody(m_note);
  connect(m_measure, &ui::Button::clicked, this, [this] { m_session.measureCost(); });
  connect(this, &Card::cancelRequested, this, [this] { m_session.stopJob(); });
  connect(&session, &Session::costMeasured, this, [this](const std::shared_ptr<const TrainCost>& cost) {
    m_cost = cost;
    m_measured = m_asked;
    refresh();
  });
  connect(&session, &Session::projectChanged, this, [this] {
    if (!m_session.model()) m_cost.reset();
  });
  connect(&draft, &TrainDraft::changed, new WhenShown(this, [this] { refresh(); }), &WhenShown::ask);
  connect(&session, &Session::jobChanged, this, [this] {
    if (m_session.isBusy() && m_session.job().kind == JobKind::MeasureCost) setBusy(progressValue(m_session.job()));
  });
  for (auto signal : {&Session::jobStateChanged, &Session::tableChanged}) connect(&session, signal, this, &CostPanel::refresh);
  connect(&preflight, &Preflight::diskChanged, this, &CostPanel::refreshWarnings);
  connect(&leaks, &Leaks::changed, this, &CostPanel::refresh);
}

void CostPanel::retranslate() {
  setTitle(tr("What will it cost?"));
  refresh();
}

// What the cost does not depend on is left out: another rate or seed costs the same.
QString CostPanel::key() const {
  TrainSpec spec = m_draft.spec();
  const TrainSpec plain;
  spec.learningRate = plain.learningRate;
  spec.minLearningRate = plain.minLearningRate;
  spec.warmupLearningRate = plain.warmupLearningRate;
  spec.seed = plain.seed;
  return QString::fromStdString(toToml(spec));
}

bool CostPanel::isFresh() const { return m_cost && m_measured == key(); }

QStringList CostPanel::warnings() const {
  QStringList texts;
  for (const RunWarning& warning : m_preflight.warnings()) texts << warning.text;
  return texts;
}

void CostPanel::refreshWarnings() {
  m_preflight.setMeasured(isFresh() ? m_cost : nullptr);
  const QStringList speaks = warnings();
  m_warnings->setText(speaks.join(u'\n'));
  m_warnings->setVisible(!speaks.isEmpty());
}

void CostPanel::refresh() {
  const bool isMeasuring = m_session.isBusy() && m_session.job().kind == JobKind::MeasureCost;
  if (isMeasuring && m_session.job().state == RunState::Preparing) m_asked = key();
  const QString why = m_session.whyNoRun().isEmpty() ? m_session.whyDraftIsWrong() : m_session.whyNoRun();
  m_measure->setText(m_cost ? tr("Measure again") : tr("Measure"));
  m_measure->setDisabledReason(!why.isEmpty()       ? why
                               : m_session.isBusy() ? tr("Wait until the present job has ended.")
                                                    : QString(),
                               tr("Trains a few steps on noise, loads a few batches and takes nothing over."));
  showLeaks(*m_leaks, m_knownLeaks.ofNextRun());
  // Where that is known from, in the words of its source.
  QStringList sources{m_leaks->toolTip()};
  for (const KnownContamination& known : m_session.contamination()) sources << known.dataSet + u": "_s + known.sentence;
  m_leaks->setToolTip(sources.join(u'\n'));
  refreshWarnings();
  if (!isMeasuring && isBusy()) clearBusy();
  // Old figures stay, dimmed; what speaks against the run is not dimmed with them.
  if (const bool isOld = m_cost && !isFresh(); isOld != (m_figures->graphicsEffect() != nullptr)) {
    auto* dimmed = isOld ? new QGraphicsOpacityEffect(m_figures) : nullptr;
    if (dimmed) dimmed->setOpacity(kStaleOpacity);
    m_figures->setGraphicsEffect(dimmed);
  }
  m_figures->setVisible(m_cost != nullptr);
  if (!m_cost) {
    m_note->setText(tr("Measured before it begins: time, memory and disk, from a few steps on noise and a few batches of pictures."));
    return;
  }
  const TrainCost& c = *m_cost;
  const auto about = [](const QString& text) { return CostPanel::tr("≈ %1").arg(text); };
  QList<KeyValue> rows;
  const auto add = [&rows](const QString& name, const QString& value, const QString& tip) {
    rows.append({name, value, {}, Tone::Neutral, tip});
  };
  QStringList each;
  for (const double ms : c.stepMs) each << ui::significant(ms, 4);
  add(tr("A step of %n picture(s)", nullptr, c.batch), tr("%1 ms").arg(ui::significant(c.stepMsMedian(), 3)),
      tr("Measured: the median of %1 ms").arg(each.join(u", "_s)));
  if (c.loadedBatches > 0) {
    add(tr("loading them"), tr("%1 ms").arg(ui::significant(c.firstLoadMs, 3)),
        tr("Measured over %n batch(es): decoded from their files and augmented. A disk that has not been read lately is slower.", nullptr,
           c.loadedBatches));
    if (c.keptShare > 0)
      add(tr("again, from memory"), tr("%1 ms").arg(ui::significant(c.laterLoadMs, 3)),
          tr("Measured: only augmented. Memory keeps %1 of the pictures between epochs.").arg(ui::sharePercent(c.keptShare)));
  }
  const QString epochTip =
      (c.isCuda ? tr("Estimated: %1 steps while the pictures load, the slower of both counts; and %2 pictures scored at %3 s for %4.")
                : tr("Estimated: %1 steps and their loading; and %2 pictures scored at %3 s for %4."))
          .arg(ui::groupedCount(c.stepsPerEpoch), ui::groupedCount(c.validationPictures), ui::significant(c.validationSeconds, 3),
               ui::groupedCount(c.validationMeasured));
  add(tr("The first epoch"), about(ui::durationText(c.firstEpochSeconds())), epochTip);
  if (c.epochs > 1) add(tr("a later one"), about(ui::durationText(c.laterEpochSeconds())), epochTip);
  add(tr("%n epoch(s)", nullptr, c.epochs), about(ui::durationText(c.totalSeconds())),
      tr("Estimated from the above, without a warm-up of the decoder."));
  add(tr("Written to the disk"), ui::bytesText(double(c.diskBytes())),
      tr("Counted: %1 once, %2 an epoch, %3 to go on from; headers are a little more.")
          .arg(ui::bytesText(double(c.deltaBaseBytes)), ui::bytesText(double(c.deltaEpochBytes)), ui::bytesText(double(c.stateBytes))));
  if (c.freeDiskBytes > 0) add(tr("free there"), ui::bytesText(c.freeDiskBytes), {});
  m_list->setRows(rows);
  const double dense = std::max(c.peakMib, c.densePeakMib());
  m_memory->setRows({{tr("Memory, peak"), ui::mebibytesText(c.peakMib), c.peakMib, Tone::Accent,
                      c.isPeakOfSteps ? tr("Measured during the steps.") : tr("Measured; what came before the steps is counted, too.")},
                     {tr("with all weights, about"), ui::mebibytesText(dense), dense, Tone::Neutral,
                      tr("Estimated: the same with value, gradient and two moments of all %1 weights (%2) in place of %3 (%4).")
                          .arg(ui::groupedCount(c.parameters), ui::bytesText(double(c.denseStateBytes)), ui::groupedCount(c.trainableTotal),
                               ui::bytesText(double(c.trainingStateBytes)))}});
  const double memory = (c.isCuda ? c.deviceMemoryBytes : c.freeMemoryBytes) / kMib;
  const bool isNear = memory > 0 && memory < 4 * dense;  // a limit far away would flatten the bars
  m_memory->setLimit(isNear ? memory : qQNaN(), isNear ? (c.isCuda ? tr("card") : tr("free")) : QString());
  QString note = tr("Measured on %1 in %2; ≈ is estimated.")
                     .arg(m_session.device().isEmpty() ? QString::fromStdString(c.device) : m_session.device(),
                          QString::fromStdString(wordOf(c.precision)));
  if (!c.isSelectionReal) note += u' ' + tr("Random weights stood for the selection, which is not made yet.");
  if (!isFresh()) note += u' ' + tr("The settings have changed since.");
  m_note->setText(note);
}

}  // namespace gps::app
