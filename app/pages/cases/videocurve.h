#pragma once
// The outlined area over the frames of a video, at the threshold of the picture. Frames that nobody has looked at are missing from the
// line.
#include "widgets/card.h"
#include "widgets/plotsource.h"

namespace gps::ui {
class CurvePlot;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class NewVideo;

class VideoCurve : public ui::Card, public ui::PlotSource {
  Q_OBJECT
 public:
  explicit VideoCurve(const NewVideo& video, QWidget* parent = nullptr);
  void refresh(double threshold);  // other frames, or another threshold
  void setFrame(int number);       // the cursor; -1: none
  ui::CurvePlot* plot() const { return m_plot; }
  ui::SegmentedControl* areaUnit() const { return m_areaUnit; }
  ui::SegmentedControl* timeUnit() const { return m_timeUnit; }
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  ui::TextTable exportTable() const override;  // the columns of area.csv

 Q_SIGNALS:
  void frameWished(int number);  // a place of the curve was clicked

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refill();
  bool hasTimes() const;
  bool showsSeconds() const;
  double placeOf(int number) const;  // on the x axis
  int frameAt(double x) const;
  const NewVideo& m_video;
  ui::CurvePlot* m_plot;
  ui::SegmentedControl *m_areaUnit, *m_timeUnit;
  double m_threshold = 0.5;
  int m_frame = -1, m_series = -1;
};

}  // namespace gps::app
