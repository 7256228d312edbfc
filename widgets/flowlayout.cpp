#include "widgets/flowlayout.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>
#include <utility>

namespace gps::ui {

void FlowLayout::setWraps(bool on) {
  if (on == std::exchange(m_wraps, on)) return;
  invalidate();
}

void FlowLayout::addItem(QLayoutItem* item) {
  m_items.emplace_back(item);
  invalidate();
}

QLayoutItem* FlowLayout::itemAt(int index) const { return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr; }

QLayoutItem* FlowLayout::takeAt(int index) {
  if (index < 0 || index >= count()) return nullptr;
  QLayoutItem* item = m_items[std::size_t(index)].release();
  m_items.erase(m_items.begin() + index);
  invalidate();
  return item;
}

QSize FlowLayout::sizeHint() const {
  QSize size(0, 0);
  int shown = 0;
  for (const auto& item : m_items) {
    if (item->isEmpty()) continue;
    size = QSize(size.width() + item->sizeHint().width(), std::max(size.height(), item->sizeHint().height()));
    ++shown;
  }
  const QMargins m = contentsMargins();
  return size + QSize(m.left() + m.right() + std::max(0, shown - 1) * std::max(0, spacing()), m.top() + m.bottom());
}

QSize FlowLayout::minimumSize() const {
  QSize size(0, 0);
  for (const auto& item : m_items)
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  const QMargins m = contentsMargins();
  return size + QSize(m.left() + m.right(), m.top() + m.bottom());
}

int FlowLayout::heightForWidth(int width) const { return place({0, 0, width, 0}, true); }

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  place(rect, false);
}

int FlowLayout::place(const QRect& rect, bool isTrial) const {
  const QMargins margins = contentsMargins();
  const QRect inside = rect.marginsRemoved(margins);
  const int gap = std::max(0, spacing());
  std::vector<QLayoutItem*> shown;
  for (const auto& item : m_items)
    if (!item->isEmpty()) shown.push_back(item.get());

  int y = inside.top(), height = 0;
  for (std::size_t first = 0; first < shown.size();) {
    std::size_t end = first;
    int used = 0, expanding = 0;
    for (; end < shown.size(); ++end) {
      const int more = shown[end]->sizeHint().width() + (end > first ? gap : 0);
      if (end > first && used + more > inside.width()) break;
      used += more;
      expanding += shown[end]->expandingDirections().testFlag(Qt::Horizontal) ? 1 : 0;
    }
    std::vector<QSize> sizes;
    int left = std::max(0, inside.width() - used), lineHeight = 0;
    for (std::size_t i = first; i < end; ++i) {
      QLayoutItem* item = shown[i];
      QSize size = item->sizeHint();
      if (item->expandingDirections().testFlag(Qt::Horizontal)) {
        const int share = left / expanding--;
        size.rwidth() += share;
        left -= share;
      }
      size.setWidth(std::min({size.width(), inside.width(), item->maximumSize().width()}));
      if (item->hasHeightForWidth()) size.setHeight(item->heightForWidth(size.width()));
      lineHeight = std::max(lineHeight, size.height());
      sizes.push_back(size);
    }
    height = y - inside.top() + lineHeight;
    // A single line stands in the middle of the height there is.
    const bool isOnlyLine = first == 0 && end == shown.size();
    const int top = isOnlyLine ? y + std::max(0, inside.height() - lineHeight) / 2 : y;
    for (int x = inside.left(); !isTrial && first < end; ++first) {
      const QSize size = sizes[sizes.size() - (end - first)];
      const QRect place({x, top + (lineHeight - size.height()) / 2}, size);
      const QWidget* parent = parentWidget();
      shown[first]->setGeometry(QStyle::visualRect(parent ? parent->layoutDirection() : Qt::LeftToRight, rect, place));
      x += size.width() + gap;
    }
    y += lineHeight + gap;
    first = end;
  }
  return height + margins.top() + margins.bottom();
}

}  // namespace gps::ui
