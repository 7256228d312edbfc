#pragma once
// One JSON object in a file of the project, read and written off the GUI thread; written atomically, a moment after a change. What is no
// such file, or of another format, is kept beside it as NAME.damaged. GUI thread.
#include <QJsonObject>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace gps::app {

class JsonStore : public QObject {
  Q_OBJECT
 public:
  JsonStore(QString format, QObject* parent = nullptr);
  ~JsonStore() override;              // writes what is left
  void setPath(const QString& path);  // empty: none; what is left of the former one is written
  // The project's folder `from` is `to` now, with a copy of the file: what is in memory stays, and is written there.
  void follow(const QString& from, const QString& to);
  QString path() const { return m_path; }
  bool isRead() const { return m_isRead; }
  QString problem() const { return m_problem; }  // of reading or writing; empty: none
  void write(const QJsonObject& object);         // soon; "format" is added. Only once it has been read
  void flush();                                  // waits until everything is on the disk

 Q_SIGNALS:
  void read(const QJsonObject& object);  // empty: there was no file
  void problemChanged();

 private:
  void save();
  void setProblem(const QString& problem);
  QString m_format, m_path, m_problem;
  QJsonObject m_object;
  QThreadPool m_pool;
  QTimer m_soon;
  quint64 m_generation = 0;
  bool m_isRead = false;
};

}  // namespace gps::app
