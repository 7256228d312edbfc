#pragma once
// The queue as a table: run, state, when added. One row a run, in the order in which they will be trained.
#include <QAbstractTableModel>

#include "app/project/runqueue.h"

namespace gps::app {

// "K 3 · net · gradient · lr 2e-4 · 20 epochs · seed 7"; methods other than gps by their name.
QString runSummary(const TrainSpec& spec);

class QueueModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Run, State, Added, kColumns };
  explicit QueueModel(RunQueue& queue, QObject* parent = nullptr);
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  QString idAt(int row) const;
  int rowOf(const QString& id) const;
  void retranslate();

 private:
  void update();
  RunQueue& m_queue;
  QList<QueuedRun> m_runs;  // as shown
};

}  // namespace gps::app
