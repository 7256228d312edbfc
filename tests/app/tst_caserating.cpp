// Cases are rated by keys, and the reading goes on where it was left, on a made-up engine.
#include <QLineEdit>
#include <QTest>
#include <QWindow>

#include "app/pages/cases/readingcard.h"
#include "app/pages/casespage.h"
#include "numbersfixture.h"
#include "widgets/casetable.h"
#include "widgets/imageviewer.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestCaseRating : public QObject, protected NumbersFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { begin(); }
  void cleanup() { end(); }

  void digitsRateAndGoOn() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->isSettled());
    auto& readings = page->reading()->readings();
    QTRY_VERIFY(readings.isRead());
    page->showCase(page->table()->visibleIds().first());
    QTRY_VERIFY(page->isSettled());
    const QString first = page->table()->currentId();
    QTest::keyClick(page->viewer(), Qt::Key_4);
    QCOMPARE(readings.of(first).rating, 4);
    const QString second = page->table()->currentId();
    QVERIFY(second != first);
    QTest::keyClick(page->viewer(), Qt::Key_R);
    QTRY_VERIFY(page->reading()->remark()->hasFocus());
    QTest::keyClicks(page->reading()->remark(), u"flat 5 mm"_s);  // digits are text here
    QTest::keyClick(page->reading()->remark(), Qt::Key_Return);
    QCOMPARE(readings.of(second).remark, u"flat 5 mm"_s);
    QCOMPARE(readings.of(second).rating, 0);
    QVERIFY(page->viewer()->hasFocus());
    QTest::keyClick(page->viewer(), Qt::Key_A);
    QCOMPARE(page->table()->currentId(), first);
    QCOMPARE(page->reading()->ratings()->current(), u"4"_s);
    QCOMPARE(readings.count(), 2);
  }

  // As the keyboard sends it, shortcuts of the window included.
  void hundredPercentWhereDigitsRate() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->isSettled());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    page->viewer()->setFocus();
    QVERIFY(page->viewer()->isFitted());
    QTest::keyClick(m_window->windowHandle(), Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(!page->viewer()->isFitted());
    QCOMPARE(m_window->currentPage(), u"cases"_s);
    QCOMPARE(page->viewer()->zoom() * page->viewer()->devicePixelRatioF(), 1.0);
    QCOMPARE(page->reading()->readings().count(), 0);
    QTest::keyClick(m_window->windowHandle(), Qt::Key_2, Qt::ControlModifier);  // the others are pages
    QTRY_VERIFY(m_window->currentPage() != "cases"_L1);
    QTest::keyClick(m_window->windowHandle(), Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(m_window->currentPage(), u"home"_s);
  }

  void aReadingGoesOnWhereItWasLeft() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->reading()->readings().isRead());
    page->showCase(u"case_8"_s);
    QTRY_VERIFY(page->isSettled());
    page->reading()->setGoesOn(false);
    QTest::keyClick(page->viewer(), Qt::Key_2);
    page->reading()->readings().flush();
    Readings again;
    again.setReader(u"Ann"_s);
    again.setPredictions(u"untuned"_s);
    again.setProject(m_window->session().project().folder);
    QTRY_VERIFY(again.isRead());
    QCOMPARE(again.last(), u"case_8"_s);
    QCOMPARE(again.of(u"case_8"_s).rating, 2);
    // Opened once more, the page begins there.
    const QString folder = m_window->session().project().folder;
    openProject(folder);
    m_window->showPage(u"cases"_s);
    QTRY_COMPARE(m_window->casesPage()->table()->currentId(), u"case_8"_s);
  }
};

QTEST_MAIN(TestCaseRating)
#include "tst_caserating.moc"
