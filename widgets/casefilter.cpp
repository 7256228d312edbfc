#include <QRegularExpression>
#include <cmath>

#include "widgets/casetable.h"
#include "widgets/thumbnailrows.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

CaseFilter::CaseFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(CaseModel::SortRole);
  setDynamicSortFilter(true);
}

bool CaseFilter::setText(const QString& text) {
  static const QRegularExpression comparison(
      uR"(\b(dice|iou|precision|recall|boundary|hd95|area|marked|rating)\s*(<=|>=|<|>|=)\s*(\d*[.,]?\d+)\s*(%?))"_s,
      QRegularExpression::CaseInsensitiveOption);
  QStringList columns;
  for (int c = 0; c < CaseModel::ColumnCount; ++c) columns << CaseModel::key(c);
  // Full-width signs and the comma as a decimal point are what other keyboards give.
  QString rest = text;
  rest.replace(u'＜', u'<').replace(u'＞', u'>').replace(u'＝', u'=').replace(u'≤', u"<="_s).replace(u'≥', u">="_s).replace(u'，', u',');
  QList<Term> terms;
  for (auto it = comparison.globalMatch(rest); it.hasNext();) {
    const auto match = it.next();
    Term term;
    term.column = int(columns.indexOf(match.captured(1).toLower()));
    term.comparison = match.captured(2);
    term.value = match.captured(3).replace(u',', u'.').toDouble();
    // Areas are typed in percent; a score only when the sign says so.
    if (term.column == CaseModel::Area || term.column == CaseModel::Marked || !match.captured(4).isEmpty()) term.value /= 100;
    terms << term;
  }
  rest.remove(comparison);
  static const QRegularExpression separators(u"[\\s,;]+"_s);
  bool readable = true;
  for (const QString& word : rest.split(separators, Qt::SkipEmptyParts)) {
    if (word.contains(u'<') || word.contains(u'>') || word.contains(u'=')) {
      readable = false;
      continue;
    }
    if (!readable) continue;  // the words round an unfinished comparison are part of it
    terms << Term{word, -1, {}, 0};
  }
  // "Dice <" while typing: the name before the sign is no name of a picture.
  if (!readable) terms.removeIf([&columns](const Term& term) { return term.column < 0 && columns.contains(term.name.toLower()); });
  m_terms = terms;
  invalidateFilter();
  return readable;
}

bool CaseFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  for (const Term& term : m_terms) {
    if (term.column < 0) {
      if (!sourceModel()->index(row, CaseModel::Id, parent).data(RowRole::Id).toString().contains(term.name, Qt::CaseInsensitive))
        return false;
      continue;
    }
    const double value = sourceModel()->index(row, term.column, parent).data(CaseModel::SortRole).toDouble();
    if (std::isnan(value)) return false;
    const bool holds = term.comparison == u"<"_s    ? value < term.value
                       : term.comparison == u"<="_s ? value <= term.value
                       : term.comparison == u">"_s  ? value > term.value
                       : term.comparison == u">="_s ? value >= term.value
                                                    : std::abs(value - term.value) < 0.005;
    if (!holds) return false;
  }
  return true;
}

bool CaseFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  if (left.column() == CaseModel::Id || left.column() == CaseModel::Remark)
    return QString::localeAwareCompare(left.data(CaseModel::SortRole).toString(), right.data(CaseModel::SortRole).toString()) < 0;
  const double a = left.data(CaseModel::SortRole).toDouble(), b = right.data(CaseModel::SortRole).toDouble();
  // Pictures without a score stand last either way; equal scores keep the order of their names.
  if (std::isnan(a) != std::isnan(b)) return std::isnan(sortOrder() == Qt::AscendingOrder ? b : a);
  if (!std::isnan(a) && a != b) return a < b;
  return left.data(RowRole::Id).toString() < right.data(RowRole::Id).toString();
}

}  // namespace gps::ui
