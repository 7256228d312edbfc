#include "widgets/audittable.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/modeltext.h"
#include "widgets/theme.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kHeadRow = 3.75, kRow = 2.75, kNameUnits = 20;

class CellDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  static double intervalWidth() { return QFontMetricsF(Theme::instance().font(TextRole::Small)).horizontalAdvance(u"000.0 – 000.0"_s); }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    const bool isHead = index.data(AuditModel::HeadRole).toBool();
    const QRectF rect = option.rect;
    painter->save();
    if (option.state & QStyle::State_Selected) painter->fillRect(rect, theme.color(Token::AccentWash));
    if (isHead && index.row() > 0) {
      painter->setPen(QPen(Theme::gridColor(theme.name()), theme.lineWidth()));
      painter->drawLine(rect.topLeft(), rect.topRight());
    }
    const QRectF inner = rect.adjusted(u, isHead ? u * 0.5 : 0, -u, 0);
    painter->setPen(theme.color(isHead ? Token::Text : Token::Text2));
    painter->setFont(theme.font(isHead ? TextRole::Strong : TextRole::Small));
    if (index.column() == 0) {
      const QRectF text = inner.adjusted(isHead ? 0 : u * 1.5, 0, 0, 0);
      painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, int(text.width())));
    } else {
      const double interval = intervalWidth() + u;
      painter->drawText(inner.adjusted(0, 0, -interval, 0), Qt::AlignRight | Qt::AlignVCenter,
                        index.data(AuditModel::ValueRole).toString());
      painter->setPen(theme.color(Token::Text2));
      painter->setFont(theme.font(TextRole::Small));
      painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, index.data(AuditModel::IntervalRole).toString());
    }
    if (option.state & QStyle::State_HasFocus) {
      painter->setPen(QPen(theme.color(Token::Accent), theme.lineWidth()));
      painter->drawRect(rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
  }
};

}  // namespace

void AuditModel::setContent(const QStringList& definitions, const QStringList& toolTips, const QList<AuditRow>& rows) {
  if (definitions == m_definitions && toolTips == m_toolTips && rows == m_rows) return;
  beginResetModel();
  m_definitions = definitions;
  m_toolTips = toolTips;
  m_rows = rows;
  endResetModel();
}

int AuditModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int AuditModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_definitions.size()) + 1; }

QVariant AuditModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_rows.size()) return {};
  const AuditRow& row = m_rows[index.row()];
  const bool isName = index.column() == 0;
  const AuditCell cell = isName ? AuditCell{row.name, {}, row.toolTip} : row.cells.value(index.column() - 1);
  switch (role) {
    case Qt::DisplayRole:
      return cell.interval.isEmpty() ? cell.value : u"%1 (%2)"_s.arg(cell.value, cell.interval);
    case ValueRole:
      return cell.value;
    case Qt::ToolTipRole:
      return cell.toolTip.isEmpty() ? row.toolTip : cell.toolTip;
    case IntervalRole:
      return cell.interval;
    case HeadRole:
      return row.isHead;
    case Qt::AccessibleTextRole:
      return cell.interval.isEmpty() ? cell.value : tr("%1, interval %2").arg(cell.value, cell.interval);
    case Qt::TextAlignmentRole:
      return int(isName ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return int(section == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::DisplayRole) return section == 0 ? tr("Figure") : m_definitions.value(section - 1);
  if (role == Qt::ToolTipRole) return section == 0 ? QString() : m_toolTips.value(section - 1);
  return {};
}

AuditTable::AuditTable(QWidget* parent) : QWidget(parent), m_model(new AuditModel(this)), m_view(new QTableView) {
  m_view->setModel(m_model);
  m_view->setItemDelegate(new CellDelegate(m_view));
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setShowGrid(false);
  m_view->setTabKeyNavigation(false);
  m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_view->verticalHeader()->hide();
  m_view->horizontalHeader()->setHighlightSections(false);
  m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(m_view);
  enableCopy(m_view);
  m_view->viewport()->installEventFilter(this);
  connect(&Theme::instance(), &Theme::changed, this, &AuditTable::layoutColumns);
  m_view->setAccessibleName(tr("Figures by definition"));
}

void AuditTable::setContent(const QStringList& definitions, const QStringList& toolTips, const QList<AuditRow>& rows) {
  m_model->setContent(definitions, toolTips, rows);
  layoutColumns();
}

void AuditTable::layoutColumns() {
  const Theme& theme = Theme::instance();
  const int columns = m_model->columnCount();
  if (columns < 2) return;
  const QFontMetricsF strong(theme.font(TextRole::Strong));
  int least = qRound(CellDelegate::intervalWidth() + strong.horizontalAdvance(u"000.0"_s) + theme.px(5));
  for (int c = 1; c < columns; ++c)
    least = std::max(least, qRound(strong.horizontalAdvance(m_model->headerData(c, Qt::Horizontal).toString()) + theme.px(3)));
  const int name = theme.px(kNameUnits), room = m_view->viewport()->width() - name;
  m_view->setColumnWidth(0, name);
  for (int c = 1; c < columns; ++c) m_view->setColumnWidth(c, std::max(least, room / (columns - 1)));
  for (int r = 0; r < m_model->rowCount(); ++r)
    m_view->setRowHeight(r, theme.px(m_model->index(r, 0).data(AuditModel::HeadRole).toBool() ? kHeadRow : kRow));
}

void AuditTable::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) m_view->setAccessibleName(tr("Figures by definition"));
  QWidget::changeEvent(event);
}

bool AuditTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_view->viewport() && event->type() == QEvent::Resize) layoutColumns();
  return QWidget::eventFilter(watched, event);
}

}  // namespace gps::ui
