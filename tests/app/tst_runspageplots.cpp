// What the Runs page draws of the ticked runs: curves, differences, parallel axes, the K frontier, seeds.
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

#include "app/pages/rundetails.h"
#include "app/pages/runplots.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/trainpage.h"
#include "core/tuning/eventfile.h"
#include "core/tuning/runfolder.h"
#include "runsfixture.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/difftable.h"
#include "widgets/frontierplot.h"
#include "widgets/labelledslider.h"
#include "widgets/parallelplot.h"
#include "widgets/slider.h"

using namespace gps;
using namespace gps::app;
using namespace gps::app::test;
using namespace Qt::StringLiterals;

class TestRunsPagePlots : public RunsFixture {
  Q_OBJECT
 private Q_SLOTS:
  void init() { openRuns(); }
  void cleanup() { end(); }

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
};

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  ui::Theme::instance().setReducedMotion(true);
  ui::Theme::instance().apply(app, ui::ThemeName::Light);
  TestRunsPagePlots test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_runspageplots.moc"
