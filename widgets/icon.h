#pragma once
// Our own SVG drawings (24 unit grid, round strokes), recoloured on demand and cached per colour, size and device pixel ratio.
#include <QIcon>
#include <QPixmap>
#include <QString>

#include "widgets/theme.h"

namespace gps::ui {

// Names: home data model selection train cases play pause stop stop-square open-folder warning check info error image
// chevron-left chevron-right chevron-down close settings moon sun language export search refresh plus error-map wipe blink
// overlay fit download copy more runs star star-on pin trash columns. An unknown name gives an empty pixmap.
QPixmap iconPixmap(const QString& name, const QColor& color, int logicalSize, double devicePixelRatio);
// Follows enabled/disabled and the theme: drawn when it is painted, in the theme of that moment.
QIcon themedIcon(const QString& name, Token normal = Token::Text2);
QIcon programIcon();
QPixmap programPixmap(int logicalSize, double devicePixelRatio);

}  // namespace gps::ui
