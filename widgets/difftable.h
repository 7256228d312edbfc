#pragma once
// Settings of several runs side by side: a row for each key that differs, a column for each run, the baseline first. A value unlike the
// baseline's is marked.
#include <QAbstractTableModel>
#include <QWidget>

class QTableView;

namespace gps::ui {

class DiffModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit DiffModel(QObject* parent = nullptr);
  // values: [keys][runs]; keys whose values are all equal are left out. The first run is what the others are compared with.
  void setRuns(const QStringList& runs, const QStringList& keys, const QList<QStringList>& values);
  int differences() const { return int(m_keys.size()); }
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  QStringList m_runs, m_keys;
  QList<QStringList> m_values;
};

// A view for small tables beside plots: no grid, copy by Ctrl+C, columns as wide as they need.
QTableView* makePlainTable(QAbstractItemModel* model, const QString& name);

}  // namespace gps::ui
