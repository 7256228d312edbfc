#pragma once
// Saved selections with a tick each for those that are set side by side, their colour and their count. One row is current: what rename,
// delete and training act on. Space ticks, F2 renames, Del deletes, the menu key or a right click opens the menu of a row.
#include <QAbstractListModel>
#include <QColor>
#include <QListView>

namespace gps::ui {

struct SelectionRow {
  QString id, name;
  QString detail;  // how it was made, small
  QString count;   // at the right end
  QColor color;    // of a ticked one in every plot
  int number = 0;  // its number there, 1-based
  bool isTicked = false;
  QString refusal;  // why it cannot be set beside the others; empty: it can
  QString toolTip;
  bool operator==(const SelectionRow&) const = default;
};

class SelectionListModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { DetailRole = Qt::UserRole + 1, CountRole, ColorRole, NumberRole, RefusalRole, IdRole };
  using QAbstractListModel::QAbstractListModel;
  void setRows(const QList<SelectionRow>& rows);  // the same ids in the same order update in place
  const QList<SelectionRow>& rows() const { return m_rows; }
  int rowOf(const QString& id) const;
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void ticked(const QString& id, bool on);  // by the user

 private:
  QList<SelectionRow> m_rows;
};

class SelectionList : public QListView {
  Q_OBJECT
 public:
  explicit SelectionList(QWidget* parent = nullptr);
  void setRows(const QList<SelectionRow>& rows);  // keeps the current one while it is there
  SelectionListModel* selectionModelOfRows() const { return m_model; }
  void setCurrentId(const QString& id);  // does not emit
  QString currentId() const;

 Q_SIGNALS:
  void ticked(const QString& id, bool on);
  void currentIdChanged(const QString& id);
  void renameRequested(const QString& id);
  void deleteRequested(const QString& id);
  void menuRequested(const QString& id, const QPoint& globalPos);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void changeEvent(QEvent* event) override;

 private:
  SelectionListModel* m_model;
  bool m_quiet = false;
};

}  // namespace gps::ui
