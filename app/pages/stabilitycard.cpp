#include "app/pages/stabilitycard.h"

#include <QCheckBox>
#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/pages/plotmenu.h"
#include "core/selection/gradientfield.h"
#include "widgets/curveplot.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;

int settledAfter(const std::vector<SnapshotAgreement>& snapshots, double least) {
  int found = -1;
  for (std::size_t i = 0; i + 1 < snapshots.size(); ++i) {
    if (snapshots[i].withFinal < least)
      found = -1;
    else if (found < 0)
      found = int(i);
  }
  return found;
}

StabilityCard::StabilityCard(Session& session, QWidget* parent) : ui::Card({}, parent), m_session(session) {
  m_tabs = new ui::SegmentedControl;
  m_tabs->addOption(u"stable"_s, {});
  m_tabs->addOption(u"kept"_s, {});
  addHeaderWidget(m_tabs);
  m_stability = new ui::CurvePlot;
  m_kept = new ui::CurvePlot;
  addBody(m_stability, 1);
  addBody(m_kept, 1);
  m_text = new ui::Label;
  m_text->setWordWrap(true);
  addBody(m_text);
  m_stops = new QCheckBox;
  addBody(m_stops);
  addPlotMenu(this, m_stability, *m_stability, false);
  addPlotMenu(this, m_kept, *m_kept, false);
  connect(m_tabs, &ui::SegmentedControl::currentChanged, this, &StabilityCard::refresh);
  connect(m_stops, &QCheckBox::clicked, this, [this](bool on) {
    SelectionSpec spec = m_session.project().selection;
    spec.earlyStop = on ? kSettled : 0;
    m_session.setSelection(spec);
  });
  retranslate();
}

bool StabilityCard::showsKept() const { return m_tabs->current() == "kept"_L1; }

void StabilityCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void StabilityCard::retranslate() {
  m_tabs->setOptionText(u"stable"_s, tr("Stable"));
  m_tabs->setOptionText(u"kept"_s, tr("Kept"));
  m_stability->removeAllSeries();
  m_stability->addSeries(tr("with the end"), 0);
  m_stability->addSeries(tr("with half as many"), 1, true);
  for (int series : {0, 1}) m_stability->setSeriesSmoothed(series, false);
  m_stability->setXLabel(tr("batches"));
  m_stability->setYLabel(tr("Jaccard"));
  m_kept->removeAllSeries();
  m_kept->addSeries(tr("kept share of the scores"), 0);
  m_kept->setXLabel(tr("inputs kept per neuron, K"));
  m_kept->setYLabel(tr("%"));
  m_kept->setYRange(0, 100);
  m_kept->setXRange(0, 64);
  m_stops->setText(tr("Stop the pass when settled"));
  m_stops->setToolTip(
      tr("Ends the next pass once two choices in a row agree with those of half as many batches by more than %1.").arg(kSettled));
  refresh();
}

void StabilityCard::refresh() {
  const auto table = m_session.table();
  setTitle(showsKept() ? tr("How much is kept?") : tr("When is it stable?"));
  m_stability->setVisible(!showsKept());
  m_kept->setVisible(showsKept());
  m_stops->setVisible(!showsKept());
  m_stops->setChecked(m_session.project().selection.earlyStop > 0);
  m_stops->setEnabled(!m_session.isBusy());
  QList<double> ks, shares;
  if (table) {
    for (const auto& c : table->counts) {
      ks << c.keptPerRow;
      shares << 100 * c.capturedShare;
    }
  }
  m_kept->setPoints(0, ks, shares);
  QList<double> x, final, halfX, half;
  const auto snapshots = table && table->hasPass ? table->snapshots : std::vector<SnapshotAgreement>();
  double least = 1;
  for (const SnapshotAgreement& s : snapshots) {
    if (s.withFinal >= 0) {
      x << s.batches;
      final << s.withFinal;
      least = std::min(least, s.withFinal);
    }
    if (s.withHalf >= 0) {
      halfX << s.batches;
      half << s.withHalf;
      least = std::min(least, s.withHalf);
    }
  }
  const bool isEnough = x.size() > 1;
  m_stability->setPoints(0, isEnough ? x : QList<double>(), isEnough ? final : QList<double>());
  m_stability->setPoints(1, isEnough ? halfX : QList<double>(), isEnough ? half : QList<double>());
  m_stability->setYRange(std::max(0.0, std::floor(least * 10 - 0.5) / 10), 1.02);
  m_stability->setPlaceholder(!table || !table->hasPass ? tr("Only a pass over the pictures can be watched.")
                                                        : tr("The pass had one batch: there is nothing to compare."));
  const int settled = settledAfter(snapshots, kSettled);
  if (table && table->stoppedEarly)
    m_stability->setMarker(table->batches, tr("stopped"));
  else if (settled >= 0)
    m_stability->setMarker(snapshots[std::size_t(settled)].batches, tr("settled"));
  else
    m_stability->setMarker(std::numeric_limits<double>::quiet_NaN());
  refreshCounts();
}

QString StabilityCard::stabilityText() const {
  const auto table = m_session.table();
  if (!table || !table->hasPass || table->snapshots.size() < 2) return {};
  const auto& snapshots = table->snapshots;
  const int settled = settledAfter(snapshots, kSettled);
  const auto& before = snapshots[snapshots.size() - 2];
  if (table->stoppedEarly)
    return tr("Stopped after %n batch(es): the choice agreed with that of half as many to %1.", nullptr, table->batches)
        .arg(ui::significant(snapshots.back().withHalf, 3));
  if (settled >= 0)
    return tr("After %n batch(es) the choice agrees with the final one to %1.", nullptr, snapshots[std::size_t(settled)].batches)
        .arg(ui::significant(snapshots[std::size_t(settled)].withFinal, 3));
  return tr("It was still changing after %n batch(es): %1 with the final choice.", nullptr, before.batches)
      .arg(ui::significant(before.withFinal, 3));
}

void StabilityCard::refreshCounts() {
  const auto* counts = m_session.presentCounts();
  if (!showsKept()) {
    m_text->setText(stabilityText());
    const auto table = m_session.table();
    m_text->setToolTip(table && table->hasPass ? tr("Of the choice that the pass was asked for: K = %1.").arg(table->pass.keptPerRow)
                                               : QString());
    return;
  }
  m_text->setToolTip({});
  const auto model = m_session.model();
  if (!counts || !model) return m_text->clear();
  m_kept->setMarker(counts->keptPerRow, tr("K = %1").arg(counts->keptPerRow));
  m_text->setText(tr("%1 of the weights hold %2 of the scores.")
                      .arg(ui::sharePercent(double(counts->selected) / double(std::max<std::int64_t>(1, model->selectableWeights))),
                           ui::sharePercent(counts->capturedShare)));
}

}  // namespace gps::app
