#pragma once
// What of a window cannot be seen whole: texts that do not fit, controls smaller than they want to be, widgets that stick out of what
// holds them or need scrolling sideways, and siblings that lie over one another. What scrolls up and down is there.
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QToolButton>

#include "widgets/badge.h"
#include "widgets/busyoverlay.h"

namespace gps::app {

class CutWidgets {
 public:
  // One line each.
  static QStringList in(QWidget& window) {
    CutWidgets all;
    all.look(window);
    return all.m_faults;
  }

 private:
  // What Qt makes for itself inside a control, and rows, which their view scrolls.
  static bool isPartOfControl(const QWidget& w) {
    const QWidget* above = w.parentWidget();
    return qobject_cast<const QScrollBar*>(&w) || qobject_cast<const QComboBox*>(above) || qobject_cast<const QAbstractSpinBox*>(above) ||
           qobject_cast<const QLineEdit*>(above) || qobject_cast<const QAbstractItemView*>(above) ||
           (w.objectName().startsWith(QLatin1StringView("qt_")) && w.objectName() != QLatin1StringView("qt_scrollarea_viewport"));
  }
  // Lies over others by intention.
  static bool isOverlay(const QWidget& w) {
    return w.testAttribute(Qt::WA_TransparentForMouseEvents) || qobject_cast<const ui::BusyOverlay*>(&w);
  }

  void look(QWidget& at) {
    QList<QWidget*> shown;
    for (QObject* child : at.children()) {
      auto* w = qobject_cast<QWidget*>(child);
      if (w && !w->isWindow() && w->isVisible() && !isPartOfControl(*w) && !isOverlay(*w) && w->size() != QSize(0, 0)) shown << w;
    }
    for (QWidget* w : shown) {
      lookAtSize(*w);
      lookAtPlace(*w, at);
      look(*w);
    }
    for (qsizetype i = 0; i < shown.size(); ++i)
      for (qsizetype j = i + 1; j < shown.size(); ++j)
        if (shown[i]->geometry().intersects(shown[j]->geometry())) tell(*shown[i], QStringLiteral("lies over ") + named(*shown[j]));
  }

  void lookAtSize(QWidget& w) {
    QSize least = w.minimumSizeHint();
    if (w.minimumWidth() > 0) least.setWidth(w.minimumWidth());
    if (w.minimumHeight() > 0) least.setHeight(w.minimumHeight());
    const QSize wanted = w.sizeHint();
    // What a layout squeezes shows in what it holds; a view shows fewer rows.
    const bool holds = w.layout() || qobject_cast<const QStackedWidget*>(&w) || qobject_cast<const QAbstractItemView*>(&w);
    if (!holds && (w.width() < least.width() || w.height() < least.height()))
      return tell(w, QStringLiteral("is smaller than its least size"), least);
    if (const auto* label = qobject_cast<const QLabel*>(&w)) {
      if (label->text().isEmpty()) return;
      const bool isElided = !label->wordWrap() && least.width() < wanted.width();
      if (isElided) w.grab();  // its tooltip comes with its painting
      if (label->wordWrap() && label->heightForWidth(w.width()) > w.height())
        tell(w, QStringLiteral("lacks lines"), {w.width(), label->heightForWidth(w.width())});
      else if (!label->wordWrap() && w.width() < wanted.width() && !(isElided && w.toolTip().contains(label->text())))
        tell(w, QStringLiteral("is cut"), wanted);
      else if (!label->wordWrap() && w.height() < wanted.height())
        tell(w, QStringLiteral("is too low"), wanted);
    } else if (const auto* box = qobject_cast<const QComboBox*>(&w)) {
      QStyleOptionComboBox option;
      option.initFrom(box);
      const int room = box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box).width();
      if (box->fontMetrics().horizontalAdvance(box->currentText()) > room && !box->toolTip().contains(box->currentText()))
        tell(w, QStringLiteral("cuts its text and has no tooltip with it"), wanted);
      if (w.height() < wanted.height()) tell(w, QStringLiteral("is too low"), wanted);
    } else if (qobject_cast<const QPushButton*>(&w) || qobject_cast<const QToolButton*>(&w) || qobject_cast<const QCheckBox*>(&w) ||
               qobject_cast<const QRadioButton*>(&w) || qobject_cast<const QTabBar*>(&w) || qobject_cast<const ui::Badge*>(&w)) {
      if (w.width() < wanted.width() || w.height() < wanted.height()) tell(w, QStringLiteral("is cut"), wanted);
    }
  }

  void lookAtPlace(const QWidget& w, const QWidget& in) {
    const auto* area = qobject_cast<const QAbstractScrollArea*>(in.parentWidget());
    if (!area || area->viewport() != &in) {
      if (!in.rect().contains(w.geometry())) tell(w, QStringLiteral("sticks out of ") + named(in), in.size());
      return;
    }
    if (w.width() > in.width()) widest(w, in.width()), tell(w, QStringLiteral("is wider than ") + named(*area), in.size());
    if (w.height() > in.height() && area->verticalScrollBar()->maximum() < w.height() - in.height())
      tell(w, QStringLiteral("cannot be scrolled in ") + named(*area), in.size());
    if (w.height() > in.height() && area->verticalScrollBarPolicy() == Qt::ScrollBarAlwaysOff)
      tell(w, QStringLiteral("has no scroll bar in ") + named(*area), in.size());
  }

  // The innermost ones that want more than the room.
  void widest(const QWidget& w, int room) {
    bool isInner = true;
    for (const QObject* child : w.children()) {
      const auto* c = qobject_cast<const QWidget*>(child);
      if (!c || c->isWindow() || !c->isVisible() || isPartOfControl(*c)) continue;
      const int left = room - (w.width() - c->width());
      if (std::max(c->minimumSizeHint().width(), c->minimumWidth()) > left) widest(*c, left), isInner = false;
    }
    if (isInner) tell(w, QStringLiteral("takes %1 of %2").arg(std::max(w.minimumSizeHint().width(), w.minimumWidth())).arg(room));
  }

  static QString textOf(const QWidget& w) {
    if (const auto* label = qobject_cast<const QLabel*>(&w)) return label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&w)) return button->text();
    if (const auto* box = qobject_cast<const QComboBox*>(&w)) return box->currentText();
    return w.accessibleName();
  }
  static QString named(const QWidget& w) {
    QString name = QString::fromLatin1(w.metaObject()->className());
    if (!w.objectName().isEmpty()) name += u'#' + w.objectName();
    if (const QString text = textOf(w); !text.isEmpty()) name += QStringLiteral(" “%1”").arg(text.left(40));
    return name;
  }
  void tell(const QWidget& w, const QString& what, const QSize& wanted = {}) {
    QString line = QStringLiteral("%1 %2×%3 %4").arg(named(w)).arg(w.width()).arg(w.height()).arg(what);
    if (wanted.isValid()) line += QStringLiteral(", %1×%2").arg(wanted.width()).arg(wanted.height());
    m_faults << line;
  }

  QStringList m_faults;
};

}  // namespace gps::app
