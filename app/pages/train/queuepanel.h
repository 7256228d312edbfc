#pragma once
// What trains next? The queue: order, state, and what can be done with the run that is marked.
#include "app/pages/train/queuemodel.h"
#include "widgets/card.h"

class QTreeView;

namespace gps::ui {
class Button;
class IconButton;
class Label;
}  // namespace gps::ui

namespace gps::app {

class QueuePanel : public ui::Card {
  Q_OBJECT
 public:
  QueuePanel(Session& session, RunQueue& queue, QWidget* parent = nullptr);
  QTreeView* view() const { return m_view; }
  QueueModel* model() const { return m_model; }
  ui::Button* hold() const { return m_hold; }
  void retranslate();

 private:
  void refresh();
  void showLog();
  QString marked() const;
  Session& m_session;
  RunQueue& m_queue;
  QueueModel* m_model;
  QTreeView* m_view;
  ui::Label* m_sentence;
  QWidget* m_actions;
  ui::Button *m_hold, *m_up, *m_down, *m_remove, *m_retry, *m_log, *m_clear;
  QString m_keep;  // stays marked when rows move
};

}  // namespace gps::app
