#include "widgets/plotscale.h"

#include <algorithm>
#include <cmath>

namespace gps::ui {

double PlotScale::at(double value) const {
  if (isLog) return std::log(value / low) / std::log(high / low);
  return (value - low) / (high - low);
}

double PlotScale::valueAt(double place) const { return isLog ? low * std::pow(high / low, place) : low + place * (high - low); }

QList<double> PlotScale::ticks(int about) const {
  QList<double> all;
  about = std::max(about, 2);
  if (isLog && high / low > 5) {
    const QList<double> whole{1}, thirds{1, 3}, halves{1, 2, 5};
    const double decades = std::log10(high / low);
    const QList<double>& steps = decades * 3 <= about + 1 ? halves : decades * 2 <= about + 1 ? thirds : whole;
    for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10)
      for (const double step : steps)
        if (const double v = power * step; v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9)) all << v;
    return all;
  }
  const double rough = (high - low) / about, power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double m : {5.0, 2.0, 1.0})
    if (rough <= m * power) step = m * power;
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) all << i * step;
  return all;
}

PlotScale PlotScale::over(const QList<double>& values, bool wishesLog, double air) {
  double low = std::nan(""), high = low;
  for (const double v : values)
    if (std::isfinite(v)) low = std::fmin(low, v), high = std::fmax(high, v);
  if (std::isnan(low)) return {0, 1, false};
  if (wishesLog && low > 0) {
    const double factor = high > low ? std::pow(high / low, air) : 2;
    return {low / factor, high * factor, true};
  }
  const double pad = high > low ? (high - low) * air : std::max(0.05, std::abs(high) * 0.1);
  return {low - pad, high + pad, false};
}

}  // namespace gps::ui
