#include "app/project/comparisonset.h"

#include <algorithm>
#include <utility>

#include "app/project/folderpaths.h"

namespace gps::app {

using namespace Qt::StringLiterals;

ComparisonSet::ComparisonSet(SelectionLibrary& library, QObject* parent) : QObject(parent), m_library(library) {
  connect(&m_library, &SelectionLibrary::changed, this, &ComparisonSet::adopt);
  connect(&m_library, &SelectionLibrary::renamed, this, [this](const QString& from, const QString& to) {
    if (m_colors.contains(from)) m_colors.insert(to, m_colors.take(from));
  });
  connect(&m_library.sets(), &SelectionSetApi::compared, this, [this](quint64 id, const ComparisonReady& ready) {
    if (id != m_asked) return;
    m_asked = 0;
    m_request = ready.request;
    m_comparison = ready.comparison;
    Q_EMIT comparisonChanged();
  });
  connect(&m_library.sets(), &SelectionSetApi::failed, this, [this](quint64 id, const Failure& failure) {
    if (id != m_asked) return;
    m_asked = 0;
    m_failure = failure;
    Q_EMIT comparisonChanged();
  });
}

// Files that are gone are no longer ticked; a project that is new to us starts with its first files.
void ComparisonSet::adopt() {
  if (!m_library.isListed()) {
    m_colors.clear();
    m_isFirst = true;
    drop();
    Q_EMIT tickedChanged();
    return;
  }
  if (const auto followed = std::exchange(m_followed, std::nullopt)) {
    m_colors = *followed;
    m_isFirst = false;
  }
  for (auto it = m_colors.begin(); it != m_colors.end();) {
    const SelectionFacts* facts = m_library.find(it.key());
    it = facts && m_library.whyRefused(*facts).isEmpty() ? std::next(it) : m_colors.erase(it);
  }
  if (std::exchange(m_isFirst, false) || m_colors.isEmpty()) {
    for (const SelectionFacts& facts : m_library.comparable())
      if (!facts.isRun && m_colors.size() < kTickedAtFirst) m_colors.insert(facts.path, freeColor());
  }
  Q_EMIT tickedChanged();
  ask();
}

void ComparisonSet::followProject(const QString& from, const QString& to) {
  m_followed.emplace();
  for (auto it = m_colors.cbegin(); it != m_colors.cend(); ++it) m_followed->insert(openedPath(to, keptPath(from, it.key())), it.value());
}

int ComparisonSet::freeColor() const {
  int color = 0;
  while (std::find(m_colors.cbegin(), m_colors.cend(), color) != m_colors.cend()) ++color;
  return color;
}

QList<SelectionFacts> ComparisonSet::ticked() const {
  QList<SelectionFacts> all;
  for (const SelectionFacts& facts : m_library.selections())
    if (m_colors.contains(facts.path)) all << facts;
  return all;
}

QString ComparisonSet::whyRefused(const SelectionFacts& facts) const {
  const auto& all = m_library.selections();
  const auto first = std::find_if(all.begin(), all.end(), [this](const SelectionFacts& f) { return m_colors.contains(f.path); });
  return m_library.whyRefused(facts, first == all.end() ? nullptr : &*first);
}

void ComparisonSet::setTicked(const QString& path, bool on) {
  const SelectionFacts* facts = m_library.find(path);
  if (on == isTicked(path) || !facts) return;
  if (on && !whyRefused(*facts).isEmpty()) return;
  if (on)
    m_colors.insert(path, freeColor());
  else
    m_colors.remove(path);
  Q_EMIT tickedChanged();
  ask();
}

void ComparisonSet::drop() {
  m_library.sets().cancel(std::exchange(m_asked, 0));
  m_comparison.reset();
  m_request = {};
  m_wantedKey.clear();
  Q_EMIT comparisonChanged();
}

void ComparisonSet::ask() {
  CompareRequest request;
  QString key;  // a file that was written anew is another one
  for (const SelectionFacts& facts : ticked()) {
    request.paths << facts.path;
    request.names << facts.name;
    key += u"%1\t%2\t%3\n"_s.arg(facts.path, facts.name).arg(facts.when.toMSecsSinceEpoch());
  }
  if (request.paths.size() < 2) return drop();
  if (key == m_wantedKey && !m_failure) return;
  m_failure.reset();
  m_wantedKey = key;
  m_library.sets().cancel(m_asked);
  m_asked = m_library.sets().compare(request);
  Q_EMIT comparisonChanged();
}

void ComparisonSet::dismissFailure() {
  m_failure.reset();
  Q_EMIT comparisonChanged();
}

qint64 positionsOf(const SelectionComparison& comparison, SetOperation operation, int first, int atLeast) {
  const auto sets = int(comparison.selections.size());
  qint64 count = 0;
  for (const Combination& c : comparison.combinations) {
    const int by = c.members.count();
    bool isIn = true;  // of a union
    if (operation == SetOperation::Intersection) isIn = by == sets;
    if (operation == SetOperation::Difference) isIn = by == 1 && c.members.has(std::size_t(first));
    if (operation == SetOperation::Shared) isIn = by >= atLeast;
    if (operation == SetOperation::Specific) isIn = by == 1;
    if (isIn) count += c.count;
  }
  return count;
}

qint64 positionsOf(const SelectionComparison& comparison, const Members& exactMembers) {
  for (const Combination& c : comparison.combinations)
    if (c.members == exactMembers) return c.count;
  return 0;
}

}  // namespace gps::app
