#pragma once
// The newest runs of the project with their scores, and how these went. Enter or a double click makes one the run on screen.
#include "app/project/runlibrary.h"
#include "widgets/card.h"

class QTreeWidget;

namespace gps::ui {
class Button;
class CurvePlot;
class Label;
}  // namespace gps::ui

namespace gps::app {

class Leaks;
class Session;

class LatestRuns : public ui::Card {
  Q_OBJECT
 public:
  LatestRuns(Session& session, RunLibrary& library, const Leaks& leaks, QWidget* parent = nullptr);
  QTreeWidget* table() const { return m_table; }
  ui::CurvePlot* curves() const { return m_curves; }

 Q_SIGNALS:
  void opened();  // the run on screen is another one
  void allRequested();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  void draw();
  void open(const QString& id);
  Session& m_session;
  RunLibrary& m_library;
  const Leaks& m_leaks;
  QTreeWidget* m_table;
  ui::CurvePlot* m_curves;
  ui::Label* m_none;
  ui::Button* m_all;
};

}  // namespace gps::app
