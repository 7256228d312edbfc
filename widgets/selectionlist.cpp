#include "widgets/selectionlist.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "widgets/plotpaint.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kTickUnits = 2;

class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    const Theme& theme = Theme::instance();
    const double lines = QFontMetricsF(theme.font(TextRole::Body)).height() + QFontMetricsF(theme.font(TextRole::Small)).height();
    return {theme.px(20), int(lines + theme.unit() * 1.5)};
  }

  static QRectF tickRect(const QRectF& row) {
    const double u = Theme::instance().unit(), line = QFontMetricsF(Theme::instance().font(TextRole::Body)).height();
    return {row.left() + u, row.top() + u * 0.75 + (line - u * kTickUnits) / 2, u * kTickUnits, u * kTickUnits};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    const QRectF row = option.rect;
    const bool isRefused = !index.data(SelectionListModel::RefusalRole).toString().isEmpty();
    const bool isTicked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
      drawRounded(*painter, row.adjusted(0, 1, 0, -1), u * 0.75, theme.color(Token::AccentWash));
    else if (option.state & QStyle::State_MouseOver)
      drawRounded(*painter, row.adjusted(0, 1, 0, -1), u * 0.75, mixed(theme.color(Token::Surface), theme.color(Token::Text), 0.04));
    const QRectF tick = tickRect(row);
    drawTick(*painter, tick, isTicked ? Qt::Checked : Qt::Unchecked, !isRefused, option.state & QStyle::State_MouseOver);
    double x = tick.right() + u;
    const QFont body = theme.font(TextRole::Body), small = theme.font(TextRole::Small);
    const QFontMetricsF metrics(body), smallMetrics(small);
    const double y = row.top() + u * 0.75, right = row.right() - u;
    if (isTicked) {
      paintMark(*painter, {x + u * kMarkUnits / 2, y + metrics.height() / 2}, index.data(SelectionListModel::ColorRole).value<QColor>(),
                index.data(SelectionListModel::NumberRole).toString());
      x += u * (kMarkUnits + 0.75);
    }
    const QString count = index.data(SelectionListModel::CountRole).toString();
    const double countWidth = smallMetrics.horizontalAdvance(count);
    painter->setFont(small);
    painter->setPen(theme.color(Token::Text2));
    painter->drawText(QRectF(right - countWidth - 2, y, countWidth + 2, metrics.height()), Qt::AlignRight | Qt::AlignVCenter, count);
    painter->setFont(body);
    painter->setPen(theme.color(isRefused ? Token::Text2 : Token::Text));
    const double room = right - countWidth - u - x;
    painter->drawText(QRectF(x, y, room, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideMiddle, room));
    const QString detail = index.data(isRefused ? SelectionListModel::RefusalRole : SelectionListModel::DetailRole).toString();
    painter->setFont(small);
    painter->setPen(theme.color(isRefused ? Token::Warn : Token::Text2));
    const double left = tick.right() + u;
    painter->drawText(QRectF(left, y + metrics.height(), right - left, smallMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(detail, Qt::ElideRight, right - left));
    painter->restore();
  }

  bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index) override {
    if (event->type() != QEvent::MouseButtonRelease || !(index.flags() & Qt::ItemIsUserCheckable)) return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const double u = Theme::instance().unit();
    if (mouse->button() != Qt::LeftButton || !tickRect(option.rect).adjusted(-u, -u, u, u).contains(mouse->position())) return false;
    return model->setData(index, index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
  }
};

}  // namespace

void SelectionListModel::setRows(const QList<SelectionRow>& rows) {
  if (rows == m_rows) return;
  const bool isSame = rows.size() == m_rows.size() &&
                      std::equal(rows.begin(), rows.end(), m_rows.begin(), [](const auto& a, const auto& b) { return a.id == b.id; });
  if (!isSame) beginResetModel();
  m_rows = rows;
  if (!isSame) return endResetModel();
  if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

int SelectionListModel::rowOf(const QString& id) const {
  for (int i = 0; i < m_rows.size(); ++i)
    if (m_rows[i].id == id) return i;
  return -1;
}

int SelectionListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant SelectionListModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_rows.size()) return {};
  const SelectionRow& row = m_rows[index.row()];
  switch (role) {
    case Qt::DisplayRole:
      return row.name;
    case Qt::ToolTipRole:
      return row.refusal.isEmpty() ? row.toolTip : row.refusal;
    case Qt::AccessibleDescriptionRole:
      return QString(row.count % u", "_s % (row.refusal.isEmpty() ? row.detail : row.refusal));
    case Qt::CheckStateRole:
      return int(row.isTicked ? Qt::Checked : Qt::Unchecked);
    case DetailRole:
      return row.detail;
    case CountRole:
      return row.count;
    case ColorRole:
      return row.color;
    case NumberRole:
      return row.number;
    case RefusalRole:
      return row.refusal;
    case IdRole:
      return row.id;
    default:
      return {};
  }
}

bool SelectionListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::CheckStateRole) return false;
  SelectionRow& row = m_rows[index.row()];
  if (!row.refusal.isEmpty()) return false;
  const bool on = value.toInt() == Qt::Checked;
  if (on == row.isTicked) return true;
  row.isTicked = on;
  const QString id = row.id;
  Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
  Q_EMIT ticked(id, on);
  return true;
}

Qt::ItemFlags SelectionListModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  const Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
  return m_rows[index.row()].refusal.isEmpty() ? all | Qt::ItemIsUserCheckable : all;
}

SelectionList::SelectionList(QWidget* parent) : QListView(parent), m_model(new SelectionListModel(this)) {
  setModel(m_model);
  setItemDelegate(new RowDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setMouseTracking(true);
  setUniformItemSizes(true);
  setAccessibleName(tr("Selections"));
  connect(m_model, &SelectionListModel::ticked, this, &SelectionList::ticked);
  connect(&Theme::instance(), &Theme::changed, this, [this] { scheduleDelayedItemsLayout(); });
}

void SelectionList::setRows(const QList<SelectionRow>& rows) {
  const QString id = currentId();
  m_quiet = true;
  m_model->setRows(rows);
  const int row = m_model->rowOf(id);
  if (row != currentIndex().row()) setCurrentIndex(m_model->index(row, 0));
  m_quiet = false;
}

void SelectionList::setCurrentId(const QString& id) {
  m_quiet = true;
  setCurrentIndex(m_model->index(m_model->rowOf(id), 0));
  m_quiet = false;
}

QString SelectionList::currentId() const { return currentIndex().data(SelectionListModel::IdRole).toString(); }

void SelectionList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (!m_quiet) Q_EMIT currentIdChanged(currentId());
}

void SelectionList::keyPressEvent(QKeyEvent* event) {
  const QModelIndex at = currentIndex();
  if (at.isValid()) {
    switch (event->key()) {
      case Qt::Key_Space:
        m_model->setData(at, at.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        return;
      case Qt::Key_F2:
        Q_EMIT renameRequested(currentId());
        return;
      case Qt::Key_Delete:
        Q_EMIT deleteRequested(currentId());
        return;
      default:
        break;
    }
  }
  QListView::keyPressEvent(event);
}

void SelectionList::contextMenuEvent(QContextMenuEvent* event) {
  const QModelIndex at = event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
  if (!at.isValid()) return;
  const QPoint pos = event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(visualRect(at).center()) : event->globalPos();
  Q_EMIT menuRequested(at.data(SelectionListModel::IdRole).toString(), pos);
}

void SelectionList::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Selections"));
  QListView::changeEvent(event);
}

}  // namespace gps::ui
