#pragma once
// The main of a widget test: theme applied as the program does, no animation.
#include <QApplication>
#include <QTest>
#include <ctime>

#include "widgets/theme.h"

// Milliseconds of processor time: a busy machine does not make a widget slow.
class CpuTimer {
 public:
  double ms() const { return 1e3 * double(std::clock() - m_start) / CLOCKS_PER_SEC; }

 private:
  std::clock_t m_start = std::clock();
};

#define GPS_WIDGET_TEST_MAIN(TestClass)                               \
  int main(int argc, char** argv) {                                   \
    QApplication app(argc, argv);                                     \
    gps::ui::Theme::instance().setReducedMotion(true);                \
    gps::ui::Theme::instance().apply(app, gps::ui::ThemeName::Light); \
    TestClass test;                                                   \
    return QTest::qExec(&test, argc, argv);                           \
  }
