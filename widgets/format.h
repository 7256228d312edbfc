#pragma once
// Numbers as the screen shows them: grouped thousands, two or three significant digits, one unit, a sign on every change.
#include <QString>

namespace gps::ui {

QString groupedCount(qint64 value);                // 251,136
QString compactCount(double value);                // 85.8 M, 7.08 M, 12.3 k, 950
QString sharePercent(double share);                // 0.0029 -> "0.29 %"
QString significant(double value, int digits);     // 3 -> "0.877"; exponential only below 1e-4 and from 1e7
QString settingNumber(double value);               // 0.5, 2e-4: as people type it, so with the C locale's point; shortest form
QString signedNumber(double value, int decimals);  // "+0.45", "−31.4", "±0.00"; a true minus sign
QString bytesText(double bytes);                   // 1.4 MB
QString mebibytesText(double mib);                 // the same: 2186 MiB are "2.29 GB"
QString durationText(double seconds);              // "41 s", "3 min 05 s", "2 h 10 min"

}  // namespace gps::ui
