#include "app/pages/whenshown.h"

#include <QEvent>
#include <QWidget>

namespace gps::app {

WhenShown::WhenShown(QWidget* widget, std::function<void()> refresh) : QObject(widget), m_widget(widget), m_refresh(std::move(refresh)) {
  widget->installEventFilter(this);
}

void WhenShown::ask() {
  m_isDue = !m_widget->isVisible();
  if (!m_isDue) m_refresh();
}

bool WhenShown::eventFilter(QObject* watched, QEvent* event) {
  if (m_isDue && event->type() == QEvent::Show) {
    m_isDue = false;
    m_refresh();
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace gps::app
