#pragma once
// Reading, comparing and combining selection files. Works beside the engine's jobs, on a thread of its own: a run that trains is not
// disturbed and nobody waits for it. GUI thread; every request answers once, with its number, unless it was cancelled.
#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <memory>
#include <vector>

#include "app/engine/messages.h"
#include "core/values/runspec.h"
#include "core/values/selectioncomparison.h"

namespace gps::app {

using SetRequestId = quint64;  // 0: none

// What a list tells of a selection; read from the head of its file.
struct SelectionFacts {
  QString path;  // the file, or the folder of the run that holds it
  QString name;
  bool isRun = false;
  qint64 selected = 0;
  SelectionSpec spec;                   // its baseHash is filled
  std::vector<std::uint64_t> pictures;  // fingerprints of those it was made from; empty: made without pictures
  QString mapKey;                       // equal for the same weight matrices in the same places
  QDateTime when;
  QString problem;  // why it cannot be read, in technical English; empty: it can
};

struct CompareRequest {
  QStringList paths, names;  // as many, names distinct
};

struct ComparisonReady {
  CompareRequest request;
  std::shared_ptr<const SelectionComparison> comparison;
};

struct CombineRequest {
  SetOperation operation = SetOperation::Union;
  QStringList paths, names;  // difference: the first without the others
  int atLeast = 2;           // of SetOperation::Shared
  // Not empty: the positions chosen by exactly these of `paths`; operation is not looked at.
  QList<int> exactly;
  QString out;  // the file to write; never one that is there
};

class SelectionSetApi : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  // The files of PROJECT/selection and the selections of PROJECT/runs. Files that were read before and have not changed are not read again.
  virtual SetRequestId list(const QString& projectFolder) = 0;
  virtual SetRequestId compare(const CompareRequest& request) = 0;
  // The selection that `scheme` makes of the last gradient pass, first and without a name, beside others of the same model. The engine
  // thread makes it: behind a running job, and never when that one is stopped; ask again once the engine is idle.
  virtual SetRequestId compareCurrent(const SelectionSpec& scheme, const CompareRequest& others) = 0;
  virtual SetRequestId combine(const CombineRequest& request) = 0;
  // A selection file, delta or run folder from elsewhere as a selection file `out`, which must not be there yet.
  virtual SetRequestId copyIn(const QString& from, const QString& out) = 0;
  virtual SetRequestId rename(const QString& from, const QString& to) = 0;  // within a folder; `to` must not be there yet
  virtual SetRequestId moveToTrash(const QString& path) = 0;
  virtual void cancel(SetRequestId id) = 0;

 Q_SIGNALS:
  void listed(quint64 id, const QList<gps::app::SelectionFacts>& selections);  // files by name, then runs, newest first
  void compared(quint64 id, const gps::app::ComparisonReady& result);
  void written(quint64 id, const QString& path, qint64 selected);  // combine and copyIn
  void moved(quint64 id, const QString& path);                     // rename: the new path; moveToTrash: empty
  void failed(quint64 id, const gps::app::Failure& failure);
};

}  // namespace gps::app
