// The project saved in another folder: all that lies in its own is copied, or nothing is.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <csignal>

#include "app/pages/comparepage.h"
#include "app/pages/trainpage.h"
#include "app/project/readings.h"
#include "app/project/runqueue.h"
#include "widgets/button.h"
#include "widgets/noticebar.h"
#include "widgets/statusstrip.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

using End = FolderCopyResult::Kind;

class TestSaveAs : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    begin();
    showWindow();
    openPictures(sampleData(), m_dir->filePath(u"pictures"_s));
    openModel();
    m_former = session().project().folder;
    m_target = m_dir->filePath(u"项目 two"_s);
    m_ends.clear();
    QObject::connect(&session(), &Session::copyEnded, this, [this](const FolderCopyResult& result) { m_ends << result; });
  }
  void cleanup() { end(); }

  void allOfItIsThere() {
    fill();
    session().setExcluded({u"7"_s}, {});
    RunRecord record;
    record.folder = (m_former + "/runs/one"_L1).toStdString();
    record.spec.runFolder = record.folder;
    session().showRun(record);
    QVERIFY(session().whyNoSaveAs().isEmpty());
    saveAs();
    QCOMPARE(m_ends.last().kind, End::Done);
    const QStringList there = filesIn(m_target);
    QStringList wanted = filesIn(m_former);
    wanted.removeIf([](const QString& name) { return name.startsWith(".recovery"_L1) || name.startsWith("trash"_L1); });
    QCOMPARE(there, wanted);
    QVERIFY(there.contains("runs/one/deltas/epoch.safetensors"_L1) && there.contains("cases/val.json"_L1));
    for (const QString& name : there) {
      if (name == "project.json"_L1) continue;
      QCOMPARE(contentOf(m_target + u'/' + name), contentOf(m_former + u'/' + name));
      QCOMPARE(QFileInfo(m_target + u'/' + name).lastModified(), QFileInfo(m_former + u'/' + name).lastModified());
    }
    QVERIFY(QDir(m_target + "/sweeps/empty"_L1).exists());
    QCOMPARE(QFileInfo(m_target + "/best"_L1).symLinkTarget(), m_target + "/runs/one"_L1);
    // The window works there, with what was not saved; the former place is as it was saved last.
    QCOMPARE(session().project().folder, m_target);
    QCOMPARE(session().project().name, u"项目 two"_s);
    QCOMPARE(session().run().folder, m_target + "/runs/one"_L1);
    QCOMPARE(QString::fromStdString(session().run().spec.runFolder), m_target + "/runs/one"_L1);
    QVERIFY(!session().document().isModified());
    QVERIFY(session().document().history().canUndo());
    QCOMPARE(readProject(m_target).selection.excludedBlocks, (std::vector<std::string>{"7"}));
    QVERIFY(readProject(m_former).selection.excludedBlocks.empty());
    QCOMPARE(m_settings->recentProjects().first(), m_target);
    QVERIFY(m_window->noticeBar()->isVisible());
    QVERIFY(m_window->noticeBar()->text().contains(QDir::toNativeSeparators(m_target)));
    QVERIFY(m_window->windowTitle().startsWith(u"项目 two"_s));
  }

  // What it owns is meant in the new place; what lies elsewhere stays where it is.
  void pathsWithinItFollow() {
    QCOMPARE(readProject(m_former).dataFolder, m_dir->filePath(u"pictures"_s));
    Project own = session().project();
    own.dataFolder = m_former + "/data"_L1;
    own.model.weightsPath = (m_former + "/weights/w.pth"_L1).toStdString();
    own.train.selectionPath = (m_former + "/selection/a.safetensors"_L1).toStdString();
    own.isDemo = true;
    const Project moved = movedProject(own, m_target);
    QCOMPARE(moved.dataFolder, m_target + "/data"_L1);
    QCOMPARE(QString::fromStdString(moved.model.weightsPath), m_target + "/weights/w.pth"_L1);
    QCOMPARE(QString::fromStdString(moved.train.selectionPath), m_target + "/selection/a.safetensors"_L1);
    QVERIFY(!moved.isDemo);
    QCOMPARE(movedProject(session().project(), m_target).dataFolder, m_dir->filePath(u"pictures"_s));
  }

  void nothingIsOverwritten_data() {
    QTest::addColumn<QString>("place");
    QTest::addColumn<int>("kind");
    QTest::newRow("another project") << u"other"_s << int(End::NotEmpty);
    QTest::newRow("a hidden file") << u"hidden"_s << int(End::NotEmpty);
    QTest::newRow("a file") << u"file"_s << int(End::NoFolder);
    QTest::newRow("within it") << u"data/gps-workbench/projects/pictures/exports/copy"_s << int(End::Inside);
    QTest::newRow("no rights") << u"/proc/none"_s << int(End::Failed);
  }
  void nothingIsOverwritten() {
    QFETCH(QString, place);
    QFETCH(int, kind);
    write(m_dir->filePath(u"other/project.json"_s), "{}");
    write(m_dir->filePath(u"hidden/.keep"_s), "x");
    write(m_dir->filePath(u"file"_s), "x");
    fill();
    m_target = place.startsWith(u'/') ? place : kind == int(End::Inside) ? m_former + "/exports/copy"_L1 : m_dir->filePath(place);
    const QStringList before = filesIn(m_dir->path());
    saveAs();
    QCOMPARE(int(m_ends.last().kind), kind);
    QCOMPARE(filesIn(m_dir->path()), before);
    QCOMPARE(session().project().folder, m_former);
    QVERIFY(m_window->noticeBar()->isVisible());
    QVERIFY(m_window->noticeBar()->text().contains("could not be copied"_L1));
    QVERIFY(session().whyNoSaveAs().isEmpty());
  }

  void anEmptyFolderIsTaken() {
    QVERIFY(QDir().mkpath(m_target));
    fill();
    saveAs();
    QCOMPARE(m_ends.last().kind, End::Done);
    QVERIFY(isProjectFolder(m_target));
  }

  void notWhileARunIsGoing() {
    runPass();
    session().startTraining();
    QVERIFY(session().isTraining());
    QVERIFY(session().whyNoSaveAs().contains("run is training"_L1));
    session().saveProjectAs(m_target);
    QVERIFY(!session().isCopying());
    QVERIFY(!QFileInfo::exists(m_target));
  }

  // One that another program writes cannot be copied whole.
  void aRunThatIsWrittenIsLeftOut() {
    fill();
    write(m_former + "/runs/sweep/two/lock"_L1, "");
    const int lock = ::open(QFile::encodeName(m_former + "/runs/sweep/two/lock"_L1).constData(), O_RDWR);
    QVERIFY(lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0);
    saveAs();
    ::close(lock);
    QCOMPARE(m_ends.last().kind, End::Done);
    QCOMPARE(m_ends.last().leftOut, QStringList{u"runs/sweep/two"_s});
    QVERIFY(!QFileInfo::exists(m_target + "/runs/sweep/two"_L1));
    QVERIFY(QFileInfo::exists(m_target + "/runs/one/run.toml"_L1));
    const QList<QLabel*> labels = m_window->noticeBar()->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* l) { return l->text().contains("runs/sweep/two"_L1); }));
  }

  // The strip tells how far it is and stops it; until it is over there is no project in the new place, and then nothing at all.
  void itCanBeStopped() {
    fill();
    large();
    session().setExcluded({u"7"_s}, {});
    auto* strip = m_window->findChild<ui::StatusStrip*>();
    session().saveProjectAs(m_target);
    QVERIFY(session().isCopying() && session().isBusy());
    QVERIFY(!session().whyNoTraining().isEmpty());
    QTRY_VERIFY(session().job().progress && session().job().progress->done > 0);
    QCOMPARE(session().job().progress->total, 2000);
    QCOMPARE(strip->state(), ui::JobState::Running);
    QVERIFY(strip->jobText().contains("Copy of the project"_L1));
    QVERIFY(!isProjectFolder(m_target));
    Q_EMIT strip->cancelRequested();
    QTRY_COMPARE(m_ends.size(), 1);
    QCOMPARE(m_ends.last().kind, End::Stopped);
    QVERIFY(!QFileInfo::exists(m_target));
    QCOMPARE(session().project().folder, m_former);
    QVERIFY(session().document().isModified());
    QVERIFY(!session().isBusy());
    QCOMPARE(strip->state(), ui::JobState::Cancelled);
    QVERIFY(QFileInfo::exists(m_former + "/runs/one/deltas/epoch.safetensors"_L1));
  }

  void anotherProjectStopsIt() {
    large();
    session().saveProjectAs(m_target);
    QTRY_VERIFY(session().job().progress);
    session().openPictures(m_dir->filePath(u"others"_s));
    const QString other = session().project().folder;
    QTRY_COMPARE(m_ends.size(), 1);
    QCOMPARE(m_ends.last().kind, End::Stopped);
    QVERIFY(!QFileInfo::exists(m_target));
    QCOMPARE(session().project().folder, other);
  }

  void closingStopsIt() {
    large();
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    session().saveProjectAs(m_target);
    QTRY_VERIFY(session().job().progress);
    m_window->close();
    QCOMPARE(closed.count(), 0);
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(!QFileInfo::exists(m_target));
  }

  void aFullDiskLeavesNothing() {
    fill();
    write(m_former + "/zz-last"_L1, QByteArray(300000, 'x'));
    rlimit before;
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 200000;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    saveAs();
    ::setrlimit(RLIMIT_FSIZE, &before);
    QCOMPARE(m_ends.last().kind, End::Failed);
    QVERIFY(m_ends.last().path.endsWith("zz-last"_L1));
    QVERIFY(!QFileInfo::exists(m_target));
    QCOMPARE(session().project().folder, m_former);
    QVERIFY(isProjectFolder(m_former));
  }

  // Files that come, change and go while it is under way.
  void whatChangesMeanwhileIsCopiedAgain() {
    fill();
    bool isFirst = true;
    const std::atomic<bool> stop = false;
    const FolderCopyResult result = copyProjectFolder({m_former, m_target, "{}"}, stop, [&](qint64, qint64) {
      if (isFirst) {
        write(m_former + "/cases/val.json"_L1, "longer than before");
        write(m_former + "/new/file"_L1, "new");
        QVERIFY(QFile::remove(m_former + "/cases/test.json"_L1));
      }
      isFirst = false;
      QVERIFY(!isProjectFolder(m_target));
    });
    QCOMPARE(result.kind, End::Done);
    QCOMPARE(contentOf(m_target + "/cases/val.json"_L1), "longer than before");
    QCOMPARE(contentOf(m_target + "/new/file"_L1), "new");
    QVERIFY(!QFileInfo::exists(m_target + "/cases/test.json"_L1));
    QCOMPARE(contentOf(m_target + "/project.json"_L1), "{}");
  }

  void ticksOfTheComparisonStay() {
    const auto filesIn = [](const QString& folder) {
      QList<SelectionFacts> files;
      for (const char* name : {"a", "b", "c"}) {
        files << sampleSelection(QString::fromLatin1(name), 69000);
        files.last().path = folder + "/selection/"_L1 + QString::fromLatin1(name) + ".safetensors"_L1;
      }
      return files;
    };
    m_engine->sets.answers = true;
    m_engine->sets.files = filesIn(m_former);
    m_window->showPage(u"compare"_s);
    ComparisonSet& set = m_window->comparePage()->set();
    QTRY_COMPARE(set.ticked().size(), 3);
    set.setTicked(m_former + "/selection/a.safetensors"_L1, false);
    const int color = set.colorIndex(m_former + "/selection/c.safetensors"_L1);
    m_engine->sets.files = filesIn(m_target);
    saveAs();
    QCOMPARE(session().project().folder, m_target);
    QTRY_COMPARE(m_engine->sets.listedFolder, m_target);
    QTRY_COMPARE(set.ticked().size(), 2);
    QVERIFY(!set.isTicked(m_target + "/selection/a.safetensors"_L1));
    QCOMPARE(set.colorIndex(m_target + "/selection/c.safetensors"_L1), color);
    QTRY_COMPARE(m_engine->sets.compareRequest.paths,
                 (QStringList{m_target + "/selection/b.safetensors"_L1, m_target + "/selection/c.safetensors"_L1}));
  }

  // Given while the copy is under way, a moment before its end, and right after it.
  void ratingsAndTheQueueFollow() {
    Readings readings;
    readings.setProject(m_former);
    QObject::connect(&session(), &Session::projectMoved, &readings, &Readings::followProject);
    QTRY_VERIFY(readings.isRead());
    readings.setReader(u"A"_s);
    readings.setPredictions(u"untuned"_s);
    RunQueue& queue = m_window->trainPage()->queue();
    runPass();
    queue.setPaused(true);
    TrainSpec spec = session().resolvedTrainSpec();
    spec.selectionPath = (m_former + "/selection/a.safetensors"_L1).toStdString();
    queue.add(spec);
    large();
    session().saveProjectAs(m_target);
    QTRY_VERIFY(session().job().progress);
    readings.rate(u"case1"_s, 4);
    QVERIFY(QFile::resize(m_former + "/zz-large"_L1, 0));
    QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), 60000);
    QCOMPARE(m_ends.last().kind, End::Done);
    readings.rate(u"case2"_s, 5);
    readings.flush();
    Readings again;
    again.setProject(m_target);
    QTRY_VERIFY(again.isRead());
    again.setReader(u"A"_s);
    again.setPredictions(u"untuned"_s);
    QCOMPARE(again.of(u"case1"_s).rating, 4);
    QCOMPARE(again.of(u"case2"_s).rating, 5);
    QCOMPARE(queue.runs().size(), 1);
    QVERIFY(queue.isPaused());
    QCOMPARE(QString::fromStdString(queue.runs().first().spec.selectionPath), m_target + "/selection/a.safetensors"_L1);
    queue.flush();
    QVERIFY(QFileInfo::exists(RunQueue::fileOf(m_target)));
  }

 private:
  void saveAs() {
    session().saveProjectAs(m_target);
    QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), 20000);
    QTRY_COMPARE(m_ends.size(), 1);
  }
  void fill() {
    write(m_former + "/runs/one/run.toml"_L1, "[training]\nepochs = 3\n");
    write(m_former + "/runs/one/deltas/epoch.safetensors"_L1, QByteArray(100000, 'd'));
    write(m_former + "/runs/sweep/two/run.toml"_L1, "x");
    write(m_former + "/selection/a.safetensors"_L1, "s");
    write(m_former + "/cases/val.json"_L1, "v");
    write(m_former + "/cases/test.json"_L1, "t");
    write(m_former + "/exports/图.png"_L1, "p");
    write(m_former + "/trash/runs/old"_L1, "o");
    write(m_former + "/.recovery/project-000000000000001.json"_L1, "o");
    QVERIFY(QDir().mkpath(m_former + "/sweeps/empty"_L1));
    QVERIFY(QFile::link(m_former + "/runs/one"_L1, m_former + "/best"_L1));
    QFile old(m_former + "/runs/one/run.toml"_L1);
    QVERIFY(old.open(QIODevice::ReadWrite));
    QVERIFY(old.setFileTime(QDateTime::currentDateTime().addDays(-3), QFileDevice::FileModificationTime));
  }
  // Takes a while to copy, and no room on the disk to be there.
  void large() {
    QFile file(m_former + "/zz-large"_L1);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(2'000'000'000));
  }
  static void write(const QString& path, const QByteArray& bytes) {
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
  }
  static QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
  }
  static QStringList filesIn(const QString& folder) {
    QStringList files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) files << QDir(folder).relativeFilePath(it.next());
    files.sort();
    return files;
  }
  QString m_former, m_target;
  QList<FolderCopyResult> m_ends;
};

QTEST_MAIN(TestSaveAs)
#include "tst_saveas.moc"
