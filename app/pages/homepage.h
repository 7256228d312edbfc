#pragma once
// Where the work begins: open or go on, and the five steps with what is done.
#include "app/pages/page.h"

class QVBoxLayout;

namespace gps::ui {
class Badge;
class Button;
class Card;
class Label;
}  // namespace gps::ui

namespace gps::app {

class HomePage : public Page {
  Q_OBJECT
 public:
  explicit HomePage(Session& session, QWidget* parent = nullptr);

 protected:
  void retranslate() override;

 private:
  struct Step {
    QString page;
    ui::Label *name, *text;
    ui::Badge* badge;
    ui::Button* open;
  };
  void refreshSteps();
  void refreshRecent();
  void setStep(int index, const QString& text, const QString& badge, int tone);
  ui::Button *m_openDemo, *m_openPictures, *m_openProject;
  ui::Card *m_intro, *m_steps, *m_recent;
  ui::Label *m_introText, *m_sampleNote, *m_noRecent, *m_privacy;
  QVBoxLayout* m_recentList;
  QList<Step> m_rows;
};

}  // namespace gps::app
