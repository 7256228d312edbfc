#include "widgets/itemplot.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "widgets/hovercard.h"
#include "widgets/plotpaint.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kMargin = 2, kTitle = 3;  // units
}

ItemPlot::ItemPlot(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

int ItemPlot::neighbour(int item, int key) const {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Up:
      return item < 0 ? itemCount() - 1 : std::max(0, item - 1);
    case Qt::Key_Right:
    case Qt::Key_Down:
      return item < 0 ? 0 : std::min(itemCount() - 1, item + 1);
    default:
      return item;
  }
}

QSizeF ItemPlot::drawingSize() const { return {Theme::instance().unit() * 96, Theme::instance().unit() * 48}; }

void ItemPlot::itemsChanged() {
  if (m_hovered >= itemCount()) m_hovered = -1;
  updateGeometry();
  update();
}

void ItemPlot::setCurrentItem(int item) {
  if (item == m_hovered) return;
  m_hovered = item;
  setAccessibleDescription(item < 0 ? QString() : QString(itemName(item) % u'\n' % itemLines(item).join(u'\n')));
  update();
  Q_EMIT itemHovered(item);
}

void ItemPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paint(painter, size(), Theme::instance().name(), false);
  if (m_hovered >= 0 && m_hovered < itemCount())
    paintHoverCard(painter, rect(), itemRect(m_hovered, size()).translated(0, Theme::instance().unit()), itemName(m_hovered),
                   itemLines(m_hovered), 0);
}

QSize ItemPlot::exportSize(const QString& title) const {
  const Theme& theme = Theme::instance();
  const QSizeF inner = drawingSize();
  return QSizeF(inner.width() + 2 * theme.px(kMargin), inner.height() + 2 * theme.px(kMargin) + (title.isEmpty() ? 0 : theme.px(kTitle)))
      .toSize();
}

bool ItemPlot::drawExport(QPaintDevice& device, const QString& title) const {
  const Theme& theme = Theme::instance();
  QPainter painter;
  if (!painter.begin(&device)) return false;
  painter.fillRect(QRect(QPoint(0, 0), exportSize(title)), Qt::white);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(theme.px(kMargin), theme.px(kMargin));
  const QSizeF inner = drawingSize();
  if (!title.isEmpty()) {
    painter.setFont(theme.font(TextRole::Title));
    painter.setPen(Theme::color(Token::Text, ThemeName::Light));
    painter.drawText(QRectF(0, 0, inner.width(), theme.px(kTitle)), Qt::AlignLeft | Qt::AlignTop, title);
    painter.translate(0, theme.px(kTitle));
  }
  paint(painter, inner, ThemeName::Light, true);
  return painter.end();
}

TextTable ItemPlot::exportTable() const {
  const PlotTable plain = table();
  return textTable(plain.header, plain.rows);
}

void ItemPlot::mouseMoveEvent(QMouseEvent* event) { setCurrentItem(itemAt(event->position(), size())); }

void ItemPlot::mousePressEvent(QMouseEvent* event) {
  const int item = itemAt(event->position(), size());
  if (event->button() == Qt::LeftButton && item >= 0) Q_EMIT itemActivated(item);
}

void ItemPlot::leaveEvent(QEvent*) { setCurrentItem(-1); }

void ItemPlot::keyPressEvent(QKeyEvent* event) {
  if (itemCount() == 0) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      return setCurrentItem(neighbour(m_hovered, event->key()));
    case Qt::Key_Home:
      return setCurrentItem(0);
    case Qt::Key_End:
      return setCurrentItem(itemCount() - 1);
    case Qt::Key_Escape:
      if (m_hovered < 0) break;
      return setCurrentItem(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (m_hovered >= 0) Q_EMIT itemActivated(m_hovered);
      return;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void ItemPlot::focusOutEvent(QFocusEvent* event) {
  if (!underMouse()) setCurrentItem(-1);
  QWidget::focusOutEvent(event);
}

void ItemPlot::setSpokenName(std::function<QString()> name) {
  m_spokenName = std::move(name);
  setAccessibleName(m_spokenName());
}

void ItemPlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) {
    if (m_spokenName) setAccessibleName(m_spokenName());
    update();
  }
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
