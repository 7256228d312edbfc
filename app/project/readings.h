#pragma once
// What readers say of predictions: a rating and a remark a case, each reader by name, each set of predictions apart ("untuned",
// "RUN@7"). Kept in the project's readings.json. GUI thread.
#include <QHash>
#include <QMap>
#include <QStringList>

#include "app/project/jsonstore.h"

namespace gps::app {

struct Reading {
  int rating = 0;  // 1 … kMost; 0: none
  QString remark;
  QString changed;  // ISO 8601, UTC
  bool isEmpty() const { return rating == 0 && remark.isEmpty(); }
  bool operator==(const Reading&) const = default;
};

class Readings : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMost = 5;

  explicit Readings(QObject* parent = nullptr);
  void setProject(const QString& folder);                                                   // empty: none
  void followProject(const QString& from, const QString& to) { m_store.follow(from, to); }  // see Session::projectMoved
  bool isRead() const { return m_store.isRead(); }
  QString problem() const { return m_store.problem(); }

  // Whose readings, of which predictions, the functions below are about.
  void setReader(const QString& name);
  const QString& reader() const { return m_reader; }
  void setPredictions(const QString& key);
  const QString& predictions() const { return m_predictions; }

  Reading of(const QString& caseId) const;
  void rate(const QString& caseId, int rating);  // the present one again: none
  void setRemark(const QString& caseId, const QString& remark);
  QString last() const;  // the case that was read last; empty: none
  int count() const;     // cases with a reading
  QStringList readers() const;

  // Everything of all readers, a row or object a reading.
  QByteArray csv() const;
  QByteArray json() const;
  void flush() { m_store.flush(); }

 Q_SIGNALS:
  void changed();
  void problemChanged();

 private:
  struct Sheet {
    QMap<QString, Reading> cases;
    QString last;
  };
  using SheetKey = std::pair<QString, QString>;  // reader, predictions
  void edit(const QString& caseId, const std::function<void(Reading&)>& change);
  void take(const QJsonObject& root);
  QJsonObject toJson() const;
  const Sheet* sheet() const;
  JsonStore m_store;
  QString m_reader, m_predictions;
  QMap<SheetKey, Sheet> m_sheets;
};

}  // namespace gps::app
