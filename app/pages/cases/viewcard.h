#pragma once
// The picture of a case with the predictions that are compared, the way they are compared, and what the colours mean.
#include "app/project/viewsettings.h"
#include "widgets/card.h"
#include "widgets/compareview.h"

namespace gps::ui {
class IconButton;
class OverlayLegend;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class ViewCard : public ui::Card {
  Q_OBJECT
 public:
  // sources stands above the picture, progress at the right under it.
  ViewCard(ViewSettings& settings, QWidget* sources, QWidget* progress, QWidget* parent = nullptr);
  ui::CompareView* view() const { return m_view; }
  ui::SegmentedControl* modes() const { return m_mode; }
  ui::IconButton* link() const { return m_link; }
  ui::IconButton* reset() const { return m_reset; }
  void setSources(const QList<ui::CompareView::Source>& sources);
  void setMode(ui::CompareView::Mode mode);  // as far as there is something to compare
  void setOverlayStyle(const OverlayStyle& style);

 Q_SIGNALS:
  void modeChanged(gps::ui::CompareView::Mode mode);  // by the user

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refreshModes();
  void refreshLegend();
  ViewSettings& m_settings;
  ui::CompareView* m_view;
  ui::SegmentedControl* m_mode;
  ui::IconButton *m_link, *m_reset;
  ui::OverlayLegend* m_legend;
  ui::CompareView::Mode m_wished;  // goes into force once there is a second source
};

QString wordOf(ui::CompareView::Mode mode);

}  // namespace gps::app
