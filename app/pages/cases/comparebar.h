#pragma once
// Which predictions are looked at: one that is shown, one it is compared with, and up to two more beside them.
#include <QWidget>

#include "app/project/predictions.h"

class QGridLayout;

namespace gps::ui {
class Button;
class IconButton;
class Label;
}  // namespace gps::ui

namespace gps::app {

class SourceChoice;

class CompareBar : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMostExtras = 2;
  CompareBar(Session& session, RunLibrary& runs, Predictions& predictions, QWidget* parent = nullptr);
  MapSource shown() const;
  QList<MapSource> sources() const;  // the shown one first; each once
  SourceChoice* shownChoice() const { return m_shown; }
  SourceChoice* comparedChoice() const { return m_compared; }
  ui::IconButton* addButton() const { return m_add; }
  QWidget* progress() const { return m_progress; }  // what is being computed, and its end; stands where the owner puts it
  void addExtra();
  void refresh();
  void refreshProgress();

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void retranslate();
  void arrange();
  QList<MapSource> freeSources() const;
  Session& m_session;
  RunLibrary& m_runs;
  Predictions& m_predictions;
  SourceChoice *m_shown, *m_compared;
  QList<SourceChoice*> m_extras;
  ui::IconButton* m_add;
  ui::Button* m_cancel;
  ui::Label* m_state;
  QWidget* m_progress;
  QGridLayout* m_grid;
  int m_columns = 0;
};

}  // namespace gps::app
