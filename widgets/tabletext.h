#pragma once
// A table as text for files and papers. Cells are asked for one by one, so that a table of a million rows costs nothing until it is
// written; `cell` may be called on any thread, rows 0 … rows − 1, columns in the order of their names. Numbers in the C locale.
#include <QIODevice>
#include <QString>
#include <QStringList>
#include <functional>

namespace gps::ui {

struct TextTable {
  QStringList columns;
  qsizetype rows = 0;
  std::function<QString(qsizetype row, int column)> cell;
};

enum class TableFormat { Csv, Markdown, Latex };

TextTable textTable(const QStringList& columns, const QList<QStringList>& rows);
// By the file's ending: .md, .tex; everything else is CSV.
TableFormat tableFormatOf(const QString& path);
// UTF-8, lines end with "\n". False: the device could not take it all.
bool writeTable(const TextTable& table, TableFormat format, QIODevice& device);
QString tableText(const TextTable& table, TableFormat format);
// Atomically: the old file stays when the new one cannot be written.
bool saveTable(const TextTable& table, const QString& path);

}  // namespace gps::ui
