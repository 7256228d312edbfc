#include "widgets/tabletext.h"

#include <QBuffer>
#include <QSaveFile>

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFlushBytes = 1 << 16;

QString csvCell(const QString& text) {
  if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r')) return text;
  return u'"' + QString(text).replace(u'"', u"\"\""_s) + u'"';
}

QString markdownCell(const QString& text) { return QString(text).replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s).replace(u'\n', u' '); }

QString latexCell(const QString& text) {
  QString escaped;
  for (const QChar c : text) {
    switch (c.unicode()) {
      case u'\\':
        escaped += u"\\textbackslash{}"_s;
        break;
      case u'~':
        escaped += u"\\textasciitilde{}"_s;
        break;
      case u'^':
        escaped += u"\\textasciicircum{}"_s;
        break;
      case u'\u2212':
        escaped += u"$-$"_s;
        break;
      case u'&':
      case u'%':
      case u'$':
      case u'#':
      case u'_':
      case u'{':
      case u'}':
        escaped += u'\\';
        escaped += c;
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

QString row(const QStringList& cells, TableFormat format) {
  QStringList escaped;
  for (const QString& cell : cells)
    escaped << (format == TableFormat::Csv ? csvCell(cell) : format == TableFormat::Markdown ? markdownCell(cell) : latexCell(cell));
  switch (format) {
    case TableFormat::Csv:
      return escaped.join(u',') + u'\n';
    case TableFormat::Markdown:
      return "| "_L1 + escaped.join(" | "_L1) + " |\n"_L1;
    case TableFormat::Latex:
      return escaped.join(" & "_L1) + " \\\\\n"_L1;
  }
  return {};
}

bool looksLikeNumber(const QString& text) {
  bool ok = false;
  QString plain = text;
  plain.replace(u'\u2212', u'-').remove(u',').remove(u'%').toDouble(&ok);
  return ok || text.isEmpty();
}

}  // namespace

TextTable textTable(const QStringList& columns, const QList<QStringList>& rows) {
  return {columns, rows.size(), [rows](qsizetype row, int column) { return rows[row].value(column); }};
}

TableFormat tableFormatOf(const QString& path) {
  if (path.endsWith(".md"_L1, Qt::CaseInsensitive)) return TableFormat::Markdown;
  if (path.endsWith(".tex"_L1, Qt::CaseInsensitive)) return TableFormat::Latex;
  return TableFormat::Csv;
}

bool writeTable(const TextTable& table, TableFormat format, QIODevice& device) {
  QByteArray pending;
  bool ok = true;
  const auto put = [&](const QString& text, bool last = false) {
    pending += text.toUtf8();
    if (pending.size() < kFlushBytes && !last) return;
    ok = ok && device.write(pending) == pending.size();
    pending.clear();
  };
  const int columns = int(table.columns.size());
  if (format == TableFormat::Latex) {
    // A column of figures is right-aligned; the first rows tell.
    QString alignment;
    for (int c = 0; c < columns; ++c) {
      bool isNumeric = table.rows > 0;
      for (qsizetype r = 0; r < std::min<qsizetype>(table.rows, 20); ++r) isNumeric = isNumeric && looksLikeNumber(table.cell(r, c));
      alignment += isNumeric ? u'r' : u'l';
    }
    put("\\begin{tabular}{"_L1 + alignment + "}\n\\hline\n"_L1);
  }
  put(row(table.columns, format));
  if (format == TableFormat::Latex) put(u"\\hline\n"_s);
  if (format == TableFormat::Markdown) put(row(QStringList(columns, u"---"_s), format));
  for (qsizetype r = 0; r < table.rows && ok; ++r) {
    QStringList cells;
    for (int c = 0; c < columns; ++c) cells << table.cell(r, c);
    put(row(cells, format));
  }
  if (format == TableFormat::Latex) put(u"\\hline\n\\end{tabular}\n"_s);
  put({}, true);
  return ok;
}

QString tableText(const TextTable& table, TableFormat format) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  writeTable(table, format, buffer);
  return QString::fromUtf8(buffer.data());
}

bool saveTable(const TextTable& table, const QString& path) {
  QSaveFile file(path);
  return file.open(QIODevice::WriteOnly) && writeTable(table, tableFormatOf(path), file) && file.commit();
}

}  // namespace gps::ui
