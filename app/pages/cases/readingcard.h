#pragma once
// A reader's rating and remark of the case that is shown. Keys 1 … 5 rate and go to the next case where that is asked for, R writes a
// remark, Enter ends it.
#include "app/project/readings.h"
#include "app/project/session.h"
#include "widgets/card.h"

class QCheckBox;
class QLineEdit;

namespace gps::ui {
class Button;
class IconButton;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class ReadingCard : public ui::Card {
  Q_OBJECT
 public:
  ReadingCard(Session& session, QWidget* parent = nullptr);
  Readings& readings() { return m_readings; }
  // The case on screen and whose predictions it shows; `total`: cases there are to read.
  void setCase(const QString& id, int epoch, int total);
  // Digits and R pressed in this widget belong to the card.
  void watch(QWidget* widget);
  QLineEdit* remark() const { return m_remark; }
  QLineEdit* reader() const { return m_reader; }
  QCheckBox* goesOn() const { return m_goesOn; }
  ui::SegmentedControl* ratings() const { return m_ratings; }

 Q_SIGNALS:
  void nextRequested();
  void caseRequested(const QString& id);  // where the reader left
  void readingsChanged();
  void remarkEnded();  // by Enter

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  void rate(int rating);
  void keepRemark();
  void showExportMenu();
  bool handleKey(int key);
  Session& m_session;
  Readings m_readings;
  QString m_case;
  int m_total = 0;
  ui::SegmentedControl* m_ratings;
  QLineEdit *m_remark, *m_reader;
  ui::Label *m_readerLabel, *m_progress;
  QCheckBox* m_goesOn;
  ui::Button* m_resume;
  ui::IconButton* m_export;
};

// "untuned", or RUN@7: what ratings are of.
QString predictionsKey(const RunView& run, int epoch);

}  // namespace gps::app
