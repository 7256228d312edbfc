#pragma once
// A folder of new pictures: a gallery that fills while they are looked at, one of them large, and the results saved. Part of Cases.
#include <QTimer>

#include "app/pages/cases/casekeys.h"
#include "app/pages/page.h"
#include "app/project/newpictures.h"
#include "app/project/viewsettings.h"

namespace gps::ui {
class Badge;
class ChoiceBox;
class GoToField;
class ImageViewer;
class KeyValueList;
class Label;
class LabelledSlider;
class ThumbnailGrid;
}  // namespace gps::ui

namespace gps::app {

class LookingCard;

class NewPicturesPage : public Page {
  Q_OBJECT
 public:
  NewPicturesPage(EngineApi& engine, Session& session, QWidget* parent = nullptr);
  NewPictures& pictures() { return m_pictures; }
  void open(const QString& folder);
  void open(const QStringList& files);  // these pictures alone
  ui::ThumbnailGrid* gallery() const { return m_gallery; }
  ui::ImageViewer* viewer() const { return m_viewer; }
  ui::LabelledSlider* threshold() const;
  LookingCard* lookCard() const { return m_look; }
  ui::Button* saveButton() const { return m_save; }
  ui::Button* cancelButton() const { return m_cancel; }
  ui::Label* state() const { return m_state; }
  ui::Button* videoButton() const { return m_video; }
  ui::Button* asVideoButton() const { return m_asVideo; }
  ui::GoToField* goTo() const { return m_goTo; }
  PictureHost keyHost();
  void saveTo(const QString& folder);  // as the button does once a folder is chosen

 Q_SIGNALS:
  void videoRequested(const QString& path);  // a file, or this folder as the frames of one

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildGallery(class Columns* columns);
  void buildViewer(Columns* columns);
  void buildDetails(Columns* columns);
  void refresh();
  void refreshGallery();
  void refreshState();
  void refreshDetails();
  void choose();
  void pick(int index);
  void step(int by);
  void changeStyle(const OverlayStyle& style);
  QString progressSentence() const;
  NewPictures m_pictures;
  ViewSettings m_settings;
  ui::Button *m_choose, *m_video, *m_save, *m_cancel, *m_asVideo;
  ui::Badge* m_notice;
  ui::Card *m_list, *m_view, *m_one;
  LookingCard* m_look;
  ui::ThumbnailGrid* m_gallery;
  ui::ImageViewer* m_viewer;
  ui::GoToField* m_goTo;
  ui::KeyValueList* m_facts;
  ui::Label *m_state, *m_unreadable;
  QTimer m_soon, m_redraw;
  int m_current = -1;
  bool m_follows = true;  // the newest picture is shown until one is chosen
};

}  // namespace gps::app
