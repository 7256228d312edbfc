#pragma once
// Selection files of the product: core's set algebra on one pool thread of its own. No tensors, no device.
#include <QHash>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <memory>

#include "app/engine/selectionsetapi.h"

namespace gps {
struct Selection;
struct SelectionFile;
}  // namespace gps

namespace gps::app {

class SelectionSetJobs : public SelectionSetApi {
  Q_OBJECT
 public:
  // Asks the engine thread for the selection of a scheme as the last gradient pass has it, and passes it on there.
  using TakeSelection = std::function<void(const SelectionSpec& scheme, std::function<void(std::shared_ptr<const SelectionFile>)> taken)>;

  explicit SelectionSetJobs(TakeSelection takeSelection, QObject* parent = nullptr);
  ~SelectionSetJobs() override;

  SetRequestId list(const QString& projectFolder) override;
  SetRequestId compare(const CompareRequest& request) override;
  SetRequestId compareCurrent(const SelectionSpec& scheme, const CompareRequest& others) override;
  SetRequestId combine(const CombineRequest& request) override;
  SetRequestId copyIn(const QString& from, const QString& out) override;
  SetRequestId rename(const QString& from, const QString& to) override;
  SetRequestId moveToTrash(const QString& path) override;
  void cancel(SetRequestId id) override;

 private:
  struct Known {  // a file as it was when its head was read
    qint64 bytes = 0, changed = 0;
    SelectionFacts facts;
  };
  using StopFlag = std::shared_ptr<std::atomic<bool>>;
  using Answer = std::function<void(SetRequestId)>;     // on the GUI thread
  using Work = std::function<Answer(const StopFlag&)>;  // on the pool thread; may throw
  SetRequestId begin();
  void run(SetRequestId id, JobKind kind, Work work);
  QList<SelectionFacts> listFiles(const QString& projectFolder, const StopFlag& cancelled);
  SelectionFacts factsOf(const QString& path, bool isRun);

  QThreadPool m_pool;
  TakeSelection m_takeSelection;
  QHash<SetRequestId, StopFlag> m_open;
  QHash<QString, Known> m_known;  // pool thread only
  SetRequestId m_last = 0;
};

}  // namespace gps::app
