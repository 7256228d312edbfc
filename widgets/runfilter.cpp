#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "widgets/runmodel.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

// Columns that can be compared, by the words people type.
const QHash<QString, int>& numbers() {
  static const QHash<QString, int> words{{u"k"_s, RunModel::K},
                                         {u"lr"_s, RunModel::LearningRate},
                                         {u"seed"_s, RunModel::Seed},
                                         {u"epochs"_s, RunModel::Epochs},
                                         {u"best"_s, RunModel::Best},
                                         {u"dice"_s, RunModel::Best},
                                         {u"diff"_s, RunModel::Difference},
                                         {u"last"_s, RunModel::Last},
                                         {u"trainable"_s, RunModel::Trainable},
                                         {u"delta"_s, RunModel::Delta},
                                         {u"seconds"_s, RunModel::Seconds},
                                         {u"peak"_s, RunModel::Peak}};
  return words;
}

// Columns whose words a plain word is looked for in.
constexpr int kWordColumns[] = {RunModel::Name,      RunModel::Phase,     RunModel::Method, RunModel::Level,
                                RunModel::Criterion, RunModel::Precision, RunModel::Tags,   RunModel::Note};

}  // namespace

RunFilter::RunFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(RunModel::SortRole);
  setDynamicSortFilter(true);
}

const RunModel& RunFilter::runs() const { return *static_cast<const RunModel*>(sourceModel()); }

bool RunFilter::setText(const QString& text) {
  static const QRegularExpression comparison(uR"(\b([a-z]+)\s*(<=|>=|<|>|=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?))"_s,
                                             QRegularExpression::CaseInsensitiveOption);
  QString rest = text;
  rest.replace(u'＜', u'<').replace(u'＞', u'>').replace(u'＝', u'=').replace(u'≤', u"<="_s).replace(u'≥', u">="_s).replace(u'：', u':');
  bool readable = true;
  QList<Term> terms;
  for (auto it = comparison.globalMatch(rest); it.hasNext();) {
    const auto match = it.next();
    Term term;
    term.column = numbers().value(match.captured(1).toLower(), -1);
    term.comparison = match.captured(2);
    term.value = match.captured(3).toDouble() / (match.captured(4).isEmpty() ? 1 : 100);
    if (term.column < 0)
      readable = false;
    else
      terms << term;
  }
  rest.remove(comparison);
  static const QRegularExpression separators(u"[\\s,;]+"_s);
  for (const QString& word : rest.split(separators, Qt::SkipEmptyParts)) {
    if (word.contains(u'<') || word.contains(u'>') || word.contains(u'=')) {
      readable = false;
      continue;
    }
    Term term;
    if (word.startsWith("tag:"_L1, Qt::CaseInsensitive))
      term.tag = word.mid(4);
    else
      term.word = word;
    terms << term;
  }
  // "best >" while typing: the word before the sign is no word of a name.
  if (!readable) terms.removeIf([](const Term& term) { return numbers().contains(term.word.toLower()); });
  m_terms = terms;
  invalidateFilter();
  return readable;
}

void RunFilter::setHidesFailed(bool on) {
  m_hidesFailed = on;
  invalidateFilter();
}

void RunFilter::setOnlyStarred(bool on) {
  m_onlyStarred = on;
  invalidateFilter();
}

void RunFilter::setOnlyIds(const QSet<QString>* ids) {
  m_onlyIds = ids != nullptr;
  m_ids = ids ? *ids : QSet<QString>();
  invalidateFilter();
}

bool RunFilter::filterAcceptsRow(int r, const QModelIndex&) const { return (!m_onlyIds || m_ids.contains(runs().row(r).id)) && matches(r); }

bool RunFilter::matches(int r) const {
  const RunRow& row = runs().row(r);
  if (m_hidesFailed && (row.phase == RunPhase::Failed || row.phase == RunPhase::Unreadable)) return false;
  if (m_onlyStarred && !row.isStarred) return false;
  for (const Term& term : m_terms) {
    bool holds = false;
    if (term.column >= 0) {
      const double value = runs().index(r, term.column).data(RunModel::SortRole).toDouble();
      holds = term.comparison == u"<"_s    ? value < term.value
              : term.comparison == u"<="_s ? value <= term.value
              : term.comparison == u">"_s  ? value > term.value
              : term.comparison == u">="_s ? value >= term.value
                                           : std::abs(value - term.value) <= 1e-9 * std::max(1.0, std::abs(term.value));
    } else if (!term.tag.isEmpty()) {
      for (const QString& tag : row.tags) holds = holds || tag.contains(term.tag, Qt::CaseInsensitive);
    } else {
      for (const int column : kWordColumns)
        holds = holds || runs().index(r, column).data(Qt::DisplayRole).toString().contains(term.word, Qt::CaseInsensitive);
    }
    if (!holds) return false;
  }
  return true;
}

// What is not known stands last whichever way the others are sorted; equal ones keep the newest first.
bool RunFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const bool up = sortOrder() == Qt::AscendingOrder;
  const RunRow &a = runs().row(left.row()), &b = runs().row(right.row());
  const bool isNewer = a.startedMs != b.startedMs ? a.startedMs > b.startedMs : a.id < b.id;
  const bool byAge = up ? isNewer : !isNewer;
  const QVariant first = left.data(RunModel::SortRole), second = right.data(RunModel::SortRole);
  if (first.metaType().id() == QMetaType::QString) {
    const QString x = first.toString(), y = second.toString();
    if (x.isEmpty() != y.isEmpty()) return y.isEmpty() == up;
    const int order = QString::localeAwareCompare(x, y);
    return order != 0 ? order < 0 : byAge;
  }
  const double x = first.toDouble(), y = second.toDouble();
  if (std::isnan(x) != std::isnan(y)) return std::isnan(y) == up;
  return std::isnan(x) || x == y ? byAge : x < y;
}

}  // namespace gps::ui
