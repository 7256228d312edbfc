#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "widgets/runmodel.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

// Words for columns beside their keys.
const QHash<QString, int>& aliases() {
  static const QHash<QString, int> words{{u"dice"_s, RunModel::Best}, {u"delta"_s, RunModel::Delta}, {u"peak"_s, RunModel::Peak}};
  return words;
}

// Columns whose words a plain word is looked for in.
constexpr int kWordColumns[] = {RunModel::Name,      RunModel::Phase,     RunModel::Method, RunModel::Level,
                                RunModel::Criterion, RunModel::Precision, RunModel::Tags,   RunModel::Note};

// "=" asks for a part of these, and for the whole of other words: adam is not adamw.
bool isFreeText(int column) {
  return column == RunModel::Name || column == RunModel::Tags || column == RunModel::Note || column == RunModel::Leaks ||
         column == RunModel::Started;
}

}  // namespace

RunFilter::RunFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(RunModel::SortRole);
  setDynamicSortFilter(true);
}

const RunModel& RunFilter::runs() const { return *static_cast<const RunModel*>(sourceModel()); }

int RunFilter::columnNamed(const QString& word) const {
  const QString name = word.toLower();
  if (const int column = aliases().value(name, runs().columnOf(name)); column >= 0) return column;
  // "weight_decay" for "training.weight_decay"; the whole key tells two of a name apart.
  const auto& more = runs().extraColumns();
  for (qsizetype i = 0; i < more.size(); ++i)
    if (more[i].key.endsWith(u'.' + name)) return RunModel::ColumnCount + int(i);
  return -1;
}

std::optional<RunFilter::Term> RunFilter::comparisonOf(const QRegularExpressionMatch& match) const {
  const QString name = match.captured(1).toLower(), number = match.captured(3), word = match.captured(5);
  Term term;
  term.column = columnNamed(name);
  term.comparison = match.captured(2);
  if (term.column < 0) return std::nullopt;
  if (runs().isText(term.column)) {
    term.text = word.isEmpty() ? number : word;
    return term.comparison == u"="_s ? std::optional(term) : std::nullopt;
  }
  if (number.isEmpty()) return std::nullopt;
  term.value = number.toDouble() / (match.captured(4).isEmpty() ? 1 : 100);
  // In MB, as the table shows it; delta_mib and peak_mib are of files, and in MiB.
  if (name == "delta"_L1 || name == "peak"_L1) term.value /= kMegabytesPerMebibyte;
  return term;
}

bool RunFilter::setText(const QString& text) {
  static const QRegularExpression comparison(
      uR"(([a-z][a-z0-9_.]*)\s*(<=|>=|<|>|=)\s*(?:([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)(?![\w.])|([^\s,;<>=]+)))"_s,
      QRegularExpression::CaseInsensitiveOption);
  QString rest = text;
  rest.replace(u'＜', u'<').replace(u'＞', u'>').replace(u'＝', u'=').replace(u'≤', u"<="_s).replace(u'≥', u">="_s).replace(u'：', u':');
  for (const QChar separator : u"，；、"_s) rest.replace(separator, u',');
  bool readable = true;
  QList<Term> terms;
  for (auto it = comparison.globalMatch(rest); it.hasNext();) {
    if (const auto term = comparisonOf(it.next()))
      terms << *term;
    else
      readable = false;
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
  if (!readable) terms.removeIf([this](const Term& term) { return !term.word.isEmpty() && columnNamed(term.word) >= 0; });
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
  return std::all_of(m_terms.begin(), m_terms.end(), [this, r](const Term& term) { return holds(term, r); });
}

bool RunFilter::holds(const Term& term, int r) const {
  const auto contains = [this, r](int column, const QString& word) {
    const QModelIndex index = runs().index(r, column);
    return index.data(Qt::DisplayRole).toString().contains(word, Qt::CaseInsensitive) ||
           (runs().isText(column) && index.data(RunModel::SortRole).toString().contains(word, Qt::CaseInsensitive));
  };
  if (!term.text.isEmpty()) {
    if (isFreeText(term.column)) return contains(term.column, term.text);
    const QModelIndex index = runs().index(r, term.column);
    return index.data(Qt::DisplayRole).toString().compare(term.text, Qt::CaseInsensitive) == 0 ||
           index.data(RunModel::SortRole).toString().compare(term.text, Qt::CaseInsensitive) == 0;
  }
  if (term.column >= 0) {
    const double value = runs().index(r, term.column).data(RunModel::SortRole).toDouble();
    return term.comparison == u"<"_s    ? value < term.value
           : term.comparison == u"<="_s ? value <= term.value
           : term.comparison == u">"_s  ? value > term.value
           : term.comparison == u">="_s ? value >= term.value
                                        : std::abs(value - term.value) <= 1e-9 * std::max(1.0, std::abs(term.value));
  }
  if (!term.tag.isEmpty()) {
    const QStringList& tags = runs().row(r).tags;
    return std::any_of(tags.begin(), tags.end(), [&](const QString& tag) { return tag.contains(term.tag, Qt::CaseInsensitive); });
  }
  return std::any_of(std::begin(kWordColumns), std::end(kWordColumns), [&](int column) { return contains(column, term.word); });
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
