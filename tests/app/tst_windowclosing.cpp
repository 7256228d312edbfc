// Closing the window and opening another project, with and without a job under way, and what is told when that cannot be done.
#include <QAbstractButton>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include "app/actions.h"
#include "app/demorun.h"
#include "app/shellactions.h"
#include "widgets/button.h"
#include "widgets/noticebar.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestWindowClosing : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void closesAtOnceWhenIdle() {
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QCOMPARE(closed.count(), 1);
    QVERIFY(!m_window->isVisible());
  }

  void closeDuringARunAsksAndWaits() {
    openSample();
    m_window->session().startTraining();
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QVERIFY(m_window->isVisible());
    auto* question = m_window->findChild<QMessageBox*>();
    QVERIFY(question);
    QCOMPARE(m_engine->state(), RunState::Running);  // nothing happens before the answer
    question->buttons().constFirst()->click();
    QTRY_COMPARE(m_engine->state(), RunState::Stopping);
    QVERIFY(m_window->isVisible());
    QCOMPARE(closed.count(), 0);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(!m_window->isVisible());
  }

  void replacingTheProjectDuringARunAsks_data() {
    QTest::addColumn<QString>("way");
    for (const char* way : {"home", "command", "recent", "palette", "drop"}) QTest::newRow(way) << QString::fromLatin1(way);
  }
  void replacingTheProjectDuringARunAsks() {
    QFETCH(QString, way);
    QVERIFY(QDir().mkpath(m_dir->filePath(u"others"_s)));
    openPictures(sampleData(), m_dir->filePath(u"others"_s));
    openSample();
    const QString own = session().project().folder;
    session().startTraining();
    const QString run = session().run().folder;
    const auto open = [&] {
      if (way == "home"_L1) {
        m_window->showPage(u"home"_s);
        for (auto* button : m_window->page(u"home"_s)->findChildren<ui::Button*>())
          if (button->text() == "Open demo project"_L1) return button->click();
      } else if (way == "command"_L1) {
        m_window->actions().trigger(u"file.demo"_s);
      } else if (way == "recent"_L1) {
        m_window->actions().trigger(u"file.recent2"_s);
      } else if (way == "palette"_L1) {
        m_window->shell().run(u"file.demo"_s);
      } else {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_dir->filePath(u"others"_s))});
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &event);
        QThreadPool::globalInstance()->waitForDone();  // a folder is looked into beside the window
        QCoreApplication::sendPostedEvents();
      }
    };
    const auto answer = [&](QMessageBox::ButtonRole role) {
      auto* question = m_window->findChild<QMessageBox*>();
      QVERIFY(question);
      for (auto* button : question->buttons())
        if (question->buttonRole(button) == role) return button->click();
    };
    open();
    QCOMPARE(m_engine->state(), RunState::Running);  // nothing happens before the answer
    answer(QMessageBox::RejectRole);
    QTRY_VERIFY(!m_window->findChild<QMessageBox*>());
    QVERIFY(session().isTraining());
    QCOMPARE(session().project().folder, own);
    open();
    answer(QMessageBox::AcceptRole);
    QCOMPARE(m_engine->state(), RunState::Stopping);
    QCOMPARE(session().project().folder, own);
    QCOMPARE(session().run().folder, run);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_VERIFY(session().project().folder != own);
    QVERIFY(!session().isTraining());
  }

  void theOpenProjectLeadsOn() {
    openSample();
    m_window->showPage(u"home"_s);
    m_window->actions().trigger(u"file.recent1"_s);
    QCOMPARE(m_window->currentPage(), u"data"_s);
    QVERIFY(session().table());
  }

  // What could not be saved on the way out is told; no later job ends the window by itself.
  void aCloseThatFailedIsOver() {
    openSample();
    session().startTraining();
    m_window->close();
    auto* question = m_window->findChild<QMessageBox*>();
    QVERIFY(question);
    question->buttons().constFirst()->click();
    session().setExcluded({u"2.0"_s}, {});
    const QString folder = session().project().folder;
    QVERIFY(QDir().rename(folder, folder + "-away"_L1));
    QFile inTheWay(folder);  // a file where the folder was
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_VERIFY(m_window->noticeBar()->isVisible());
    QCOMPARE(closed.count(), 0);
    QVERIFY(inTheWay.remove());
    QVERIFY(QDir().rename(folder + "-away"_L1, folder));
    session().saveProjectAs(m_dir->filePath(u"elsewhere"_s));
    QTRY_VERIFY(!session().isBusy());
    session().startTraining();
    QVERIFY(session().isTraining());
    m_engine->end();
    QTest::qWait(20);
    QCOMPARE(closed.count(), 0);
    QVERIFY(m_window->isVisible());
    while (m_engine->state() != RunState::Idle) m_engine->end();
    session().startTraining();
    m_window->close();  // asks again
    QVERIFY(m_window->isVisible());
    QVERIFY(m_window->findChild<QMessageBox*>());
  }

  // Its last pictures are being written when it goes.
  void theDemoWaitsForItsPictures() {
    class SlowImages : public DiscImages {
     public:
      MaskImage loadMask(const std::string& path) const override {
        QThread::msleep(30);
        return DiscImages::loadMask(path);
      }
    };
    QFile weights(m_dir->filePath(u"w.pth"_s));
    QVERIFY(weights.open(QIODevice::WriteOnly));
    qputenv("GPS_WEIGHTS", weights.fileName().toUtf8());
    auto demo = std::make_unique<DemoRun>(*m_window);
    demo->start();
    DataOpened data = sampleData();
    data.images = std::make_shared<SlowImages>();
    const RunId listing = m_engine->last();
    m_engine->say(listing - 2, data);
    m_engine->say(listing - 1, sampleModel());
    m_engine->end();
    m_engine->say(listing, JobEnded{JobKind::ListRuns, JobOutcome::Finished, {}});
    QCOMPARE(m_engine->currentJob(), JobKind::GradientPass);
    m_engine->say(sampleTable());
    m_engine->end();
    QVERIFY(session().isTraining());
    for (int e = 0; e < 2; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
    m_engine->end();
    CasesScored scored{{}, 0, {}};
    for (const char* id : {"case_6", "case_7", "case_8", "case_9"}) {
      CaseScore score;
      score.id = id;
      scored.cases.push_back({score, std::make_shared<const ProbabilityMap>(discMap(14))});
    }
    m_engine->say(scored);
    for (int e = 0; e < 2; ++e) {
      m_engine->say(ScoringDone{e > 0 ? session().run().folder : QString(), e, std::make_shared<SegmentationScore>()});
      m_engine->end();
    }
    const QDir pictures(session().project().folder + "/exports/demo"_L1);
    QVERIFY(pictures.entryList({u"*.png"_s}).size() < 4);
    demo.reset();
    QCOMPARE(pictures.entryList({u"*.png"_s}).size(), 4);
  }

  void closeDuringAnotherJobJustStopsIt() {
    openSample();
    m_window->session().runGradientPass();
    m_window->close();
    QCOMPARE(m_engine->state(), RunState::Stopping);
    QVERIFY(m_window->isVisible());
    m_engine->end(JobOutcome::Cancelled);
    QTRY_VERIFY(!m_window->isVisible());
  }
};

QTEST_MAIN(TestWindowClosing)
#include "tst_windowclosing.moc"
