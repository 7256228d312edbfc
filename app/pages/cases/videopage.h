#pragma once
// A video, or numbered pictures: frame by frame with what was outlined, the area over time, and the results saved. Part of Cases.
#include <QTimer>

#include "app/pages/cases/casekeys.h"
#include "app/pages/page.h"
#include "app/project/newvideo.h"
#include "app/project/viewsettings.h"

namespace gps::ui {
class Badge;
class ChoiceBox;
class ImageViewer;
class KeyValueList;
class Label;
class LabelledSlider;
}  // namespace gps::ui

namespace gps::app {

class Columns;
class VideoCurve;
class VideoScrub;

class LookingCard;

class VideoPage : public Page {
  Q_OBJECT
 public:
  VideoPage(EngineApi& engine, Session& session, QWidget* parent = nullptr);
  NewVideo& video() { return m_video; }
  void open(const QString& path);
  void saveTo(const QString& folder, NewVideo::What what);  // as the menu does once a folder is chosen
  static QString fileFilter();                              // of a dialog that chooses a video
  ui::ImageViewer* viewer() const { return m_viewer; }
  PictureHost keyHost();
  VideoScrub* scrub() const { return m_scrub; }
  VideoCurve* curve() const { return m_curve; }
  ui::LabelledSlider* threshold() const;
  LookingCard* lookCard() const { return m_look; }
  ui::ChoiceBox* everyChoice() const { return m_every; }
  ui::Button* saveButton() const { return m_save; }
  ui::Button* cancelButton() const { return m_cancel; }
  ui::Label* state() const { return m_state; }

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;

 private:
  void buildViewer(Columns* columns);
  void buildDetails(Columns* columns);
  void connectVideo();
  void refresh();
  void refreshState();
  void refreshDetails();
  void choose();
  void askSave();
  void pick(int number);  // by the user; the newest frame is followed no more
  void showFrame(int number);
  void changeStyle(const OverlayStyle& style);
  QString progressSentence() const;
  QString frameSentence() const;
  QString trouble() const;  // what could not be read
  NewVideo m_video;
  ViewSettings m_settings;
  ui::Button *m_choose, *m_save, *m_cancel;
  ui::Badge* m_notice;
  ui::Card *m_view, *m_progress;
  LookingCard* m_look;
  ui::ImageViewer* m_viewer;
  VideoScrub* m_scrub;
  VideoCurve* m_curve;
  ui::KeyValueList* m_facts;
  ui::ChoiceBox* m_every;
  ui::Label *m_everyLabel, *m_state, *m_trouble;
  QTimer m_soon;
  int m_current = -1, m_newest = -1;
  bool m_follows = true;  // the newest frame is shown until one is chosen
  bool m_isUnreadable = false;
};

}  // namespace gps::app
