#pragma once
// The main of a widget test: theme applied as the program does, no animation.
#include <QApplication>
#include <QTest>

#include "widgets/theme.h"

#define GPS_WIDGET_TEST_MAIN(TestClass)                               \
  int main(int argc, char** argv) {                                   \
    QApplication app(argc, argv);                                     \
    gps::ui::Theme::instance().setReducedMotion(true);                \
    gps::ui::Theme::instance().apply(app, gps::ui::ThemeName::Light); \
    TestClass test;                                                   \
    return QTest::qExec(&test, argc, argv);                           \
  }
