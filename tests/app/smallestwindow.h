#pragma once
// The window at its smallest, with text at 100 and at 200 %, in every language: whether something on a page is cut.
#include <QTest>

#include "cutwidgets.h"
#include "widgets/segmentedcontrol.h"
#include "windowfixture.h"

namespace gps::app {

class SmallestWindow {
 public:
  SmallestWindow(MainWindow& window, AppSettings& settings, Languages& languages)
      : m_window(window), m_settings(settings), m_languages(languages) {}
  ~SmallestWindow() {
    scaleTo(1);
    m_languages.use(QStringLiteral("en"));
    m_window.resize(m_size);
  }
  SmallestWindow(const SmallestWindow&) = delete;
  SmallestWindow& operator=(const SmallestWindow&) = delete;

  void set(double scale, const QString& code) {
    scaleTo(scale);
    m_languages.use(code);
    m_window.resize(m_window.minimumSize());
  }
  // What is cut once the layouts have settled, which takes them some rounds of the event loop. With GPS_SHOTS=DIR a picture is kept, too.
  QStringList cutOn(const QString& page, const QString& state = {}) const {
    m_window.showPage(page);
    QStringList cut;
    (void)QTest::qWaitFor([&] { return (cut = CutWidgets::in(m_window)).isEmpty(); }, kSettledMs);
    if (m_window.size() != m_window.minimumSize()) cut << QStringLiteral("The window has grown.");
    const QString shots = qEnvironmentVariable("GPS_SHOTS");
    const QString name = QStringLiteral("%1/smallest-%2%3-%4-%5.png").arg(shots, page, state, m_languages.current());
    if (!shots.isEmpty()) m_window.grab().save(name.arg(m_settings.textScale() * 100));
    for (QString& fault : cut) fault = page + state + QStringLiteral(": ") + fault;
    return cut;
  }
  // And with every choice of every track on the page.
  QStringList cutOnEveryFace(const QString& page) const {
    QStringList cut = cutOn(page);
    for (auto* track : m_window.page(page)->findChildren<ui::SegmentedControl*>()) {
      if (!track->isVisible()) continue;
      const QString former = track->current();
      const auto go = [&](Qt::Key key) {
        const QString before = track->current();
        QTest::keyClick(track, key);
        return track->current() != before;
      };
      while (go(Qt::Key_Left)) {
      }
      do {
        if (track->current() != former) cut << cutOn(page, u'-' + track->current());
      } while (go(Qt::Key_Right));
      while (track->current() != former && go(Qt::Key_Left)) {
      }
    }
    return cut;
  }
  // At every size and in every language.
  QStringList cutEverywhere(const QString& page, const QString& state = {}) {
    QStringList cut;
    for (const double scale : {2.0, 1.0})
      for (const char* code : {"en", "zh_CN"}) {
        set(scale, QString::fromLatin1(code));
        cut << cutOn(page, state);
      }
    return cut;
  }

 private:
  // Widgets are told of the new font through the event loop.
  void scaleTo(double scale) {
    m_settings.setTextScale(scale);
    QCoreApplication::sendPostedEvents();
  }
  static constexpr int kSettledMs = 1500;
  MainWindow& m_window;
  AppSettings& m_settings;
  Languages& m_languages;
  const QSize m_size = m_window.size();
};

// Of what cutOn() and the others say; each fault is told.
inline bool isUncut(const QStringList& cut) {
  for (const QString& fault : cut) qWarning("%s", qPrintable(fault));
  return cut.isEmpty();
}

}  // namespace gps::app
