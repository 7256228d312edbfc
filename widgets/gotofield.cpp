#include "widgets/gotofield.h"

#include <QKeyEvent>
#include <algorithm>
#include <utility>

namespace gps::ui {

GoToField::GoToField(std::function<QStringList()> names, QWidget* parent) : QLineEdit(parent), m_names(std::move(names)) {
  hide();
  connect(this, &QLineEdit::returnPressed, this, &GoToField::choose);
  retranslate();
}

void GoToField::ask() {
  clear();
  show();
  setFocus();
}

void GoToField::choose() {
  const QStringList names = m_names();
  const QString wanted = text().trimmed();
  bool isNumber = false;
  const int number = wanted.toInt(&isNumber);
  int place = isNumber && number >= 1 ? std::min(number, int(names.size())) - 1 : -1;
  for (int i = 0; place < 0 && i < names.size(); ++i)
    if (!wanted.isEmpty() && names[i].contains(wanted, Qt::CaseInsensitive)) place = i;
  if (place < 0) return selectAll();
  hide();
  Q_EMIT chosen(place);
}

void GoToField::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return hide();
  QLineEdit::keyPressEvent(event);
}

void GoToField::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  hide();
}

void GoToField::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QLineEdit::changeEvent(event);
}

void GoToField::retranslate() {
  setPlaceholderText(tr("Go to a number or name"));
  setAccessibleName(placeholderText());
}

}  // namespace gps::ui
