// A folder of new pictures in the window, on a made-up engine: streaming, cancel, waiting for a run, words, keys.
#include <QDir>
#include <QFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include "app/actions.h"
#include "newpicturesfixture.h"
#include "sheetofkeys.h"
#include "widgets/button.h"
#include "widgets/gotofield.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/theme.h"
#include "widgets/thumbnailgrid.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestNewPictures : public QObject, protected NewPicturesFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { begin(); }
  void cleanup() { end(); }

  void knowsAFolderWithoutMasks() {
    QVERIFY(holdsOnlyPictures(m_folder));
    QFile list(m_folder + "/train.txt"_L1);
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.close();
    QVERIFY(!holdsOnlyPictures(m_folder));
    list.remove();
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/a_mask.png"_L1);
    QVERIFY(!holdsOnlyPictures(m_folder));
    QFile::remove(m_folder + "/a_mask.png"_L1);
    QDir(m_folder).mkdir(u"masks"_s);
    QVERIFY(!holdsOnlyPictures(m_folder));
    QVERIFY(!holdsOnlyPictures(m_dir->path() + "/none"_L1));
    // Other files, results of before and one folder of pictures may lie beside them.
    QVERIFY(QDir(m_folder).rmdir(u"masks"_s));
    const auto write = [this](const QString& name, const char* text) {
      QFile file(m_folder + u'/' + name);
      return file.open(QIODevice::WriteOnly) && file.write(text) > 0;
    };
    QVERIFY(write(u"remarks.txt"_s, "seen on Monday\n"));
    QVERIFY(write(u"scope.json"_s, "{}"));
    QVERIFY(write(u"areas.csv"_s, "picture,width,height,threshold,area_pixels,area_share,mask,problem,use,model,outlined_by\n"));
    QVERIFY(write(u"patients.csv"_s, "number,age\n1,70\n"));
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/a_overlay.png"_L1);
    QDir(m_folder).mkpath(u"old"_s);
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/old/a.png"_L1);
    QVERIFY(holdsOnlyPictures(m_folder));
    QDir(m_folder).mkpath(u"older"_s);
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/older/a.png"_L1);
    QVERIFY(!holdsOnlyPictures(m_folder));  // folders of classes
    QVERIFY(QDir(m_folder + "/older"_L1).removeRecursively());
    QVERIFY(holdsOnlyPictures(m_folder));
    QVERIFY(write(u"data.csv"_s, "image;mask;split\n"));
    QVERIFY(!holdsOnlyPictures(m_folder));
    QVERIFY(QFile::remove(m_folder + "/data.csv"_L1));
    for (const char* name : {"val.txt", "train800val200.txt", "train_fit.txt", "test.json"}) {
      QVERIFY(write(QString::fromLatin1(name), "a.png 1\n"));
      QVERIFY2(!holdsOnlyPictures(m_folder), name);
      QVERIFY(QFile::remove(m_folder + u'/' + QString::fromLatin1(name)));
    }
    QDir(m_folder).mkdir(u"Train"_s);
    QVERIFY(!holdsOnlyPictures(m_folder));
  }

  // The project, its pictures and a run stay what they are.
  void picturesDroppedAloneAreLookedAt() {
    openProject();
    const QString project = session().project().folder;
    drop(m_folder + "/a.png"_L1);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QCOMPARE(m_engine->newPicturesRequest.files, QStringList{m_folder + "/a.png"_L1});
    QVERIFY(!page()->asVideoButton()->isVisible());
    m_engine->end();
    dropAll({m_folder + "/a.png"_L1, m_folder + "/d.png"_L1});
    QCOMPARE(m_engine->newPicturesRequest.files, (QStringList{m_folder + "/a.png"_L1, m_folder + "/d.png"_L1}));
    m_engine->end();
    drop(m_folder);
    QVERIFY(m_engine->newPicturesRequest.files.isEmpty());
    m_engine->end();
    train(false);
    const int stops = m_engine->stops;
    drop(m_folder + "/a.png"_L1);
    QVERIFY(session().isTraining());
    QCOMPARE(m_engine->stops, stops);
    QVERIFY(page()->state()->text().contains(u"A run is training"_s));
    QCOMPARE(session().project().folder, project);
    QCOMPARE(session().project().dataFolder, m_dir->path());
    QVERIFY(session().data());
  }

  void savingTheProjectElsewhereKeepsWhatWasSeen() {
    openProject();
    lookAtAll();
    QCOMPARE(session().whyNoSaveAs(), QString());
    session().saveProjectAs(m_dir->path() + "/copy"_L1);
    QTRY_COMPARE(session().project().folder, m_dir->path() + "/copy"_L1);
    QCOMPARE(page()->pictures().items().size(), 5);
    QCOMPARE(page()->pictures().seenCount(), 4);
    session().openPictures(m_dir->path() + "/others"_L1);
    QVERIFY(page()->pictures().items().isEmpty());
  }

  // The runs of a project come a moment after its model; until then it is not known what the trained model is.
  void waitsUntilTheRunsAreListed() {
    session().openPictures(m_dir->path());
    const RunId list = m_engine->last();
    m_engine->say(list - 1, sampleData());
    m_engine->end();
    openModel();
    drop(m_folder);
    QVERIFY(m_engine->currentJob() != JobKind::LookAtPictures);
    RunRecord record;
    record.folder = "/runs/k3";
    record.epochs = {sampleEpoch(0), sampleEpoch(1), sampleEpoch(2)};
    record.bestEpoch = 2;
    record.finished = true;
    m_engine->say(list, RunsListed{{record}});
    m_engine->say(list, JobEnded{JobKind::ListRuns, JobOutcome::Finished, {}});
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QCOMPARE(m_engine->newPicturesRequest.runFolder, u"/runs/k3"_s);
    QCOMPARE(m_engine->newPicturesRequest.epoch, 2);
  }

  // What waits for the engine goes with a stop, the list of runs too: nobody waits for it then.
  void aLostListOfRunsHoldsNothingUp() {
    session().openPictures(m_dir->path());
    m_engine->say(m_engine->last() - 1, sampleData());
    m_engine->end();
    openModel();
    drop(m_folder);
    QVERIFY(m_engine->currentJob() != JobKind::LookAtPictures);
    session().stopEngine();
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QVERIFY(m_engine->newPicturesRequest.runFolder.isEmpty());
  }

  void saysWhatIsMissing() {
    page()->open(m_folder);
    m_window->showPage(u"newpictures"_s);
    QVERIFY(page()->isEmptyShown());
    QVERIFY(noticeOf(*page())->isVisible());
    openProject();
    QCOMPARE(m_engine->newPicturesRequest.folder, m_folder);  // begins once there is a model
    QVERIFY(!page()->isEmptyShown());
  }

  void streamsIn() {
    openProject();
    drop(m_folder);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    QCOMPARE(m_engine->newPicturesRequest.folder, m_folder);
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QVERIFY(noticeOf(*page())->isVisible());
    QVERIFY(noticeOf(*page())->text().contains(u"not for diagnosis"_s));
    find();
    see(0);
    QTRY_VERIFY(page()->viewer()->composed().width() == kSide);  // as soon as it is there
    m_engine->say(Progress{"predict", "images", 1, 5, 0.5, 2, 2, 0, 0});
    QTRY_VERIFY2(page()->state()->text().contains(u"1 of 5 images"_s), qPrintable(page()->state()->text()));
    QVERIFY(page()->state()->text().contains(u"left"_s));
    QVERIFY(page()->cancelButton()->isVisible());
    see(1);
    see(2);
    broken(3);
    see(4);
    m_engine->end();
    QTRY_VERIFY(words().contains(u"c.png"_s));
    QVERIFY(words().contains(u"1 picture could not be read"_s));
    QVERIFY(!page()->cancelButton()->isVisible());
    QVERIFY(page()->state()->text().contains(u"4"_s));
    QCOMPARE(page()->gallery()->itemCount(), 5);
    QVERIFY(page()->saveButton()->isEnabled());
    // One value for the picture and the numbers.
    const double half = page()->pictures().share(0, 0.5), low = page()->pictures().share(0, 0.05);
    QVERIFY(low > half);
    QVERIFY(std::abs(half - shareOf(DiscMaps().map(0), 0.5)) < 1e-12);
    QVERIFY(std::abs(low - shareOf(DiscMaps().map(0), 0.05)) < 1e-12);
    QVERIFY(std::isnan(page()->pictures().share(3, 0.5)));
  }

  void fitsTheSmallestWindow() {
    openProject();
    m_window->resize(1280, 720);
    lookAtAll();
    QTRY_COMPARE(page()->gallery()->itemCount(), 5);
    QCoreApplication::sendPostedEvents();
    QVERIFY(m_window->width() <= 1280 && m_window->height() <= 720);
    for (const auto* area : page()->findChildren<QScrollArea*>()) QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
  }

  void stops() {
    openProject();
    drop(m_folder);
    find();
    see(0);
    page()->cancelButton()->click();
    QCOMPARE(m_engine->stops > 0, true);
    QVERIFY(page()->state()->text().contains(u"Stopping"_s));
    m_engine->end(JobOutcome::Cancelled);
    QTRY_VERIFY(page()->state()->text().contains(u"Stopped after 1 picture"_s));
    QVERIFY(page()->saveButton()->isEnabled());  // what is there stays
  }

  void waitsForTheRun() {
    openProject();
    train(false);
    drop(m_folder);
    QCOMPARE(m_engine->currentJob(), JobKind::Train);
    QVERIFY(page()->state()->text().contains(u"A run is training"_s));
    page()->cancelButton()->click();
    QVERIFY(m_window->session().isTraining());  // the run goes on
    drop(m_folder);
    m_engine->end();  // scores follow by themselves
    for (int i = 0; i < 8 && m_engine->currentJob() != JobKind::LookAtPictures; ++i) m_engine->end();
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QVERIFY(m_engine->newPicturesRequest.epoch > 0);  // the best one
    QVERIFY(!m_engine->newPicturesRequest.runFolder.isEmpty());
  }

  void noJargonInEveryState() {
    page()->open(m_folder);
    m_window->showPage(u"newpictures"_s);
    scan(*page(), "empty");
    openProject();
    drop(m_folder);
    scan(*page(), "beginning");
    find();
    see(0);
    scan(*page(), "looking");
    broken(3);
    m_engine->end();
    QTest::qWait(200);
    scan(*page(), "done");
    train(true);
    m_window->showPage(u"newpictures"_s);
    page()->open(m_folder);
    scan(*page(), "with a run");
    for (const char* state : {"zh"}) {
      m_languages->use(u"zh_CN"_s);
      scan(*page(), state);
    }
  }

  void keysGoThroughThePictures() {
    openProject();
    lookAtAll();
    QTRY_COMPARE(page()->gallery()->currentId(), u"4"_s);
    page()->viewer()->setFocus();
    QTest::keyClick(page()->viewer(), Qt::Key_A);  // the broken one is passed over
    QCOMPARE(page()->gallery()->currentId(), u"2"_s);
    QTest::keyClick(page()->viewer(), Qt::Key_D);
    QCOMPARE(page()->gallery()->currentId(), u"4"_s);
  }

  void theSheetListsTheKeysOfTheViewer() {
    QCOMPARE(promisedFor(*m_window, u"D"_s), QString());
    openProject();
    m_window->showPage(u"newpictures"_s);
    QCOMPARE(promisedFor(*m_window, u"D"_s), QString());  // nothing to go through yet
    lookAtAll();
    const std::pair<const char*, const char*> promised[] = {{"D", "Next picture"},         {"A", "Former picture"},
                                                            {"Home", "First picture"},     {"End", "Last picture"},
                                                            {"Ctrl+G", "Go to a picture"}, {"Space", "Hide the overlay while held"},
                                                            {"C", "Contour only"},         {"[", "Fainter overlay"},
                                                            {"]", "Stronger overlay"},     {",", "Lower threshold"},
                                                            {".", "Higher threshold"},     {"F", "Fit the picture"},
                                                            {"1", "New picture at 100 %"}, {"Ctrl+1", "Home"}};
    for (const auto& [keys, what] : promised) QCOMPARE(promisedFor(*m_window, QString::fromLatin1(keys)), QString::fromLatin1(what));
    QCOMPARE(promisedFor(*m_window, u"E"_s), QString());  // there is no truth to err from
    QStringList titles;
    for (const auto& group : m_window->shell().keys()) titles << group.title;
    QVERIFY(titles.contains(u"Cases"_s) && titles.indexOf(u"Cases"_s) < titles.indexOf(u"Project"_s));
    // What is promised happens, from the gallery as well.
    for (QWidget* at : std::initializer_list<QWidget*>{page()->viewer(), page()->gallery()}) {
      const OverlayStyle before = page()->viewer()->overlayStyle();
      at->setFocus();
      QTest::keyClick(at, Qt::Key_BracketRight);
      QTest::keyClick(at, Qt::Key_Comma);
      QTest::keyClick(at, Qt::Key_C);
      const OverlayStyle now = page()->viewer()->overlayStyle();
      QVERIFY(now.opacity > before.opacity && now.threshold < before.threshold && now.fill != before.fill);
      QTest::keyPress(at, Qt::Key_Space);
      QVERIFY(page()->viewer()->isOverlayHidden());
      QTest::keyRelease(at, Qt::Key_Space);
      QVERIFY(!page()->viewer()->isOverlayHidden());
      QTest::keyClick(at, Qt::Key_Home);
      QCOMPARE(page()->gallery()->currentId(), u"0"_s);
      QTest::keyClick(at, Qt::Key_D);
      QCOMPARE(page()->gallery()->currentId(), u"1"_s);
    }
  }

  void keysChangedInTheSettingsHoldHere() {
    openProject();
    lookAtAll();
    QCOMPARE(m_window->actions().setKeys(u"cases.previous"_s, QKeySequence(u"J"_s)), QString());
    QCOMPARE(promisedFor(*m_window, u"J"_s), u"Former picture"_s);
    QCOMPARE(promisedFor(*m_window, u"A"_s), QString());
    page()->viewer()->setFocus();
    QTest::keyClick(page()->viewer(), Qt::Key_A);
    QCOMPARE(page()->gallery()->currentId(), u"4"_s);
    QTest::keyClick(page()->viewer(), Qt::Key_J);
    QCOMPARE(page()->gallery()->currentId(), u"2"_s);
    // A page names what it steps through, the list of all commands does not.
    QCOMPARE(m_window->actions().info(u"cases.previous"_s)->name(), u"Former case"_s);
    // From the palette the command acts on the page that is there.
    m_window->shell().run(u"cases.first"_s);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    QCOMPARE(page()->gallery()->currentId(), u"0"_s);
  }

  void goesToANumberOrAName() {
    openProject();
    lookAtAll();
    page()->viewer()->setFocus();
    const auto go = [this](const QString& where) {
      QTest::keyClick(page()->viewer(), Qt::Key_G, Qt::ControlModifier);
      QVERIFY(page()->goTo()->isVisible());
      QTest::keyClicks(page()->goTo(), where);
      QTest::keyClick(page()->goTo(), Qt::Key_Return);
    };
    go(u"2"_s);
    QCOMPARE(page()->gallery()->currentId(), u"1"_s);
    QVERIFY(!page()->goTo()->isVisible());
    go(u"D.PN"_s);
    QCOMPARE(page()->gallery()->currentId(), u"4"_s);
    go(u"nowhere"_s);
    QVERIFY(page()->goTo()->isVisible());  // to be written anew
    QTest::keyClick(page()->goTo(), Qt::Key_Escape);
    QVERIFY(!page()->goTo()->isVisible());
    QCOMPARE(page()->gallery()->currentId(), u"4"_s);
  }
};

QTEST_MAIN(TestNewPictures)
#include "tst_newpictures.moc"
