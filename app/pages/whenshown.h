#pragma once
// A refresh that waits until somebody can see it. GUI thread.
#include <QObject>
#include <functional>

class QWidget;

namespace gps::app {

class WhenShown : public QObject {
  Q_OBJECT
 public:
  // Lives as long as `widget`, which `refresh` fills.
  WhenShown(QWidget* widget, std::function<void()> refresh);
  // At once while the widget is visible, else once when it is shown.
  void ask();
  bool isDue() const { return m_isDue; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* m_widget;
  std::function<void()> m_refresh;
  bool m_isDue = false;
};

}  // namespace gps::app
