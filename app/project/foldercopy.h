#pragma once
// A project's folder copied to another place, all that lies in it. Any thread but the window's.
#include <QByteArray>
#include <QString>
#include <QStringList>
#include <atomic>
#include <functional>

namespace gps::app {

struct FolderCopyOrder {
  QString from, to;        // absolute; `to` does not exist or is empty
  QByteArray projectText;  // of project.json, which is written last: until then the new folder is no project
};

struct FolderCopyResult {
  enum class Kind { Done, Stopped, NotEmpty, NoFolder, Inside, NoSpace, Failed };
  Kind kind = Kind::Done;
  QString path, why;     // of a failure, in the system's words
  qint64 bytes = 0;      // of all files
  qint64 freeBytes = 0;  // of NoSpace
  QStringList leftOut;   // runs that a program was writing, "runs/NAME"
};

// Leaves out what belongs to the old place: copies against a crash, and what was thrown away. What changes meanwhile is copied again.
// Unless it is done, all that it made is removed; what others have put there stays.
FolderCopyResult copyProjectFolder(const FolderCopyOrder& order, const std::atomic<bool>& stop,
                                   const std::function<void(qint64 done, qint64 total)>& progress);

}  // namespace gps::app
