#pragma once
// Copies of a project's unsaved state beside it, so that a crash or a kill loses at most half a second. Each copy is written whole
// to a file of its own, synced and renamed; the newest three are kept. They lie in .recovery in the project's folder, or, where that
// cannot be written (a read-only medium), in the user's data folder. Writing happens on a thread of its own; functions on the GUI
// thread, and none but flush() waits: what is asked for happens in that order.
#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <functional>
#include <memory>
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
  void forgetUnlessFound();                      // the same, but for what look() finds, if only later
  void flush();                                  // waits until everything is on disk
  // Looks for copies of an earlier time behind all that was asked for before, and says which one is to be offered. judge is asked about
  // the newest on the other thread.
  enum class Verdict { Offer, Keep, Remove };
  void look(std::function<Verdict(const QByteArray& text)> judge, std::function<void(std::optional<RecoveryCopy>)> done);
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
  std::shared_ptr<bool> m_isFound;  // by the newest look; of the other thread
  QThreadPool m_pool;               // one thread: in order
};

}  // namespace gps::app
