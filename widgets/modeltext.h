#pragma once
// What a view shows as a table of text. Numbers come from kExactRole where the model has it, all their digits.
#include <QList>

#include "widgets/tabletext.h"

class QAbstractItemModel;
class QTableView;

namespace gps::ui {

// A role a model may answer with the number or text behind a cell; of a header: its key for files.
inline constexpr int kExactRole = 0x0100 + 777;  // Qt::UserRole + 777

// Copied: the model may change meanwhile. Empty lists: all.
TextTable textTable(const QAbstractItemModel& model, const QList<int>& columns = {}, const QList<int>& rows = {});
// Columns in sight, in the order in which they stand; selected rows if there are several, else all.
TextTable textTable(const QTableView& view);

// Ctrl+C in the view copies the selected rows, the header with them, with tabs between: spreadsheets take them as cells.
void enableCopy(QTableView* view);

}  // namespace gps::ui
