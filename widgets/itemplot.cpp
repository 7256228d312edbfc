#include "widgets/itemplot.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSaveFile>
#include <algorithm>

#include "widgets/plotpaint.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

QString PlotTable::csv() const {
  const auto line = [](const QStringList& cells) {
    QStringList quoted;
    for (QString cell : cells) {
      if (cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n')) cell = u'"' % cell.replace(u'"', u"\"\""_s) % u'"';
      quoted << cell;
    }
    return QString(quoted.join(u',') % u'\n');
  };
  QString text = line(header);
  for (const QStringList& row : rows) text += line(row);
  return text;
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

QSizeF ItemPlot::exportSize() const { return {Theme::instance().unit() * 96, Theme::instance().unit() * 48}; }

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
    paintHoverCard(painter, itemRect(m_hovered, size()), size(), itemName(m_hovered), itemLines(m_hovered));
}

bool ItemPlot::exportTo(const QString& path, const QString& title) const {
  if (path.endsWith(u".csv"_s, Qt::CaseInsensitive)) {
    QSaveFile file(path);
    const QByteArray text = table().csv().toUtf8();
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
  }
  const QSizeF inner = exportSize();
  return exportPicture(path, title, inner, [&](QPainter& painter) { paint(painter, inner, ThemeName::Light, true); });
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

void ItemPlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) update();
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
