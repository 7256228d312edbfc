#pragma once
// Copies of a project's unsaved state beside it, so that a crash or a kill loses at most half a second. Each copy is written whole
// to a file of its own, synced and renamed; the newest three are kept. They lie in .recovery in the project's folder, or, where that
// cannot be written (a read-only medium), in the user's data folder. Writing happens on a thread of its own; functions on the GUI
// thread.
#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <optional>

namespace gps::app {

struct RecoveryCopy {
  QString path;
  QDateTime when;
  QByteArray text;  // of a project file
};

class Autosave : public QObject {
  Q_OBJECT
 public:
  static constexpr int kKept = 3;

  explicit Autosave(QObject* parent = nullptr);
  ~Autosave() override;                          // what waits is written
  void setFolder(const QString& projectFolder);  // writes what waits for the former folder first; empty: none
  void note(const QByteArray& text);             // a copy of this is written soon
  void forget();                                 // saved or discarded: the copies go
  void flush();                                  // waits until everything is on disk
  void setDelay(int ms) { m_timer.setInterval(ms); }

  // The newest copy that can be read as JSON; damaged and half-written ones are passed over.
  static std::optional<RecoveryCopy> find(const QString& projectFolder);
  static QString sideFolder(const QString& projectFolder);      // in the project
  static QString fallbackFolder(const QString& projectFolder);  // in the user's data

 Q_SIGNALS:
  void failed(const QString& path, const QString& why);  // the copy could not be written: disk full, no permission
  void written();

 private:
  void write();
  QString m_folder;
  QByteArray m_waiting;
  QTimer m_timer;
  QThreadPool m_pool;  // one thread: in order
};

}  // namespace gps::app
