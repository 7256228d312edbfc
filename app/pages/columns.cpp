#include "app/pages/columns.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/theme.h"

namespace gps::app {

namespace {
constexpr double kLeftUnits = 40, kRightUnits = 35, kFoldUnits = 158, kGutter = 2;  // a page is a window less the rail
constexpr double kStackUnits = 120;                                                 // narrower (large text on a small screen): one column
}  // namespace

Columns::Columns(QWidget* parent) : QWidget(parent) {
  m_grid = new QGridLayout(this);
  m_leftBox = new QWidget(this);
  m_middleBox = new QWidget(this);
  m_rightBox = new QWidget(this);
  m_left = new QVBoxLayout(m_leftBox);
  m_middle = new QVBoxLayout(m_middleBox);
  m_right = new QBoxLayout(QBoxLayout::TopToBottom, m_rightBox);
  for (QBoxLayout* layout : {static_cast<QBoxLayout*>(m_left), static_cast<QBoxLayout*>(m_middle), m_right})
    layout->setContentsMargins(0, 0, 0, 0);
  connect(&ui::Theme::instance(), &ui::Theme::changed, this, [this] {
    arrange();
    fold();
  });
  arrange();
}

void Columns::setLeftShown(bool on) {
  m_hasLeft = on;
  arrange();
}

void Columns::setRightShown(bool on) {
  m_hasRight = on;
  arrange();
}

void Columns::setMiddleFirst() {
  m_isMiddleFirst = true;
  arrange();
}

void Columns::setRightScrolls() {
  m_rightScroll = new QScrollArea(this);
  m_rightScroll->setFrameShape(QFrame::NoFrame);
  m_rightScroll->setWidgetResizable(true);
  m_rightScroll->setFocusPolicy(Qt::NoFocus);
  m_rightScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_grid->removeWidget(m_rightBox);
  m_rightScroll->setWidget(m_rightBox);
  m_rightBox->setMinimumWidth(0);
  m_rightBox->setMaximumWidth(QWIDGETSIZE_MAX);
  m_rightBox->installEventFilter(this);
  m_rightScroll->viewport()->installEventFilter(this);
  m_rightBox = m_rightScroll;
  arrange();
}

void Columns::arrange() {
  const auto& theme = ui::Theme::instance();
  const int gutter = theme.px(kGutter);
  m_grid->setContentsMargins(gutter, gutter, gutter, gutter);
  m_grid->setSpacing(gutter);
  for (QBoxLayout* layout : {static_cast<QBoxLayout*>(m_left), static_cast<QBoxLayout*>(m_middle), m_right}) layout->setSpacing(gutter);
  for (QWidget* box : {m_leftBox, m_middleBox, m_rightBox}) m_grid->removeWidget(box);
  m_leftBox->setMinimumWidth(m_isStacked ? 0 : theme.px(kLeftUnits));
  m_leftBox->setMaximumWidth(m_isStacked ? QWIDGETSIZE_MAX : theme.px(kLeftUnits));
  m_leftBox->setVisible(m_hasLeft);
  m_rightBox->setVisible(m_hasRight);
  m_rightBox->setMaximumWidth(m_isFolded ? QWIDGETSIZE_MAX : theme.px(kRightUnits));
  m_rightBox->setMinimumWidth(m_isFolded ? 0 : theme.px(kRightUnits));
  m_right->setDirection(m_isFolded ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  if (m_isStacked) {
    m_right->setDirection(QBoxLayout::TopToBottom);
    if (m_hasLeft) m_grid->addWidget(m_leftBox, m_isMiddleFirst ? 1 : 0, 0);
    m_grid->addWidget(m_middleBox, m_isMiddleFirst ? 0 : 1, 0);
    if (m_hasRight) m_grid->addWidget(m_rightBox, 2, 0);
  } else {
    if (m_hasLeft) m_grid->addWidget(m_leftBox, 0, 0, m_isFolded && m_hasRight ? 2 : 1, 1);
    m_grid->addWidget(m_middleBox, 0, 1);
    if (m_hasRight) m_grid->addWidget(m_rightBox, m_isFolded ? 1 : 0, m_isFolded ? 1 : 2);
  }
  if (m_rightScroll) {
    const bool isColumn = !m_isFolded && !m_isStacked;
    m_rightScroll->setVerticalScrollBarPolicy(isColumn ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (isColumn)
      m_rightScroll->setMinimumHeight(0);
    else
      fitRight();
  }
  m_grid->setColumnStretch(0, m_isStacked ? 1 : 0);
  m_grid->setColumnStretch(1, m_isStacked ? 0 : 1);
  m_grid->setRowStretch(0, m_isStacked ? 0 : 1);
}

// Folded or stacked it is as high as what stands in it, at the width that it has.
void Columns::fitRight() {
  const QWidget* inner = m_rightScroll->widget();
  const int ofWidth = inner->hasHeightForWidth() ? inner->heightForWidth(m_rightScroll->viewport()->width()) : 0;
  m_rightScroll->setMinimumHeight(std::max(inner->minimumSizeHint().height(), ofWidth));
}

// By the room there is, not by the room it takes: what does not fit would keep itself from folding.
void Columns::fold() {
  const int room = parentWidget() ? parentWidget()->width() : width();
  const bool isFolded = room < ui::Theme::instance().px(kFoldUnits), isStacked = room < ui::Theme::instance().px(kStackUnits);
  if (isFolded == m_isFolded && isStacked == m_isStacked) return;
  m_isFolded = isFolded;
  m_isStacked = isStacked;
  arrange();
}

bool Columns::event(QEvent* event) {
  if (event->type() == QEvent::ParentChange && parentWidget()) parentWidget()->installEventFilter(this);
  if (event->type() == QEvent::Resize) fold();
  return QWidget::event(event);
}

bool Columns::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize) fold();
  if (m_rightScroll && (m_isFolded || m_isStacked)) {
    const bool isAsked = watched == m_rightScroll->widget() && event->type() == QEvent::LayoutRequest;
    const bool isResized = watched == m_rightScroll->viewport() && event->type() == QEvent::Resize;
    if (isAsked || isResized) fitRight();
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace gps::app
