// The figures of the page of cases: of the picture in the viewer and of all pictures.
#include "app/pages/casespage.h"

#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/figurewords.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/outlinebar.h"
#include "app/pages/cases/prompttool.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/cases/sourcewords.h"
#include "app/pages/leakbadge.h"
#include "app/project/leaks.h"
#include "app/project/outlinescores.h"
#include "app/project/scoreaudits.h"
#include "widgets/badge.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/distributionbars.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;

void CasesPage::refreshImageCard() {
  const double threshold = m_look->style().threshold;
  const QList<MapSource> sources = m_compare->sources();
  const auto countsAt = [&](qsizetype i) -> std::optional<PixelCounts> {
    if (m_prompt->speaks()) {
      const QList<MapSource> pointed = m_prompt->sources();
      return i < pointed.size() ? m_prompt->counts(pointed[i], m_loaded.truth.get(), threshold) : std::nullopt;
    }
    const CaseCurve* curve = i < sources.size() ? m_curves.of(m_current, sources[i]) : nullptr;
    return curve && curve->counts ? std::optional(curve->counts->at(threshold)) : std::nullopt;
  };
  const auto before = countsAt(1), now = countsAt(0);
  QList<ui::KeyValue> rows;
  const auto add = [&](Metric metric, double (PixelCounts::*score)() const) {
    ui::KeyValue row{metricName(metric), u"–"_s, {}, ui::Tone::Neutral, metricFormula(metric)};
    if (now) {
      row.value = QString::number(((*now).*score)(), 'f', 2);
      if (before) {
        const double change = ((*now).*score)() - ((*before).*score)();
        row.change = ui::signedNumber(change, 2);
        row.tone = change > 0.005 ? ui::Tone::Good : change < -0.005 ? ui::Tone::Bad : ui::Tone::Neutral;
      }
    }
    rows.append(row);
  };
  add(Metric::Dice, &PixelCounts::dice);
  add(Metric::Iou, &PixelCounts::iou);
  add(Metric::Precision, &PixelCounts::precision);
  add(Metric::Recall, &PixelCounts::recall);
  addOutlines(rows);
  const double area = m_areas.value(m_current, qQNaN());
  m_image->setNote(tr("polyp area %1").arg(qIsNaN(area) ? u"–"_s : ui::sharePercent(area)));
  m_metrics->setRows(rows);
  m_reading->setCase(m_current, afterEpoch(), m_table->totalCount());
  m_image->setSubtitle(sources.size() > 1 ? tr("Change against: %1").arg(sourceText(sources[1], session(), m_runs)) : QString());
  m_histogram->setMarked(now ? now->dice() : qQNaN());
}

// Boundary F and HD95 at the threshold of the moment; "…" while they are worked out.
void CasesPage::addOutlines(QList<ui::KeyValue>& rows) {
  // What is pointed out stands for the predictions, here as in the figures above.
  const bool isPointed = m_prompt->speaks();
  const QList<MapSource> sources = isPointed ? m_prompt->sources() : m_compare->sources();
  const auto mapOf = [&](qsizetype i) {
    const auto pyramid = i >= sources.size() ? nullptr : isPointed ? m_prompt->map(sources[i]) : m_predictions.map(m_current, sources[i]);
    return pyramid ? pyramid->source() : nullptr;
  };
  const auto map = mapOf(0);
  const auto answer = m_figures.ask({m_loaded.id == m_current ? m_loaded.truth : nullptr, mapOf(1), map, m_look->style().threshold});
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

void CasesPage::refreshLeaks() {
  const MapSource shown = m_compare->shown();
  showLeaks(*m_leak, shown.isBase() ? m_leaks.ofBase() : m_leaks.ofRun(shown.runFolder));
}

void CasesPage::refreshSummary() {
  const int after = afterEpoch();
  const EpochScores* scores = session().scores(after);
  const double threshold = m_look->style().threshold;
  QList<double> dice;
  double diceSum = 0, iouSum = 0;
  for (const PixelCounts& counts : std::as_const(m_counts)) {
    dice << counts.dice();
    diceSum += counts.dice(), iouSum += counts.iou();
  }
  m_histogram->setValues(dice);
  refreshLeaks();
  const EpochScores* before = session().scores(0);
  const auto summary = scores ? scores->summary : nullptr;
  const bool isComplete = !dice.isEmpty() && dice.size() == m_table->totalCount(), isUsual = threshold == OverlayStyle().threshold;
  m_all->setTitle(summary || isComplete ? tr("All %n image(s)", nullptr, summary ? summary->n : int(dice.size())) : tr("All images"));
  if (!summary && !isComplete) {
    m_mean->setText(u"–"_s);
    m_meanText->setText(scores || m_scoring.isRunning() ? tr("Being scored…") : tr("Not scored yet."));
    m_meanText->setToolTip({});
    return;
  }
  // The mean that was scored, at its threshold, where there is no other yet.
  const bool isScored = summary && (isUsual || !isComplete);
  const double meanDice = isScored ? summary->diceMean : diceSum / double(dice.size());
  const double meanIou = isScored ? summary->iouMean : iouSum / double(dice.size());
  m_mean->setText(tr("mDice %1 · mIoU %2").arg(meanDice, 0, 'f', 3).arg(meanIou, 0, 'f', 3));
  QStringList parts;
  const auto audit = m_audits ? m_audits->audit(after, isScored ? ScoreAudits::kScoredAt : threshold) : nullptr;
  const Figure* mean = audit ? audit->model.row(Averaging::PerImage).figure(Metric::Dice) : nullptr;
  if (mean && mean->interval) parts << tr("Dice 95 %: %1").arg(intervalText(Metric::Dice, *mean->interval));
  if (isScored) {
    if (before && before->summary && after != 0) parts << tr("before %1").arg(before->summary->diceMean, 0, 'f', 3);
    parts << tr("mean over images");
    if (!isUsual) parts << tr("at threshold %1").arg(OverlayStyle().threshold, 0, 'f', 2);
  } else {
    parts << tr("mean over images") << tr("at threshold %1").arg(threshold, 0, 'f', 2);
  }
  m_meanText->setText(parts.join(u" · "_s));
  m_meanText->setToolTip(tr("Mean over pictures at threshold %1, source size. Interval: bootstrap over images; see Numbers.")
                             .arg(isScored ? OverlayStyle().threshold : threshold, 0, 'f', 2));
}

void CasesPage::useOutlines(OutlineScores& outlines) {
  m_outlines = &outlines;
  m_outlineBar->use(outlines);
  connect(&outlines, &OutlineScores::known, this, &CasesPage::refreshRows);
}

void CasesPage::useAudits(ScoreAudits& audits) {
  m_audits = &audits;
  connect(&audits, &ScoreAudits::ready, this, &CasesPage::refreshSummary);
}

}  // namespace gps::app
