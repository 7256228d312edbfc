#pragma once
// A row for each class with numbers beside the name; sortable by every column, with a search line once there are many.
#include <QList>
#include <QString>
#include <QWidget>

class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace gps::ui {

struct ClassColumn {
  QString title, toolTip;
  bool isShare = false;  // 0…1, shown in percent; else a count
  bool hasBar = false;   // a bar under the number: of 1 for shares, of the largest count else
};

struct ClassRow {
  int index = 0;  // of the class
  QString name;
  QList<double> values;  // one for each column; NaN: none
  bool operator==(const ClassRow&) const = default;
};

class ClassTable : public QWidget {
  Q_OBJECT
 public:
  explicit ClassTable(QWidget* parent = nullptr);
  void setColumns(const QString& nameTitle, const QList<ClassColumn>& columns);
  void setRows(const QList<ClassRow>& rows);     // keeps order, search and the chosen class
  void sortBy(int column, Qt::SortOrder order);  // 0: the name
  void setSearchText(const QString& text);
  void setCurrentClass(int index);               // -1: none; does not emit
  int currentClass() const { return m_chosen; }  // -1: none
  QList<int> visibleClasses() const;             // in order

 Q_SIGNALS:
  void classActivated(int index);  // by the user; the chosen one again: -1

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void retranslate();
  void layoutColumns();
  void activate(int row);
  class Model;
  Model* m_model;
  QSortFilterProxyModel* m_order;
  QLineEdit* m_search;
  QTableView* m_table;
  int m_chosen = -1;
};

}  // namespace gps::ui
