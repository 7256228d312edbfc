// Blind reading in the window, on a made-up engine; its pages and those of numbers and cases in every theme and language.
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QSpinBox>
#include <QTest>

#include "app/actions.h"
#include "app/pages/cases/blindoutcome.h"
#include "app/pages/cases/blindpage.h"
#include "app/pages/cases/blindpanes.h"
#include "app/pages/cases/blindsetup.h"
#include "app/pages/cases/numberspage.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/casespage.h"
#include "app/project/viewsettings.h"
#include "numbersfixture.h"
#include "runfolders.h"
#include "sheetofkeys.h"
#include "smallestwindow.h"
#include "widgets/audittable.h"
#include "widgets/button.h"
#include "widgets/casetable.h"
#include "widgets/errorbanner.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/tablepanel.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestBlindWindow : public QObject, protected NumbersFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    m_served = 0;
  }
  void cleanup() { end(); }

  void blindReadingFromSetUpToTheEnd() {
    addRun();
    m_window->showPage(u"blind"_s);
    BlindPage* page = m_window->blindPage();
    QTRY_VERIFY(page->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(page->setup()->methods()->count(), 2, 20000);
    QCOMPARE(page->whyNotBegin(), QString());
    page->setup()->countBox()->setValue(3);
    page->setup()->seedBox()->setValue(12);
    QTest::mouseClick(page->primary(), Qt::LeftButton);
    QVERIFY(page->readings().current());
    const QString runId = page->readings().current()->methods[1].run;
    for (int i = 0; i < 3; ++i) {
      const QString id = page->readings().caseId();
      serve();
      QVERIFY(page->panes()->isReady());
      QVERIFY(!page->panes()->viewer(0)->overlayStyle().truth);
      // Zoom and pan of either are those of both.
      ui::ImageViewer *left = page->panes()->viewer(0), *right = page->panes()->viewer(1);
      QTest::keyClick(i % 2 == 0 ? left : right, Qt::Key_Plus);
      QVERIFY(!left->isFitted() && !right->isFitted());
      QCOMPARE(left->zoom(), right->zoom());
      QCOMPARE(left->view().centre, right->view().centre);
      QTest::keyClick(i % 2 == 0 ? right : left, Qt::Key_F);
      QVERIFY(left->isFitted() && right->isFitted());
      // The run's method, wherever it stands.
      const int place = int(page->readings().places(id).indexOf(1));
      QTest::keyClick(page->panes()->viewer(0), Qt::Key(Qt::Key_1 + place));
      QCOMPARE(page->readings().current()->votes.size(), i + 1);
    }
    QVERIFY(page->outcome()->isVisible());
    QVERIFY(!page->outcome()->sentence()->text().contains(runId));
    // The question and its buttons stand together. A key meant for the last picture does not unblind.
    ui::Button* unblind = page->outcome()->unblindButton();
    QCoreApplication::sendPostedEvents();
    const auto top = [page](const QWidget* w) { return w->mapTo(page, QPoint()).y(); };
    const int gap = top(unblind) - top(page->outcome()->sentence()) - page->outcome()->sentence()->height();
    QVERIFY2(gap >= 0 && gap <= ui::Theme::instance().px(4), qPrintable(QString::number(gap)));
    QVERIFY(page->outcome()->backButton()->hasFocus());
    unblind->setFocus();
    QTest::mouseClick(unblind, Qt::LeftButton);
    QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
    const auto result = page->readings().result();
    QVERIFY(result);
    QCOMPARE(result->perMethod[1], 3);
    QCOMPARE(page->outcome()->table()->rowCount(), 1);
    QCOMPARE(page->outcome()->images()->rowCount(), 3);
    const QString name = page->setup()->methods()->item(1)->text();
    QVERIFY(!name.isEmpty() && name != runId);
    QCOMPARE(page->outcome()->images()->index(0, 1).data().toString(), name);
    QVERIFY(page->readings().csv().contains(runId.toUtf8()));
    QVERIFY(!page->outcome()->unblindButton()->isVisible());
  }

  // Whatever is pressed over one of them, all methods are drawn alike, at the threshold that the reading began with.
  void hiddenMethodsAreDrawnAlike() {
    addRun();
    ViewSettings(*m_settings).setThreshold(0.35);
    m_window->showPage(u"blind"_s);
    BlindPage* page = m_window->blindPage();
    QTRY_VERIFY(page->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(page->setup()->methods()->count(), 2, 20000);
    page->setup()->countBox()->setValue(2);
    page->begin();
    serve();
    QVERIFY(page->panes()->isReady());
    QCOMPARE(page->readings().current()->threshold, 0.35);
    ui::ImageViewer *left = page->panes()->viewer(0), *right = page->panes()->viewer(1);
    QCOMPARE(left->overlayStyle().threshold, 0.35);
    const auto isTold = [page] {
      for (const auto* label : page->panes()->findChildren<QLabel*>())
        if (label->isVisible() && label->text().contains(u"threshold 0.35"_s)) return true;
      return false;
    };
    QVERIFY(isTold());
    for (const Qt::Key key : {Qt::Key_Comma, Qt::Key_Period, Qt::Key_C, Qt::Key_W, Qt::Key_E, Qt::Key_BracketLeft, Qt::Key_BracketRight,
                              Qt::Key_BracketRight, Qt::Key_C, Qt::Key_D, Qt::Key_G}) {
      QTest::keyClick(left, key);
      QCOMPARE(left->overlayStyle(), right->overlayStyle());
      QCOMPARE(left->overlayStyle().threshold, 0.35);
      QVERIFY(!left->overlayStyle().truth);
      QCOMPARE(left->mode(), ui::ImageViewer::Mode::Overlay);
      QCOMPARE(left->mode(), right->mode());
    }
    QTest::keyClick(right, Qt::Key_C);
    QVERIFY(!left->overlayStyle().fill && !right->overlayStyle().fill);
    QTest::keyPress(left, Qt::Key_Space);
    QVERIFY(left->isOverlayHidden() && right->isOverlayHidden());
    QTest::keyRelease(left, Qt::Key_Space);
    QVERIFY(!left->isOverlayHidden() && !right->isOverlayHidden());
    // The sheet and the line under the panes tell of the keys as they are.
    QCOMPARE(promisedFor(*m_window, u"Space"_s), u"Hide the overlay while held"_s);
    QCOMPARE(promisedFor(*m_window, u"F"_s), u"Fit the picture"_s);
    for (const QString& keys : {u"D"_s, u","_s, u"E"_s, u"Ctrl+G"_s}) QCOMPARE(promisedFor(*m_window, keys), QString());
    QCOMPARE(m_window->actions().setKeys(u"cases.hide"_s, QKeySequence(u"H"_s)), QString());
    QCOMPARE(promisedFor(*m_window, u"H"_s), u"Hide the overlay while held"_s);
    QStringList lines;
    for (const auto* label : page->panes()->findChildren<QLabel*>()) lines << label->text();
    QVERIFY2(lines.filter(u"H hides"_s).size() == 1, qPrintable(lines.join(u'\n')));
    QTest::keyPress(right, Qt::Key_Space);
    QVERIFY(!left->isOverlayHidden() && !right->isOverlayHidden());
    QTest::keyPress(right, Qt::Key_H);
    QVERIFY(left->isOverlayHidden() && right->isOverlayHidden());
    QTest::keyRelease(right, Qt::Key_H);
    // Opened again it is the same one, whatever the threshold has become elsewhere.
    page->readings().open(-1);
    ViewSettings(*m_settings).setThreshold(0.8);
    page->readings().open(0);
    QCOMPARE(left->overlayStyle().threshold, 0.35);
    QCOMPARE(right->overlayStyle().threshold, 0.35);
    QVERIFY(isTold());
  }

  void votesThatCannotBeWrittenAreToldOf() {
    addRun();
    m_window->showPage(u"blind"_s);
    BlindPage* page = m_window->blindPage();
    QTRY_VERIFY(page->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(page->setup()->methods()->count(), 2, 20000);
    page->setup()->countBox()->setValue(2);
    QVERIFY(!page->problem()->isVisible());
    // A folder stands where the file should.
    const QString file = m_window->session().project().folder + "/blind-readings.json"_L1;
    QVERIFY(QDir().mkpath(file + "/in the way"_L1));
    page->begin();
    QTRY_VERIFY_WITH_TIMEOUT(page->problem()->isVisible(), 5000);
    QVERIFY2(page->problem()->text().contains(u"not on the disk"_s), qPrintable(page->problem()->text()));
    QVERIFY(QDir(file).removeRecursively());
    page->readings().vote(0);
    QTRY_VERIFY_WITH_TIMEOUT(!page->problem()->isVisible(), 5000);
    QVERIFY(QFileInfo(file).isFile());
  }

  // With GPS_SHOTS=DIR the pictures are kept, to be looked at.
  void everyStateInEveryThemeAndLanguage() {
    const QString folder = qEnvironmentVariable("GPS_SHOTS");
    score();
    addRun();
    BlindPage* blind = m_window->blindPage();
    m_window->showPage(u"blind"_s);
    QTRY_VERIFY(blind->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(blind->setup()->methods()->count(), 2, 20000);
    const auto shoot = [&](const QString& state) {
      for (const char* theme : {"light", "dark", "contrast"})
        for (const char* code : {"en", "zh_CN"}) {
          m_window->setTheme(QString::fromLatin1(theme));
          QVERIFY(m_languages->use(QString::fromLatin1(code)));
          QTest::qWait(folder.isEmpty() ? 10 : 300);
          const QPixmap shot = m_window->grab();
          QCOMPARE(shot.size(), m_window->size() * shot.devicePixelRatio());
          if (!folder.isEmpty())
            QVERIFY(shot.save(u"%1/%2-%3-%4.png"_s.arg(folder, state, QLatin1StringView(theme), QLatin1StringView(code))));
        }
      m_window->setTheme(u"light"_s);
      m_languages->use(u"en"_s);
    };
    shoot(u"blind-setup"_s);
    blind->setup()->countBox()->setValue(4);
    blind->setup()->seedBox()->setValue(3);
    blind->begin();
    serve();
    shoot(u"blind-panes"_s);
    for (int i = 0; i < 4; ++i) {
      serve();
      Q_EMIT blind->panes()->voted(i == 1 ? kTieVote : int(blind->readings().places(blind->readings().caseId()).indexOf(1)));
    }
    QVERIFY(blind->readings().current()->isComplete());
    shoot(u"blind-read"_s);
    blind->readings().unblind();
    shoot(u"blind-outcome"_s);
    QTRY_COMPARE(blind->outcome()->table()->index(0, 0).data().toString(), u"Base model"_s);
    QVERIFY(m_languages->use(u"zh_CN"_s));
    QTRY_COMPARE(blind->outcome()->table()->index(0, 0).data().toString(), u"基础模型"_s);
    m_languages->use(u"en"_s);
    m_window->showPage(u"numbers"_s);
    QTRY_VERIFY(m_window->numbersPage()->table()->model()->rowCount() > 0);
    shoot(u"numbers"_s);
    m_window->showPage(u"cases"_s);
    QTRY_VERIFY(m_window->casesPage()->isSettled());
    m_window->casesPage()->reading()->readings().rate(m_window->casesPage()->table()->currentId(), 4);
    shoot(u"cases"_s);
  }

  void nothingIsCutInTheSmallestWindow() {
    addRun();
    BlindPage* blind = m_window->blindPage();
    m_window->showPage(u"blind"_s);
    QTRY_VERIFY(blind->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(blind->setup()->methods()->count(), 2, 20000);
    SmallestWindow small(*m_window, *m_settings, *m_languages);
    QVERIFY(isUncut(small.cutEverywhere(u"blind"_s, u"-setup"_s)));
    blind->setup()->countBox()->setValue(3);
    blind->begin();
    serve();
    QVERIFY(isUncut(small.cutEverywhere(u"blind"_s, u"-panes"_s)));
    for (int i = 0; i < 3; ++i) {
      serve();
      Q_EMIT blind->panes()->voted(i == 1 ? kTieVote : int(blind->readings().places(blind->readings().caseId()).indexOf(1)));
    }
    blind->readings().unblind();
    QVERIFY(blind->outcome()->isVisible());
    QVERIFY(isUncut(small.cutEverywhere(u"blind"_s, u"-outcome"_s)));
  }

 private:
  // A run of the open weights.
  void addRun() {
    const std::string folder = m_window->session().project().runsFolder().toStdString() + "/k1";
    test::writeRun(folder, {});
    TrainSpec spec = readRun(folder).spec;
    spec.model.weightsPath = m_window->session().project().model.weightsPath;
    writeTextAtomically(folder + "/run.toml", toToml(spec));
  }
  // Answers what the page asks for, until both methods of the case are there; what is read ahead for the next comes with it.
  void serve() {
    const auto good = std::make_shared<const ProbabilityMap>(discMap(15)), poor = std::make_shared<const ProbabilityMap>(discMap(7));
    for (int tries = 0; tries < 100 && !m_window->blindPage()->panes()->isReady(); ++tries) {
      for (; m_served < m_engine->requests.size(); ++m_served) {
        const auto [run, request] = m_engine->requests[m_served];
        m_engine->say(run, Predicted{request.caseId, request.runFolder, request.epoch, request.runFolder.isEmpty() ? poor : good});
      }
      QTest::qWait(20);
    }
  }
  qsizetype m_served = 0;
};

QTEST_MAIN(TestBlindWindow)
#include "tst_blindwindow.moc"
