#include "widgets/foldingrow.h"

#include <QBoxLayout>
#include <QEvent>
#include <algorithm>

#include "widgets/theme.h"

namespace gps::ui {

FoldingRow::FoldingRow(QWidget* parent) : QWidget(parent), m_row(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
  m_row->setContentsMargins({});
  m_row->setSpacing(Theme::instance().px(2));
}

void FoldingRow::add(QWidget* widget, int stretch) { m_row->addWidget(widget, stretch); }

bool FoldingRow::isFolded() const { return m_row->direction() == QBoxLayout::TopToBottom; }

QSize FoldingRow::minimumSizeHint() const {
  int width = 0;
  for (int i = 0; i < m_row->count(); ++i)
    if (QLayoutItem* item = m_row->itemAt(i); !item->isEmpty()) width = std::max(width, item->minimumSize().width());
  return {width, m_row->minimumSize().height()};
}

void FoldingRow::fold() {
  int needed = -m_row->spacing();
  for (int i = 0; i < m_row->count(); ++i)
    if (QLayoutItem* item = m_row->itemAt(i); !item->isEmpty()) needed += item->minimumSize().width() + m_row->spacing();
  const auto wished = needed > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
  if (wished == m_row->direction()) return;
  m_row->setDirection(wished);
  updateGeometry();
}

bool FoldingRow::event(QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) fold();
  return QWidget::event(event);
}

}  // namespace gps::ui
