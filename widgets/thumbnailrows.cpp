#include "widgets/thumbnailrows.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPolygonF>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>

#include "widgets/icon.h"
#include "widgets/themestyle.h"
#include "widgets/thumbnaildelegate.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAskDelayMs = 30;  // scrolling fast past pictures does not ask for them
constexpr double kRowUnits = 7.5, kPictureUnits = 6, kIconUnits = 2;

class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {Theme::instance().px(24), Theme::instance().px(kRowUnits)};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = QRectF(option.rect).adjusted(0, u * 0.25, 0, -u * 0.25);
    if (option.state & QStyle::State_Selected)
      drawRounded(*painter, row, u * 0.75, theme.color(Token::AccentWash));
    else if (option.state & QStyle::State_MouseOver)
      drawRounded(*painter, row, u * 0.75, mixed(theme.color(Token::Surface), theme.color(Token::Text), 0.045));
    const double side = u * kPictureUnits;
    const QVariant thumbnail = index.data(RowRole::Thumbnail);
    const QImage image = thumbnail.value<QImage>();
    drawThumbnail(*painter, QRectF(row.left() + u, row.center().y() - side / 2, side, side), image, thumbnail.isValid() && image.isNull(),
                  index.data(RowRole::Outline).value<QList<QPolygonF>>());
    const double used = paintValue(*painter, row, index);
    const QRectF text(row.left() + side + u * 2.25, row.top(), row.width() - side - used - u * 3.25, row.height());
    const QFont name = theme.font(TextRole::Body), small = theme.font(TextRole::Small);
    const QFontMetricsF nameMetrics(name), smallMetrics(small);
    const double block = nameMetrics.height() + smallMetrics.height() + u * 0.25, top = row.center().y() - block / 2;
    painter->setFont(name);
    painter->setPen(theme.color(Token::Text));
    painter->drawText(QRectF(text.left(), top, text.width(), nameMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      nameMetrics.elidedText(index.data(RowRole::Title).toString(), Qt::ElideMiddle, text.width()));
    painter->setFont(small);
    painter->setPen(theme.color(Token::Text2));
    painter->drawText(QRectF(text.left(), top + nameMetrics.height() + u * 0.25, text.width(), smallMetrics.height()),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(index.data(RowRole::Small).toString(), Qt::ElideRight, text.width()));
  }

 private:
  // Icon and value at the right end; returns their width with the gap before the text.
  static double paintValue(QPainter& painter, const QRectF& row, const QModelIndex& index) {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    const QFont font = theme.font(TextRole::Page);
    const QVariant given = index.data(RowRole::ValueColor);
    const QColor color = given.isValid() ? given.value<QColor>() : theme.color(Token::Text);
    const QString value = index.data(RowRole::Value).toString(), icon = index.data(RowRole::Icon).toString();
    const QFontMetricsF metrics(font);
    // The same place in every row.
    double width = std::max(metrics.horizontalAdvance(icon.isEmpty() ? u"0.00"_s : u"100 %"_s), metrics.horizontalAdvance(value)) + u * 0.5;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QRectF(row.right() - width - u, row.top(), width, row.height()), Qt::AlignRight | Qt::AlignVCenter, value);
    if (!icon.isEmpty()) {
      const int side = theme.px(kIconUnits);
      width += side;
      painter.drawPixmap(QPointF(row.right() - width - u, row.center().y() - side / 2.0),
                         iconPixmap(icon, color, side, painter.device()->devicePixelRatioF()));
    }
    return width + u;
  }
};

}  // namespace

ThumbnailRows::ThumbnailRows(QWidget* parent) : QListView(parent) {
  setItemDelegate(new RowDelegate(this));
  setUniformItemSizes(true);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSelectionMode(SingleSelection);
  setFrameShape(NoFrame);
  setMouseTracking(true);
  setEditTriggers(NoEditTriggers);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kAskDelayMs);
  connect(&m_timer, &QTimer::timeout, this, &ThumbnailRows::requestVisible);
  connect(&Theme::instance(), &Theme::changed, this, &ThumbnailRows::doItemsLayout);
}

QString ThumbnailRows::currentId() const { return currentIndex().data(RowRole::Id).toString(); }
int ThumbnailRows::currentPosition() const { return currentIndex().isValid() ? currentIndex().row() + 1 : 0; }

QStringList ThumbnailRows::ids() const {
  QStringList all;
  for (int row = 0; row < model()->rowCount(); ++row) all << model()->index(row, 0).data(RowRole::Id).toString();
  return all;
}

bool ThumbnailRows::setCurrentId(const QString& id) {
  if (id.isEmpty()) return false;
  for (int row = 0; row < model()->rowCount(); ++row) {
    const QModelIndex at = model()->index(row, 0);
    if (at.data(RowRole::Id).toString() != id) continue;
    selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(at);
    return true;
  }
  return false;
}

void ThumbnailRows::step(int by) {
  const int count = model()->rowCount();
  if (count == 0) return;
  const int next = std::clamp(currentPosition() == 0 ? (by > 0 ? 0 : count - 1) : currentPosition() - 1 + by, 0, count - 1);
  const QModelIndex at = model()->index(next, 0);
  selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  scrollTo(at);
}

void ThumbnailRows::requestSoon() { m_timer.start(); }

void ThumbnailRows::forgetRequests() {
  m_asked.clear();
  m_timer.start();
}

void ThumbnailRows::requestVisible() {
  if (!isVisible() || !model()) return;
  const int rowHeight = Theme::instance().px(kRowUnits);
  const int first = std::max(0, verticalScrollBar()->value() / rowHeight - 1);
  const int last = std::min(model()->rowCount() - 1, first + viewport()->height() / rowHeight + 3);
  QStringList ids;
  for (int row = first; row <= last; ++row) {
    const QModelIndex at = model()->index(row, 0);
    const QString id = at.data(RowRole::Id).toString();
    if (m_asked.contains(id) || at.data(RowRole::Thumbnail).isValid()) continue;
    m_asked.insert(id);
    ids << id;
  }
  if (!ids.isEmpty()) Q_EMIT thumbnailsRequested(ids, int(Theme::instance().px(kPictureUnits) * devicePixelRatioF()));
}

// The view would take letters for a search of its own.
void ThumbnailRows::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_A || event->key() == Qt::Key_D))
    return step(event->key() == Qt::Key_D ? 1 : -1);
  QListView::keyPressEvent(event);
}

void ThumbnailRows::resizeEvent(QResizeEvent* event) {
  QListView::resizeEvent(event);
  m_timer.start();
}

void ThumbnailRows::showEvent(QShowEvent* event) {
  QListView::showEvent(event);
  m_timer.start();
}

void ThumbnailRows::scrollContentsBy(int dx, int dy) {
  QListView::scrollContentsBy(dx, dy);
  m_timer.start();
}

}  // namespace gps::ui
