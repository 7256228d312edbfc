#include "widgets/casegallery.h"

#include <QPainter>
#include <QPolygonF>
#include <QStyledItemDelegate>

#include "widgets/themestyle.h"
#include "widgets/thumbnaildelegate.h"
#include "widgets/thumbnailrows.h"

namespace gps::ui {

namespace {

constexpr double kCellUnits = 18;

class CellDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    const auto* view = qobject_cast<const QListView*>(option.widget);
    return view && view->gridSize().isValid() ? view->gridSize() : QSize(100, 100);
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    const QRectF cell = QRectF(option.rect).adjusted(u * 0.5, u * 0.5, -u * 0.5, -u * 0.5);
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected)
      drawRounded(*painter, cell, u * 0.75, theme.color(Token::AccentWash), theme.color(Token::Accent), u * 0.25);
    else if (option.state & QStyle::State_MouseOver)
      drawRounded(*painter, cell, u * 0.75, mixed(theme.color(Token::Surface), theme.color(Token::Text), 0.05));
    const QFont name = theme.font(TextRole::Small), value = theme.font(TextRole::Strong);
    const QFontMetricsF nameMetrics(name), valueMetrics(value);
    const double foot = std::max(nameMetrics.height(), valueMetrics.height()),
                 side = std::min(cell.width() - u, cell.height() - foot - u * 1.5);
    const QRectF square(cell.center().x() - side / 2, cell.top() + u * 0.5, side, side);
    const QVariant thumbnail = index.data(RowRole::Thumbnail);
    const QImage image = thumbnail.value<QImage>();
    drawThumbnail(*painter, square, image, thumbnail.isValid() && image.isNull(), index.data(RowRole::Outline).value<QList<QPolygonF>>());
    const QString number = index.data(RowRole::Value).toString();
    const double wide = valueMetrics.horizontalAdvance(number);
    const QRectF line(square.left(), square.bottom() + u * 0.5, square.width(), foot);
    const QVariant tone = index.data(RowRole::ValueColor);
    painter->setFont(value);
    painter->setPen(tone.isValid() ? tone.value<QColor>() : theme.color(Token::Text));
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    painter->setFont(name);
    painter->setPen(theme.color(isSelected ? Token::Text : Token::Text2));
    const double room = line.width() - wide - u;
    painter->drawText(line.adjusted(0, 0, -wide - u, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      nameMetrics.elidedText(index.data(RowRole::Title).toString(), Qt::ElideMiddle, room));
  }
};

}  // namespace

CaseGallery::CaseGallery(QWidget* parent) : ThumbnailView(parent) {
  setItemDelegate(new CellDelegate(this));
  setEditTriggers(NoEditTriggers);
}

void CaseGallery::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) {
  // What has come may be asked for again once it has fallen out of the model's memory.
  if (roles.contains(RowRole::Thumbnail))
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) m_asked.remove(model()->index(row, 0).data(RowRole::Id).toString());
  ThumbnailView::dataChanged(topLeft, bottomRight, roles);
}

double CaseGallery::cellUnits() const { return kCellUnits; }

int CaseGallery::footHeight() const {
  const Theme& theme = Theme::instance();
  return int(QFontMetricsF(theme.font(TextRole::Strong)).height()) + theme.px(1);
}

QStringList CaseGallery::claim(int first, int last, int pixelEdge) {
  QStringList ids;
  for (int row = first; row <= last; ++row) {
    const QModelIndex at = model()->index(row, 0);
    const QString id = at.data(RowRole::Id).toString();
    const QVariant thumbnail = at.data(RowRole::Thumbnail);
    const QImage image = thumbnail.value<QImage>();
    // Those of the list are too small here.
    const bool isGood = thumbnail.isValid() && (image.isNull() || 2 * std::max(image.width(), image.height()) > pixelEdge);
    if (m_asked.contains(id) || isGood) continue;
    m_asked.insert(id);
    ids << id;
  }
  return ids;
}

}  // namespace gps::ui
