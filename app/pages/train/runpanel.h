#pragma once
// What the run on screen has come to: its epochs, its best figure, how long it takes, how many values it trains.
#include <QObject>

#include "app/project/session.h"

class QTreeWidget;

namespace gps::ui {
class Card;
class CompareBars;
class KeyValueList;
class Label;
}  // namespace gps::ui

namespace gps::app {

class RunPanel : public QObject {
  Q_OBJECT
 Q_SIGNALS:
  void epochOpened();  // the epoch looked at is to be seen on pictures

 public:
  explicit RunPanel(Session& session, QObject* parent = nullptr);
  // The page lays them out and owns them.
  ui::Card* epochs() const { return m_epochs; }
  ui::Card* best() const { return m_best; }
  ui::Card* time() const { return m_time; }
  ui::Card* what() const { return m_what; }
  void retranslate();

 private:
  void nameColumns();
  void refresh();
  void refreshEpochs();
  void markEpoch();
  void refreshBest();
  void refreshTime();
  void refreshMemory();
  void refreshWhat();
  QString measuredText(const EpochRecord& best) const;
  bool isClassification() const { return m_task == TaskKind::Classification; }
  Session& m_session;
  ui::Card *m_epochs, *m_best, *m_time, *m_what;
  QTreeWidget* m_table;
  ui::Label *m_bestNumber, *m_bestText;
  ui::KeyValueList *m_timeList, *m_whatList;
  ui::CompareBars* m_memory;
  TaskKind m_task = TaskKind::Segmentation;
  Progress m_steps;  // the newest count of training steps
};

}  // namespace gps::app
