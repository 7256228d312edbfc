// The cases of the page: their rows, their order, and the list, gallery or table that shows them.
#include "app/pages/casespage.h"

#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

#include "app/pages/casemetrics.h"
#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/figurewords.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/outlinebar.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/cases/viewcard.h"
#include "app/project/outlinescores.h"
#include "widgets/card.h"
#include "widgets/casegallery.h"
#include "widgets/casetable.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;

std::optional<PixelCounts> CasesPage::countsOf(const QString& id, const EpochScores* scores) const {
  const double threshold = m_look->style().threshold;
  const CaseCurve* curve = m_curves.of(id, m_compare->shown());
  if (scores && threshold == OverlayStyle().threshold)
    if (const auto it = scores->cases.constFind(id); it != scores->cases.cend()) return *it;
  return curve && curve->counts ? std::optional(curve->counts->at(threshold)) : std::nullopt;
}

// Outlines were compared at the usual threshold; at another one there are the scores of the pixels until somebody asks for them.
const CaseScore* CasesPage::measuredOf(const QString& id, const EpochScores* scores) const {
  if (const double threshold = m_look->style().threshold; threshold != OverlayStyle().threshold) {
    const auto outlines = m_outlines ? m_outlines->at(m_compare->shown(), threshold) : nullptr;
    const auto known = outlines ? outlines->constFind(id) : OutlineScores::Cases::const_iterator();
    return outlines && known != outlines->cend() ? &*known : nullptr;
  }
  if (scores)
    if (const auto it = scores->measured.constFind(id); it != scores->measured.cend()) return &*it;
  return m_scoring.measured(id, m_compare->shown());
}

void CasesPage::countCases() {
  m_counts.clear();
  const auto pictures = session().data();
  if (!pictures || pictures->task != TaskKind::Segmentation) return;
  const std::string split = session().scoredSplit().toStdString();
  const EpochScores* scores = session().scores(afterEpoch());
  for (const DataItem& item : pictures->items) {
    if (item.split != split) continue;
    const QString id = QString::fromStdString(item.id);
    if (const auto counts = countsOf(id, scores)) m_counts.insert(id, *counts);
  }
}

void CasesPage::refreshRows() {
  countCases();
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
      if (const CaseScore* measured = measuredOf(id, scores))
        row = caseRow(*measured);
      else if (const auto counts = m_counts.constFind(id); counts != m_counts.cend())
        row = caseRow({item.id, *counts});
      row.hasTruth = !item.maskPath.empty();
      const Reading reading = m_reading->readings().of(id);
      row.rating = reading.rating;
      row.remark = reading.remark;
      rows.append(row);
    }
  }
  m_table->setRows(rows);
  m_hasOutlines = std::any_of(rows.begin(), rows.end(), [](const ui::CaseRow& row) { return !qIsNaN(row.boundaryF); });
  refreshListTitle();
  refreshSmallMaps();
  refreshSummary();
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

void CasesPage::refreshSmallMaps() {
  const MapSource shown = m_compare->shown();
  for (const QString& id : m_table->visibleIds()) {
    const CaseCurve* curve = m_curves.of(id, shown);
    m_table->setSmallMap(id, curve ? curve->small : nullptr);
  }
}

void CasesPage::refreshListTitle() {
  const bool isUp = m_table->sortOrder() == Qt::AscendingOrder;
  const int column = m_table->sortColumn();
  const bool isSize = column == ui::CaseModel::Area || column == ui::CaseModel::Marked;
  const bool isWorst = isUp != (column == ui::CaseModel::Hd95);  // less is better there
  // Without their values the pictures stand in the order of their names, which is no order of good and bad.
  const bool isOutline = column == ui::CaseModel::BoundaryF || column == ui::CaseModel::Hd95;
  const bool isUnknown = isOutline && !m_hasOutlines && !m_counts.isEmpty();
  const QString name = metricName(column == ui::CaseModel::Hd95 ? Metric::Hd95 : Metric::BoundaryF);
  const double usual = OverlayStyle().threshold;
  m_list->setTitle(isUnknown && m_look->style().threshold != usual
                       ? tr("%1 is known at threshold %2 only").arg(name, QString::number(usual, 'f', 2))
                   : isUnknown                       ? tr("%1 is not known yet").arg(name)
                   : column == ui::CaseModel::Id     ? tr("By name")
                   : column == ui::CaseModel::Remark ? tr("By remark")
                   : isSize                          ? (isUp ? tr("Smallest first") : tr("Largest first"))
                                                     : (isWorst ? tr("Worst first") : tr("Best first")));
  m_overview->setTitle(m_list->accessibleName());
  const bool isSeen = isOutline || m_listing->current() == "table"_L1;
  m_outlineBar->ask(m_compare->shown(), m_look->style().threshold,
                    isSeen && !m_hasOutlines && !m_counts.isEmpty() && m_look->style().threshold != usual);
}

void CasesPage::showListing(const QString& listing) {
  const bool isPicture = listing != "gallery"_L1 && listing != "table"_L1;
  m_listing->setCurrent(isPicture ? u"list"_s : listing);
  m_settings.setListing(listing);
  refreshListTitle();
  m_middle->setCurrentWidget(isPicture ? static_cast<QWidget*>(m_view) : m_overview);
  if (isPicture) return;
  QAbstractItemView* view = listing == "table"_L1 ? static_cast<QAbstractItemView*>(m_table->wideTable()) : m_table->gallery();
  m_overviews->setCurrentWidget(view);
  view->scrollTo(view->currentIndex());
}

}  // namespace gps::app
