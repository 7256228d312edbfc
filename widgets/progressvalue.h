#pragma once
// What a waiting card and the status strip show about a job.
#include <QMetaType>
#include <QString>

namespace gps::ui {

struct ProgressValue {
  QString text;                // "Gradient pass"
  qint64 done = 0, total = 0;  // total 0: unknown, the bar moves without end
  QString unit;                // "images"; empty: none printed
  double perSecond = 0;        // 0: not known yet
  double elapsedS = 0;         // pauses not counted
  double remainingS = -1;      // below 0: not known yet
  bool operator==(const ProgressValue&) const = default;
};

// "12 of 55 images · 1.3 images/s · 32 s left"; parts that are not known are left out.
QString progressLine(const ProgressValue& progress);

}  // namespace gps::ui
