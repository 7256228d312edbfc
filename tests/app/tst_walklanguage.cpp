// Walk 10: switch to Simplified Chinese and dark at 200 % during a run. No character without a glyph, no text cut off, the run goes
// on undisturbed, and the window's thread is never held up.
#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QRawFont>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <atomic>
#include <thread>
#include <tuple>

#include "app/eventloopprobe.h"
#include "app/pages/settingspage.h"
#include "app/pages/trainpage.h"
#include "tests/widgets/speedfigures.h"
#include "widgets/curveplot.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class WalkLanguage : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
    begin();
    showWindow();
    m_window->resize(1920, 1080);
    openPictures(sampleData(), m_dir->filePath(u"p"_s));
    openModel();
    runPass();
    session().startTraining();
    m_engine->say(EpochDone{sampleEpoch(0)});
  }
  void cleanupTestCase() {
    m_engine->end(JobOutcome::Cancelled);
    m_window.reset();
    ui::Theme::instance().setTextScale(1);
  }

  void switchesDuringARun() {
    Session& session = m_window->session();
    step(20);
    const TrainSpec spec = session.run().spec;
    const int stops = m_engine->stops;
    m_window->showPage(u"settings"_s);
    Q_EMIT m_window->settingsPage()->languageRequested(u"zh_CN"_s);
    step(20);
    Q_EMIT m_window->settingsPage()->theme()->currentChanged(u"dark"_s);
    step(20);
    Q_EMIT m_window->settingsPage()->scale()->currentChanged(u"200"_s);
    step(20);
    QCOMPARE(m_languages->current(), u"zh_CN"_s);
    QVERIFY(ui::Theme::instance().isDark());
    QCOMPARE(ui::Theme::instance().textScale(), 2.0);
    // Undisturbed: the same run, every step there, nothing asked of the engine.
    QVERIFY(session.isTraining());
    QCOMPARE(session.run().steps.size(), std::size_t(80));
    QCOMPARE(m_window->trainPage()->curves()->pointCount(0), 80);
    QCOMPARE(session.run().spec.epochs, spec.epochs);
    QCOMPARE(m_engine->stops, stops);
  }

  void noBoxesAndNothingCut_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QSize>("size");
    for (const char* code : {"zh_CN", "en"})
      for (const char* id : {"home", "data", "model", "selection", "train", "cases", "settings"})
        for (const QSize size : {QSize(1920, 1080), QSize(1280, 720)})
          QTest::newRow(qPrintable(u"%1 %2 %3"_s.arg(QString::fromLatin1(code), QString::fromLatin1(id)).arg(size.width())))
              << QString::fromLatin1(code) << QString::fromLatin1(id) << size;
  }
  void noBoxesAndNothingCut() {
    QFETCH(QString, code);
    QFETCH(QString, page);
    QFETCH(QSize, size);
    m_languages->use(code);
    m_window->resize(size);
    m_window->showPage(page);
    QTest::qWait(60);
    QVERIFY2(m_window->width() <= size.width() && m_window->height() <= size.height(), "the window fits the screen");
    QStringList cut, boxes;
    // Layouts settle over some rounds of the event loop.
    for (int i = 0; i < 40; ++i) {
      std::tie(cut, boxes) = faults(page);
      if (cut.isEmpty()) break;
      QTest::qWait(50);
    }
    const QString shots = qEnvironmentVariable("GPS_SHOTS");
    if (!shots.isEmpty()) m_window->grab().save(u"%1/%2-200-%3-%4.png"_s.arg(shots, page, code).arg(size.width()));
    if (!SettingsPage::chineseFont().isEmpty()) QVERIFY2(boxes.isEmpty(), qPrintable(boxes.join(u' ')));
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u"; "_s)));
  }

  // A million steps arrive in the batches of a fast run while the processors are busy; somebody looks, pans and changes pages.
  void theWindowIsNeverHeldUp() {
    m_languages->use(u"zh_CN"_s);
    m_window->resize(1920, 1080);
    m_settings->setTextScale(1);
    QTest::qWait(500);  // pages that are not seen take the language one after the other
    std::atomic<bool> ends = false;
    std::thread burner([&ends] {
      volatile double x = 1;
      while (!ends) x = x * 1.0000001 + 1e-9;
    });
    EventLoopProbe probe;
    speed::Yardstick yardstick;
    probe.start();
    double longest = 0, computed = 0;
    const QStringList pages{u"train"_s, u"selection"_s, u"home"_s, u"data"_s, u"train"_s};
    for (int i = 0; i < 60; ++i) {
      step(200);
      if (i % 10 == 0) m_window->showPage(pages[(i / 10) % pages.size()]);
      if (i % 7 == 0) m_window->session().setKeptPerRow(1 + i % 60);
      if (i % 10 == 5) yardstick.measure();
      QTest::qWait(20);
    }
    ends = true;
    burner.join();
    probe.stop();
    longest = probe.longestMs();
    computed = probe.computedMs();
    qInfo("longest block of the window beside a busy processor: %.1f ms, %.1f ms of it computing", longest, computed);
    const double slowness = yardstick.slowness();
    QVERIFY2(computed < 50 * slowness, qPrintable(u"%1 ms on a machine that is %2 times slower"_s.arg(computed).arg(slowness)));
    QVERIFY(m_window->session().isTraining());
  }

 private:
  void step(int n) {
    StepsAdded m;
    for (int i = 0; i < n; ++i) {
      ++m_step;
      m.steps.push_back({m_step, m_step / 1000.0, 1.6 * std::exp(-m_step / 900.0) + 0.1 * (m_step % 5), 1e-3});
    }
    m_engine->say(std::move(m));
    QCoreApplication::sendPostedEvents();
  }
  // Texts that do not fit, and characters that no font has.
  std::pair<QStringList, QStringList> faults(const QString& page) const {
    QStringList cut, boxes;
    for (const QWidget* w : m_window->findChildren<QWidget*>()) {
      if (!w->isVisible()) continue;
      QString text;
      int needed = 0, available = w->contentsRect().width();
      if (const auto* label = qobject_cast<const QLabel*>(w)) {
        text = label->text();
        if (!label->wordWrap() && !text.isEmpty())
          needed = label->minimumSizeHint().width() > 0 ? label->sizeHint().width() - (w->width() - available) : 0;
        if (label->wordWrap() && label->heightForWidth(w->width()) > w->height() + QFontMetrics(label->font()).height() / 3)
          cut << describe(w, text);
        if (QFontMetrics(label->font()).height() > w->height() + 1 && !text.isEmpty()) cut << describe(w, text);
      } else if (const auto* button = qobject_cast<const QAbstractButton*>(w)) {
        text = button->text();
        if (!text.isEmpty() && QFontMetrics(button->font()).height() > w->height() + 1) cut << describe(w, text);
        needed = text.isEmpty() || !button->inherits("QPushButton") ? 0 : QFontMetrics(button->font()).horizontalAdvance(text);
      } else if (const auto* segments = qobject_cast<const ui::SegmentedControl*>(w)) {
        needed = segments->minimumSizeHint().width();
        text = segments->accessibleName();
        available = w->width();
      } else {
        continue;
      }
      if (needed > available + 1) cut << describe(w, text);
      for (const QChar c : text)
        if (!c.isSpace() && !hasGlyph(w->font(), c)) boxes << QString(c);
    }
    // Nothing lies beyond the right edge of what can be scrolled to.
    for (const QScrollArea* area : m_window->page(page)->findChildren<QScrollArea*>())
      if (area->isVisible() && area->horizontalScrollBar()->maximum() > 0)
        cut << u"%1 px to the right of %2"_s.arg(area->horizontalScrollBar()->maximum()).arg(page);
    return {cut, boxes};
  }
  static bool hasGlyph(const QFont& font, QChar c) {
    if (QFontMetrics(font).inFont(c)) return true;
    for (const QString& family : font.families() + QStringList{SettingsPage::chineseFont()}) {
      QFont other(font);
      other.setFamilies({family});
      if (QRawFont::fromFont(other).supportsCharacter(c)) return true;
    }
    return false;
  }
  static QString describe(const QWidget* w, const QString& text) {
    return u"%1 “%2” %3×%4"_s.arg(QString::fromLatin1(w->metaObject()->className()), text.left(40)).arg(w->width()).arg(w->height());
  }
  int m_step = 0;
};

QTEST_MAIN(WalkLanguage)
#include "tst_walklanguage.moc"
