#include "widgets/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

// The C locale has no thousands separator; people get English grouping then.
QLocale peopleLocale() {
  const QLocale locale;
  return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

QString trimmed(double value, int decimals) { return peopleLocale().toString(value, 'f', std::clamp(decimals, 0, 12)); }

// "3", "3.1": three significant digits of a number below a thousand.
QString threeDigits(double value) {
  const double size = std::abs(value);
  return trimmed(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

// 5.01e-5: at most so many decimals before the power.
QString powerOfTen(double value, int decimals) {
  const QString text = QLocale::c().toString(value, 'e', decimals);
  const qsizetype e = text.indexOf(u'e');
  QString mantissa = text.left(e);
  if (mantissa.contains(u'.')) {
    while (mantissa.endsWith(u'0')) mantissa.chop(1);
    if (mantissa.endsWith(u'.')) mantissa.chop(1);
  }
  return mantissa % u'e' % QString::number(text.mid(e + 1).toInt());
}

}  // namespace

QString groupedCount(qint64 value) { return peopleLocale().toString(value); }

QString compactCount(double value) {
  const double size = std::abs(value);
  if (size >= 999.5e6) return threeDigits(value / 1e9) % u" G"_s;
  if (size >= 999.5e3) return threeDigits(value / 1e6) % u" M"_s;
  if (size >= 10000) return threeDigits(value / 1e3) % u" k"_s;
  return trimmed(value, size == std::floor(size) ? 0 : 1);
}

QString sharePercent(double share) {
  if (!std::isfinite(share)) return u"–"_s;
  const double percent = share * 100, size = std::abs(percent);
  if (size == 0) return u"0 %"_s;
  if (size < 0.001) return u"< 0.001 %"_s;
  const int decimals = size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return (std::abs(size - 100) < 1e-9 ? u"100"_s : trimmed(percent, decimals)) % u" %"_s;
}

QString significant(double value, int digits) {
  if (!std::isfinite(value)) return u"–"_s;
  if (value == 0) return u"0"_s;
  const double size = std::abs(value);
  if (size < 1e-4 || size >= 1e7) return powerOfTen(value, std::max(0, digits - 1));
  return trimmed(value, std::max(0, digits - 1 - int(std::floor(std::log10(size)))));
}

QString settingNumber(double value) {
  const double size = std::abs(value);
  if (size == 0 || (size >= 1e-3 && size < 1e6)) return QLocale::c().toString(value, 'g', 10);
  return powerOfTen(value, 6);
}

QString signedNumber(double value, int decimals) {
  if (!std::isfinite(value)) return u"–"_s;
  const double scale = std::pow(10.0, decimals), rounded = std::round(std::abs(value) * scale) / scale;
  const QChar sign = rounded == 0 ? QChar(u'±') : value > 0 ? QChar(u'+') : QChar(u'−');
  return sign % trimmed(rounded, decimals);
}

QString mebibytesText(double mib) { return bytesText(mib * 1024 * 1024); }

QString bytesText(double bytes) {
  if (bytes >= 1e9) return threeDigits(bytes / 1e9) % u" GB"_s;
  if (bytes >= 1e6) return threeDigits(bytes / 1e6) % u" MB"_s;
  if (bytes >= 1e3) return threeDigits(bytes / 1e3) % u" kB"_s;
  return trimmed(bytes, 0) % u" B"_s;
}

QString durationText(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return u"–"_s;
  if (seconds < 10) return QCoreApplication::translate("gps::ui", "%1 s").arg(trimmed(seconds, 1));
  const qint64 whole = std::llround(seconds);
  if (whole < 60) return QCoreApplication::translate("gps::ui", "%1 s").arg(whole);
  if (whole < 3600) return QCoreApplication::translate("gps::ui", "%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return QCoreApplication::translate("gps::ui", "%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

}  // namespace gps::ui
