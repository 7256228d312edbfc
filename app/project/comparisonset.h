#pragma once
// Which selections are set side by side, the colour of each, and what they have in common. Asks for a comparison by itself whenever the
// ticked ones change; the old one stays until the new one is there. GUI thread.
#include <QHash>
#include <QObject>
#include <optional>

#include "app/project/selectionlibrary.h"

namespace gps::app {

class ComparisonSet : public QObject {
  Q_OBJECT
 public:
  static constexpr int kTickedAtFirst = 6;

  explicit ComparisonSet(SelectionLibrary& library, QObject* parent = nullptr);
  SelectionLibrary& library() const { return m_library; }
  void setTicked(const QString& path, bool on);
  bool isTicked(const QString& path) const { return m_colors.contains(path); }
  int colorIndex(const QString& path) const { return m_colors.value(path, -1); }
  QList<SelectionFacts> ticked() const;                        // in the order of the library
  void followProject(const QString& from, const QString& to);  // see Session::projectMoved: the same files stay ticked
  QString whyRefused(const SelectionFacts& facts) const;       // beside the ticked ones; empty: it can be ticked

  // Of request().paths; null before the first, and while fewer than two are ticked.
  std::shared_ptr<const SelectionComparison> comparison() const { return m_comparison; }
  const CompareRequest& request() const { return m_request; }
  bool isStale() const { return m_asked != 0; }  // a newer one is on its way
  const std::optional<Failure>& failure() const { return m_failure; }
  void dismissFailure();

 Q_SIGNALS:
  void tickedChanged();
  void comparisonChanged();

 private:
  void adopt();
  void ask();
  void drop();
  int freeColor() const;
  SelectionLibrary& m_library;
  QHash<QString, int> m_colors;                   // of the ticked paths
  std::optional<QHash<QString, int>> m_followed;  // the same in another folder, until it is listed
  CompareRequest m_request;
  QString m_wantedKey;  // what was asked for last
  std::shared_ptr<const SelectionComparison> m_comparison;
  SetRequestId m_asked = 0;
  std::optional<Failure> m_failure;
  bool m_isFirst = true;
};

// Positions that a combination of the compared selections holds; first: the one that a difference starts from.
qint64 positionsOf(const SelectionComparison& comparison, SetOperation operation, int first = 0, int atLeast = 2);
qint64 positionsOf(const SelectionComparison& comparison, const Members& exactMembers);

}  // namespace gps::app
