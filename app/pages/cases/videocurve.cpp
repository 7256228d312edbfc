#include "app/pages/cases/videocurve.h"

#include <QEvent>
#include <QtMath>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/pages/cases/videoscrub.h"
#include "app/pages/plotmenu.h"
#include "app/project/newvideo.h"
#include "core/values/decimaltext.h"
#include "widgets/curveplot.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;

VideoCurve::VideoCurve(const NewVideo& video, QWidget* parent)
    : ui::Card({}, parent),
      m_video(video),
      m_plot(new ui::CurvePlot),
      m_areaUnit(new ui::SegmentedControl),
      m_timeUnit(new ui::SegmentedControl) {
  m_areaUnit->addOption(u"share"_s, {});
  m_areaUnit->addOption(u"pixels"_s, {});
  m_timeUnit->addOption(u"seconds"_s, {});
  m_timeUnit->addOption(u"frames"_s, {});
  addHeaderWidget(m_areaUnit);
  addHeaderWidget(m_timeUnit);
  addBody(m_plot, 1);
  m_series = m_plot->addSeries({}, 0);
  m_plot->setSeriesSmoothed(m_series, false);
  m_plot->setLegendValues(false);
  addPlotMenu(this, m_plot, *this);
  for (auto* unit : {m_areaUnit, m_timeUnit}) connect(unit, &ui::SegmentedControl::currentChanged, this, &VideoCurve::refill);
  connect(m_plot, &ui::CurvePlot::xActivated, this, [this](double x) {
    const int number = frameAt(x);
    if (number >= 0) Q_EMIT frameWished(number);
  });
  retranslate();
}

void VideoCurve::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  Card::changeEvent(event);
}

void VideoCurve::retranslate() {
  setTitle(tr("How large is the outlined area?"));
  m_areaUnit->setOptionText(u"share"_s, tr("%"));
  m_areaUnit->setOptionText(u"pixels"_s, tr("Pixels"));
  m_areaUnit->setAccessibleName(tr("Unit of the area"));
  m_timeUnit->setOptionText(u"seconds"_s, tr("Seconds"));
  m_timeUnit->setOptionText(u"frames"_s, tr("Frames"));
  m_timeUnit->setAccessibleName(tr("Unit of the time"));
  m_plot->setAccessibleName(tr("Outlined area over the frames of the video"));
  m_plot->setPlaceholder(tr("The curve grows while the frames are looked at."));
  refill();
}

void VideoCurve::refresh(double threshold) {
  m_threshold = threshold;
  refill();
}

bool VideoCurve::hasTimes() const { return !std::isnan(m_video.secondsOf(0)); }
bool VideoCurve::showsSeconds() const { return hasTimes() && m_timeUnit->current() == "seconds"_L1; }
double VideoCurve::placeOf(int number) const { return showsSeconds() ? m_video.secondsOf(number) : number; }

int VideoCurve::frameAt(double x) const {
  const int last = m_video.frameCount() - 1;
  if (last < 0 || !std::isfinite(x)) return -1;
  // Of those that were looked at the nearest, where one is near: the others lie at no point of the curve.
  const auto& frames = m_video.seenFrames();
  const auto place = [this](const VideoFrameSeen& f) { return showsSeconds() ? f.seconds : f.number; };
  const auto after =
      std::lower_bound(frames.begin(), frames.end(), x, [&](const VideoFrameSeen& f, double wanted) { return place(f) < wanted; });
  const double rate = showsSeconds() ? m_video.info().framesPerSecond : 1;
  int nearest = -1;
  double distance = m_video.every() / std::max(rate, 1e-9);
  for (auto f = after == frames.begin() ? after : after - 1; f != frames.end() && f <= after; ++f)
    if (std::abs(place(*f) - x) < distance) {
      distance = std::abs(place(*f) - x);
      nearest = f->number;
    }
  return nearest >= 0 ? nearest : std::clamp(int(std::lround(x * rate)), 0, last);
}

void VideoCurve::refill() {
  m_timeUnit->setOptionEnabled(u"seconds"_s, hasTimes() || !m_video.isOpen(), tr("Pictures of a folder have no times."));
  const bool isShare = m_areaUnit->current() == "share"_L1;
  QList<double> x, y;
  const auto& frames = m_video.seenFrames();
  x.reserve(frames.size());
  y.reserve(frames.size());
  for (const VideoFrameSeen& frame : frames) {
    x << (showsSeconds() ? frame.seconds : frame.number);
    y << (!frame.problem.isEmpty() ? qQNaN() : isShare ? 100 * frame.areas.shareAt(m_threshold) : double(frame.areas.at(m_threshold)));
  }
  m_plot->setXLabel(showsSeconds() ? tr("Time, s") : tr("Frame"));
  m_plot->setYLabel(isShare ? tr("Area, %") : tr("Area, pixels"));
  m_plot->setSeriesName(m_series, tr("Above the threshold of %1").arg(QString::number(m_threshold, 'f', 2)));
  m_plot->setPoints(m_series, x, y);
  double top = 0;
  for (const double value : std::as_const(y)) top = std::max(top, std::isnan(value) ? 0 : value);
  m_plot->setYRange(0, top > 0 ? 1.08 * top : 1);  // areas begin at nothing
  const int last = m_video.frameCount() - 1;
  const double end = last > 0 ? placeOf(last) : 0;
  m_plot->setXRange(0, std::isfinite(end) ? end : 0);
  const int looked = int(frames.size()), wanted = last < 0 ? 0 : last / m_video.every() + 1;
  setNote(wanted == 0 ? QString() : tr("%L1 of %L2 frames looked at").arg(looked).arg(std::max(looked, wanted)));
  setFrame(m_frame);
}

void VideoCurve::setFrame(int number) {
  m_frame = number;
  const bool isThere = number >= 0 && m_video.isOpen();
  m_plot->setMarker(isThere ? placeOf(number) : qQNaN());
}

QSize VideoCurve::exportSize(const QString& title) const { return m_plot->exportSize(title); }

// Without the cursor, which is not of the video.
bool VideoCurve::drawExport(QPaintDevice& device, const QString& title) const {
  m_plot->setMarker(qQNaN());
  const bool isDrawn = m_plot->drawExport(device, title);
  if (m_frame >= 0 && m_video.isOpen()) m_plot->setMarker(placeOf(m_frame));
  return isDrawn;
}

ui::TextTable VideoCurve::exportTable() const {
  ui::TextTable table{
      {u"frame"_s, u"time_s"_s, u"area_px"_s, u"area_share"_s, u"threshold"_s, u"use"_s, u"model"_s, u"outlined_by"_s}, 0, {}};
  QList<VideoFrameSeen> frames;
  for (const VideoFrameSeen& frame : m_video.seenFrames())
    if (frame.problem.isEmpty()) frames << frame;
  table.rows = frames.size();
  table.cell = [frames, threshold = m_threshold, model = m_video.madeWithModel(), by = m_video.madeWith()](qsizetype row, int column) {
    const VideoFrameSeen& frame = frames[row];
    switch (column) {
      case 0:
        return QString::number(frame.number);
      case 1:
        return std::isnan(frame.seconds) ? QString() : QString::fromStdString(shortestDecimal(std::round(frame.seconds * 1e6) / 1e6));
      case 2:
        return QString::number(frame.areas.at(threshold));
      case 3:
        return QString::fromStdString(shortestDecimal(frame.areas.shareAt(threshold)));
      case 4:
        return QString::fromStdString(shortestDecimal(std::round(threshold * 1e6) / 1e6));
      case 5:
        return u"research use only; not for diagnosis"_s;
      case 6:
        return model;
      default:
        return by;
    }
  };
  return table;
}

}  // namespace gps::app
