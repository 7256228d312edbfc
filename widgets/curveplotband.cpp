// The wash round a curve.
#include <cmath>

#include "widgets/curveplotparts.h"

namespace gps::ui {

void CurvePlot::setBand(int series, const QList<double>& low, const QList<double>& high) {
  if (series < 0 || series >= m_series.size()) return;
  Series& s = *m_series[series];
  if (!s.bandLow) {
    QCPAxis* value = s.right ? m_plot->yAxis2 : m_plot->yAxis;
    s.bandLow = m_plot->addGraph(m_plot->xAxis, value);
    s.bandHigh = m_plot->addGraph(m_plot->xAxis, value);
    s.bandHigh->setChannelFillGraph(s.bandLow);
    for (QCPGraph* edge : {s.bandLow, s.bandHigh}) edge->setPen(Qt::NoPen);
    QColor wash = Theme::instance().runColor(s.runIndex);
    wash.setAlphaF(0.16f);
    s.bandHigh->setBrush(wash);
  }
  const bool fits = low.size() == s.x.size() && high.size() == s.x.size();
  s.bandLow->setData(fits ? s.x : QList<double>(), fits ? low : QList<double>());
  s.bandHigh->setData(fits ? s.x : QList<double>(), fits ? high : QList<double>());
  if (fits)
    for (qsizetype i = 0; i < s.x.size(); ++i) {
      s.yLow = std::fmin(s.yLow, low[i]);
      s.yHigh = std::fmax(s.yHigh, high[i]);
    }
  queueReplot();
}

}  // namespace gps::ui
