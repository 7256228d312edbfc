// The Runs page on run folders of the disk: tick, filter, brush, star, note, pin, differences, delete, and runs that grow meanwhile.
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include "app/pages/homepage.h"
#include "app/pages/latestruns.h"
#include "app/pages/projectcard.h"
#include "app/pages/rundetails.h"
#include "app/pages/runplots.h"
#include "app/pages/runspage.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/trainpage.h"
#include "core/tuning/eventfile.h"
#include "core/tuning/runfolder.h"
#include "runfolders.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/difftable.h"
#include "widgets/frontierplot.h"
#include "widgets/keyvaluelist.h"
#include "widgets/labelledslider.h"
#include "widgets/parallelplot.h"
#include "widgets/runtable.h"
#include "widgets/runviewsbutton.h"
#include "widgets/slider.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace gps::app::test;
using namespace Qt::StringLiterals;

class TestRunsPage : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    begin();
    showWindow();
    m_window->session().openPictures(m_dir->path());
    m_window->showPage(u"runs"_s);
  }
  void cleanup() { end(); }

  void withoutRunsItSaysHowOneComes() {
    QVERIFY(page().isEmptyShown());
    QTest::qWait(50);
    QVERIFY(page().isEmptyShown());
    writeRun(at("first"), {});
    QTRY_VERIFY_WITH_TIMEOUT(!page().isEmptyShown(), 10000);
    QCOMPARE(table().visibleIds(), QStringList{u"first"_s});
    QCOMPARE(table().currentId(), u"first"_s);
  }

  void modelsKeepTheRules() {
    QAbstractItemModelTester rows(table().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester sorted(table().view()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester differences(page().plots()->differences(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester seeds(page().plots()->seeds(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester frontier(page().plots()->frontierRows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    openSweep();
    page().plots()->setView(u"frontier"_s);
    QTRY_VERIFY(page().plots()->frontierRows()->rowCount() > 0);
    page().plots()->setView(u"diff"_s);
    page().plots()->setView(u"seeds"_s);
    std::filesystem::remove_all(at("sweep/k1-seed1"));
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 11, 10000);
  }

  void tickedRunsAreDrawnInTheirColour() {
    openSweep();
    auto* curves = page().plots()->curves();
    QCOMPARE(curves->seriesCount(), 5);  // the newest, until others are ticked
    click(page(), tr_("Untick all"));
    QCOMPARE(curves->seriesCount(), 0);
    select(u"sweep/k3-seed1"_s);
    QTest::keyClick(table().view(), Qt::Key_Space);
    QCOMPARE(curves->seriesCount(), 1);
    QCOMPARE(curves->pointCount(0), 6);
    QCOMPARE(curves->lastPoint(0).first, 5.0);
    // By the mouse, on the box.
    const QModelIndex other = indexOf(u"sweep/k10-seed2"_s, ui::RunModel::Name);
    QVERIFY(table().view()->model()->setData(other, Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(curves->seriesCount(), 2);
    const int colour = rowOf(u"sweep/k3-seed1"_s).colour;
    QVERIFY(colour >= 0 && colour != rowOf(u"sweep/k10-seed2"_s).colour);
    // The colour stays when it is ticked again, and can be chosen.
    QTest::keyClick(table().view(), Qt::Key_Space);
    QTest::keyClick(table().view(), Qt::Key_Space);
    QCOMPARE(rowOf(u"sweep/k3-seed1"_s).colour, colour);
    page().details()->colours()->actions().at(10)->trigger();
    QCOMPARE(rowOf(u"sweep/k3-seed1"_s).colour, 10);
  }

  // In the words of the other pages, in every language; and a chosen row reaches the card's edge.
  void aRunIsDescribedInWords() {
    openSweep();
    select(u"sweep/k3-seed1"_s);
    const auto method = [this] { return page().details()->findChild<ui::KeyValueList*>()->rows().first().value; };
    QCOMPARE(method(), u"GPS, Neuron · gradient"_s);
    m_languages->use(u"zh_CN"_s);
    QTRY_VERIFY2(!method().contains(u"gradient"_s) && method().startsWith(u"GPS"_s), qPrintable(method()));
    m_languages->use(u"en"_s);
    const auto* view = table().view();
    const auto* header = view->horizontalHeader();
    QVERIFY(header->length() >= view->viewport()->width());
  }

  void theFilterLeavesOutRowsAndCurves() {
    openSweep();
    click(page(), tr_("Tick all shown"));
    QCOMPARE(page().plots()->curves()->seriesCount(), 12);
    table().setFilterText(u"k = 3 seed <= 2"_s);
    QCOMPARE(table().visibleIds().size(), 2);
    QCOMPARE(page().plots()->curves()->seriesCount(), 2);
    table().setFilterText(u"full"_s);
    QCOMPARE(table().visibleIds().size(), 3);
    table().setFilterText({});
    QCOMPARE(table().visibleIds().size(), 12);
  }

  void aBrushFiltersTableAndCurves() {
    openSweep();
    click(page(), tr_("Tick all shown"));
    page().plots()->setView(u"parallel"_s);
    QTest::qWait(20);
    auto* parallel = page().plots()->parallel();
    QCOMPARE(parallel->axisCount(), 4);  // scheme, K, seed, value
    // Drag over the upper part of the last axis.
    const QRectF axis = parallel->axisRect(3);
    const QPoint top = axis.topLeft().toPoint() + QPoint(0, 1), middle = QPointF(axis.left(), axis.top() + axis.height() * 0.5).toPoint();
    QTest::mousePress(parallel, Qt::LeftButton, {}, top);
    QTest::mouseMove(parallel, (top + middle) / 2);
    QTest::mouseMove(parallel, middle);
    QTest::mouseRelease(parallel, Qt::LeftButton, {}, middle);
    QVERIFY(parallel->brush(3));
    const qsizetype kept = table().visibleIds().size();
    QVERIFY(kept > 0 && kept < 12);
    QCOMPARE(parallel->keptIds().size(), kept);
    for (const QString& id : table().visibleIds()) QVERIFY(rowOf(id).best >= parallel->brush(3)->first);
    page().plots()->setView(u"curves"_s);
    QCOMPARE(page().plots()->curves()->seriesCount(), int(kept));
    page().plots()->setView(u"parallel"_s);
    parallel->setFocus();
    QTest::keyClick(parallel, Qt::Key_Escape);
    QCOMPARE(table().visibleIds().size(), 12);
  }

  // Whatever a sweep varies has its axis.
  void everySettingThatDiffersHasAnAxis() {
    int n = 0;
    for (const int batch : {4, 64})
      for (const OptimizerKind optimizer : {OptimizerKind::Adam, OptimizerKind::Sgd}) {
        SampleRun run;
        run.quality = 0.7 + 0.01 * ++n;
        const std::string folder = at("run" + std::to_string(n));
        writeRun(folder, run);
        TrainSpec spec = readRun(folder).spec;
        spec.batch = batch;
        spec.weightDecay = n == 1 ? 0 : 0.25;
        spec.device.threads = n;  // says nothing of what a run is
        spec.model.weightsPath = "/weights/" + std::string(n < 3 ? "a" : "b") + ".pth";
        spec.optimizer = optimizer;
        writeTextAtomically(folder + "/run.toml", toToml(spec));
      }
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 4, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->runsPage()->table()->matchingIds().size(), 4, 10000);
    page().plots()->setView(u"parallel"_s);
    const auto* parallel = page().plots()->parallel();
    QTRY_COMPARE(parallel->axisCount(), 5);
    const ui::TextTable shown = parallel->exportTable();
    const auto column = [&](const QString& title) {
      QStringList values;
      for (qsizetype r = 0; r < shown.rows; ++r) values << shown.cell(r, int(shown.columns.indexOf(title)));
      values.sort();
      return values;
    };
    QCOMPARE(column(u"batch"_s), (QStringList{u"4"_s, u"4"_s, u"64"_s, u"64"_s}));
    QCOMPARE(column(u"optimizer"_s), (QStringList{u"adam"_s, u"adam"_s, u"sgd"_s, u"sgd"_s}));
    QCOMPARE(column(u"weight_decay"_s), (QStringList{u"0"_s, u"0.25"_s, u"0.25"_s, u"0.25"_s}));
    QCOMPARE(column(u"weights"_s), (QStringList{u"a.pth"_s, u"a.pth"_s, u"b.pth"_s, u"b.pth"_s}));
  }

  void curvesByStepAndTime() {
    openSweep();
    for (int seed = 1; seed <= 2; ++seed) {
      EventFile events(at("sweep/k10-seed" + std::to_string(seed)), 0);
      for (int step = 1; step <= 50; ++step) {
        events.addScalars(step, {{"train/loss", double(seed) / step}, {"train/learning_rate", 1e-3}});
        if (step % 10 == 0) events.addScalars(step, {{"epoch/number", step / 10.0}});
      }
    }
    table().setFilterText(u"k = 10"_s);
    click(page(), tr_("Tick all shown"));
    RunPlots& plots = *page().plots();
    plots.setView(u"curves"_s);
    const auto seriesOf = [&](const QString& name) {  // its points: x and y
      QList<std::pair<double, double>> points;
      const ui::TextTable shown = plots.curves()->exportTable();
      for (qsizetype r = 0; r < shown.rows; ++r)
        if (shown.cell(r, 0) == name) points << std::pair{shown.cell(r, 1).toDouble(), shown.cell(r, 2).toDouble()};
      return points;
    };
    const QString first = u"sweep/k10-seed1"_s, third = u"sweep/k10-seed3"_s;
    QCOMPARE(seriesOf(first).last().first, 5.0);
    plots.setCurves(CurveKind::TrainingLoss, CurveAxis::Step, false);
    QTRY_COMPARE(seriesOf(first).size(), 50);
    QCOMPARE(seriesOf(first)[3], std::pair(4.0, 0.25));
    QCOMPARE(plots.curves()->exportTable().columns.mid(1), (QStringList{u"step"_s, tr_("Training loss")}));
    QVERIFY(seriesOf(third).isEmpty());  // it kept none, and that is said
    const auto labels = plots.card()->findChildren<QLabel*>();
    QTRY_VERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* l) { return l->text().contains(u"kept no steps"_s); }));
    // What is scored once an epoch stands at its last step.
    plots.setCurves(CurveKind::Score, CurveAxis::Step, false);
    QCOMPARE(seriesOf(first).size(), 6);
    QCOMPARE(seriesOf(first)[2].first, 20.0);
    plots.setCurves(CurveKind::Score, CurveAxis::Time, false);
    QCOMPARE(seriesOf(third).last().first, 15.0);  // five epochs of three seconds
    QCOMPARE(plots.curves()->exportTable().columns[1], u"time, s"_s);
    // The mean over the seeds that have steps.
    table().setFilterText(u"k = 10 seed <= 2"_s);
    plots.setCurves(CurveKind::TrainingLoss, CurveAxis::Step, true);
    QTRY_COMPARE(plots.curves()->seriesCount(), 1);
    QTRY_COMPARE(plots.curves()->pointCount(0), 50);
    QCOMPARE(plots.curves()->lastPoint(0).first, 50.0);
    QVERIFY(std::abs(plots.curves()->lastPoint(0).second - 1.5 / 50) < 1e-6);
    // A logarithmic x has no place for the untuned model.
    plots.setCurves(CurveKind::Score, CurveAxis::Epoch, false);
    QTest::qWait(20);
    QVERIFY(plots.curves()->view().first <= 0);
    plots.scale()->setCurrentIndex(2);
    QTRY_VERIFY(plots.curves()->view().first > 0);
  }

  void smoothingIsRememberedAndIsNoActToUndo() {
    openSweep();
    const int acts = m_window->session().document().history().count();
    QCOMPARE(page().plots()->curves()->smoothing(), 0.0);
    QTest::keyClick(page().plots()->smoothing()->findChild<ui::Slider*>(), Qt::Key_PageUp);
    QCOMPARE(page().plots()->curves()->smoothing(), 0.1);
    QCOMPARE(page().plots()->curves()->exportTable().columns.last(), u"mean Dice, smoothed with weight 0.10"_s);
    auto* train = m_window->trainPage()->curvesPanel();
    QCOMPARE(train->curves()->smoothing(), 0.8);
    QTest::keyClick(train->smoothing()->findChild<ui::Slider*>(), Qt::Key_End);
    QCOMPARE(train->curves()->smoothing(), 0.99);
    QCOMPARE(m_window->session().document().history().count(), acts);
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, *m_languages);
    QCOMPARE(m_window->runsPage()->plots()->curves()->smoothing(), 0.1);
    QCOMPARE(m_window->trainPage()->curvesPanel()->curves()->smoothing(), 0.99);
  }

  void starsTagsAndNotesStay() {
    openSweep();
    select(u"sweep/k3-seed2"_s);
    QTest::keyClick(table().view(), Qt::Key_S);
    QVERIFY(rowOf(u"sweep/k3-seed2"_s).isStarred);
    page().details()->tags()->setText(u"paper, best"_s);
    QTest::keyClick(page().details()->tags(), Qt::Key_Return);
    QTest::keyClicks(page().details()->note(), u"worth a second look"_s);
    QCOMPARE(rowOf(u"sweep/k3-seed2"_s).tags, (QStringList{u"paper"_s, u"best"_s}));
    QCOMPARE(rowOf(u"sweep/k3-seed2"_s).note, u"worth a second look"_s);
    table().setFilterText(u"tag:paper"_s);
    QCOMPARE(table().visibleIds(), QStringList{u"sweep/k3-seed2"_s});
    table().setFilterText({});
    // Nothing of it in the run's own folder; and another start finds it.
    const QString folder = m_window->session().project().folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(at("sweep/k3-seed2")))
      QVERIFY(entry.path().filename() != "run-notes.json");
    m_window.reset();
    QVERIFY(QFile::exists(folder + "/run-notes.json"_L1));
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, *m_languages);
    m_window->show();
    m_window->session().openProjectFolder(folder);
    m_window->showPage(u"runs"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 12, 10000);
    QTRY_VERIFY(rowOf(u"sweep/k3-seed2"_s).isStarred);
    QCOMPARE(rowOf(u"sweep/k3-seed2"_s).note, u"worth a second look"_s);
  }

  void differencesAreSignedAgainstTheBaseline() {
    openSweep();
    select(u"sweep/k1-seed1"_s);
    QTest::keyClick(table().view(), Qt::Key_B);
    QCOMPARE(indexOf(u"sweep/k1-seed1"_s, ui::RunModel::Difference).data().toString(), tr_("baseline"));
    QVERIFY(indexOf(u"sweep/k10-seed1"_s, ui::RunModel::Difference).data().toString().startsWith(u'+'));
    click(page(), tr_("Untick all"));
    for (const char* id : {"sweep/k10-seed1", "sweep/full-seed1"}) {
      select(QString::fromLatin1(id));
      QTest::keyClick(table().view(), Qt::Key_Space);
    }
    page().plots()->setView(u"diff"_s);
    auto* diff = page().plots()->differences();
    QCOMPARE(diff->columnCount(), 4);  // setting, baseline, two runs
    QStringList keys;
    for (int r = 0; r < diff->rowCount(); ++r) keys << diff->index(r, 0).data().toString();
    QCOMPARE(keys, (QStringList{u"selection.k"_s, u"training.method"_s}));
    QCOMPARE(diff->index(0, 1).data().toString(), u"1"_s);
    select(u"sweep/k1-seed1"_s);
    QTest::keyClick(table().view(), Qt::Key_B);
    QCOMPARE(indexOf(u"sweep/k1-seed1"_s, ui::RunModel::Difference).data().toString(), u"–"_s);
  }

  void seedsAndFrontierAreCounted() {
    openSweep();
    page().plots()->setView(u"seeds"_s);
    auto* seeds = page().plots()->seeds();
    QCOMPARE(seeds->rowCount(), 4);
    // The lowest and the highest stand beside each other.
    for (const auto* view : page().plots()->findChildren<QTableView*>())
      if (view->model() == seeds) QVERIFY(view->columnWidth(seeds->columnCount() - 1) < ui::Theme::instance().px(20));
    for (int r = 0; r < 4; ++r) QCOMPARE(seeds->index(r, 1).data().toString(), u"3"_s);
    QCOMPARE(seeds->index(0, 0).data().toString(), u"K 10"_s);
    QVERIFY(std::abs(seeds->index(0, 2).data().toString().toDouble() - 0.82) < 1e-3);
    page().plots()->setView(u"frontier"_s);
    auto* frontier = page().plots()->frontier();
    frontier->setFocus();
    QString all;
    for (int i = 0; i < 4; ++i) {
      QTest::keyClick(frontier, Qt::Key_Right);
      all += frontier->currentText() + u'\n';
    }
    QVERIFY2(all.contains(u"K = 10"_s), qPrintable(all));
    QCOMPARE(all.count(tr_("the smallest K within half a point of the best")), 1);
  }

  void aRunThatGrowsMovesItsCurve() {
    SampleRun live;
    live.planned = 10;
    live.epochs = 2;
    live.isFinished = false;
    writeRun(at("live"), live);
    auto lock = std::make_unique<HeldLock>(at("live"));
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 1, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(page().plots()->curves()->pointCount(0), 3, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(rowOf(u"live"_s).phase, ui::RunPhase::Running, 10000);
    for (int e = 3; e <= 6; ++e) appendLine(at("live") + "/metrics.jsonl", metricsLine(sampleRecord(live, e)));
    QTRY_COMPARE_WITH_TIMEOUT(page().plots()->curves()->pointCount(0), 7, 10000);
    QCOMPARE(rowOf(u"live"_s).epochs, 6);
    page().remove({u"live"_s});  // nobody takes it from the one who writes it
    QVERIFY(!page().question());
    // On screen it moves as well.
    page().openIn(u"train"_s);
    QCOMPARE(m_window->session().run().phase, RunView::Phase::Active);
    QVERIFY(!m_window->session().canResumeRun());
    appendLine(at("live") + "/metrics.jsonl", metricsLine(sampleRecord(live, 7)));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().run().lastEpoch(), 7, 10000);
    // And so does one that came there by another way, as the newest one of a project that is opened does.
    m_window->session().showRun(readRun(at("live")));
    QVERIFY(m_window->session().run().phase != RunView::Phase::Active);
    appendLine(at("live") + "/metrics.jsonl", metricsLine(sampleRecord(live, 8)));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().run().lastEpoch(), 8, 10000);
    QCOMPARE(m_window->session().run().phase, RunView::Phase::Active);
    lock.reset();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().run().phase != RunView::Phase::Active, 10000);
  }

  void deletingAsksByNameAndGoesToTheTrash() {
    openSweep();
    select(u"sweep/k3-seed3"_s);
    QTest::keyClick(table().view(), Qt::Key_Delete);
    QVERIFY(page().question());
    QVERIFY(page().question()->text().contains(u"sweep/k3-seed3"_s));
    QTest::keyClick(page().question(), Qt::Key_Escape);
    QTRY_VERIFY(!page().question());
    QVERIFY(std::filesystem::exists(at("sweep/k3-seed3")));
    page().openIn(u"train"_s);
    QCOMPARE(m_window->session().run().folder, QString::fromStdString(at("sweep/k3-seed3")));
    m_window->showPage(u"runs"_s);
    page().remove({u"sweep/k3-seed3"_s});
    QTest::mouseClick(page().question()->findChild<QPushButton*>(u"moveToTrash"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 11, 10000);
    QVERIFY(!std::filesystem::exists(at("sweep/k3-seed3")));
    QVERIFY(m_window->session().run().folder.isEmpty());
    QVERIFY(std::filesystem::exists(m_dir->path().toStdString() + "/Trash/files/k3-seed3/run.toml"));
  }

  void anOpenedRunShowsItsSteps() {
    openSweep();
    {
      EventFile events(at("sweep/k10-seed3"), 0);
      for (int step = 1; step <= 50; ++step) {
        events.addScalars(step, {{"train/loss", 1.0 / step}, {"train/learning_rate", 1e-3}});
        if (step % 10 == 0) events.addScalars(step, {{"epoch/number", step / 10.0}});
      }
    }
    select(u"sweep/k10-seed3"_s);
    QTest::keyClick(table().view(), Qt::Key_Return);
    QTRY_COMPARE(m_window->session().run().steps.size(), std::size_t(50));
    auto* train = static_cast<TrainPage*>(m_window->page(u"train"_s));
    QCOMPARE(train->curves()->pointCount(0), 50);
    train->curvesPanel()->setAxis(u"time"_s);
    QCOMPARE(train->curves()->pointCount(0), 50);
    // Another run without an event file: a point an epoch, and nothing of the former one.
    m_window->showPage(u"runs"_s);
    select(u"sweep/k1-seed1"_s);
    page().openIn(u"train"_s);
    QTest::qWait(50);
    QVERIFY(m_window->session().run().steps.empty());
    QCOMPARE(train->curves()->pointCount(0), 5);
  }

  void homeShowsTheLatestRuns() {
    auto* home = static_cast<HomePage*>(m_window->page(u"home"_s));
    m_window->showPage(u"home"_s);
    QVERIFY(home->latestRuns()->isVisible());
    QVERIFY(!home->latestRuns()->table()->isVisible());  // a sentence instead
    m_window->showPage(u"runs"_s);
    openSweep();
    m_window->showPage(u"home"_s);
    QTreeWidget* latest = home->latestRuns()->table();
    QVERIFY(latest->isVisible());
    QCOMPARE(latest->topLevelItemCount(), 6);
    QCOMPARE(home->latestRuns()->curves()->seriesCount(), 5);
    QVERIFY(home->latestRuns()->curves()->isVisible());
    QStringList held;
    for (const auto& row : home->projectCard()->list()->rows()) held << row.key + u": "_s + row.value;
    QVERIFY2(held.contains(u"Runs: 12"_s), qPrintable(held.join(u'\n')));
    QVERIFY2(!held.filter(u"Best mean Dice: 0.82"_s).isEmpty(), qPrintable(held.join(u'\n')));
    for (int row = 0; row < latest->topLevelItemCount(); ++row) {
      QVERIFY(!latest->topLevelItem(row)->text(1).isEmpty());
      QVERIFY(latest->topLevelItem(row)->text(3).startsWith(u"0."_s));
      QCOMPARE(latest->topLevelItem(row)->text(5), u"finished"_s);
    }
    latest->setFocus();
    latest->setCurrentItem(latest->topLevelItem(3));
    QTest::keyClick(latest, Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QVERIFY(m_window->session().run().folder.startsWith(QString::fromStdString(at("sweep"))));
  }

  void openingMakesItTheRunOnScreen() {
    openSweep();
    select(u"sweep/k10-seed3"_s);
    QSignalSpy spy(&m_window->session(), &Session::runChanged);
    QTest::keyClick(table().view(), Qt::Key_Return);
    QVERIFY(spy.count() >= 1);
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QCOMPARE(m_window->session().run().folder, QString::fromStdString(at("sweep/k10-seed3")));
    QCOMPARE(m_window->session().run().bestEpoch(), 5);
    m_window->showPage(u"runs"_s);
    select(u"sweep/k1-seed1"_s);
    page().openIn(u"cases"_s);
    QCOMPARE(m_window->currentPage(), u"cases"_s);
    QCOMPARE(m_window->session().run().spec.selection.keptPerRow, 1);
  }

  void tablesLeaveAsText() {
    openSweep();
    table().setFilterText(u"k = 10"_s);
    for (const auto& [name, part] :
         {std::pair{u"runs.csv"_s, u"name,star,state"_s}, {u"runs.md"_s, u"| name |"_s}, {u"runs.tex"_s, u"\\hline"_s}}) {
      const QString path = m_dir->path() + u'/' + name;
      QVERIFY(page().saveTable(path));
      QFile file(path);
      QVERIFY(file.open(QIODevice::ReadOnly));
      const QString text = QString::fromUtf8(file.readAll());
      QVERIFY2(text.contains(part), qPrintable(text));
      QVERIFY(text.contains(u"0.8"_s));
      QVERIFY(!text.contains(u"k3-seed1"_s));
    }
    select(u"sweep/k10-seed1"_s);
    QTest::keyClick(table().view(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"k10-seed1\t"_s));
    QVERIFY(!page().saveTable(m_dir->path() + "/no/such/folder/runs.csv"_L1));
  }

  // The views under the table leave as pictures and tables, by the menu that every plot has; an ending is added where none was written.
  void viewsLeaveAsPicturesAndTables() {
    openSweep();
    const QStringList tables{u"diff"_s, u"seeds"_s};
    for (const QString& view : {u"curves"_s, u"parallel"_s, u"frontier"_s, u"diff"_s, u"seeds"_s}) {
      page().plots()->setView(view);
      for (const auto& [text, ending] :
           {std::pair{u"CSV"_s, u"csv"_s}, {u"LaTeX"_s, u"tex"_s}, {u"SVG"_s, u"svg"_s}, {u"×4"_s, u"png"_s}}) {
        QTest::mouseClick(page().plots()->menuButton(), Qt::LeftButton);
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())));
        QAction* save = nullptr;
        QList<QAction*> actions = menu->actions();
        for (QAction* action : menu->actions())
          if (action->menu()) actions += action->menu()->actions();
        for (QAction* action : std::as_const(actions))
          if (action->text().contains(text)) save = action;
        menu->close();
        QCOMPARE(save == nullptr, tables.contains(view) && (ending == "svg"_L1 || ending == "png"_L1));
        if (!save) continue;
        save->trigger();
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = m_window->findChild<QFileDialog*>()));
        const QString name = m_dir->path() + u'/' + view;
        dialog->findChild<QLineEdit*>()->setText(name);
        QMetaObject::invokeMethod(dialog, "accept");
        QTRY_VERIFY2(QFileInfo(name + u'.' + ending).size() > 40, qPrintable(name + u'.' + ending));
        QTRY_VERIFY(!m_window->findChild<QFileDialog*>());
      }
    }
    // T shows the numbers of a plot.
    page().plots()->setView(u"parallel"_s);
    QTest::keyClick(page().plots()->parallel(), Qt::Key_T);
    QTRY_VERIFY(m_window->findChild<QWidget*>(u"tablePanel"_s));
  }

  void otherMetricsAndSettingsAreColumns() {
    openSweep();
    SampleRun run;
    run.quality = 0.6;
    writeRun(at("large"), run);
    TrainSpec spec = readRun(at("large")).spec;
    spec.batch = 64;
    writeTextAtomically(at("large") + "/run.toml", toToml(spec));
    const ui::RunModel& model = *table().model();
    QTRY_VERIFY_WITH_TIMEOUT(model.columnOf(u"training.batch"_s) >= 0, 10000);
    for (const char* key : {"best.iou", "last.iou", "best.val_loss", "last.train_loss", "training.batch"})
      QVERIFY2(model.columnOf(QString::fromLatin1(key)) >= 0 && !table().shownColumns().contains(QString::fromLatin1(key)), key);
    for (const char* key : {"best.top5", "best.recall", "selection.k", "training.epochs"})  // not recorded, or there anyway
      QCOMPARE(model.columnOf(QString::fromLatin1(key)), -1);
    const auto shown = [&](const QString& id, const char* key) {
      return model.index(model.rowOf(id), model.columnOf(QString::fromLatin1(key))).data().toString();
    };
    QCOMPARE(shown(u"large"_s, "best.iou"), u"0.480"_s);
    QCOMPARE(shown(u"large"_s, "last.val_loss"), u"0.6000"_s);
    QCOMPARE(shown(u"large"_s, "training.batch"), u"64"_s);
    // Chosen in the menu; kept while no run has it, and with the project.
    QTest::mouseClick(table().findChild<QPushButton*>(), Qt::LeftButton);
    auto* menu = table().findChild<QMenu*>(u"columnMenu"_s);
    QVERIFY(menu);
    for (const QMenu* more : menu->findChildren<QMenu*>())
      for (QAction* action : more->actions())
        if (action->text() == tr_("IoU, best epoch") || action->text() == u"batch"_s) action->setChecked(true);
    menu->close();
    QVERIFY(table().shownColumns().contains(u"best.iou"_s) && table().shownColumns().contains(u"training.batch"_s));
    table().view()->sortByColumn(model.columnOf(u"best.iou"_s), Qt::AscendingOrder);
    QCOMPARE(table().visibleIds().first(), u"large"_s);
    const QString path = m_dir->path() + "/runs.csv"_L1;
    QVERIFY(page().saveTable(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray header = file.readLine();
    QVERIFY2(header.contains("best.iou") && header.contains("training.batch"), header.constData());
    std::filesystem::remove_all(at("large"));
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 12, 10000);
    QCOMPARE(model.columnOf(u"training.batch"_s), -1);
    QVERIFY(table().chosenColumns().contains(u"training.batch"_s));
    QVERIFY(table().shownColumns().contains(u"best.iou"_s));
    QCOMPARE(table().presentView().sort, u"best.iou"_s);
    writeRun(at("large"), run);
    writeTextAtomically(at("large") + "/run.toml", toToml(spec));
    QTRY_VERIFY_WITH_TIMEOUT(table().shownColumns().contains(u"training.batch"_s), 10000);
    const QAbstractItemModelTester tester(table().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
  }

  void columnsAreChosen() {
    openSweep();
    QVERIFY(table().view()->isColumnHidden(ui::RunModel::Peak));
    QStringList shown = table().shownColumns();
    QTest::mouseClick(table().findChild<QPushButton*>(), Qt::LeftButton);
    auto* menu = table().findChild<QMenu*>(u"columnMenu"_s);
    QVERIFY(menu);
    for (QAction* action : menu->actions())
      if (action->text() == tr_("Peak memory")) action->setChecked(true);
    menu->close();
    QVERIFY(!table().view()->isColumnHidden(ui::RunModel::Peak));
    QCOMPARE(table().shownColumns().size(), shown.size() + 1);
  }

  void aViewIsKeptWithTheProject() {
    openSweep();
    table().setFilterText(u"k = 3"_s);
    const QStringList rows = table().visibleIds();
    QCOMPARE(rows.size(), 3);
    table().views()->saveAs(u"K = 3"_s);
    QTest::mouseClick(table().views(), Qt::LeftButton);
    auto* menu = table().views()->findChild<QMenu*>(u"viewMenu"_s);
    QVERIFY(menu);
    menu->actions().first()->trigger();  // the usual view
    menu->close();
    QVERIFY(table().visibleIds().size() > 3);
    QVERIFY(table().chosenColumns().isEmpty());
    // Another reader of the project finds it, once it is written.
    RunNotes again;
    const auto isThere = [&] {
      again.setProject({});
      again.setProject(m_window->session().project().folder);
      return QTest::qWaitFor([&] { return again.isRead(); }, 1000) && !again.content().views.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 10000);
    QCOMPARE(again.content().views.first().name, u"K = 3"_s);
    table().showView(table().views()->views().first());
    QCOMPARE(table().visibleIds(), rows);
  }

 private:
  static QString tr_(const char* text) { return QString::fromUtf8(text); }
  RunsPage& page() const { return *m_window->runsPage(); }
  ui::RunTable& table() const { return *page().table(); }
  std::string at(const std::string& run) const { return m_window->session().project().runsFolder().toStdString() + "/" + run; }
  // K = 1, 3, 10 and full tuning, three seeds each. 3 is within half a point of 10.
  void openSweep() {
    for (const auto& [name, k, quality] : {std::tuple{"k1", 1, 0.70}, {"k3", 3, 0.817}, {"k10", 10, 0.82}, {"full", 0, 0.78}})
      for (int seed = 1; seed <= 3; ++seed) {
        SampleRun run;
        run.method = k == 0 ? Method::Full : Method::Gps;
        run.k = std::max(1, k);
        run.seed = std::uint64_t(seed);
        run.quality = quality + 0.002 * (seed - 2);
        writeRun(at(std::string("sweep/") + name + "-seed" + std::to_string(seed)), run);
      }
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 12, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(rowOf(u"sweep/full-seed3"_s).phase, ui::RunPhase::Finished, 10000);
  }
  ui::RunRow rowOf(const QString& id) const {
    const int row = table().model()->rowOf(id);
    return row < 0 ? ui::RunRow() : table().model()->row(row);
  }
  QModelIndex indexOf(const QString& id, int column) const {
    for (int r = 0; r < table().view()->model()->rowCount(); ++r)
      if (const QModelIndex at = table().view()->model()->index(r, column); at.data(ui::RunModel::IdRole).toString() == id) return at;
    return {};
  }
  void select(const QString& id) const {
    QTest::mouseClick(table().view()->viewport(), Qt::LeftButton, {}, clickPoint(id));
    QCOMPARE(table().currentId(), id);
    table().view()->setFocus();
  }
  QPoint clickPoint(const QString& id) const {
    const QModelIndex at = indexOf(id, ui::RunModel::Phase);
    table().view()->scrollTo(at);
    return table().view()->visualRect(at).center();
  }
  static void click(QWidget& in, const QString& text) {
    for (auto* button : in.findChildren<QPushButton*>())
      if (button->text() == text) return QTest::mouseClick(button, Qt::LeftButton);
    QFAIL(qPrintable(u"no button "_s + text));
  }
};

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  ui::Theme::instance().setReducedMotion(true);
  ui::Theme::instance().apply(app, ui::ThemeName::Light);
  TestRunsPage test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_runspage.moc"
