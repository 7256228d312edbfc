// The project as a document: named undo and redo, saving, copies against a crash, Save As.
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/project/session.h"
#include "core/values/error.h"
#include "fakeengine.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestDocument : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", (m_dir->path() + "/data"_L1).toUtf8());
    qunsetenv("GPS_WEIGHTS");
    m_settings = std::make_unique<AppSettings>(m_dir->path() + "/settings.ini"_L1);
    m_engine = std::make_unique<FakeEngine>();
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
    m_session->document().autosave().setDelay(0);
    m_session->openPictures(m_dir->path() + "/pictures"_L1);
    m_engine->say(sampleData());
    m_engine->end();
    m_session->openWeights(u"/w.pth"_s);
    m_engine->say(sampleModel());
    m_engine->end();
  }
  void cleanup() { m_session.reset(); }

  void entriesAreNamed() {
    History& history = m_session->document().history();
    QVERIFY(!history.canUndo());
    m_session->setExcluded({u"7"_s}, {});
    QCOMPARE(history.undoName(), u"exclude block 7"_s);
    m_session->setExcluded({u"7"_s, u"8"_s}, {});
    m_session->setExcluded({u"8"_s}, {});
    QCOMPARE(history.undoName(), u"include block 7"_s);
    TrainSpec draft = m_session->project().train;
    draft.learningRate = 0.001;
    m_session->setTrainDraft(draft);
    QCOMPARE(history.undoName(), u"set the learning rate to 0.001"_s);
    SelectionSpec spec = m_session->project().selection;
    spec.criterion = Criterion::Random;
    m_session->setSelection(spec);
    QCOMPARE(history.undoName(), u"set the ranking to random"_s);
    draft.epochs = 7;
    draft.batch = 3;
    m_session->setTrainDraft(draft);
    QCOMPARE(history.undoName(), u"change 2 setting(s)"_s);
    QCOMPARE(history.count(), 6);
    while (history.canUndo()) history.undo();
    QVERIFY(m_session->project().selection.excludedBlocks.empty());
    QCOMPARE(m_session->project().selection.criterion, Criterion::Gradient);
    QCOMPARE(history.redoName(), u"exclude block 7"_s);
    while (history.canRedo()) history.redo();
    QCOMPARE(m_session->project().train.epochs, 7);
    QCOMPARE(m_session->project().selection.excludedBlocks, (std::vector<std::string>{"8"}));
  }

  void oneDragIsOneEntry() {
    History& history = m_session->document().history();
    QSignalSpy moved(m_session.get(), &Session::keptPerRowChanged);
    for (int k = 2; k <= 40; ++k) m_session->setKeptPerRow(k);
    m_session->setSelection(m_session->project().selection);  // the handle was let go
    QCOMPARE(history.count(), 1);
    m_session->setKeptPerRow(5);
    m_session->setSelection(m_session->project().selection);
    QCOMPARE(history.count(), 2);
    history.undo();
    QCOMPARE(m_session->project().selection.keptPerRow, 40);
    history.undo();
    QCOMPARE(m_session->project().selection.keptPerRow, 1);
    QCOMPARE(moved.last()[0].toInt(), 1);
    QVERIFY(!history.canUndo());
  }

  void noEntryForNoChange() {
    History& history = m_session->document().history();
    m_session->setSelection(m_session->project().selection);
    m_session->setTrainDraft(m_session->project().train);
    m_session->setExcluded({}, {});
    m_session->setImageSize(m_session->project().model.imageSize);
    QCOMPARE(history.count(), 0);
    QVERIFY(!m_session->document().isModified());
    // There and back by typing is no change either.
    TrainSpec draft = m_session->project().train;
    const int epochs = draft.epochs;
    draft.epochs = epochs + 1;
    m_session->setTrainDraft(draft);
    draft.epochs = epochs;
    m_session->setTrainDraft(draft);
    QCOMPARE(history.count(), 0);
    QVERIFY(!m_session->document().isModified());
  }

  void typingInOneFieldIsOneEntry() {
    History& history = m_session->document().history();
    TrainSpec draft = m_session->project().train;
    const int before = draft.epochs;
    for (const int typed : {1, 15, 150}) {
      draft.epochs = typed;
      m_session->setTrainDraft(draft);
    }
    QCOMPARE(history.count(), 1);
    draft.batch = 4;
    m_session->setTrainDraft(draft);
    draft.epochs = 9;
    m_session->setTrainDraft(draft);
    QCOMPARE(history.count(), 3);
    for (int i = 0; i < 3; ++i) history.undo();
    QCOMPARE(m_session->project().train.epochs, before);
  }

  // A choice, a switch: each is an act of its own.
  void choicesAreNotMerged() {
    TrainSpec draft = m_session->project().train;
    for (const Method method : {Method::Full, Method::Bias}) {
      draft.method = method;
      m_session->setTrainDraft(draft);
    }
    QCOMPARE(m_session->document().history().count(), 2);
  }

  void historySurvivesASave() {
    History& history = m_session->document().history();
    m_session->setExcluded({u"1.0"_s}, {});
    QVERIFY(m_session->document().isModified());
    QVERIFY(m_session->document().save());
    QVERIFY(!m_session->document().isModified());
    QCOMPARE(readProject(m_session->project().folder).selection.excludedBlocks.size(), std::size_t(1));
    QVERIFY(history.canUndo());
    history.undo();
    QVERIFY(m_session->document().isModified());
    QVERIFY(m_session->project().selection.excludedBlocks.empty());
  }

  // What the program found out is not undone with what the user did.
  void theProgramsOwnChangesStay() {
    m_session->setExcluded({u"7"_s}, {});
    ModelOpened other = sampleModel();
    other.imageSize = 256;
    m_session->openWeights(u"/other.pth"_s);
    m_engine->say(other);
    m_engine->end();
    m_session->document().history().undo();
    QCOMPARE(m_session->project().model.weightsPath, "/other.pth");
    QCOMPARE(m_session->project().model.imageSize, 256);
    QVERIFY(m_session->project().selection.excludedBlocks.empty());
  }

  void undoOfThePictureSizeOpensTheModelAgain() {
    m_session->setImageSize(256);
    ModelOpened large = sampleModel();
    large.imageSize = 256;
    m_engine->say(large);
    m_engine->end();
    m_session->document().history().undo();
    QCOMPARE(m_engine->currentJob(), JobKind::OpenModel);
    QCOMPARE(m_engine->modelSpec.imageSize, 128);
  }

  void undoOfAnExclusionCountsAgain() {
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    m_session->setExcluded({u"1.0"_s}, {});
    const auto asked = m_engine->rebuilds.size();
    m_session->document().history().undo();
    QCOMPARE(m_engine->rebuilds.size(), asked + 1);
    QVERIFY(m_engine->rebuilds.back().excludedBlocks.empty());
  }

  void unsavedChangesAreFoundAgain() {
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    const QString folder = m_session->project().folder;
    // Gone without a word, as by kill -9: nothing of the session's end runs but the destructors.
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
    QSignalSpy found(&m_session->document(), &Document::recoveryChanged);
    m_session->openProjectFolder(folder);
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
    QTRY_VERIFY(m_session->document().recovery().has_value());
    QVERIFY(found.count() > 0);
    QVERIFY(m_session->project().selection.excludedBlocks.empty());  // only offered
    m_session->document().restoreRecovery();
    QCOMPARE(m_session->project().selection.excludedBlocks, (std::vector<std::string>{"7"}));
    QVERIFY(!m_session->document().recovery());
    QVERIFY(m_session->document().isModified());
    QCOMPARE(m_session->document().history().undoName(), u"exclude block 7"_s);
    QVERIFY(m_session->document().save());
    m_session->document().autosave().flush();
    QVERIFY(!Autosave::find(folder));
    QVERIFY(!QDir(Autosave::sideFolder(folder)).exists());
  }

  void discardedChangesAreGone() {
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    const QString folder = m_session->project().folder;
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
    m_session->openProjectFolder(folder);
    QTRY_VERIFY(m_session->document().recovery());
    m_session->document().discardRecovery();
    m_session->document().autosave().flush();
    QVERIFY(!Autosave::find(folder));
    QVERIFY(m_session->project().selection.excludedBlocks.empty());
  }

  void damagedCopiesArePassedOver() {
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    const QString folder = m_session->project().folder;
    QFile torn(Autosave::sideFolder(folder) + "/project-999999999999999.json"_L1);
    QVERIFY(torn.open(QIODevice::WriteOnly));
    torn.write("{\"format\": \"gps-pro");
    torn.close();
    QFile half(Autosave::sideFolder(folder) + "/project-999999999999999.json.XyZ123"_L1);
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.close();
    const auto copy = Autosave::find(folder);
    QVERIFY(copy);
    QVERIFY(parseProject(copy->text, folder).selection.excludedBlocks.size() == 1);
  }

  void aCopyOfALaterVersionStays() {
    const QString folder = m_session->project().folder, side = Autosave::sideFolder(folder);
    m_session->document().save();
    m_session->document().autosave().flush();
    QVERIFY(QDir().mkpath(side));
    QFile later(side + "/project-000000000000001.json"_L1);
    QVERIFY(later.open(QIODevice::WriteOnly));
    later.write("{\"format\": \"gps-project/99\"}");
    later.close();
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
    m_session->openProjectFolder(folder);
    QTRY_VERIFY(!m_session->document().isLooking());
    QVERIFY(!m_session->document().recovery());
    QVERIFY(later.exists());
  }

  void threeCopiesAreKept() {
    for (int i = 0; i < 8; ++i) {
      TrainSpec draft = m_session->project().train;
      draft.epochs = 100 + i;
      m_session->setTrainDraft(draft);
      m_session->document().autosave().flush();
    }
    const QStringList files = QDir(Autosave::sideFolder(m_session->project().folder)).entryList(QDir::Files);
    QCOMPARE(files.size(), Autosave::kKept);
    QCOMPARE(parseProject(Autosave::find(m_session->project().folder)->text, {}).train.epochs, 107);
  }

  void aReadOnlyProjectOpensAndItsChangesAreKept() {
    const QString folder = m_session->project().folder;
    m_session->document().save();
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner);
    const auto writable = qScopeGuard([&] { QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); });
    QFile probe(folder + "/probe"_L1);
    if (probe.open(QIODevice::WriteOnly)) QSKIP("this user may write everywhere");
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
    m_session->openProjectFolder(folder);
    QVERIFY2(m_session->document().problem().isEmpty(), qPrintable(m_session->document().problem()));
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    QTest::qWait(1);
    QVERIFY(m_session->document().problem().isEmpty());
    QVERIFY(Autosave::find(folder)->path.startsWith(Autosave::fallbackFolder(folder)));
    QVERIFY(!m_session->document().save());
    QVERIFY(!m_session->document().problem().isEmpty());
    m_session->saveProjectAs(m_dir->path() + "/elsewhere"_L1);
    QTRY_VERIFY(!m_session->isBusy());
    QVERIFY(m_session->document().problem().isEmpty());
    QVERIFY(!m_session->document().isModified());
  }

  void anUnwritablePlaceIsAMessage() {
    // The project's folder was taken away and a file stands where it was; the data folder, too.
    const QString folder = m_session->project().folder;
    QVERIFY(QDir(folder).removeRecursively());
    QFile(folder).open(QIODevice::WriteOnly);
    qputenv("XDG_DATA_HOME", "/proc/none");
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    QTRY_VERIFY(!m_session->document().problem().isEmpty());
    QVERIFY(m_session->document().isModified());
    QFile::remove(folder);
    QVERIFY(m_session->document().save());
    QVERIFY(m_session->document().problem().isEmpty());
  }

  // However it is named: its folder, another way there, its pictures.
  void theOpenProjectStaysAsItIs() {
    const QString folder = m_session->project().folder, link = m_dir->path() + "/link"_L1;
    m_session->setExcluded({u"7"_s}, {});
    QVERIFY(QFile::link(folder, link));
    m_engine->say(m_engine->last() - 1, sampleData());
    m_engine->end();
    const RunId asked = m_engine->last();
    QSignalSpy again(m_session.get(), &Session::openedAgain), changed(m_session.get(), &Session::projectChanged);
    m_session->openProjectFolder(folder + "/."_L1);
    m_session->openProjectFolder(link);
    m_session->openPictures(m_session->project().dataFolder);
    QCOMPARE(again.count(), 3);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(m_engine->last(), asked);
    QCOMPARE(m_session->project().selection.excludedBlocks, (std::vector<std::string>{"7"}));
    QVERIFY(m_session->document().isModified());
    QVERIFY(m_session->document().history().canUndo());
    QVERIFY(m_session->data());
  }

  // Changed and saved before the copies of the earlier time are found: they are offered all the same, and no other ones.
  void whatIsSavedMeanwhileDoesNotTakeTheOffer() {
    const QString folder = m_session->project().folder;
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
    m_session->openProjectFolder(folder);
    QVERIFY(m_session->document().isLooking());
    m_session->setExcluded({u"9"_s}, {});
    QVERIFY(m_session->document().save());
    m_session->document().autosave().flush();
    QVERIFY(Autosave::find(folder));
    QTRY_VERIFY(m_session->document().recovery());
    m_session->document().restoreRecovery();
    QCOMPARE(m_session->project().selection.excludedBlocks, (std::vector<std::string>{"7"}));
    QVERIFY(m_session->document().save());
    m_session->document().autosave().flush();
    QVERIFY(!Autosave::find(folder));
    // The same where nothing is found: no copy outlives the save.
    m_session->openPictures(m_dir->path() + "/others"_L1);
    m_session->openProjectFolder(folder);
    QVERIFY(m_session->document().isLooking());
    m_session->setExcluded({u"5"_s}, {});
    QVERIFY(m_session->document().save());
    m_session->document().autosave().flush();
    QVERIFY(!Autosave::find(folder));
    QTRY_VERIFY(!m_session->document().isLooking());
    QVERIFY(!m_session->document().recovery());
  }

  // There and back at once: the copies of what was saved on the way are not offered, and nobody waits until they are gone.
  void aProjectThatWasLeftIsNotRecovered() {
    const QString former = m_session->project().folder;
    m_session->setExcluded({u"7"_s}, {});
    m_session->document().autosave().flush();
    // Removing the copies takes its time.
    const QDir side(Autosave::sideFolder(former));
    for (int i = 0; i < 20000; ++i) QVERIFY(QFile(side.filePath(u"project--%1"_s.arg(i))).open(QIODevice::WriteOnly));
    m_session->setExcluded({u"8"_s}, {});
    m_session->openPictures(m_dir->path() + "/others"_L1);
    m_session->openProjectFolder(former);
    QVERIFY2(side.exists(), "it waits until the copies are removed");
    QTRY_VERIFY(!m_session->document().isLooking());
    QVERIFY(!side.exists());
    QVERIFY(!m_session->document().recovery());
    QCOMPARE(m_session->project().selection.excludedBlocks, (std::vector<std::string>{"8"}));
  }

  void anotherProjectIsSavedFirstAndHasItsOwnHistory() {
    const QString former = m_session->project().folder;
    m_session->setExcluded({u"7"_s}, {});
    m_session->openPictures(m_dir->path() + "/others"_L1);
    QVERIFY(!m_session->document().history().canUndo());
    QVERIFY(!m_session->document().isModified());
    QCOMPARE(readProject(former).selection.excludedBlocks.size(), std::size_t(1));
    m_session->document().autosave().flush();
    QVERIFY(!Autosave::find(former));
  }

 private:
  std::unique_ptr<QTemporaryDir> m_dir;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<FakeEngine> m_engine;
  std::unique_ptr<Session> m_session;
};

QTEST_MAIN(TestDocument)
#include "tst_document.moc"
