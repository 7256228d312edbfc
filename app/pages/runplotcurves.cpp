// RunPlots: curves over each other.
#include <QCheckBox>
#include <QComboBox>
#include <algorithm>

#include "app/pages/runplots.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kMostCurves = 60;
}

CurveKind RunPlots::curveKind() const { return CurveKind(std::clamp(m_kind->currentIndex(), 0, 3)); }

CurveAxis RunPlots::curveAxis() const { return CurveAxis(std::clamp(m_over->currentIndex(), 0, 2)); }

void RunPlots::setCurves(CurveKind kind, CurveAxis axis, bool ofGroups) {
  m_kind->setCurrentIndex(int(kind));
  m_over->setCurrentIndex(int(axis));
  m_mean->setChecked(ofGroups);
}

QList<RunPlots::Line> RunPlots::curveLines(const QList<RunPtr>& runs) const {
  QList<Line> lines;
  const auto colourOf = [this](const RunPtr& run) { return std::max(0, m_notes.of(run->id).colour); };
  if (!m_mean->isChecked()) {
    for (const RunPtr& run : runs) lines << Line{run->id, colourOf(run), {run}};
    return lines;
  }
  for (const SeedGroup& group : seedGroups(runs)) {
    const QString name = group.name.isEmpty() ? group.runs.first()->id : group.name;
    lines << Line{group.runs.size() > 1 ? tr("%1, mean of %2").arg(name).arg(group.runs.size()) : name, colourOf(group.runs.first()),
                  group.runs};
  }
  return lines;
}

void RunPlots::refreshCurves() {
  QList<RunPtr> runs = shownTicked();
  const qsizetype ticked = runs.size();
  if (runs.size() > kMostCurves) runs.resize(kMostCurves);
  const CurveKind kind = curveKind();
  const CurveAxis axis = curveAxis();
  m_steps.want(axis == CurveAxis::Step ? runs : QList<RunPtr>());
  m_curves->setXLabel(axis == CurveAxis::Step ? tr("step") : axis == CurveAxis::Time ? tr("time, s") : tr("epoch"));
  m_curves->setYLabel(kind == CurveKind::Score ? (allClassify(runs) ? tr("right pictures, %") : tr("mean Dice")) : m_kind->currentText());
  // The series are made anew only when others are drawn; a run that grows just gets its points.
  const QList<Line> lines = curveLines(runs);
  QString state = m_mean->isChecked() ? u"mean"_s : u"runs"_s;
  for (const Line& line : lines) state += u'\n' + line.name + u'\t' + QString::number(line.colour);
  if (state != m_curveState) {
    m_curveState = state;
    m_drawn.clear();
    m_curves->removeAllSeries();
    for (const Line& line : lines) m_curves->addSeries(line.name, line.colour % ui::kRunColours, line.colour >= ui::kRunColours);
  }
  m_drawn.resize(lines.size());
  qsizetype withoutSteps = 0;
  for (int i = 0; i < lines.size(); ++i) {
    Drawn from{kind, axis, lines[i].runs, {}};
    for (const RunPtr& run : lines[i].runs) {
      from.versions << m_steps.version(run->folder);
      const auto* steps = m_steps.of(run->folder);
      withoutSteps += axis == CurveAxis::Step && steps && steps->empty();
    }
    if (from != m_drawn[i]) drawLine(i, lines[i], from);
    m_drawn[i] = from;
  }
  noteCurves(runs.size(), ticked, withoutSteps);
}

void RunPlots::drawLine(int series, const Line& line, const Drawn& from) {
  const auto stepsOf = [this](const RunEntry& run) { return m_steps.of(run.folder); };
  if (line.runs.size() == 1) {
    const Curve curve = curveOf(*line.runs.first(), from.kind, from.axis, stepsOf(*line.runs.first()));
    return m_curves->setPoints(series, curve.x, curve.y);
  }
  const MeanCurve mean = meanCurve(line.runs, from.kind, from.axis, stepsOf);
  m_curves->setPoints(series, mean.x, mean.mean);
  m_curves->setBand(series, mean.low, mean.high);
}

void RunPlots::noteCurves(qsizetype drawn, qsizetype ticked, qsizetype withoutSteps) {
  QStringList notes;
  if (!m_ticked.isEmpty())
    notes << (drawn < ticked             ? tr("%1 of %2 drawn").arg(drawn).arg(ticked)
              : ticked < m_ticked.size() ? tr("%1 of %2 ticked in sight").arg(ticked).arg(m_ticked.size())
                                         : tr("%n ticked", nullptr, int(ticked)));
  if (m_steps.isReading()) notes << tr("reading the steps…");
  if (withoutSteps > 0) notes << tr("%n run(s) kept no steps", nullptr, int(withoutSteps));
  m_card->setNote(notes.join(u" · "_s));
}

}  // namespace gps::app
