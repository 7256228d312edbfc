#pragma once
// The numbers behind a plot as a table over the window: read by keys and screen readers, copied, saved.
#include <QAbstractTableModel>

#include "widgets/overlaypanel.h"
#include "widgets/tabletext.h"

class QTableView;

namespace gps::ui {

class Button;

class TextTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  void setTable(TextTable table);
  const TextTable& table() const { return m_table; }
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  bool isNumeric(int column) const;
  int alignment(int column) const;
  TextTable m_table;
  QList<bool> m_numeric;  // by column: its cells and its title stand to the right
};

class TablePanel : public OverlayPanel {
  Q_OBJECT
 public:
  explicit TablePanel(QWidget* host);
  void show(const QString& title, const TextTable& table);
  TextTableModel* model() const { return m_model; }

 Q_SIGNALS:
  void saveRequested(const QString& title, const gps::ui::TextTable& table);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  TextTableModel* m_model;
  QTableView* m_view;
  Button* m_copy;
  Button* m_save;
  Label* m_count;
};

}  // namespace gps::ui
