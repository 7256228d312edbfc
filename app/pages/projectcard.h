#pragma once
// What the open project holds, in a few lines.
#include "app/project/runlibrary.h"
#include "app/project/selectionlibrary.h"
#include "widgets/card.h"

namespace gps::ui {
class KeyValueList;
}

namespace gps::app {

class ProjectCard : public ui::Card {
  Q_OBJECT
 public:
  ProjectCard(Session& session, RunLibrary& runs, SelectionLibrary& selections, QWidget* parent = nullptr);
  ui::KeyValueList* list() const { return m_list; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void refresh();
  Session& m_session;
  RunLibrary& m_runs;
  SelectionLibrary& m_selections;
  ui::KeyValueList* m_list;
};

}  // namespace gps::app
