// The product's reading, comparing and combining of selection files, on real files.
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "app/engine/selectionsetjobs.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/selectionset.h"
#include "core/selection/sets/agreement.h"
#include "core/selection/sets/setalgebra.h"
#include "tests/core/selectionmaps.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestSelectionSetJobs : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(at("selection")));
    m_jobs = std::make_unique<SelectionSetJobs>([](const SelectionSpec&, auto taken) { taken(nullptr); });
  }
  void cleanup() { m_jobs.reset(); }

  void listsFilesAndRuns() {
    write(u"b"_s, 2, 1);
    write(u"a"_s, 3, 2);
    writeRun(u"20261126-gps-k3"_s, Method::Gps);
    writeRun(u"20261126-bias"_s, Method::Bias);
    QFile damaged(at("selection/damaged.safetensors"));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("no tensors here");
    damaged.close();
    const auto list = listed();
    QCOMPARE(list.size(), 4);
    QCOMPARE(list[0].name, u"a"_s);
    QCOMPARE(list[0].spec.keptPerRow, 3);
    QCOMPARE(list[0].selected, qint64(read(u"a"_s).offsets.size()));
    QVERIFY(list[0].problem.isEmpty());
    QCOMPARE(list[0].mapKey, list[1].mapKey);
    QCOMPARE(list[2].name, u"damaged"_s);
    QVERIFY(!list[2].problem.isEmpty());
    QVERIFY(list[3].isRun);  // and none of a run that trained no selection
    QCOMPARE(list[3].name, u"20261126-gps-k3"_s);
    QCOMPARE(list[3].spec.baseHash, std::string("base"));
    QCOMPARE(list[3].selected, qint64(2));
    // A file that changes is read anew.
    QVERIFY(QFile::remove(at("selection/a.safetensors")));
    write(u"a"_s, 5, 2);
    QCOMPARE(listed()[0].spec.keptPerRow, 5);
  }

  void comparesAsCoreDoes() {
    write(u"a"_s, 3, 1);
    write(u"b"_s, 3, 2);
    write(u"c"_s, 2, 3);
    QSignalSpy compared(m_jobs.get(), &SelectionSetApi::compared);
    const SetRequestId id = m_jobs->compare({paths({u"a"_s, u"b"_s, u"c"_s}), {u"a"_s, u"b"_s, u"c"_s}});
    QTRY_COMPARE(compared.count(), 1);
    QCOMPARE(compared[0][0].toULongLong(), id);
    const auto ready = compared[0][1].value<ComparisonReady>();
    const auto a = read(u"a"_s), b = read(u"b"_s);
    QCOMPARE(ready.comparison->pairs[0].jaccard, jaccard(a.offsets, b.offsets));
    QCOMPARE(ready.comparison->selections[2].name, std::string("c"));
    QCOMPARE(ready.request.names.size(), 3);
  }

  void combinesIntoANewFile() {
    write(u"a"_s, 3, 1);
    write(u"b"_s, 3, 2);
    write(u"c"_s, 2, 3);
    const auto a = read(u"a"_s).offsets, b = read(u"b"_s).offsets, c = read(u"c"_s).offsets;
    const std::vector<Offsets> sets{a, b, c};
    CombineRequest request;
    request.paths = paths({u"a"_s, u"b"_s, u"c"_s});
    request.names = QStringList{u"a"_s, u"b"_s, u"c"_s};
    const auto make = [&](const QString& name) {
      request.out = at("selection/") + name + ".safetensors"_L1;
      QSignalSpy written(m_jobs.get(), &SelectionSetApi::written);
      m_jobs->combine(request);
      if (!QTest::qWaitFor([&] { return written.count() == 1; }, 5000)) return std::vector<std::uint32_t>{0};
      return read(name).offsets;
    };
    request.operation = SetOperation::Intersection;
    QCOMPARE(make(u"all"_s), intersectionOf(sets));
    request.operation = SetOperation::Shared;
    request.atLeast = 2;
    QCOMPARE(make(u"two"_s), chosenByTwoOrMore(sets));
    request.atLeast = 3;
    QCOMPARE(make(u"three"_s), intersectionOf(sets));
    request.exactly = {0, 2};  // by a and c, and not by b
    const std::vector<Offsets> ac{a, c};
    const auto common = intersectionOf(ac);
    const std::vector<Offsets> rest{common, b};
    QCOMPARE(make(u"ac"_s), difference(rest));
    QCOMPARE(read(u"ac"_s).spec.origin, std::string("difference of (intersection of a, c), b"));
    request.exactly = {1};
    QCOMPARE(make(u"b alone"_s), specificTo(sets, 1));
    request.exactly = {0, 1, 2};
    QCOMPARE(make(u"every"_s), intersectionOf(sets));
    // Never over a file that is there.
    QSignalSpy failed(m_jobs.get(), &SelectionSetApi::failed);
    m_jobs->combine(request);
    QTRY_COMPARE(failed.count(), 1);
    const auto failure = failed[0][1].value<Failure>();
    QCOMPARE(failure.code, ErrorCode::BadArgument);
    QCOMPARE(failure.job, JobKind::SaveSelection);
    QVERIFY(failure.subject.endsWith("every.safetensors"_L1));
  }

  void whatDoesNotBelongTogetherIsRefused() {
    write(u"a"_s, 3, 1);
    write(u"b"_s, 3, 2, "elsewhere");
    QSignalSpy failed(m_jobs.get(), &SelectionSetApi::failed);
    m_jobs->compare({paths({u"a"_s, u"b"_s}), {u"a"_s, u"b"_s}});
    QTRY_COMPARE(failed.count(), 1);
    const auto failure = failed[0][1].value<Failure>();
    QCOMPARE(failure.code, ErrorCode::Mismatch);
    QVERIFY(failure.details.contains(u"a.safetensors"_s) && failure.details.contains(u"b.safetensors"_s));
    // Before a gradient pass there is nothing to compare with.
    m_jobs->compareCurrent({}, {paths({u"a"_s}), {u"a"_s}});
    QTRY_COMPARE(failed.count(), 2);
    QCOMPARE(failed[1][1].value<Failure>().code, ErrorCode::NotFound);
  }

  void copiesRenamesAndTrashes() {
    writeRun(u"run"_s, Method::Gps);
    QSignalSpy written(m_jobs.get(), &SelectionSetApi::written), moved(m_jobs.get(), &SelectionSetApi::moved),
        failed(m_jobs.get(), &SelectionSetApi::failed);
    m_jobs->copyIn(at("runs/run"), at("selection/of run.safetensors"));
    QTRY_COMPARE(written.count(), 1);
    QCOMPARE(read(u"of run"_s).offsets, (std::vector<std::uint32_t>{0, 3}));
    QCOMPARE(read(u"of run"_s).spec.baseHash, std::string("base"));
    m_jobs->rename(at("selection/of run.safetensors"), at("selection/息肉.safetensors"));
    QTRY_COMPARE(moved.count(), 1);
    QCOMPARE(moved[0][1].toString(), at("selection/息肉.safetensors"));
    QVERIFY(QFile::exists(at("selection/息肉.safetensors")));
    m_jobs->rename(at("selection/absent.safetensors"), at("selection/x.safetensors"));
    QTRY_COMPARE(failed.count(), 1);
    write(u"taken"_s, 1, 1);
    m_jobs->rename(at("selection/taken.safetensors"), at("selection/息肉.safetensors"));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(QFile::exists(at("selection/taken.safetensors")));
    m_jobs->moveToTrash(at("selection/taken.safetensors"));
    QTRY_VERIFY(moved.count() + failed.count() == 4);  // a file system without a trash says so
    QCOMPARE(QFile::exists(at("selection/taken.safetensors")), failed.count() == 3);
  }

  void cancelledRequestsStaySilent() {
    write(u"a"_s, 3, 1);
    write(u"b"_s, 3, 2);
    QSignalSpy compared(m_jobs.get(), &SelectionSetApi::compared), listing(m_jobs.get(), &SelectionSetApi::listed);
    for (int i = 0; i < 50; ++i) m_jobs->cancel(m_jobs->compare({paths({u"a"_s, u"b"_s}), {u"a"_s, u"b"_s}}));
    m_jobs->list(m_dir->path());
    QTRY_COMPARE(listing.count(), 1);  // after all of them: one thread, in order
    QCOMPARE(compared.count(), 0);
    m_jobs->compare({paths({u"a"_s, u"b"_s}), {u"a"_s, u"b"_s}});
    m_jobs.reset();  // with a request under way
  }

 private:
  QString at(const char* name) const { return m_dir->path() + u'/' + QString::fromUtf8(name); }
  QStringList paths(const QStringList& names) const {
    QStringList all;
    for (const QString& name : names) all << at("selection/") + name + ".safetensors"_L1;
    return all;
  }
  void write(const QString& name, int k, unsigned seed, const std::string& baseHash = "base") {
    std::mt19937 random(seed);
    const auto map = test::unevenMap();
    Selection selection = test::uniformPerRow(*map, k, random);
    selection.spec.baseHash = baseHash;
    writeSelection(paths({name}).first().toStdString(), *map, selection);
  }
  Selection read(const QString& name) const { return readSelectionFile(paths({name}).first().toStdString()).selection; }
  QList<SelectionFacts> listed() {
    QSignalSpy spy(m_jobs.get(), &SelectionSetApi::listed);
    m_jobs->list(m_dir->path());
    if (!QTest::qWaitFor([&] { return spy.count() == 1; }, 5000)) return {};
    return spy[0][1].value<QList<SelectionFacts>>();
  }
  void writeRun(const QString& name, Method method) {
    const QString folder = at("runs/") + name + "/deltas"_L1;
    QVERIFY(QDir().mkpath(folder));
    Delta delta;
    delta.info.modelId = "tiny";
    delta.info.baseHash = "base";
    delta.info.method = method;
    delta.map = test::unevenMap();
    if (method == Method::Gps) delta.offsets = {0, 3};
    delta.base.assign(delta.offsets.size(), 0);
    writeDeltaBase((folder + "/base.safetensors"_L1).toStdString(), delta);
  }
  std::unique_ptr<QTemporaryDir> m_dir;
  std::unique_ptr<SelectionSetJobs> m_jobs;
};

QTEST_MAIN(TestSelectionSetJobs)
#include "tst_selectionsetjobs.moc"
