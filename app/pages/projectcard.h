#pragma once
// What the open project holds, in a few lines.
#include "app/project/runlibrary.h"
#include "app/project/selectionlibrary.h"
#include "widgets/card.h"

namespace gps::ui {
class Badge;
class KeyValueList;
}  // namespace gps::ui

namespace gps::app {

class Leaks;

class ProjectCard : public ui::Card {
  Q_OBJECT
 public:
  ProjectCard(Session& session, RunLibrary& runs, SelectionLibrary& selections, const Leaks& leaks, QWidget* parent = nullptr);
  ui::Badge* leak() const { return m_leak; }  // of the best result
  ui::KeyValueList* list() const { return m_list; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void refresh();
  Session& m_session;
  RunLibrary& m_runs;
  SelectionLibrary& m_selections;
  const Leaks& m_leaks;
  ui::Badge* m_leak;
  ui::KeyValueList* m_list;
};

}  // namespace gps::app
