#pragma once
// Where the work begins: open or go on, the five steps with what is done and what is next, and what the project holds.
#include "app/pages/page.h"
#include "app/project/runlibrary.h"
#include "app/project/selectionlibrary.h"

class QVBoxLayout;

namespace gps::ui {
class Badge;
class Button;
class Card;
class Label;
}  // namespace gps::ui

namespace gps::app {

class LatestRuns;
class Leaks;
class ProjectCard;

class HomePage : public Page {
  Q_OBJECT
 public:
  HomePage(Session& session, RunLibrary& runs, SelectionLibrary& selections, const Leaks& leaks, QWidget* parent = nullptr);
  LatestRuns* latestRuns() const { return m_latest; }
  ProjectCard* projectCard() const { return m_inProject; }

 protected:
  void retranslate() override;

 private:
  struct Step {
    QString page;
    ui::Label *name, *text;
    ui::Badge* badge;
    ui::Button* open;
    bool isDone = false;
  };
  void refreshSteps();
  void refreshRecent();
  void setStep(int index, const QString& text, bool isDone);
  ui::Button *m_openDemo, *m_openPictures, *m_openProject;
  ui::Card *m_intro, *m_steps, *m_recent;
  ui::Label *m_introText, *m_sampleNote, *m_noRecent, *m_privacy;
  QVBoxLayout* m_recentList;
  QList<Step> m_rows;
  LatestRuns* m_latest;
  ProjectCard* m_inProject;
};

}  // namespace gps::app
