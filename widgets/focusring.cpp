#include "widgets/focusring.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QLineEdit>
#include <QMenu>

namespace gps::ui {

void FocusRing::install(QApplication& app) {
  if (app.findChild<FocusRing*>()) return;
  app.installEventFilter(new FocusRing(&app));
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  if (type != QEvent::FocusIn && type != QEvent::FocusOut) return false;
  auto* widget = qobject_cast<QWidget*>(watched);
  if (!widget) return false;
  if (type == QEvent::FocusOut) {
    if (m_frame) m_frame->setWidget(nullptr);
    return false;
  }
  const auto reason = static_cast<QFocusEvent*>(event)->reason();
  const bool byKey = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
  const bool isField = qobject_cast<QLineEdit*>(widget) || qobject_cast<QAbstractSpinBox*>(widget);
  // The line edit inside a spin box or an editable combo box passes its focus on.
  if (qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) || qobject_cast<QComboBox*>(widget->parentWidget()))
    widget = widget->parentWidget();
  if (widget->isWindow() || qobject_cast<QMenu*>(widget) || widget->property("gpsOwnFocus").toBool() || (!byKey && !isField)) {
    if (m_frame) m_frame->setWidget(nullptr);
    return false;
  }
  if (!m_frame) m_frame = new QFocusFrame(widget->window());
  m_frame->setWidget(widget);
  return false;
}

}  // namespace gps::ui
