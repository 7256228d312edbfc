#pragma once
// Masks and overlays of one picture or of many, written to a folder. Pictures are read, composed and written on a thread of their own,
// predictions come from the engine; one picture after another. GUI thread.
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <atomic>
#include <memory>
#include <optional>

#include "app/project/mapfetch.h"
#include "app/project/viewsettings.h"
#include "widgets/composition.h"

namespace gps::app {

// One of several predictions side by side.
struct ExportPane {
  MapSource source;
  QString label;                              // in its corner
  std::shared_ptr<const ui::MapPyramid> map;  // of the order's lookCase
};

struct ExportOrder {
  QString folder;  // made if it is not there
  QStringList cases;
  ExportKinds kinds;
  bool mayReplace = false;  // false: a file that is there already stays as it is
  MapSource shown;          // whose masks
  std::optional<MapSource> before;
  QList<ExportPane> panes;  // two or more: overlays show each of them beside the others, row by row
  int columns = 1;          // of panes
  ui::Composition look;     // of overlays, and the threshold of all masks
  QString lookCase;  // whose maps `look` holds: they are written as they are, outlined by hand or not; those of the others are computed
};

class CaseExport : public QObject {
  Q_OBJECT
 public:
  struct Result {
    int pictures = 0, written = 0, kept = 0;  // kept: files that were there
    QStringList notRead;                      // pictures
  };
  CaseExport(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent = nullptr);
  ~CaseExport() override;
  QString whyNot(const ExportOrder& order) const;  // empty: it can start
  void start(const ExportOrder& order);            // not while one is under way
  void cancel();                                   // what is written stays
  bool isRunning() const { return m_isRunning; }
  int done() const { return m_next; }
  int total() const { return int(m_order.cases.size()); }
  const Result& result() const { return m_result; }  // so far, or of the last one
  bool wasCancelled() const { return m_wasCancelled; }
  const std::optional<Failure>& failure() const { return m_failure; }

 Q_SIGNALS:
  void progressed();
  void finished();

 private:
  struct Work;
  void nextCase();
  void takeWhatIsSeen();
  void fetchNext();
  void write();
  void finish();
  void end();
  void fail(const Failure& failure);
  void inBackground(std::function<void(Work&)> job, std::function<void()> then);
  Session& m_session;
  MapFetch m_fetch;
  QThreadPool m_pool;
  ExportOrder m_order;
  std::shared_ptr<Work> m_work;
  MapSource m_fetching;
  Result m_result;
  std::optional<Failure> m_failure;
  int m_next = 0;
  quint64 m_number = 0;  // of the export under way
  bool m_isRunning = false, m_wasCancelled = false;
};

}  // namespace gps::app
