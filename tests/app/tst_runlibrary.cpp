// The runs of a project as they stand on the disk, and what people add to them.
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <ctime>

#include "app/project/runlibrary.h"
#include "app/project/runnotes.h"
#include "runfolders.h"
#include "tests/widgets/speedfigures.h"

using namespace gps;
using namespace gps::app;
using namespace gps::app::test;
using namespace Qt::StringLiterals;

class TestRunLibrary : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_library = std::make_unique<RunLibrary>();
    m_library->setPollMs(100, 200);
  }
  void cleanup() { m_library.reset(); }

  void findsRunsSweepsAndSaysWhatCannotBeRead() {
    writeRun(at("good"), {});
    SampleRun stopped;
    stopped.isFinished = false;
    stopped.epochs = 2;
    writeRun(at("stopped"), stopped);
    writeRun(at("failed"), stopped);
    std::ofstream(at("failed") + "/log.txt") << "2026-01-01T00:00:00Z resumed\n2026-01-01T00:00:01Z failed: the loss is not finite\n";
    writeRun(at("sweep/k1-seed1"), {});
    std::filesystem::create_directories(at("sweep/passes"));
    writeRun(at("damaged"), {});
    std::ofstream(at("damaged") + "/run.toml") << "[training\n";
    writeRun(at("headless"), {});
    std::filesystem::remove(at("headless") + "/run.toml");
    std::ofstream(at("a file")) << "not a folder";
    open();
    QCOMPARE(m_library->runs().size(), 6);
    QCOMPARE(standing("good"), RunStanding::Finished);
    QCOMPARE(standing("stopped"), RunStanding::Stopped);
    QCOMPARE(standing("failed"), RunStanding::Failed);
    QCOMPARE(m_library->run(u"failed"_s)->problem, u"the loss is not finite"_s);
    QCOMPARE(standing("sweep/k1-seed1"), RunStanding::Finished);
    QCOMPARE(standing("damaged"), RunStanding::Unreadable);
    QVERIFY(m_library->run(u"damaged"_s)->problem.contains(u"run.toml"_s));
    QCOMPARE(standing("headless"), RunStanding::Unreadable);
    const RunPtr good = m_library->run(u"good"_s);
    QCOMPARE(int(good->record.epochs.size()), 6);
    QCOMPARE(good->record.bestEpoch, 5);
    QCOMPARE(good->record.totals->peakMib, 512.0);
    QCOMPARE(good->deltaMib, 21000.0 / (1 << 20));
    QCOMPARE(m_library->runIn(QString::fromStdString(at("good"))), good);
  }

  void aRunOfAnotherProgramAppearsAndGrows() {
    open();
    QVERIFY(m_library->runs().isEmpty());
    SampleRun live;
    live.planned = 10;
    live.epochs = 1;
    live.isFinished = false;
    writeRun(at("live"), live);
    auto lock = std::make_unique<HeldLock>(at("live"));
    QVERIFY(lock->isHeld());
    QTRY_COMPARE(m_library->runs().size(), 1);
    QTRY_COMPARE(standing("live"), RunStanding::Running);
    for (int e = 2; e <= 4; ++e) appendLine(at("live") + "/metrics.jsonl", metricsLine(sampleRecord(live, e)));
    QTRY_COMPARE(int(m_library->run(u"live"_s)->record.epochs.size()), 5);
    // A line that is being written is not one yet.
    std::ofstream(at("live") + "/metrics.jsonl", std::ios::app) << "{\"epoch\":5,\"train_lo";
    QTest::qWait(300);
    QCOMPARE(standing("live"), RunStanding::Running);
    QCOMPARE(int(m_library->run(u"live"_s)->record.epochs.size()), 5);
    lock.reset();
    QTRY_COMPARE(standing("live"), RunStanding::Stopped);
    std::ofstream(at("live") + "/state/finished") << "1\n";
    QTRY_COMPARE(standing("live"), RunStanding::Finished);
    std::filesystem::remove_all(at("live"));
    QTRY_VERIFY(m_library->runs().isEmpty());
  }

  void fiveHundredRunsOpenInASecondAndAreReadOnce() {
    SampleRun run;
    run.planned = run.epochs = 20;
    run.hasDeltas = false;  // only to write them takes long
    for (int i = 0; i < 500; ++i) {
      run.k = 1 + i % 10;
      run.seed = std::uint64_t(i);
      writeRun(at("run-" + std::to_string(1000 + i)), run);
    }
    QElapsedTimer timer;
    timer.start();
    const std::clock_t begin = std::clock();
    open();
    const auto ms = timer.elapsed();
    // A busy machine does not make the reading slow.
    const double computed = 1e3 * double(std::clock() - begin) / CLOCKS_PER_SEC;
    QCOMPARE(m_library->runs().size(), 500);
    qInfo() << "500 runs read in" << ms << "ms," << computed << "ms of it computing";
    QVERIFY2(computed < 1000 * speed::kInstrumented, qPrintable(QString::number(computed)));

    RunScanner scanner(QString::fromStdString(at("")).chopped(1));
    const std::atomic<bool> go{false};
    const auto first = scanner.scan(go);
    QCOMPARE(scanner.read(), 500);
    appendLine(at("run-1007") + "/metrics.jsonl", metricsLine(sampleRecord(run, 20)));
    timer.restart();
    const auto second = scanner.scan(go);
    qInfo() << "looked again in" << timer.elapsed() << "ms";
    QCOMPARE(scanner.read(), 1);
    int same = 0;
    for (const RunPtr& r : second.runs) same += first.runs.contains(r);
    QCOMPARE(same, 499);
  }

  void anotherProjectTakesNothingAlong() {
    writeRun(at("one"), {});
    open();
    QCOMPARE(m_library->runs().size(), 1);
    m_library->setFolder(m_dir->path() + "/nowhere/runs"_L1);
    QVERIFY(m_library->runs().isEmpty());
    QTRY_VERIFY(m_library->isComplete());
    QVERIFY(m_library->runs().isEmpty());
    // The folder may be made later.
    writeRun((m_dir->path() + "/nowhere/runs/late"_L1).toStdString(), {});
    QTRY_COMPARE(m_library->runs().size(), 1);
    m_library->setFolder({});
    QVERIFY(m_library->runs().isEmpty());
  }

  void notesAreKeptInTheProject() {
    const QString path = m_dir->path() + "/run-notes.json"_L1;
    const QList<ui::RunTableView> views{{u"好的"_s, {u"name"_s, u"best"_s}, u"best > 0.8"_s, true, false, u"best"_s, false},
                                        {u"all"_s, {}, {}, false, false, {}, true}};
    {
      RunNotes notes;
      notes.setProject(m_dir->path());
      QTRY_VERIFY(notes.isRead());
      QSignalSpy spy(&notes, &RunNotes::changed);
      notes.setStarred({u"a"_s, u"b"_s}, true);
      QCOMPARE(spy.count(), 1);
      notes.setStarred({u"a"_s}, true);  // nothing new
      QCOMPARE(spy.count(), 1);
      notes.setTags(u"a"_s, {u" paper "_s, u"消融"_s, u"paper"_s, u""_s});
      notes.setText(u"a"_s, u"line one\nline two"_s);
      notes.setBaseline(u"a"_s);
      notes.setTicked({u"a"_s, u"b"_s});
      notes.setColumns({u"name"_s, u"best"_s});
      notes.setViews(views);
      notes.giveColours({u"a"_s, u"b"_s});
      QVERIFY(notes.of(u"a"_s).colour != notes.of(u"b"_s).colour);
      notes.setColour(u"b"_s, 9);
      QVERIFY(!QFile::exists(path));  // a moment later, off the thread
    }
    RunNotes again;
    again.setProject(m_dir->path());
    QTRY_VERIFY(again.isRead());
    QCOMPARE(again.of(u"a"_s).tags, (QStringList{u"paper"_s, u"消融"_s}));
    QCOMPARE(again.of(u"a"_s).text, u"line one\nline two"_s);
    QVERIFY(again.of(u"b"_s).isStarred);
    QCOMPARE(again.of(u"b"_s).colour, 9);
    QCOMPARE(again.content().baseline, u"a"_s);
    QCOMPARE(again.content().ticked, (QSet<QString>{u"a"_s, u"b"_s}));
    QCOMPARE(again.content().columns, (QStringList{u"name"_s, u"best"_s}));
    QCOMPARE(again.content().views, views);
    QCOMPARE(again.allTags(), (QStringList{u"paper"_s, u"消融"_s}));
  }

  void damagedNotesAreKeptAsideAndSaidSo() {
    QFile file(m_dir->path() + "/run-notes.json"_L1);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ half");
    file.close();
    RunNotes notes;
    notes.setProject(m_dir->path());
    QTRY_VERIFY(notes.isRead());
    QVERIFY(!notes.problem().isEmpty());
    notes.setStarred({u"a"_s}, true);
    notes.flush();
    QFile kept(m_dir->path() + "/run-notes.json.damaged"_L1);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), "{ half");
    QVERIFY(QFile::exists(m_dir->path() + "/run-notes.json"_L1));
  }

 private:
  std::string at(const std::string& run) const { return m_dir->path().toStdString() + "/runs/" + run; }
  void open() {
    std::filesystem::create_directories(at(""));
    m_library->setFolder(m_dir->path() + "/runs"_L1);
    QTRY_VERIFY_WITH_TIMEOUT(m_library->isComplete(), 20000);
  }
  RunStanding standing(const char* id) const {
    const RunPtr run = m_library->run(QString::fromUtf8(id));
    return run ? run->standing : RunStanding::Unreadable;
  }
  std::unique_ptr<QTemporaryDir> m_dir;
  std::unique_ptr<RunLibrary> m_library;
};

QTEST_GUILESS_MAIN(TestRunLibrary)
#include "tst_runlibrary.moc"
