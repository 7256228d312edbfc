#pragma once
// Draws the standard controls from the theme table over Fusion: radius 6, height about 29, no bevels, no gradients.
#include <QProxyStyle>

class QStyleOptionButton;

namespace gps::ui {

class ThemeStyle : public QProxyStyle {
  Q_OBJECT
 public:
  ThemeStyle();
  void polish(QWidget* widget) override;
  using QProxyStyle::polish;
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override;
  QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub, const QWidget* widget) const override;
  QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
  QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap, const QStyleOption* option) const override;
  int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* result) const override;

 private:
  void drawIconAndText(const QStyleOptionButton& button, QPainter& painter) const;
  void drawComboBox(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const;
  void drawSpinBox(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const;
  void drawScrollBar(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const;
};

// Shared by the style and the widgets that draw themselves.
void drawRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& line = {}, double lineWidth = 1);
// "v" of the given size about a point; angle 0 points down, −90 right.
void drawChevron(QPainter& painter, const QPointF& centre, double size, double angle, const QColor& color);
void drawTick(QPainter& painter, const QRectF& box, Qt::CheckState state, bool enabled, bool hovered);
// An inset field with its outline in high contrast or while it is wrong (dynamic property "gpsInvalid").
void drawField(QPainter& painter, const QRectF& rect, bool enabled, bool invalid);

}  // namespace gps::ui
