#pragma once
// What the sheet of keys promises on the page on screen.
#include "app/mainwindow.h"
#include "app/shellactions.h"
#include "widgets/shortcutsheet.h"

namespace gps::app {

// Empty: nothing is promised for these keys.
inline QString promisedFor(MainWindow& window, const QString& keys) {
  for (const auto& group : window.shell().keys())
    for (const auto& [of, what] : group.rows)
      if (of.split(QStringLiteral(", ")).contains(keys)) return what;
  return {};
}

}  // namespace gps::app
