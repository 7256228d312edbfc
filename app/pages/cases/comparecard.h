#pragma once
// Which predictions are looked at: one that is shown, one it is compared with, and up to two more beside them.
#include "app/project/predictions.h"
#include "widgets/card.h"

namespace gps::ui {
class Button;
class Label;
}  // namespace gps::ui

namespace gps::app {

class SourceChoice;

class CompareCard : public ui::Card {
  Q_OBJECT
 public:
  static constexpr int kMostExtras = 2;
  CompareCard(Session& session, RunLibrary& runs, Predictions& predictions, QWidget* parent = nullptr);
  MapSource shown() const;
  QList<MapSource> sources() const;  // the shown one first; each once
  SourceChoice* shownChoice() const { return m_shown; }
  SourceChoice* comparedChoice() const { return m_compared; }
  ui::Button* addButton() const { return m_add; }
  void addExtra();
  void refresh();
  void refreshProgress();

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  QList<MapSource> freeSources() const;
  Session& m_session;
  RunLibrary& m_runs;
  Predictions& m_predictions;
  SourceChoice *m_shown, *m_compared;
  QList<SourceChoice*> m_extras;
  ui::Button *m_add, *m_cancel;
  ui::Label* m_state;
  QWidget* m_foot;
};

}  // namespace gps::app
