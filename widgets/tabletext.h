#pragma once
// A table as text for other programs: what the model shows, in the order and with the columns of the view. Numbers come from kExactRole
// where the model has it, all their digits and a decimal point whatever the language.
#include <QList>
#include <QString>

class QAbstractItemModel;
class QTableView;

namespace gps::ui {

// A role a model may answer with the number or text behind a cell.
inline constexpr int kExactRole = 0x0100 + 777;  // Qt::UserRole + 777

enum class TableFormat {
  Csv,       // RFC 4180, comma, quoted where needed
  Tabs,      // for the clipboard: spreadsheets take it as cells
  Markdown,  // GitHub's
  Latex      // tabular with booktabs rules, special characters escaped
};

struct TableTextOptions {
  QList<int> columns;              // empty: all
  QList<int> rows;                 // empty: all
  bool withByteOrderMark = false;  // CSV for Excel
};

QString tableText(const QAbstractItemModel& model, TableFormat format, const TableTextOptions& options = {});
// Columns in sight, in the order in which they stand; selected rows if there are several, else all.
QString tableText(const QTableView& view, TableFormat format);
// The format that a file name asks for: .csv, .md, .tex; CSV for others.
TableFormat tableFormatOf(const QString& path);

bool isTableFile(const QString& path);  // one of them by its name

// Ctrl+C in the view copies the selected rows, the header with them, tab-separated.
void enableCopy(QTableView* view);

}  // namespace gps::ui
