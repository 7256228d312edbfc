#include "widgets/layoutscale.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QFormLayout>
#include <QGridLayout>
#include <QSpacerItem>
#include <QWidget>
#include <cmath>

namespace gps::ui {

namespace {
enum Slot {
  kLeft,
  kTop,
  kRight,
  kBottom,
  kSpacing,
  kSpacing2,
  kMinWidth,
  kMinHeight,
  kMaxWidth,
  kMaxHeight,
  kIcon,
  kColumns = 100,
  kRows = 200
};
}  // namespace

int LayoutScale::scaled(const void* owner, int slot, int value, double ratio) {
  Exact& known = m_exact[{owner, slot}];
  const double exact = (known.set == value && known.exact > 0 ? known.exact : double(value)) * ratio;
  known = {exact, int(std::lround(exact))};
  return known.set;
}

void LayoutScale::scaleLayout(QLayout& layout, double ratio) {
  const QMargins m = layout.contentsMargins();
  layout.setContentsMargins(scaled(&layout, kLeft, m.left(), ratio), scaled(&layout, kTop, m.top(), ratio),
                            scaled(&layout, kRight, m.right(), ratio), scaled(&layout, kBottom, m.bottom(), ratio));
  if (auto* grid = qobject_cast<QGridLayout*>(&layout)) {
    grid->setHorizontalSpacing(scaled(grid, kSpacing, grid->horizontalSpacing(), ratio));
    grid->setVerticalSpacing(scaled(grid, kSpacing2, grid->verticalSpacing(), ratio));
    for (int c = 0; c < std::min(grid->columnCount(), 100); ++c)
      if (const int w = grid->columnMinimumWidth(c); w > 0) grid->setColumnMinimumWidth(c, scaled(grid, kColumns + c, w, ratio));
    for (int r = 0; r < grid->rowCount(); ++r)
      if (const int h = grid->rowMinimumHeight(r); h > 0) grid->setRowMinimumHeight(r, scaled(grid, kRows + r, h, ratio));
  } else if (auto* form = qobject_cast<QFormLayout*>(&layout)) {
    form->setHorizontalSpacing(scaled(form, kSpacing, form->horizontalSpacing(), ratio));
    form->setVerticalSpacing(scaled(form, kSpacing2, form->verticalSpacing(), ratio));
  } else if (layout.spacing() > 0) {
    layout.setSpacing(scaled(&layout, kSpacing, layout.spacing(), ratio));
  }
  for (int i = 0; i < layout.count(); ++i) {
    QLayoutItem* item = layout.itemAt(i);
    if (QLayout* inner = item->layout()) scaleLayout(*inner, ratio);
    if (QSpacerItem* spacer = item->spacerItem()) {
      const QSize size = spacer->sizeHint();
      const QSizePolicy policy = spacer->sizePolicy();
      spacer->changeSize(scaled(spacer, kMinWidth, size.width(), ratio), scaled(spacer, kMinHeight, size.height(), ratio),
                         policy.horizontalPolicy(), policy.verticalPolicy());
    }
  }
  layout.invalidate();
}

void LayoutScale::scale(QWidget& root, double ratio) {
  if (root.layout()) scaleLayout(*root.layout(), ratio);
  for (QWidget* widget : root.findChildren<QWidget*>()) {
    if (widget->isWindow()) continue;
    if (widget->layout()) scaleLayout(*widget->layout(), ratio);
    const QSize least = widget->minimumSize(), most = widget->maximumSize();
    // The upper bound first where it grows, last where it shrinks: each clamps the other.
    const auto setLeast = [&] {
      if (least.width() > 0) widget->setMinimumWidth(scaled(widget, kMinWidth, least.width(), ratio));
      if (least.height() > 0) widget->setMinimumHeight(scaled(widget, kMinHeight, least.height(), ratio));
    };
    const auto setMost = [&] {
      if (most.width() < QWIDGETSIZE_MAX) widget->setMaximumWidth(scaled(widget, kMaxWidth, most.width(), ratio));
      if (most.height() < QWIDGETSIZE_MAX) widget->setMaximumHeight(scaled(widget, kMaxHeight, most.height(), ratio));
    };
    if (ratio > 1) setMost();
    setLeast();
    if (ratio <= 1) setMost();
    if (auto* view = qobject_cast<QAbstractItemView*>(widget); view && view->iconSize().isValid())
      view->setIconSize({scaled(view, kIcon, view->iconSize().width(), ratio), scaled(view, kIcon + 1, view->iconSize().height(), ratio)});
  }
  // Size hints are made of the theme's units; layouts keep what they were told until they are told again.
  for (QWidget* widget : root.findChildren<QWidget*>()) widget->updateGeometry();
}

}  // namespace gps::ui
