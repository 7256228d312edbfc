#pragma once
// Colours of a signed change of probability. Like all that lies on pictures they do not follow the theme.
#include <QColor>

namespace gps::ui {

// Blue: less than before, orange: more; told apart with every kind of colour blindness. Drawn over a grey picture.
inline QColor lossColour() { return QColor(0xFF3FA0F0); }
inline QColor gainColour() { return QColor(0xFFFF8A1F); }
inline constexpr double kLeastChange = 0.02;  // smaller ones are not drawn
// Opacity of a change of this size, 0 … 1: small ones can be seen, and the largest leave the tissue visible.
inline double changeOpacity(double size) { return size < kLeastChange ? 0 : 0.18 + 0.72 * size; }

}  // namespace gps::ui
