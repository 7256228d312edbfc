#include "app/pages/casespage.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "app/pages/casemetrics.h"
#include "app/pages/cases/figurewords.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/columns.h"
#include "app/pages/epochchoice.h"
#include "app/pages/jobtext.h"
#include "app/project/scoreaudits.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/distributionbars.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;

CasesPage::CasesPage(Session& session, PictureLoader& pictures, QWidget* parent) : Page(u"cases"_s, session, parent), m_pictures(pictures) {
  m_export = header()->addAction({}, ButtonRole::Secondary, u"export"_s);
  m_numbers = header()->addAction({});
  m_blind = header()->addAction({});
  m_score = header()->addAction({}, ButtonRole::Primary);
  connect(m_numbers, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"numbers"_s); });
  connect(m_blind, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"blind"_s); });
  connect(m_export, &Button::clicked, this, &CasesPage::saveOverlay);
  connect(m_score, &Button::clicked, this, [this] { this->session().scoreCases(); });
  emptyState()->setIconName(u"cases"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    const Session& s = this->session();
    Q_EMIT pageRequested(!s.data() ? u"data"_s : u"model"_s);
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  m_list = new Card;
  m_table = new ui::CaseTable;
  m_list->addBody(m_table, 1);
  columns->left()->addWidget(m_list, 1);
  buildMiddle(columns);
  buildRight(columns);
  setContent(columns);
  bindFailure(m_list, JobKind::Score);
  bindFailure(m_view, JobKind::Predict);

  connect(m_table, &ui::CaseTable::currentIdChanged, this, [this](const QString& id) {
    m_isResumed = true;
    showCase(id);
  });
  connect(&session, &Session::projectChanged, this, [this] { m_isResumed = false; });
  connect(m_table, &ui::CaseTable::thumbnailsRequested, &m_pictures, &PictureLoader::requestThumbnails);
  connect(m_table, &ui::CaseTable::filterChanged, this, &CasesPage::refreshJob);
  connect(m_list, &Card::cancelRequested, this, [this] { this->session().stopJob(); });
  connect(&m_pictures, &PictureLoader::thumbnailReady, m_table, &ui::CaseTable::setThumbnail);
  connect(&m_pictures, &PictureLoader::caseReady, this, &CasesPage::caseLoaded);
  connect(&session, &Session::dataChanged, this, &CasesPage::refresh);
  connect(&session, &Session::modelChanged, this, &CasesPage::refresh);
  connect(&session, &Session::runChanged, this, &CasesPage::refresh);
  connect(&session, &Session::scoresChanged, this, [this] {
    refreshRows();
    refreshPredictions();
    refreshSummary();
  });
  connect(&session, &Session::epochAdded, this, [this] {
    m_epochs->refresh();
    refreshPredictions();
  });
  connect(&session, &Session::predictionReady, this, [this](const QString& id, int) {
    if (id == m_current) refreshPredictions();
  });
  connect(&session, &Session::jobChanged, this, &CasesPage::refreshJob);
  connect(&m_figures, &CaseFigures::answered, this, &CasesPage::refreshImageCard);
  OverlayStyle style = m_viewer->overlayStyle();
  style.opacity = session.settings().overlayOpacity();
  applyStyle(style);
  retranslate();
}

void CasesPage::retranslate() {
  header()->setTitle(tr("Cases"));
  m_export->setText(tr("Save overlay…"));
  m_numbers->setText(tr("Numbers"));
  m_blind->setText(tr("Blind reading"));
  m_score->setText(tr("Score all"));
  m_list->setTitle(tr("Worst first"));
  m_mode->setOptionText(u"overlay"_s, tr("Overlay"));
  m_mode->setOptionText(u"wipe"_s, tr("Wipe"));
  m_mode->setOptionText(u"blink"_s, tr("Blink"));
  m_mode->setOptionText(u"errors"_s, tr("Errors"));
  m_image->setTitle(tr("This image"));
  m_look->setTitle(tr("Look"));
  m_threshold->setLabel(tr("Threshold"));
  m_opacity->setLabel(tr("Overlay opacity"));
  m_opacity->setUnit(tr(" %"));
  m_drawing->setOptionText(u"fill"_s, tr("Fill"));
  m_drawing->setOptionText(u"contour"_s, tr("Contour"));
  m_drawing->setOptionText(u"both"_s, tr("Both"));
  m_keys->setText(tr("Space hides · A / D other case · W compare · E errors"));
  m_hover->setText(tr("White: ground truth. Cyan: prediction."));
  m_viewer->setPlaceholder(tr("Choose a picture at the left."));
  m_histogram->setCaption(tr("Dice"));
  refresh();
}

int CasesPage::afterEpoch() const { return m_epochs->epoch(); }

void CasesPage::refresh() {
  const Session& s = session();
  showEmpty(!s.data() || !s.model());
  emptyState()->setSentence(!s.data() ? tr("Cases need pictures. Open a folder of pictures first.")
                                      : tr("Cases need a model. Choose pretrained weights first."));
  emptyState()->setPrimary(!s.data() ? tr("Go to Data") : tr("Go to Model"), !s.data() ? u"data"_s : u"model"_s);
  emptyState()->setLink(s.data() ? QString() : tr("Open the demo project"));
  m_epochs->refresh();
  refreshRows();
  refreshPredictions();
  refreshSummary();
  refreshJob();
}

void CasesPage::refreshRows() {
  const auto pictures = session().data();
  QList<ui::CaseRow> rows;
  const std::string split = session().scoredSplit().toStdString();
  const EpochScores* scores = session().scores(afterEpoch());
  if (pictures && pictures->task == TaskKind::Segmentation) {
    const double none = qQNaN();
    for (const DataItem& item : pictures->items) {
      if (item.split != split) continue;
      const QString id = QString::fromStdString(item.id);
      ui::CaseRow row{id, none, none, none, none, m_areas.value(id, none), !item.maskPath.empty()};
      if (scores) {
        if (const auto it = scores->measured.constFind(id); it != scores->measured.cend()) row = caseRow(*it);
      }
      const Reading reading = m_reading->readings().of(id);
      row.rating = reading.rating;
      row.remark = reading.remark;
      rows.append(row);
    }
  }
  m_table->setRows(rows);
  if (!rows.isEmpty() && m_table->currentId().isEmpty()) m_table->setCurrentId(m_table->visibleIds().value(0));
  if (isVisible() && m_table->currentId() != m_current) showCase(m_table->currentId());
  resumeReading();
}

// Once, when a project is opened that this reader has read in.
void CasesPage::resumeReading() {
  const Readings& readings = m_reading->readings();
  if (m_isResumed || !readings.isRead() || readings.last().isEmpty() || !m_table->visibleIds().contains(readings.last())) return;
  m_isResumed = true;
  showCase(readings.last());
}

void CasesPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
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
  m_viewer->setStale(true);
  m_pictures.requestCase(id);
}

void CasesPage::caseLoaded(const LoadedCase& loaded) {
  if (loaded.id != m_current) return;
  m_loaded = loaded;
  m_areas.insert(loaded.id, areaShare(loaded.truth.get()));
  m_viewer->setPrediction(nullptr);
  m_viewer->setBefore(nullptr);
  m_viewer->setImage(loaded.image);
  m_viewer->setTruth(loaded.truth);
  m_viewer->setStale(false);
  refreshPredictions();
}

void CasesPage::refreshPredictions() {
  if (m_loaded.id.isEmpty() || m_loaded.id != m_current) return;
  const int after = afterEpoch();
  const auto beforeMap = session().prediction(m_current, 0);
  const auto afterMap = after == 0 ? beforeMap : session().prediction(m_current, after);
  m_viewer->setBefore(beforeMap, EpochChoice::label(0));
  const QString waiting = after != 0 ? tr("%1, computing…").arg(EpochChoice::label(after)) : QString();
  m_viewer->setPrediction(afterMap, afterMap ? EpochChoice::label(after) : waiting);
  refreshImageCard();
  // Asked for when looked at; while another job runs, only a training answers in between.
  if (isVisible() && m_loaded.image && (!session().isBusy() || session().isTraining())) {
    if (!beforeMap) session().requestPrediction(m_current, 0, m_loaded.image);
    if (!afterMap && after != 0) session().requestPrediction(m_current, after, m_loaded.image);
  }
}

bool CasesPage::isSettled() const {
  return m_current.isEmpty() || (m_loaded.id == m_current && session().prediction(m_current, afterEpoch()) != nullptr);
}

void CasesPage::refreshImageCard() {
  const double threshold = m_viewer->overlayStyle().threshold;
  const int after = afterEpoch();
  const auto beforeMap = session().prediction(m_current, 0);
  const auto afterMap = session().prediction(m_current, after);
  const auto before = countsAtThreshold(beforeMap.get(), m_loaded.truth.get(), threshold);
  const auto now = countsAtThreshold(afterMap.get(), m_loaded.truth.get(), threshold);
  QList<ui::KeyValue> rows;
  const auto add = [&](const QString& name, double (PixelCounts::*score)() const, const QString& definition) {
    ui::KeyValue row{name, u"–"_s, {}, ui::Tone::Neutral, definition};
    if (now) {
      row.value = QString::number(((*now).*score)(), 'f', 2);
      if (before && after != 0) {
        const double change = ((*now).*score)() - ((*before).*score)();
        row.change = ui::signedNumber(change, 2);
        row.tone = change > 0.005 ? ui::Tone::Good : change < -0.005 ? ui::Tone::Bad : ui::Tone::Neutral;
      }
    }
    rows.append(row);
  };
  add(tr("Dice"), &PixelCounts::dice, tr("2 TP / (2 TP + FP + FN) at source size and the threshold below."));
  add(tr("IoU"), &PixelCounts::iou, tr("TP / (TP + FP + FN)."));
  add(tr("Precision"), &PixelCounts::precision, tr("TP / (TP + FP): how much of the marked area is polyp."));
  add(tr("Recall"), &PixelCounts::recall, tr("TP / (TP + FN): how much of the polyp is marked."));
  addOutlines(rows);
  const double area = areaShare(m_loaded.truth.get());
  m_image->setNote(qIsNaN(area) ? QString() : tr("polyp area %1").arg(ui::sharePercent(area)));
  m_metrics->setRows(rows);
  m_reading->setCase(m_current, after, m_table->totalCount());
  m_image->setSubtitle(after != 0 ? tr("%1, against untuned").arg(EpochChoice::label(after)) : EpochChoice::label(0));
  const EpochScores* scores = session().scores(after);
  m_histogram->setMarked(scores && scores->cases.contains(m_current) ? scores->cases.value(m_current).dice() : qQNaN());
}

// Boundary F and HD95 at the threshold of the moment; "…" while they are worked out.
void CasesPage::addOutlines(QList<ui::KeyValue>& rows) {
  const int after = afterEpoch();
  const auto map = session().prediction(m_current, after);
  const auto answer = m_figures.ask({m_loaded.id == m_current ? m_loaded.truth : nullptr,
                                     after != 0 ? session().prediction(m_current, 0) : nullptr, map, m_viewer->overlayStyle().threshold});
  for (const Metric metric : {Metric::BoundaryF, Metric::Hd95}) {
    ui::KeyValue row{metricName(metric), map && !answer ? u"…"_s : u"–"_s, {}, ui::Tone::Neutral, metricFormula(metric)};
    const auto of = [metric](const std::optional<BoundaryScore>& score) {
      return score ? valueOf(metric, {{}, {}, score, {}}) : std::nullopt;
    };
    const auto now = answer ? of(answer->now) : std::nullopt, before = answer ? of(answer->before) : std::nullopt;
    const int digits = metric == Metric::Hd95 ? 1 : 2;
    if (now) row.value = QString::number(*now, 'f', digits);
    if (now && before) {
      row.change = ui::signedNumber(*now - *before, digits);
      const double gain = infoOf(metric).isHigherBetter ? *now - *before : *before - *now, least = digits == 1 ? 0.05 : 0.005;
      row.tone = gain > least ? ui::Tone::Good : gain < -least ? ui::Tone::Bad : ui::Tone::Neutral;
    }
    rows.append(row);
  }
}

void CasesPage::refreshSummary() {
  const int after = afterEpoch();
  const EpochScores* scores = session().scores(after);
  const EpochScores* before = session().scores(0);
  QList<double> dice;
  if (scores)
    for (const auto& counts : scores->cases) dice << counts.dice();
  m_histogram->setValues(dice);
  showLeaks(*m_leak, session());
  const auto summary = scores ? scores->summary : nullptr;
  m_all->setTitle(summary ? tr("All %n image(s)", nullptr, summary->n) : tr("All images"));
  if (!summary) {
    m_mean->setText(u"–"_s);
    m_meanText->setText(scores ? tr("Being scored…") : tr("Not scored yet."));
    return;
  }
  m_mean->setText(tr("mDice %1 · mIoU %2").arg(summary->diceMean, 0, 'f', 3).arg(summary->iouMean, 0, 'f', 3));
  const auto audit = m_audits ? m_audits->audit(after) : nullptr;
  const Figure* mean = audit ? audit->model.row(Averaging::PerImage).figure(Metric::Dice) : nullptr;
  QStringList parts;
  if (mean && mean->interval) parts << tr("Dice 95 %: %1").arg(intervalText(Metric::Dice, *mean->interval));
  if (before && before->summary && after != 0) parts << tr("before %1").arg(before->summary->diceMean, 0, 'f', 3);
  parts << tr("mean over images");
  m_meanText->setText(parts.join(u" · "_s));
  m_meanText->setToolTip(tr("Mean over pictures at threshold 0.5, source size. Interval: bootstrap over images; see Numbers."));
}

void CasesPage::useAudits(ScoreAudits& audits) {
  m_audits = &audits;
  connect(&audits, &ScoreAudits::ready, this, &CasesPage::refreshSummary);
}

void CasesPage::applyStyle(const OverlayStyle& style) {
  m_viewer->setOverlayStyle(style);
  m_threshold->setValue(style.threshold);
  m_opacity->setValue(style.opacity * 100);
  m_drawing->setCurrent(style.fill && style.contour ? u"both"_s : style.fill ? u"fill"_s : u"contour"_s);
  session().settings().setOverlayOpacity(style.opacity);
  refreshImageCard();
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
  m_export->setDisabledReason(m_loaded.image ? QString() : tr("Choose a picture first."));
  if (!s.isBusy() && isVisible()) refreshPredictions();
}

void CasesPage::saveOverlay() {
  if (!m_loaded.image) return;
  chooseSaveFile(this, tr("Save overlay"), m_current + "_overlay.png"_L1, tr("Pictures (*.png *.jpg)"),
                 [picture = m_viewer->composed()](const QString& path) { picture.save(path); });
}

void CasesPage::keyPressEvent(QKeyEvent* event) { forwardKey(event); }
void CasesPage::keyReleaseEvent(QKeyEvent* event) { forwardKey(event); }

// Keys that nothing else wanted belong to the viewer.
void CasesPage::forwardKey(QKeyEvent* event) {
  if (m_isForwarding || isEmptyShown()) {
    event->ignore();
    return;
  }
  m_isForwarding = true;
  QCoreApplication::sendEvent(m_viewer, event);
  m_isForwarding = false;
}

}  // namespace gps::app
