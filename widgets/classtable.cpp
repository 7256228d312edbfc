#include "widgets/classtable.h"

#include <QAbstractTableModel>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

enum Role { SortRole = Qt::UserRole + 1, IndexRole, BarRole };
constexpr int kSearchFrom = 13;  // classes
constexpr double kRowUnits = 3.5, kBarUnits = 0.375;

// A thin bar under the number.
class BarDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant bar = index.data(BarRole);
    if (!bar.isValid()) return;
    const Theme& theme = Theme::instance();
    const double u = theme.unit(), height = u * kBarUnits;
    const QRectF track(option.rect.left() + u * 0.75, option.rect.bottom() - height - u * 0.25, option.rect.width() - u * 1.5, height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawRounded(*painter, track, height / 2, theme.isHighContrast() ? Theme::gridColor(theme.name()) : theme.color(Token::Inset));
    const double width = track.width() * bar.toDouble();
    if (width > 0) drawRounded(*painter, QRectF(track.left(), track.top(), std::max(width, height), height), height / 2, theme.runColor(0));
    painter->restore();
  }
};

class Order : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

 protected:
  // Equal classes keep their own order, and classes without a number stand last, whichever way the others are sorted.
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override {
    const bool up = sortOrder() == Qt::AscendingOrder;
    const int first = left.data(IndexRole).toInt(), second = right.data(IndexRole).toInt();
    const bool isEarlier = up ? first < second : first > second;
    if (left.column() == 0) {
      const int order = QString::localeAwareCompare(left.data().toString(), right.data().toString());
      return order != 0 ? order < 0 : isEarlier;
    }
    const double a = left.data(SortRole).toDouble(), b = right.data(SortRole).toDouble();
    if (std::isnan(a) != std::isnan(b)) return std::isnan(b) == up;
    return std::isnan(a) || a == b ? isEarlier : a < b;
  }
};

}  // namespace

class ClassTable::Model : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void setColumns(const QString& nameTitle, const QList<ClassColumn>& columns) {
    beginResetModel();
    m_nameTitle = nameTitle;
    m_columns = columns;
    measure();
    endResetModel();
  }

  void setRows(const QList<ClassRow>& rows) {
    if (rows == m_rows) return;
    beginResetModel();
    m_rows = rows;
    measure();
    endResetModel();
  }

  const QList<ClassRow>& rows() const { return m_rows; }
  const QList<ClassColumn>& columns() const { return m_columns; }
  double largest(int column) const { return m_largest.value(column); }
  int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_columns.size()) + 1; }

  QVariant data(const QModelIndex& index, int role) const override {
    if (!index.isValid() || index.row() >= m_rows.size()) return {};
    const ClassRow& row = m_rows[index.row()];
    if (role == IndexRole) return row.index;
    if (index.column() == 0) {
      if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return row.name;
      return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter)) : QVariant();
    }
    const ClassColumn& column = m_columns[index.column() - 1];
    const double value = row.values.value(index.column() - 1, std::nan(""));
    switch (role) {
      case Qt::DisplayRole:
        if (std::isnan(value)) return u"–"_s;
        return column.isShare ? sharePercent(value) : groupedCount(qint64(value));
      case SortRole:
        return value;
      case BarRole: {
        const double most = column.isShare ? 1 : m_largest[index.column() - 1];
        return column.hasBar && !std::isnan(value) && most > 0 ? QVariant(value / most) : QVariant();
      }
      case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
      default:
        return {};
    }
  }

  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (orientation != Qt::Horizontal || section > m_columns.size()) return {};
    if (role == Qt::TextAlignmentRole) return int((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::DisplayRole) return section == 0 ? m_nameTitle : m_columns[section - 1].title;
    if (role == Qt::ToolTipRole && section > 0) {
      const ClassColumn& column = m_columns[section - 1];
      return column.toolTip.isEmpty() ? column.title : column.toolTip;
    }
    return {};
  }

 private:
  void measure() {
    m_largest = QList<double>(m_columns.size(), 0);
    for (const ClassRow& row : std::as_const(m_rows))
      for (qsizetype c = 0; c < std::min(m_columns.size(), row.values.size()); ++c)
        if (!std::isnan(row.values[c])) m_largest[c] = std::max(m_largest[c], row.values[c]);
  }
  QString m_nameTitle;
  QList<ClassColumn> m_columns;
  QList<ClassRow> m_rows;
  QList<double> m_largest;
};

ClassTable::ClassTable(QWidget* parent)
    : QWidget(parent), m_model(new Model(this)), m_order(new Order(this)), m_search(new QLineEdit), m_table(new QTableView) {
  m_order->setSourceModel(m_model);
  m_order->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_order->setFilterKeyColumn(0);
  m_search->setClearButtonEnabled(true);
  m_search->hide();
  m_table->setModel(m_order);
  m_table->setItemDelegate(new BarDelegate(m_table));
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setMouseTracking(true);
  m_table->setTextElideMode(Qt::ElideRight);
  m_table->setTabKeyNavigation(false);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(kRowUnits));
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setMinimumSectionSize(Theme::instance().px(4));
  m_table->setSortingEnabled(true);
  m_table->installEventFilter(this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.75));
  layout->addWidget(m_search);
  layout->addWidget(m_table, 1);
  connect(m_search, &QLineEdit::textChanged, m_order, &QSortFilterProxyModel::setFilterFixedString);
  connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &ClassTable::layoutColumns);
  connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) { activate(index.row()); });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(kRowUnits));
    layoutColumns();
  });
  retranslate();
}

void ClassTable::retranslate() {
  m_search->setPlaceholderText(tr("Find a class"));
  m_search->setAccessibleName(tr("Find a class"));
  m_table->setAccessibleName(tr("Classes"));
}

void ClassTable::setColumns(const QString& nameTitle, const QList<ClassColumn>& columns) {
  const int chosen = currentClass();
  m_model->setColumns(nameTitle, columns);
  layoutColumns();
  setCurrentClass(chosen);
}

void ClassTable::setRows(const QList<ClassRow>& rows) {
  const int chosen = currentClass();
  m_model->setRows(rows);
  m_search->setVisible(rows.size() >= kSearchFrom);
  if (rows.size() < kSearchFrom) m_search->clear();
  layoutColumns();
  setCurrentClass(chosen);
}

void ClassTable::sortBy(int column, Qt::SortOrder order) { m_table->sortByColumn(column, order); }
void ClassTable::setSearchText(const QString& text) { m_search->setText(text); }

void ClassTable::setCurrentClass(int index) {
  m_chosen = index;
  for (int row = 0; index >= 0 && row < m_order->rowCount(); ++row) {
    const QModelIndex at = m_order->index(row, 0);
    if (at.data(IndexRole).toInt() != index) continue;
    m_table->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(at);
    return;
  }
  m_table->clearSelection();
}

QList<int> ClassTable::visibleClasses() const {
  QList<int> all;
  for (int row = 0; row < m_order->rowCount(); ++row) all << m_order->index(row, 0).data(IndexRole).toInt();
  return all;
}

// The chosen one again lets it go.
void ClassTable::activate(int row) {
  const int index = m_order->index(row, 0).data(IndexRole).toInt();
  setCurrentClass(index == m_chosen ? -1 : index);
  Q_EMIT classActivated(m_chosen);
}

void ClassTable::layoutColumns() {
  const Theme& theme = Theme::instance();
  const QFontMetrics metrics(theme.font(TextRole::Body));
  for (int c = 1; c < m_model->columnCount(); ++c) {
    const ClassColumn& column = m_model->columns()[c - 1];
    const QString widest = column.isShare ? u"100.0 %"_s : groupedCount(qint64(m_model->largest(c - 1)));
    const double sign = c == m_table->horizontalHeader()->sortIndicatorSection() ? 4.75 : 2.25;  // of the order
    const int width =
        std::max(metrics.horizontalAdvance(column.title) + theme.px(sign), metrics.horizontalAdvance(widest) + theme.px(1.75));
    m_table->setColumnWidth(c, width);
  }
  QHeaderView* header = m_table->horizontalHeader();
  for (int c = 0; c < header->count(); ++c) header->setSectionResizeMode(c, c == 0 ? QHeaderView::Stretch : QHeaderView::Fixed);
}

void ClassTable::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

bool ClassTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_table && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_table->currentIndex().isValid()) {
      activate(m_table->currentIndex().row());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace gps::ui
