#pragma once
// What the tests of new pictures and of videos have in common: dropping on the window, and the words on a page.
#include <QAbstractButton>
#include <QComboBox>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QTest>
#include <QThreadPool>

#include "widgets/badge.h"
#include "windowfixture.h"

namespace gps::app {

class LookingFixture : protected WindowFixture {
 protected:
  // A folder is looked into beside the window; what it turned out to be is taken when this returns.
  void drop(const QString& path) {
    dropAll({path});
    if (!QFileInfo(path).isDir()) return;
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::sendPostedEvents();
  }
  void dropAll(const QStringList& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths) urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
  }
  void openProject() {
    openPictures();
    openModel();
  }
  // That it is no diagnosis.
  static ui::Badge* noticeOf(const QWidget& page) {
    for (auto* badge : page.findChildren<ui::Badge*>())
      if (badge->text().contains(QStringLiteral("diagnosis"))) return badge;
    return page.findChild<ui::Badge*>();
  }
  static QString wordsOn(const QWidget& page) {
    QString all;
    for (const auto* label : page.findChildren<QLabel*>())
      if (label->isVisible()) all += label->text() + u'\n';
    return all;
  }
  // No word of people who train networks, in what is written, in tooltips and in what a screen reader is told.
  static void scan(const QWidget& page, const char* state) {
    QStringList seen;
    for (const QWidget* w : page.findChildren<QWidget*>()) {
      if (!w->isVisible()) continue;
      seen << w->toolTip() << w->accessibleName() << w->accessibleDescription();
      if (const auto* label = qobject_cast<const QLabel*>(w)) seen << label->text();
      if (const auto* button = qobject_cast<const QAbstractButton*>(w)) seen << button->text();
      if (const auto* box = qobject_cast<const QComboBox*>(w))
        for (int i = 0; i < box->count(); ++i) seen << box->itemText(i) << box->itemData(i, Qt::ToolTipRole).toString();
      if (const auto* badge = qobject_cast<const ui::Badge*>(w)) seen << badge->text();
    }
    QVERIFY(seen.size() > 10);
    for (const QString& text : seen)
      for (const char* word :
           {"logit", "epoch", "state dict", "tensor", "gradient", "checkpoint", "delta", "轮次", "梯度", "增量", "张量", "检查点"})
        QVERIFY2(!text.contains(QString::fromUtf8(word), Qt::CaseInsensitive),
                 qPrintable(QString::fromLatin1(state) + QStringLiteral(": ") + text));
  }
};

}  // namespace gps::app
