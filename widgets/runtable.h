#pragma once
// The table of runs with its filter line: sort by any column, choose the columns, tick runs for the plots, star them. Keys in the table:
// Space ticks, S stars, B pins the baseline, Enter opens, Delete deletes, Ctrl+C copies.
#include <QWidget>

#include "widgets/runmodel.h"
#include "widgets/runtableview.h"

class QCheckBox;
class QLineEdit;
class QMenu;
class QTableView;

namespace gps::ui {

class Button;
class Label;
class RunViewsButton;

class RunTable : public QWidget {
  Q_OBJECT
 public:
  explicit RunTable(QWidget* parent = nullptr);
  void setRows(const QList<RunRow>& rows);                // keeps order, filter, selection and current run
  void setExtraColumns(const QList<RunColumn>& columns);  // hidden until they are chosen; order and choice stay
  void setTicked(const QSet<QString>& ids);
  void setBaseline(const QString& id);
  void setOnlyIds(const QSet<QString>* ids);      // what another view leaves; null: all
  void setShownColumns(const QStringList& keys);  // by RunModel::key; empty: the usual ones
  QStringList shownColumns() const;
  QStringList chosenColumns() const;  // empty while they are the usual ones; those that no run has now with them
  void setFilterText(const QString& text);
  // What is on screen as a view, without a name; and back again.
  RunTableView presentView() const;
  void showView(const RunTableView& view);
  RunViewsButton* views() const { return m_views; }
  void setCurrentId(const QString& id);  // does not emit
  QString currentId() const;             // empty: none
  QStringList selectedIds() const;
  QStringList visibleIds() const;   // in order
  QStringList matchingIds() const;  // what setOnlyIds leaves out with them
  int totalCount() const { return m_model->rowCount(); }
  QTableView* view() const { return m_table; }
  RunModel* model() const { return m_model; }

 Q_SIGNALS:  // by the user
  void currentIdChanged(const QString& id);
  void tickRequested(const QStringList& ids, bool on);
  void starRequested(const QStringList& ids, bool on);
  void baselineRequested(const QString& id);  // the present one again: empty
  void openRequested(const QString& id);
  void deleteRequested(const QStringList& ids);
  void shownColumnsChanged();
  void viewsEdited();
  void visibleChanged();  // by filter or rows

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void retranslate();
  void applyFilter();
  void layoutColumns();
  void showColumnMenu(const QPoint& at);
  void addColumnChoice(QMenu* menu, int column);
  bool handleKey(int key);
  RunModel* m_model;
  RunFilter* m_filter;
  QLineEdit* m_search;
  Label* m_hint;
  QCheckBox *m_hideFailed, *m_onlyStarred;
  Button* m_columns;
  RunViewsButton* m_views;
  QTableView* m_table;
  QStringList m_absent;  // chosen columns that the runs do not have
  bool m_quiet = false, m_isUsual = true, m_hasTags = false;
};

}  // namespace gps::ui
