#pragma once
// A reader's rating and remark of the case that is shown. Keys 1 … 5 rate and go to the next case where that is asked for, R writes a
// remark, Enter ends it.
#include "app/project/readings.h"
#include "app/project/session.h"
#include "widgets/card.h"

class QLineEdit;

namespace gps::ui {
class IconButton;
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
  bool goesOn() const { return m_goesOn; }
  void setGoesOn(bool on) { m_goesOn = on; }
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
  void showMenu();
  void askReader();
  bool handleKey(int key);
  Session& m_session;
  Readings m_readings;
  QString m_case;
  int m_total = 0;
  ui::SegmentedControl* m_ratings;
  QLineEdit* m_remark;
  ui::IconButton* m_more;
  bool m_goesOn = true;  // to the next case after a rating
};

// "untuned", or RUN@7: what ratings are of.
QString predictionsKey(const RunView& run, int epoch);

}  // namespace gps::app
