#include "app/systemtheme.h"

#include <QGuiApplication>
#include <QPalette>

namespace gps::app {

ui::ThemeName systemTheme() {
  static const bool isDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
  return isDark ? ui::ThemeName::Dark : ui::ThemeName::Light;
}

}  // namespace gps::app
