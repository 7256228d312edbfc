#pragma once
// Blind readings of the project: which methods, which cases in which order, and the votes so far. A vote is kept as a place on screen;
// whose place it was is told by nobody before all cases are read and the reading is unblinded. Kept in blind-readings.json. GUI thread.
#include <QList>
#include <QStringList>
#include <optional>

#include "app/project/jsonstore.h"
#include "core/evaluation/figures/blindreading.h"

namespace gps::app {

struct BlindMethod {
  QString title;
  QString run;  // its path under the folder of runs; empty: the untuned model
  int epoch = 0;
  bool operator==(const BlindMethod&) const = default;
};

struct BlindReading {
  QString name, reader, begun;  // begun: ISO 8601, UTC
  quint64 seed = 1;
  double threshold = 0.5;           // at which all images are shown
  QList<BlindMethod> methods = {};  // 2 or 3
  QStringList cases = {};           // in the order of reading
  QList<int> votes = {};            // places, of the first cases; kTieVote
  bool isUnblinded = false;
  bool isComplete() const { return votes.size() == cases.size(); }
};

class BlindReadings : public QObject {
  Q_OBJECT
 public:
  explicit BlindReadings(QObject* parent = nullptr);
  void setProject(const QString& folder);                                                   // empty: none
  void followProject(const QString& from, const QString& to) { m_store.follow(from, to); }  // see Session::projectMoved
  bool isRead() const { return m_store.isRead(); }
  QString problem() const { return m_store.problem(); }
  const QList<BlindReading>& all() const { return m_all; }  // newest first

  // A new one, which becomes the current one. caseIds: of which `count` are read. Nothing happens with fewer than two methods or no case.
  void begin(const QString& reader, const QList<BlindMethod>& methods, const QStringList& caseIds, int count, quint64 seed,
             double threshold = 0.5);
  void open(int index);  // -1: none
  int currentIndex() const { return m_current; }
  const BlindReading* current() const;  // null: none
  QString caseId() const;               // to be voted on; empty: none
  QString nextCaseId() const;           // the one after it
  // Which method stands at each place, to put pictures there; not for people.
  QList<int> places(const QString& caseId) const;
  void vote(int place);  // kTieVote: no difference
  void takeBack();       // the last vote; not after unblinding
  void unblind();        // only once all cases are read
  // Of the current reading; nothing before it is unblinded.
  std::optional<BlindResult> result() const;
  // Of the current reading; methods by name only where it is unblinded.
  QByteArray csv() const;
  QByteArray json() const;
  void flush() { m_store.flush(); }

 Q_SIGNALS:
  void changed();
  void problemChanged();

 private:
  void take(const QJsonObject& root);
  void save();
  BlindReading* edited();
  JsonStore m_store;
  QList<BlindReading> m_all;
  int m_current = -1;
};

}  // namespace gps::app
