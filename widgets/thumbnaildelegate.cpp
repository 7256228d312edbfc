#include "widgets/thumbnaildelegate.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPainterPath>

#include "widgets/icon.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kCacheKib = 96 * 1024;
}  // namespace

ThumbnailModel::ThumbnailModel(QObject* parent) : QAbstractListModel(parent), m_images(kCacheKib) {}

void ThumbnailModel::setItems(const QList<ThumbnailItem>& items) {
  beginResetModel();
  m_items = items;
  m_index.clear();
  for (int i = 0; i < m_items.size(); ++i) m_index.insert(m_items[i].id, i);
  m_asked.clear();
  m_failed.clear();
  m_images.clear();
  endResetModel();
}

void ThumbnailModel::setThumbnail(const QString& id, const QImage& image) {
  const int row = rowOf(id);
  if (row < 0) return;
  m_asked.remove(id);
  if (image.isNull())
    m_failed.insert(id);
  else
    m_images.insert(id, new QImage(image), std::max(1, int(image.sizeInBytes() / 1024)));
  Q_EMIT dataChanged(index(row), index(row), {ImageRole, FailedRole});
}

bool ThumbnailModel::claim(int row) {
  const QString id = idAt(row);
  if (id.isEmpty() || m_images.contains(id) || m_asked.contains(id) || m_failed.contains(id)) return false;
  m_asked.insert(id);
  return true;
}

int ThumbnailModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_items.size()); }

QVariant ThumbnailModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_items.size()) return {};
  const ThumbnailItem& item = m_items[index.row()];
  switch (role) {
    case Qt::DisplayRole:
      return item.caption;
    case Qt::ToolTipRole:
      return item.note.isEmpty() ? item.caption : QString(item.caption % u'\n' % item.note);
    case IdRole:
      return item.id;
    case ImageRole: {
      const QImage* image = m_images.object(item.id);
      return image ? QVariant(*image) : QVariant();
    }
    case NoteRole:
      return item.note;
    case ToneRole:
      return int(item.tone);
    case FailedRole:
      return m_failed.contains(item.id);
    default:
      return {};
  }
}

void drawThumbnail(QPainter& painter, const QRectF& square, const QImage& image, bool failed, const QList<QPolygonF>& outlines) {
  const Theme& theme = Theme::instance();
  const double radius = theme.unit() * 0.625;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  if (image.isNull()) {
    drawRounded(painter, square, radius, theme.color(Token::Inset));
    const int side = std::min(theme.px(3), int(square.width() / 2));
    const QPixmap icon = iconPixmap(failed ? u"warning"_s : u"image"_s, theme.color(failed ? Token::Warn : Token::Ghost), side,
                                    painter.device()->devicePixelRatioF());
    painter.drawPixmap(square.center() - QPointF(side / 2.0, side / 2.0), icon);
  } else {
    // The middle square of the picture as a brush: round corners without an aliased clip.
    const double side = std::min(image.width(), image.height());
    const QRectF source((image.width() - side) / 2, (image.height() - side) / 2, side, side);
    QTransform map;
    map.translate(square.x(), square.y());
    map.scale(square.width() / side, square.height() / side);
    map.translate(-source.x(), -source.y());
    QBrush brush(image);
    brush.setTransform(map);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawRoundedRect(square, radius, radius);
    if (!outlines.isEmpty()) {
      painter.setClipRect(square);
      painter.setBrush(Qt::NoBrush);
      QTransform shares = map;
      shares.scale(image.width(), image.height());
      for (const auto& [part, width] : {std::pair{OverlayPart::Halo, 2.6}, {OverlayPart::Prediction, 1.3}}) {
        painter.setPen(QPen(Theme::overlayColor(part), width, Qt::SolidLine, Qt::RoundCap, Qt::BevelJoin));
        for (const QPolygonF& line : outlines) painter.drawPolyline(shares.map(line));
      }
    }
  }
  painter.restore();
}

void ThumbnailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QRectF cell = QRectF(option.rect).adjusted(u * 0.5, u * 0.5, -u * 0.5, -u * 0.5);
  const bool selected = option.state & QStyle::State_Selected, hovered = option.state & QStyle::State_MouseOver;
  painter->setRenderHint(QPainter::Antialiasing);
  if (selected)
    drawRounded(*painter, cell, u * 0.75, theme.color(Token::AccentWash), theme.color(Token::Accent), u * 0.25);
  else if (hovered)
    drawRounded(*painter, cell, u * 0.75, mixed(theme.color(Token::Surface), theme.color(Token::Text), 0.05));
  const QFont font = theme.font(TextRole::Caption);
  const QFontMetricsF metrics(font);
  const auto* grid = qobject_cast<const ThumbnailGrid*>(option.widget);
  const int lines = grid ? grid->captionLines() : 1;
  const double side = std::min(cell.width() - u, cell.height() - u * 1.25 - metrics.height() * lines);
  const QRectF square(cell.center().x() - side / 2, cell.top() + u * 0.5, side, side);
  drawThumbnail(*painter, square, index.data(ThumbnailModel::ImageRole).value<QImage>(), index.data(ThumbnailModel::FailedRole).toBool());
  painter->setFont(font);
  if (const QString note = index.data(ThumbnailModel::NoteRole).toString(); !note.isEmpty()) {
    const QColor tone = theme.toneColor(Tone(index.data(ThumbnailModel::ToneRole).toInt()));
    const QString shown = metrics.elidedText(note, Qt::ElideRight, side - u * 2);
    const QRectF chip(square.left() + u * 0.5, square.top() + u * 0.5, metrics.horizontalAdvance(shown) + u * 1.25,
                      metrics.height() + u * 0.375);
    drawRounded(*painter, chip, chip.height() / 2, theme.color(Token::Surface), tone, 1);
    painter->setPen(tone);
    painter->drawText(chip, Qt::AlignCenter, shown);
  }
  painter->setPen(theme.color(selected ? Token::Text : Token::Text2));
  QRectF text(cell.left() + u * 0.5, square.bottom() + u * 0.25, cell.width() - u, metrics.height() + 2);
  for (const QString& line : index.data().toString().split(u'\n').mid(0, lines)) {
    painter->drawText(text, Qt::AlignCenter, metrics.elidedText(line, Qt::ElideMiddle, text.width()));
    text.translate(0, metrics.height());
  }
}

QSize ThumbnailDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
  const auto* view = qobject_cast<const QListView*>(option.widget);
  return view && view->gridSize().isValid() ? view->gridSize() : QSize(100, 100);
}

}  // namespace gps::ui
