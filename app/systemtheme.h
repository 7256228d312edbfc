#pragma once
#include "widgets/theme.h"

namespace gps::app {

// Light or dark as the desktop's palette was at the start. Call once before Theme::apply replaces the palette; later calls repeat
// that answer.
ui::ThemeName systemTheme();

}  // namespace gps::app
