#include "widgets/modeltext.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLocale>
#include <QTableView>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

QString exact(const QVariant& value) {
  if (value.metaType().id() == QMetaType::Double) {
    const double number = value.toDouble();
    return std::isfinite(number) ? QString::number(number, 'g', QLocale::FloatingPointShortest) : QString();
  }
  return value.toString();
}

QString cellText(const QModelIndex& index) {
  const QVariant value = index.data(kExactRole);
  return value.isValid() ? exact(value) : index.data(Qt::DisplayRole).toString();
}

QList<int> upTo(int count) {
  QList<int> all(count);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

QList<int> columnsInSight(const QTableView& view) {
  QList<int> columns;
  const QHeaderView* header = view.horizontalHeader();
  for (int visual = 0; visual < header->count(); ++visual)
    if (const int column = header->logicalIndex(visual); !view.isColumnHidden(column)) columns << column;
  return columns;
}

QList<int> selectedRows(const QTableView& view) {
  QList<int> rows;
  for (const QModelIndex& index : view.selectionModel()->selectedIndexes())
    if (!rows.contains(index.row())) rows << index.row();
  std::sort(rows.begin(), rows.end());
  return rows;
}

QString oneLine(QString text) { return text.replace(u'\n', u' ').replace(u'\r', u' ').replace(u'\t', u' '); }

// The view itself would copy the current cell alone.
class CopyKeys : public QObject {
 public:
  explicit CopyKeys(QTableView* view) : QObject(view), m_view(view) { view->installEventFilter(this); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched != m_view || event->type() != QEvent::KeyPress || !static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy))
      return false;
    const QList<int> rows = selectedRows(*m_view);
    if (rows.isEmpty()) return true;
    const TextTable table = textTable(*m_view->model(), columnsInSight(*m_view), rows);
    QString text = table.columns.join(u'\t') + u'\n';
    for (qsizetype r = 0; r < table.rows; ++r) {
      QStringList cells;
      for (int c = 0; c < table.columns.size(); ++c) cells << oneLine(table.cell(r, c));
      text += cells.join(u'\t') + u'\n';
    }
    QGuiApplication::clipboard()->setText(text);
    return true;
  }

 private:
  QTableView* m_view;
};

}  // namespace

TextTable textTable(const QAbstractItemModel& model, const QList<int>& columns, const QList<int>& rows) {
  const QList<int> which = columns.isEmpty() ? upTo(model.columnCount()) : columns;
  QStringList names;
  for (const int c : which) {
    const QVariant key = model.headerData(c, Qt::Horizontal, kExactRole);
    names << (key.isValid() ? key : model.headerData(c, Qt::Horizontal, Qt::DisplayRole)).toString();
  }
  QList<QStringList> cells;
  for (const int r : rows.isEmpty() ? upTo(model.rowCount()) : rows) {
    QStringList row;
    for (const int c : which) row << cellText(model.index(r, c));
    cells << row;
  }
  return textTable(names, cells);
}

TextTable textTable(const QTableView& view) {
  const QList<int> rows = selectedRows(view);
  return textTable(*view.model(), columnsInSight(view), rows.size() > 1 ? rows : QList<int>());
}

void enableCopy(QTableView* view) { new CopyKeys(view); }

}  // namespace gps::ui
