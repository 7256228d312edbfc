// The compound controls and the measures of ThemeStyle.
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QPainter>
#include <QStyleOption>
#include <algorithm>

#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

namespace {

Theme& theme() { return Theme::instance(); }
QColor token(Token t) { return theme().color(t); }
bool has(const QStyleOption* option, QStyle::StateFlag flag) { return option->state & flag; }

}  // namespace

void ThemeStyle::drawComboBox(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
  const bool enabled = has(option, State_Enabled);
  drawField(*painter, QRectF(option->rect), enabled, widget && widget->property("gpsInvalid").toBool());
  const QRectF arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
  const bool hovered = enabled && has(option, State_MouseOver);
  drawChevron(*painter, arrow.center(), theme().unit() * 0.95, 0,
              enabled ? token(hovered ? Token::Text : Token::Text2) : token(Token::Ghost));
}

void ThemeStyle::drawSpinBox(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
  const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
  if (!spin) return;
  const bool enabled = has(option, State_Enabled);
  drawField(*painter, QRectF(option->rect), enabled, widget && widget->property("gpsInvalid").toBool());
  if (spin->buttonSymbols == QAbstractSpinBox::NoButtons) return;
  for (const SubControl sub : {SC_SpinBoxUp, SC_SpinBoxDown}) {
    const QRectF rect = subControlRect(CC_SpinBox, option, sub, widget);
    const bool can =
        enabled && (spin->stepEnabled & (sub == SC_SpinBoxUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled));
    const bool active = can && (option->activeSubControls & sub) && has(option, State_MouseOver);
    const QColor color = !can ? token(Token::Ghost) : token(active ? Token::Accent : Token::Text2);
    const double lean = rect.height() * 0.08;
    drawChevron(*painter, rect.center() + QPointF(0, sub == SC_SpinBoxUp ? lean : -lean), theme().unit() * 0.8,
                sub == SC_SpinBoxUp ? 180 : 0, color);
  }
}

void ThemeStyle::drawScrollBar(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
  const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
  if (!bar || bar->maximum <= bar->minimum) return;
  const bool active = has(option, State_MouseOver) || has(option, State_Sunken);
  QRectF handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
  const double inset = active ? theme().unit() * 0.25 : theme().unit() * 0.375;
  if (bar->orientation == Qt::Vertical)
    handle.adjust(inset, 1, -inset, -1);
  else
    handle.adjust(1, inset, -1, -inset);
  const double radius = std::min(handle.width(), handle.height()) / 2;
  drawRounded(*painter, handle, radius, mixed(token(Token::Line), token(Token::Text2), active ? 0.55 : 0.15));
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
  switch (control) {
    case CC_ComboBox:
      drawComboBox(option, painter, widget);
      return;
    case CC_SpinBox:
      drawSpinBox(option, painter, widget);
      return;
    case CC_ScrollBar:
      drawScrollBar(option, painter, widget);
      return;
    default:
      QProxyStyle::drawComplexControl(control, option, painter, widget);
  }
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub, const QWidget* widget) const {
  const int u = theme().px(1);
  const QRect rect = option->rect;
  if (control == CC_ComboBox) {
    const int arrow = 3 * u;
    if (sub == SC_ComboBoxFrame) return rect;
    QRect part = rect;
    if (sub == SC_ComboBoxArrow)
      part.setLeft(rect.right() + 1 - arrow);
    else if (sub == SC_ComboBoxEditField)
      part.adjust(u + 1, 0, -arrow, 0);  // and the one pixel that Fusion adds: words begin where those of a line edit do
    else
      return QProxyStyle::subControlRect(control, option, sub, widget);
    return visualRect(option->direction, rect, part);
  }
  if (control == CC_SpinBox) {
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    const int buttons = spin && spin->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : qRound(2.25 * u);
    QRect part = rect;
    const int half = rect.height() / 2;
    if (sub == SC_SpinBoxEditField)
      part.adjust(u / 4, 0, -buttons, 0);
    else if (sub == SC_SpinBoxUp)
      part = QRect(rect.right() + 1 - buttons, rect.top(), buttons, half);
    else if (sub == SC_SpinBoxDown)
      part = QRect(rect.right() + 1 - buttons, rect.top() + half, buttons, rect.height() - half);
    return visualRect(option->direction, rect, part);
  }
  if (control == CC_ScrollBar) {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!bar) return {};
    const bool vertical = bar->orientation == Qt::Vertical;
    const int length = vertical ? rect.height() : rect.width();
    if (sub == SC_ScrollBarAddLine || sub == SC_ScrollBarSubLine || sub == SC_ScrollBarFirst || sub == SC_ScrollBarLast) return {};
    if (sub == SC_ScrollBarGroove) return rect;
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int handle = length;
    if (range > 0) handle = int(qint64(length) * bar->pageStep / std::max<qint64>(1, range + bar->pageStep));
    handle = std::clamp(handle, std::min(4 * u, length), length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    QRect part;
    const auto span = [&](int from, int size) {
      return vertical ? QRect(rect.left(), rect.top() + from, rect.width(), size)
                      : QRect(rect.left() + from, rect.top(), size, rect.height());
    };
    if (sub == SC_ScrollBarSlider)
      part = span(start, handle);
    else if (sub == SC_ScrollBarSubPage)
      part = span(0, start);
    else if (sub == SC_ScrollBarAddPage)
      part = span(start + handle, length - start - handle);
    return visualRect(option->direction, rect, part);
  }
  return QProxyStyle::subControlRect(control, option, sub, widget);
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
  const int u = theme().px(1);
  switch (element) {
    case SE_LineEditContents: {
      // Words begin at one place in all fields, and end as far from the edge where no buttons stand.
      const auto* spin = widget ? qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) : nullptr;
      if (spin) return option->rect.adjusted(u - u / 4, 0, spin->buttonSymbols() == QAbstractSpinBox::NoButtons ? -u : 0, 0);
      return option->rect.adjusted(u, 0, -u, 0);
    }
    case SE_HeaderArrow:
    case SE_HeaderLabel: {
      const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      if (!header || header->orientation != Qt::Horizontal) return QProxyStyle::subElementRect(element, option, widget);
      const int margin = pixelMetric(PM_HeaderMargin, option, widget), mark = pixelMetric(PM_HeaderMarkSize, option, widget) + u / 2;
      const QRect inner = option->rect.adjusted(margin, 0, -margin, 0);
      if (header->sortIndicator == QStyleOptionHeader::None) return inner;
      // Beside the words, on their line; before those that end with their column's figures, so that they still do.
      const bool isBefore = header->textAlignment & Qt::AlignRight;
      const int words = std::min(header->fontMetrics.horizontalAdvance(header->text), inner.width() - mark);
      QRect label(isBefore ? inner.right() + 1 - words : inner.left(), inner.top(), words, inner.height());
      if (element == SE_HeaderArrow) label = QRect(isBefore ? label.left() - mark : label.right() + 1, inner.top(), mark, inner.height());
      return visualRect(option->direction, option->rect, label);
    }
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
      return option->rect;
    default:
      return QProxyStyle::subElementRect(element, option, widget);
  }
}

// A picture in a chosen row keeps its colours: those of a run say which it is.
QPixmap ThemeStyle::generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap, const QStyleOption* option) const {
  return mode == QIcon::Selected ? pixmap : QProxyStyle::generatedIconPixmap(mode, pixmap, option);
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const {
  const int height = theme().controlHeight(), u = theme().px(1);
  QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
  switch (type) {
    case CT_PushButton: {
      // Fusion adds its own margins; ours are 1.75 u either side of the text.
      const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
      const bool bare = button && button->text.isEmpty();
      // Words inside a line of text ("gpsTight") keep close to their neighbours.
      if (widget && widget->property("gpsTight").toBool()) return {size.width() + u, std::max(3 * u, size.height())};
      return {bare ? std::max(size.width(), height) : size.width() + qRound(3.5 * u), std::max(height, size.height() + u / 2)};
    }
    case CT_LineEdit:
      return {size.width() + 2 * u, std::max(height, size.height() + u / 2)};
    case CT_ComboBox:
      return {size.width() + 5 * u, std::max(height, size.height() + u / 2)};
    case CT_SpinBox:
      return {size.width() + qRound(3.75 * u), std::max(height, size.height())};
    case CT_ToolButton:
      return {std::max(result.width(), height), std::max(result.height(), height)};
    case CT_ItemViewItem:
      return {result.width(), std::max(result.height(), qRound(3.375 * u))};
    case CT_HeaderSection:
      return {result.width(), std::max(result.height(), height)};
    case CT_CheckBox:
    case CT_RadioButton:
      return {result.width(), std::max(result.height(), qRound(3.5 * u))};
    case CT_MenuItem: {
      const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
      if (item && item->menuItemType == QStyleOptionMenuItem::Separator) return {result.width(), u};
      return {result.width() + u, std::max(result.height(), height)};
    }
    case CT_ProgressBar:
      return {result.width(), std::max(u, size.height())};
    default:
      return result;
  }
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  const Theme& t = theme();
  switch (metric) {
    case PM_ScrollBarExtent:
      return t.px(1.25);
    case PM_ScrollBarSliderMin:
      return t.px(4);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
      return t.px(2);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
      return t.px(1);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
      return 0;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
      return t.px(2);
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
      return t.px(0.5);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
      return t.px(1);
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
      return t.px(2);
    case PM_MenuPanelWidth:
      return 1;
    case PM_MenuVMargin:
      return t.px(0.5);
    case PM_ToolTipLabelFrameWidth:
      return t.px(0.75);
    case PM_TreeViewIndentation:
      return t.px(1.75);
    case PM_DefaultFrameWidth:
      return qobject_cast<const QAbstractItemView*>(widget) ? 0 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_HeaderMarkSize:
      return t.px(1.25);
    case PM_HeaderMargin:
      return t.px(0.75);
    default:
      return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* result) const {
  switch (hint) {
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
    case SH_DitherDisabledText:
      return 0;
    case SH_FocusFrame_AboveWidget:
      return 1;
    case SH_ItemView_ShowDecorationSelected:
      return 1;
    case SH_Slider_AbsoluteSetButtons:
      return Qt::LeftButton;
    case SH_UnderlineShortcut:
      return 0;
    case SH_ToolTip_WakeUpDelay:
      return 450;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
      return theme().reducedMotion() ? 0 : QProxyStyle::styleHint(hint, option, widget, result);
    default:
      return QProxyStyle::styleHint(hint, option, widget, result);
  }
}

}  // namespace gps::ui
