#include "widgets/tablepanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kRowsJudged = 50;            // for where a column's cells stand
constexpr int kMostRows = 10000000;        // of a view; more is for the file
constexpr qsizetype kMostCopied = 100000;  // rows
}  // namespace

void TextTableModel::setTable(TextTable table) {
  beginResetModel();
  m_table = std::move(table);
  m_numeric.clear();
  for (int column = 0; column < columnCount(); ++column) m_numeric << isNumeric(column);
  endResetModel();
}

int TextTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(std::min<qsizetype>(m_table.rows, kMostRows));
}
int TextTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_table.columns.size()); }

QVariant TextTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::DisplayRole) return m_table.cell(index.row(), index.column());
  if (role == Qt::TextAlignmentRole) return alignment(index.column());
  return {};
}

// By its first rows: figures, perhaps with a bound or a unit, and dashes where there is none.
bool TextTableModel::isNumeric(int column) const {
  bool hasNumber = false;
  for (int row = 0; row < std::min(rowCount(), kRowsJudged); ++row) {
    QString cell = m_table.cell(row, column).trimmed();
    if (cell.isEmpty() || cell == u"–") continue;
    if (cell.startsWith(u"< ")) cell.remove(0, 2);
    if (cell.endsWith(u" %")) cell.chop(2);
    bool isNumber = false;
    cell.toDouble(&isNumber);
    if (!isNumber) return false;
    hasNumber = true;
  }
  return hasNumber;
}

int TextTableModel::alignment(int column) const {
  return int((m_numeric.value(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal) return alignment(section);
  if (role != Qt::DisplayRole) return {};
  return orientation == Qt::Horizontal ? QVariant(m_table.columns.value(section)) : QVariant(section + 1);
}

TablePanel::TablePanel(QWidget* host)
    : OverlayPanel(host),
      m_model(new TextTableModel(this)),
      m_view(new QTableView),
      m_copy(new Button({}, ButtonRole::Secondary, u"copy"_s)),
      m_save(new Button({}, ButtonRole::Secondary, u"export"_s)),
      m_count(new Label({}, TextRole::Small, Token::Text2)) {
  setObjectName(u"tablePanel"_s);
  setPanelSize(96, 76);
  m_view->setModel(m_model);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setTabKeyNavigation(false);
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->verticalHeader()->hide();
  m_view->horizontalHeader()->setStretchLastSection(true);
  auto* row = new QHBoxLayout;
  row->addWidget(m_count, 1);
  row->addWidget(m_copy);
  row->addWidget(m_save);
  body()->addWidget(m_view, 1);
  body()->addLayout(row);
  connect(m_copy, &Button::clicked, this, [this] {
    TextTable table = m_model->table();
    table.rows = std::min(table.rows, kMostCopied);
    QGuiApplication::clipboard()->setText(tableText(table, TableFormat::Csv));
  });
  connect(m_save, &Button::clicked, this, [this] { Q_EMIT saveRequested(title(), m_model->table()); });
  retranslate();
}

void TablePanel::show(const QString& title, const TextTable& table) {
  setTitle(title);
  m_view->setAccessibleName(title);
  m_model->setTable(table);
  const Theme& theme = Theme::instance();
  m_view->verticalHeader()->setDefaultSectionSize(theme.px(3.25));
  m_view->horizontalHeader()->setResizeContentsPrecision(50);
  for (int c = 0; c + 1 < m_model->columnCount(); ++c) {
    m_view->resizeColumnToContents(c);
    m_view->setColumnWidth(c, std::max(theme.px(14), m_view->columnWidth(c) + theme.px(1)));
  }
  retranslate();
  open(m_view);
}

void TablePanel::retranslate() {
  m_copy->setText(tr("Copy"));
  m_copy->setToolTip(m_model->table().rows > kMostCopied ? tr("Copies the first %1 rows.").arg(groupedCount(kMostCopied)) : QString());
  m_save->setText(tr("Save as…"));
  m_count->setText(tr("%n row(s)", nullptr, m_model->rowCount()));
}

void TablePanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  OverlayPanel::changeEvent(event);
}

}  // namespace gps::ui
