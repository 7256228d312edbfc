#pragma once
// Outlining a case by a box and by points: the layer on the picture, the strip of words and buttons below it, and the answers as sources
// of the viewer.
#include <QPointer>
#include <QWidget>

#include "app/project/prompting.h"
#include "core/values/thresholdcounts.h"
#include "widgets/compareview.h"

namespace gps::ui {
class Button;
class Label;
class PromptLayer;
}  // namespace gps::ui

namespace gps::app {

class PromptTool : public QWidget {
  Q_OBJECT
 public:
  // `view`: whose first picture is pointed at.
  PromptTool(EngineApi& engine, Session& session, RunLibrary& runs, ui::CompareView& view, QWidget* parent = nullptr);
  ui::Button* button() const { return m_button; }  // begins and ends; to be put where the page wants it
  ui::PromptLayer* layer() const { return m_layer; }
  Prompting& prompting() { return m_prompting; }
  bool isOn() const { return m_isOn; }
  void setOn(bool on);
  void toggle() { setOn(!m_isOn); }
  // The case on screen and the sources that the page shows of it.
  void look(const QString& caseId, std::shared_ptr<const RgbImage> image, const QList<MapSource>& sources);
  // Whether the answers stand in for the predictions of the sources.
  bool speaks() const { return m_isOn && !m_prompting.prompts().empty(); }
  // What the viewer shows then, and the map that numbers are counted from.
  QList<ui::CompareView::Source> shown() const;
  std::shared_ptr<const ui::MapPyramid> map(const MapSource& source) const { return m_prompting.map(source); }
  QList<MapSource> sources() const;
  // Of an answer against the truth; nothing without either of them.
  std::optional<PixelCounts> counts(const MapSource& source, const MaskImage* truth, double threshold);
  void setThreshold(double threshold) { m_threshold = threshold; }  // of the mask that is saved

 Q_SIGNALS:
  void changed();  // the viewer has something else to show

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  QString sentence() const;
  void saveMask();
  Session& m_session;
  RunLibrary& m_runs;
  Prompting m_prompting;
  ui::CompareView& m_view;
  ui::PromptLayer* m_layer;
  ui::Button *m_button, *m_undo, *m_clear, *m_base, *m_save, *m_done, *m_details;
  ui::Label *m_state, *m_hint, *m_detailsText;
  QString m_caseId;
  std::shared_ptr<const RgbImage> m_image;
  QList<MapSource> m_given;
  double m_threshold = 0.5;
  bool m_isOn = false;
  QString m_saved;
  struct Counted {
    std::shared_ptr<const ui::MapPyramid> map;
    const MaskImage* truth = nullptr;
    ThresholdCounts counts;
  };
  QHash<MapSource, Counted> m_counted;
};

}  // namespace gps::app
