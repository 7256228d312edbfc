#include "widgets/themestyle.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QScrollBar>
#include <QStyleOption>
#include <QToolButton>
#include <QTreeView>

#include "widgets/button.h"
#include "widgets/theme.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

Theme& theme() { return Theme::instance(); }
QColor token(Token t) { return theme().color(t); }
double controlRadius() { return theme().unit() * 0.75; }
bool has(const QStyleOption* option, QStyle::StateFlag flag) { return option->state & flag; }

void drawButtonPanel(const QStyleOption* option, QPainter& painter, const QWidget* widget) {
  const auto* ours = qobject_cast<const Button*>(widget);
  const ButtonRole role = ours ? ours->role() : ButtonRole::Secondary;
  const bool enabled = has(option, QStyle::State_Enabled), hovered = enabled && has(option, QStyle::State_MouseOver);
  const bool pressed = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
  const QRectF rect(option->rect);
  const QColor text = token(Token::Text);
  const double line = theme().lineWidth();
  switch (role) {
    case ButtonRole::Primary:
    case ButtonRole::Danger: {
      QColor fill = token(role == ButtonRole::Primary ? Token::Accent : Token::Bad);
      if (!enabled) fill = mixed(token(Token::Surface), token(Token::Text2), 0.22);
      if (hovered) fill = mixed(fill, token(Token::Surface), 0.10);
      if (pressed) fill = mixed(fill, text, 0.18);
      drawRounded(painter, rect, controlRadius(), fill);
      return;
    }
    case ButtonRole::Ghost: {
      if (hovered || pressed) drawRounded(painter, rect, controlRadius(), mixed(token(Token::Inset), text, pressed ? 0.10 : 0.0));
      if (theme().isHighContrast() && hovered) drawRounded(painter, rect, controlRadius(), {}, token(Token::Accent), line);
      return;
    }
    case ButtonRole::Secondary: {
      QColor fill = token(Token::Surface);
      if (hovered) fill = mixed(fill, text, 0.04);
      if (pressed) fill = mixed(fill, text, 0.10);
      QColor edge = mixed(token(Token::Line), text, enabled ? 0.06 : 0.0);
      if (hovered) edge = mixed(edge, text, 0.18);
      drawRounded(painter, rect, controlRadius(), fill, edge, line);
      return;
    }
  }
}

void drawRadio(QPainter& painter, const QRectF& box, bool on, bool enabled, bool hovered) {
  const QColor edge = enabled ? mixed(token(Token::Line), token(Token::Text2), hovered ? 0.9 : 0.55) : token(Token::Line);
  const double r = box.width() / 2;
  if (!on) {
    drawRounded(painter, box, r, token(Token::Surface), edge, theme().lineWidth() * 1.2);
    return;
  }
  drawRounded(painter, box, r, enabled ? token(Token::Accent) : token(Token::Ghost));
  const double dot = box.width() * 0.38;
  drawRounded(painter, QRectF(box.center() - QPointF(dot / 2, dot / 2), QSizeF(dot, dot)), dot / 2, token(Token::OnAccent));
}

}  // namespace

void drawRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& line, double lineWidth) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
  if (line.isValid()) {
    painter.setPen(QPen(line, lineWidth));
    const double half = lineWidth / 2;
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
  } else {
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(rect, radius, radius);
  }
  painter.restore();
}

void drawChevron(QPainter& painter, const QPointF& centre, double size, double angle, const QColor& color) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(centre);
  painter.rotate(angle);
  painter.setPen(QPen(color, std::max(1.2, size * 0.17), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPolyline(QPolygonF({{-size / 2, -size / 4}, {0, size / 4}, {size / 2, -size / 4}}));
  painter.restore();
}

void drawTick(QPainter& painter, const QRectF& box, Qt::CheckState state, bool enabled, bool hovered) {
  const double radius = box.width() * 0.24;
  if (state == Qt::Unchecked) {
    const QColor edge = enabled ? mixed(token(Token::Line), token(Token::Text2), hovered ? 0.9 : 0.45) : token(Token::Line);
    drawRounded(painter, box, radius, token(Token::Surface), edge, theme().lineWidth() * 1.2);
    return;
  }
  drawRounded(painter, box, radius, enabled ? mixed(token(Token::Accent), token(Token::Text), hovered ? 0.12 : 0.0) : token(Token::Ghost));
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(token(Token::OnAccent), box.width() * 0.125, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const auto at = [&box](double x, double y) { return QPointF(box.x() + x * box.width(), box.y() + y * box.height()); };
  if (state == Qt::Checked)
    painter.drawPolyline(QPolygonF({at(0.25, 0.53), at(0.43, 0.70), at(0.76, 0.32)}));
  else
    painter.drawLine(at(0.27, 0.5), at(0.73, 0.5));
  painter.restore();
}

void drawField(QPainter& painter, const QRectF& rect, bool enabled, bool invalid) {
  const QColor fill = enabled ? token(Token::Inset) : mixed(token(Token::Inset), token(Token::Surface), 0.5);
  QColor edge;
  if (theme().isHighContrast()) edge = token(Token::Line);
  if (invalid) edge = token(Token::Bad);
  drawRounded(painter, rect, controlRadius(), fill, edge, invalid ? std::max(1.5, theme().lineWidth()) : theme().lineWidth());
}

ThemeStyle::ThemeStyle() : QProxyStyle(u"Fusion"_s) {}

void ThemeStyle::polish(QWidget* widget) {
  QProxyStyle::polish(widget);
  if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
      qobject_cast<QScrollBar*>(widget) || qobject_cast<QLineEdit*>(widget) || qobject_cast<QHeaderView*>(widget))
    widget->setAttribute(Qt::WA_Hover);
  if (qobject_cast<QMenu*>(widget) || widget->inherits("QComboBoxPrivateContainer")) widget->setAttribute(Qt::WA_TranslucentBackground);
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
  const bool enabled = has(option, State_Enabled), hovered = has(option, State_MouseOver);
  switch (element) {
    case PE_FrameFocusRect:
      return;  // FocusRing
    case PE_PanelButtonCommand:
      drawButtonPanel(option, *painter, widget);
      return;
    case PE_FrameDefaultButton:
      return;
    case PE_PanelButtonTool: {
      if (!enabled || !(hovered || has(option, State_Sunken) || has(option, State_On))) return;
      const double press = has(option, State_Sunken) || has(option, State_On) ? 0.10 : 0.0;
      drawRounded(*painter, QRectF(option->rect), controlRadius(), mixed(token(Token::Inset), token(Token::Text), press),
                  theme().isHighContrast() ? token(Token::Accent) : QColor(), 2);
      return;
    }
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: {
      const Qt::CheckState state =
          has(option, State_NoChange) ? Qt::PartiallyChecked : (has(option, State_On) ? Qt::Checked : Qt::Unchecked);
      drawTick(*painter, QRectF(option->rect), state, enabled, element == PE_IndicatorCheckBox && hovered);
      return;
    }
    case PE_IndicatorRadioButton:
      drawRadio(*painter, QRectF(option->rect), has(option, State_On), enabled, hovered);
      return;
    case PE_PanelLineEdit: {
      // The editor inside a spin box or combo box stands on that control's field.
      if (widget && (qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) || qobject_cast<QComboBox*>(widget->parentWidget()))) return;
      drawField(*painter, QRectF(option->rect), enabled, widget && widget->property("gpsInvalid").toBool());
      return;
    }
    case PE_FrameLineEdit:
      return;
    case PE_Frame: {
      if (!widget || qobject_cast<const QAbstractItemView*>(widget)) return;
      drawRounded(*painter, QRectF(option->rect), controlRadius(), {}, token(Token::Line), theme().lineWidth());
      return;
    }
    case PE_PanelItemViewRow:
      return;
    case PE_PanelItemViewItem: {
      const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
      if (!item) return;
      if (item->backgroundBrush.style() != Qt::NoBrush) painter->fillRect(item->rect, item->backgroundBrush);
      QColor fill;
      if (has(option, State_Selected))
        fill = token(Token::AccentWash);
      else if (hovered && enabled)
        fill = mixed(token(Token::Surface), token(Token::Text), 0.045);
      if (!fill.isValid()) return;
      // Tables do not say where a cell stands in its row; theirs are plain.
      if (item->viewItemPosition == QStyleOptionViewItem::Invalid) {
        painter->fillRect(item->rect, fill);
        return;
      }
      const double r = controlRadius() * 0.75;
      QRectF rect(item->rect);
      painter->save();
      painter->setClipRect(item->rect, Qt::IntersectClip);
      // Only the outer ends of a row are round; in a tree the branches carry the left one.
      using Position = QStyleOptionViewItem;
      const auto at = item->viewItemPosition;
      if (at == Position::Beginning || at == Position::Middle) rect.setRight(rect.right() + 2 * r);
      if (at == Position::End || at == Position::Middle || qobject_cast<const QTreeView*>(widget)) rect.setLeft(rect.left() - 2 * r);
      drawRounded(*painter, rect, r, fill);
      painter->restore();
      return;
    }
    case PE_IndicatorBranch: {
      if (!has(option, State_Children)) return;
      drawChevron(*painter, QRectF(option->rect).center(), theme().unit(), has(option, State_Open) ? 0 : -90, token(Token::Text2));
      return;
    }
    case PE_PanelTipLabel:
      painter->fillRect(option->rect, token(Token::Surface));
      painter->save();
      painter->setPen(QPen(token(Token::Line), theme().lineWidth()));
      painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
      painter->restore();
      return;
    case PE_PanelMenu:
      drawRounded(*painter, QRectF(option->rect), controlRadius(), token(Token::Surface), token(Token::Line), theme().lineWidth());
      return;
    case PE_FrameMenu:
      return;
    case PE_IndicatorHeaderArrow: {
      const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      if (!header || header->sortIndicator == QStyleOptionHeader::None) return;
      drawChevron(*painter, QRectF(option->rect).center(), theme().unit() * 0.8,
                  header->sortIndicator == QStyleOptionHeader::SortUp ? 180 : 0, token(Token::Text2));
      return;
    }
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
      return;
    default:
      QProxyStyle::drawPrimitive(element, option, painter, widget);
  }
}

// The gap grows with the text; the common style has four pixels at any size.
void ThemeStyle::drawIconAndText(const QStyleOptionButton& button, QPainter& painter) const {
  const int flags = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, gap = theme().px(0.75);
  const int text = button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width(), icon = button.iconSize.width();
  const QRect& r = button.rect;
  const int left = r.left() + std::max(0, (r.width() - icon - gap - text) / 2);
  const QRect iconRect(left, r.top() + (r.height() - button.iconSize.height()) / 2, icon, button.iconSize.height());
  const bool enabled = has(&button, State_Enabled);
  button.icon.paint(&painter, visualRect(button.direction, r, iconRect), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled,
                    has(&button, State_On) ? QIcon::On : QIcon::Off);
  const QRect textRect(left + icon + gap, r.top(), r.right() - left - icon - gap + 1, r.height());
  drawItemText(&painter, visualRect(button.direction, r, textRect),
               visualAlignment(button.direction, Qt::Alignment(flags)) | Qt::TextShowMnemonic, button.palette, enabled, button.text,
               QPalette::ButtonText);
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
  const double u = theme().unit();
  switch (element) {
    case CE_FocusFrame: {
      drawRounded(*painter, QRectF(option->rect), controlRadius() + u * 0.4, {}, token(Token::Accent), u * 0.25);
      return;
    }
    case CE_PushButtonLabel: {
      auto copy = *qstyleoption_cast<const QStyleOptionButton*>(option);
      if (const auto* ours = qobject_cast<const Button*>(widget)) {
        const bool enabled = has(option, State_Enabled);
        if (ours->role() == ButtonRole::Primary || ours->role() == ButtonRole::Danger)
          copy.palette.setColor(QPalette::ButtonText, enabled ? token(Token::OnAccent) : token(Token::Text2));
        else if (ours->role() == ButtonRole::Ghost && enabled)
          copy.palette.setColor(QPalette::ButtonText, ours->property("gpsLink").toBool() ? token(Token::Accent) : token(Token::Text2));
      }
      if (copy.icon.isNull() || copy.text.isEmpty() || copy.features & QStyleOptionButton::HasMenu)
        QProxyStyle::drawControl(element, &copy, painter, widget);
      else
        drawIconAndText(copy, *painter);
      return;
    }
    case CE_ComboBoxLabel: {
      // A name too long for its box keeps its end: layers.2…attn.qkv.
      auto copy = *qstyleoption_cast<const QStyleOptionComboBox*>(option);
      const QRect field = subControlRect(CC_ComboBox, &copy, SC_ComboBoxEditField, widget);
      const int icon = copy.currentIcon.isNull() ? 0 : copy.iconSize.width() + 4;
      copy.currentText = copy.fontMetrics.elidedText(copy.currentText, Qt::ElideMiddle, field.width() - icon - 2);
      QProxyStyle::drawControl(element, &copy, painter, widget);
      return;
    }
    case CE_ProgressBar: {
      const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
      if (!bar) return;
      QRectF track(bar->rect);
      const double h = std::min(track.height(), u * 0.75);
      track = QRectF(track.x(), track.center().y() - h / 2, track.width(), h);
      drawRounded(*painter, track, h / 2, token(Token::Inset), theme().isHighContrast() ? token(Token::Line) : QColor(), 1);
      QRectF fill = track;
      if (bar->maximum <= bar->minimum) {
        // Unknown total: a third of the track; its place is the widget's value of "gpsPhase", 0…1.
        const double phase = widget ? widget->property("gpsPhase").toDouble() : 0;
        fill.setLeft(track.left() + (track.width() * 1.33) * phase - track.width() * 0.33);
        fill.setWidth(track.width() * 0.33);
        fill = fill.intersected(track);
      } else {
        const double share = std::clamp(double(bar->progress - bar->minimum) / double(bar->maximum - bar->minimum), 0.0, 1.0);
        fill.setWidth(share > 0 ? std::max(h, track.width() * share) : 0);
      }
      if (fill.width() > 0.5) drawRounded(*painter, fill, std::min(h, fill.width()) / 2, token(Token::Accent));
      return;
    }
    case CE_Header: {
      // The common style asks itself, not this one, where the words and the mark stand.
      const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      if (!header) return;
      painter->save();
      painter->setClipRect(option->rect, Qt::IntersectClip);
      drawControl(CE_HeaderSection, option, painter, widget);
      auto part = *header;
      part.rect = subElementRect(SE_HeaderLabel, option, widget);
      drawControl(CE_HeaderLabel, &part, painter, widget);
      part.rect = subElementRect(SE_HeaderArrow, option, widget);
      drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
      painter->restore();
      return;
    }
    case CE_HeaderEmptyArea:
    case CE_HeaderSection: {
      painter->fillRect(option->rect, token(Token::Surface));
      painter->fillRect(
          QRectF(option->rect.left(), option->rect.bottom() + 1 - theme().lineWidth(), option->rect.width(), theme().lineWidth()),
          token(Token::Line));
      return;
    }
    case CE_HeaderLabel: {
      auto copy = *qstyleoption_cast<const QStyleOptionHeader*>(option);
      copy.palette.setColor(QPalette::ButtonText, token(Token::Text2));
      copy.state &= ~State_On;  // no bold header over the current column
      QProxyStyle::drawControl(element, &copy, painter, widget);
      return;
    }
    case CE_MenuItem: {
      const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
      if (!item) return;
      auto copy = *item;
      if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRectF(item->rect.left() + u, item->rect.center().y(), item->rect.width() - 2 * u, theme().lineWidth()),
                          token(Token::Line));
        return;
      }
      if (has(option, State_Selected) && has(option, State_Enabled)) {
        drawRounded(*painter, QRectF(item->rect).adjusted(u / 2, 0, -u / 2, 0), controlRadius() * 0.75, token(Token::AccentWash));
        copy.state &= ~State_Selected;
      }
      copy.palette.setColor(QPalette::Window, Qt::transparent);
      QProxyStyle::drawControl(element, &copy, painter, widget);
      return;
    }
    case CE_ShapedFrame: {
      if (qobject_cast<const QAbstractItemView*>(widget)) return;
      QProxyStyle::drawControl(element, option, painter, widget);
      return;
    }
    default:
      QProxyStyle::drawControl(element, option, painter, widget);
  }
}

}  // namespace gps::ui
