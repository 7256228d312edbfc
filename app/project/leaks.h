#pragma once
// Whether scores on the open pictures can be trusted, by whom they were made: of the untuned model, of a run, of the next run. Joins the
// check of the splits, what is known of the weights, and the pictures that selections and runs say they were made from. Compares numbers
// only: pictures are read and hashed by the engine. GUI thread.
#include <QObject>

#include "app/project/leakevidence.h"
#include "app/project/runlibrary.h"

namespace gps::app {

class SelectionLibrary;
class Session;

class Leaks : public QObject {
  Q_OBJECT
 public:
  Leaks(Session& session, RunLibrary& runs, SelectionLibrary& selections, QObject* parent = nullptr);
  LeakEvidence ofBase() const;
  LeakEvidence ofRun(const QString& folder) const;   // empty, or of a run that is not known: as ofBase()
  LeakEvidence ofNextRun() const;                    // with the saved selection that it is to train
  LeakEvidence recorded(const RunEntry& run) const;  // by its own record, and by its pictures

 Q_SIGNALS:
  void changed();

 private:
  // What was made from them may have trained on "val".
  QMap<QString, int> heldOutAmong(const std::vector<std::uint64_t>& pictures, bool trainsOnVal) const;
  Session& m_session;
  RunLibrary& m_runs;
  SelectionLibrary& m_selections;
};

}  // namespace gps::app
