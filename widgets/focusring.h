#pragma once
// One ring, 2 px accent with a 2 px gap, round whichever control has the keyboard focus. Fields always show it; buttons and
// views only when the focus came by key. A widget with the dynamic property "gpsOwnFocus" draws its own.
#include <QFocusFrame>
#include <QObject>
#include <QPointer>

class QApplication;

namespace gps::ui {

class FocusRing : public QObject {
  Q_OBJECT
 public:
  // Once per application; a second call does nothing.
  static void install(QApplication& app);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  using QObject::QObject;
  QPointer<QFocusFrame> m_frame;
};

}  // namespace gps::ui
