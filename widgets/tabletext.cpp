#include "widgets/tabletext.h"

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

QString csv(const QString& text) {
  const bool isPlain = !text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r');
  return isPlain ? text : u'"' % QString(text).replace(u'"', u"\"\""_s) % u'"';
}

QString oneLine(QString text) { return text.replace(u'\n', u' ').replace(u'\r', u' ').replace(u'\t', u' '); }

QString markdown(const QString& text) { return oneLine(text).replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s); }

QString latex(const QString& text) {
  QString out;
  for (const QChar c : oneLine(text)) {
    switch (c.unicode()) {
      case u'\\':
        out += u"\\textbackslash{}"_s;
        break;
      case u'~':
        out += u"\\textasciitilde{}"_s;
        break;
      case u'^':
        out += u"\\textasciicircum{}"_s;
        break;
      case u'&':
      case u'%':
      case u'$':
      case u'#':
      case u'_':
      case u'{':
      case u'}':
        out += u'\\';
        out += c;
        break;
      case u'−':
        out += u"$-$"_s;
        break;
      case u'±':
        out += u"$\\pm$"_s;
        break;
      case u'–':
        out += u"--"_s;
        break;
      default:
        out += c;
    }
  }
  return out;
}

struct Writer {
  TableFormat format;

  QString cell(const QString& text) const {
    switch (format) {
      case TableFormat::Csv:
        return csv(text);
      case TableFormat::Tabs:
        return oneLine(text);
      case TableFormat::Markdown:
        return markdown(text);
      case TableFormat::Latex:
        return latex(text);
    }
    return text;
  }
  QString line(const QStringList& cells) const {
    switch (format) {
      case TableFormat::Csv:
        return cells.join(u',') % u"\r\n"_s;
      case TableFormat::Tabs:
        return cells.join(u'\t') % u'\n';
      case TableFormat::Markdown:
        return u"| "_s % cells.join(u" | "_s) % u" |\n"_s;
      case TableFormat::Latex:
        return cells.join(u" & "_s) % u" \\\\\n"_s;
    }
    return {};
  }
};

bool isRight(const QAbstractItemModel& model, int column) {
  return (model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
}

QList<int> upTo(int count) {
  QList<int> all(count);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

QString tableText(const QAbstractItemModel& model, TableFormat format, const TableTextOptions& options) {
  const QList<int> columns = options.columns.isEmpty() ? upTo(model.columnCount()) : options.columns;
  const QList<int> rows = options.rows.isEmpty() ? upTo(model.rowCount()) : options.rows;
  const Writer writer{format};
  QString text = options.withByteOrderMark && format == TableFormat::Csv ? QString(QChar(0xFEFF)) : QString();
  QStringList head, rule;
  QString alignment;
  for (const int c : columns) {
    const QVariant name = model.headerData(c, Qt::Horizontal, kExactRole);
    head << writer.cell((name.isValid() ? name : model.headerData(c, Qt::Horizontal, Qt::DisplayRole)).toString());
    rule << (isRight(model, c) ? u"---:"_s : u"---"_s);
    alignment += isRight(model, c) ? u'r' : u'l';
  }
  if (format == TableFormat::Latex) text += u"\\begin{tabular}{"_s % alignment % u"}\n\\toprule\n"_s;
  text += writer.line(head);
  if (format == TableFormat::Markdown) text += u"| "_s % rule.join(u" | "_s) % u" |\n"_s;
  if (format == TableFormat::Latex) text += u"\\midrule\n"_s;
  for (const int r : rows) {
    QStringList cells;
    for (const int c : columns) cells << writer.cell(cellText(model.index(r, c)));
    text += writer.line(cells);
  }
  if (format == TableFormat::Latex) text += u"\\bottomrule\n\\end{tabular}\n"_s;
  return text;
}

static TableTextOptions inSight(const QTableView& view) {
  TableTextOptions options;
  const QHeaderView* header = view.horizontalHeader();
  for (int visual = 0; visual < header->count(); ++visual)
    if (const int column = header->logicalIndex(visual); !view.isColumnHidden(column)) options.columns << column;
  return options;
}

static QList<int> selectedRows(const QTableView& view) {
  QList<int> rows;
  for (const QModelIndex& index : view.selectionModel()->selectedIndexes())
    if (!rows.contains(index.row())) rows << index.row();
  std::sort(rows.begin(), rows.end());
  return rows;
}

QString tableText(const QTableView& view, TableFormat format) {
  TableTextOptions options = inSight(view);
  if (const QList<int> rows = selectedRows(view); rows.size() > 1) options.rows = rows;
  return tableText(*view.model(), format, options);
}

TableFormat tableFormatOf(const QString& path) {
  if (path.endsWith(".md"_L1, Qt::CaseInsensitive)) return TableFormat::Markdown;
  if (path.endsWith(".tex"_L1, Qt::CaseInsensitive)) return TableFormat::Latex;
  return TableFormat::Csv;
}

bool isTableFile(const QString& path) {
  return path.endsWith(".csv"_L1, Qt::CaseInsensitive) || tableFormatOf(path) != TableFormat::Csv;
}

namespace {

// The view itself would copy the current cell alone.
class CopyKeys : public QObject {
 public:
  explicit CopyKeys(QTableView* view) : QObject(view), m_view(view) { view->installEventFilter(this); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched != m_view || event->type() != QEvent::KeyPress || !static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy))
      return false;
    TableTextOptions options = inSight(*m_view);
    options.rows = selectedRows(*m_view);
    if (!options.rows.isEmpty()) QGuiApplication::clipboard()->setText(tableText(*m_view->model(), TableFormat::Tabs, options));
    return true;
  }

 private:
  QTableView* m_view;
};

}  // namespace

void enableCopy(QTableView* view) { new CopyKeys(view); }

}  // namespace gps::ui
