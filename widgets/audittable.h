#pragma once
// Figures under several definitions side by side: a group of rows for each figure, a row for each predictor in it, a column for each
// definition, so that no column mixes two. A cell is a value with its interval.
#include <QAbstractTableModel>
#include <QWidget>

class QTableView;

namespace gps::ui {

struct AuditCell {
  QString value, interval;  // "0.877", "0.851 – 0.899"; an empty value: this definition does not have the figure
  QString toolTip;
  bool operator==(const AuditCell&) const = default;
};

struct AuditRow {
  QString name;
  bool isHead = false;  // the predictions that are looked at; the others are there to compare
  QString toolTip;      // the formula
  QList<AuditCell> cells;
  bool operator==(const AuditRow&) const = default;
};

class AuditModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Role { ValueRole = Qt::UserRole + 1, IntervalRole, HeadRole };  // DisplayRole: both
  using QAbstractTableModel::QAbstractTableModel;
  // definitions: titles and tooltips of the columns.
  void setContent(const QStringList& definitions, const QStringList& toolTips, const QList<AuditRow>& rows);
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  QStringList m_definitions, m_toolTips;
  QList<AuditRow> m_rows;
};

class AuditTable : public QWidget {
  Q_OBJECT
 public:
  explicit AuditTable(QWidget* parent = nullptr);
  void setContent(const QStringList& definitions, const QStringList& toolTips, const QList<AuditRow>& rows);
  AuditModel* model() const { return m_model; }
  QTableView* view() const { return m_view; }

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void layoutColumns();
  AuditModel* m_model;
  QTableView* m_view;
};

}  // namespace gps::ui
