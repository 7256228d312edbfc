#pragma once
// The line that says of which threshold the outlines are, and has them computed at the one on screen: the way there, progress and stop.
#include <QWidget>

#include "app/project/mapsource.h"

namespace gps::ui {
class Button;
class Label;
}  // namespace gps::ui

namespace gps::app {

class OutlineScores;

class OutlineBar : public QWidget {
  Q_OBJECT
 public:
  explicit OutlineBar(QWidget* parent = nullptr);
  void use(OutlineScores& scores);  // lives as long as the bar; once
  // isMissing: they are not known there, and somebody would like to see them.
  void ask(const MapSource& source, double threshold, bool isMissing);
  ui::Button* button() const { return m_button; }
  ui::Label* text() const { return m_text; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void refresh();
  OutlineScores* m_scores = nullptr;
  MapSource m_source;
  double m_threshold = 0.5;
  bool m_isMissing = false, m_isStopping = false;
  ui::Label* m_text;
  ui::Button* m_button;
};

}  // namespace gps::app
