#pragma once
// Which values of the run on screen a page of cases shows.
#include <QWidget>

#include "app/project/session.h"

namespace gps::ui {
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class EpochChoice : public QWidget {
  Q_OBJECT
 public:
  // WithNow: best, last, and the values of this moment while a run trains. WithUntuned: before, best, last.
  enum class Kind { WithNow, WithUntuned };
  EpochChoice(Session& session, Kind kind, QWidget* parent = nullptr);
  int epoch() const;  // Session::kNow; 0 without a run or for the untuned model
  void refresh();     // what can be chosen
  void setCurrent(const QString& id);
  static QString label(int epoch);

 Q_SIGNALS:
  void changed();  // by the user

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  Session& m_session;
  Kind m_kind;
  ui::Label* m_label;
  ui::SegmentedControl* m_control;
  bool m_waits = true;  // no epoch yet
};

}  // namespace gps::app
