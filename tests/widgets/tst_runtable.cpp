#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <cmath>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/runtable.h"
#include "widgets/runviewsbutton.h"
#include "widgets/tabletext.h"

using namespace gps;
using namespace gps::ui;
using namespace Qt::StringLiterals;

class RunTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelKeepsTheRules() {
    RunModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunFilter filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester over(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto rows = test::runRows(12);
    model.setRows(rows);
    filter.sort(RunModel::Best, Qt::DescendingOrder);
    rows.removeAt(3);
    rows[0].best = 0.99;
    rows.prepend(test::runRows(20).last());
    model.setRows(rows);
    QCOMPARE(model.rowCount(), 12);
    filter.setText(u"best > 0.5"_s);
    model.setRows({});
    QCOMPARE(filter.rowCount(), 0);
  }

  void rowsThatStayKeepTheirSelection() {
    RunTable table;
    table.setRows(test::runRows(12));
    table.setCurrentId(table.visibleIds().at(5));
    const QString current = table.currentId();
    auto rows = test::runRows(14);
    rows.removeAt(1);
    table.setRows(rows);
    QCOMPARE(table.currentId(), current);
    QCOMPARE(table.totalCount(), 13);
  }

  void viewsAreKeptAndShown() {
    RunTable table;
    table.setRows(test::runRows(12));
    auto* views = table.views();
    QSignalSpy edited(&table, &RunTable::viewsEdited);
    const RunTableView usual = table.presentView();
    table.setFilterText(u"best > 0.5"_s);
    table.view()->sortByColumn(RunModel::Best, Qt::AscendingOrder);
    table.setShownColumns({u"name"_s, table.model()->key(RunModel::Best), table.model()->key(RunModel::Seed)});
    table.findChild<QCheckBox*>()->setChecked(true);
    const QStringList rows = table.visibleIds(), columns = table.shownColumns();
    views->saveAs(u"  good   ones "_s);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(views->views().size(), 1);
    QCOMPARE(views->views().first().name, u"good ones"_s);
    QVERIFY(views->views().first().showsTheSameAs(table.presentView()));
    table.showView({});
    QVERIFY(table.presentView().showsTheSameAs(usual));
    QVERIFY(table.visibleIds() != rows);
    table.showView(views->views().first());
    QCOMPARE(table.visibleIds(), rows);
    QCOMPARE(table.shownColumns(), columns);
    // A name that is taken is asked for again and nothing is overwritten.
    table.showView({});
    views->saveAs(u"good ones"_s);
    QCOMPARE(views->views().size(), 1);
    auto* dialog = views->findChild<QInputDialog*>(u"viewName"_s);
    QVERIFY(dialog);
    QVERIFY(dialog->labelText().contains(u"good ones"_s));
    dialog->setTextValue(u"all"_s);
    dialog->accept();
    QCOMPARE(views->views().size(), 2);
    QCOMPARE(views->views().first().name, u"all"_s);  // in the order of their names
    views->putPresent(1);
    QVERIFY(views->views().at(1).showsTheSameAs(usual));
    views->rename(1, u"usual"_s);
    views->remove(0);
    QCOMPARE(views->views().size(), 1);
    QCOMPARE(views->views().first().name, u"usual"_s);
  }

  void theMenuOfViewsLeadsToThem() {
    RunTable table;
    table.setRows(test::runRows(12));
    table.show();
    auto* views = table.views();
    views->setViews({{u"failed too"_s, {}, u"gps"_s, false, false, table.model()->key(RunModel::Seed), false}});
    QTest::mouseClick(views, Qt::LeftButton);
    auto* menu = views->findChild<QMenu*>(u"viewMenu"_s);
    QVERIFY(menu);
    for (QAction* action : menu->actions())
      if (action->text() == u"failed too"_s) action->trigger();
    menu->close();
    QVERIFY(table.presentView().showsTheSameAs(views->views().first()));
  }

  void whatIsNotKnownSortsLastBothWays() {
    RunTable table;
    auto rows = test::runRows(6);
    rows[2].best = std::nan("");
    table.setRows(rows);
    for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
      table.view()->sortByColumn(RunModel::Best, order);
      QCOMPARE(table.visibleIds().last(), rows[2].id);
    }
    table.view()->sortByColumn(RunModel::Best, Qt::DescendingOrder);
    double before = 2;
    for (const QString& id : table.visibleIds()) {
      const double best = table.model()->row(table.model()->rowOf(id)).best;
      if (!std::isnan(best)) QVERIFY(best <= before);
      if (!std::isnan(best)) before = best;
    }
  }

  void filterReadsWordsTagsAndComparisons_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("word") << u"NEURON"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("two words") << u"neuron stopped"_s << QStringList{u"b"_s};
    QTest::newRow("tag") << u"tag:pap"_s << QStringList{u"a"_s};
    QTest::newRow("comparison") << u"best >= 0.8"_s << QStringList{u"a"_s};
    QTest::newRow("percent") << u"best < 80 %"_s << QStringList{u"b"_s, u"c"_s};
    QTest::newRow("exponent") << u"lr<=1e-3"_s << QStringList{u"b"_s, u"c"_s};
    QTest::newRow("equal") << u"k=3"_s << QStringList{u"b"_s};
    QTest::newRow("full width") << u"k＝3"_s << QStringList{u"b"_s};
    QTest::newRow("both") << u"seed = 1 lr > 0.002"_s << QStringList{u"a"_s};
    QTest::newRow("half typed") << u"best >"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("note") << u"second look"_s << QStringList{u"c"_s};
  }
  void filterReadsWordsTagsAndComparisons() {
    QFETCH(QString, text);
    QFETCH(QStringList, ids);
    RunTable table;
    auto rows = test::runRows(3);
    rows[0].id = u"a"_s, rows[0].level = u"neuron"_s, rows[0].tags = QStringList{u"paper"_s}, rows[0].best = 0.9;
    rows[0].learningRate = 3e-3, rows[0].keptPerRow = 1, rows[0].seed = 1, rows[0].phase = RunPhase::Finished;
    rows[1].id = u"b"_s, rows[1].level = u"neuron"_s, rows[1].best = 0.7, rows[1].learningRate = 1e-3, rows[1].keptPerRow = 3,
    rows[1].seed = 1;
    rows[1].phase = RunPhase::Stopped, rows[1].tags.clear();
    rows[2].id = u"c"_s, rows[2].level = u"net"_s, rows[2].best = 0.6, rows[2].learningRate = 1e-4, rows[2].keptPerRow = 10,
    rows[2].seed = 2;
    rows[2].note = u"worth a second look"_s, rows[2].phase = RunPhase::Finished;
    table.setRows(rows);
    table.view()->sortByColumn(RunModel::Name, Qt::AscendingOrder);
    table.setFilterText(text);
    QCOMPARE(table.visibleIds(), ids);
    const QSet<QString> only{u"c"_s};
    table.setOnlyIds(&only);
    QCOMPARE(table.visibleIds().size(), ids.contains(u"c"_s) ? 1 : 0);
    QCOMPARE(table.matchingIds().size(), ids.size());
  }

  void tagsTakeRoomWhereThereAreSome() {
    RunTable table;
    auto rows = test::runRows(3);
    for (auto& row : rows) row.tags.clear();
    table.setRows(rows);
    QVERIFY(table.view()->isColumnHidden(RunModel::Tags));
    rows[2].tags = QStringList{u"paper"_s};
    table.setRows(rows);
    QVERIFY(!table.view()->isColumnHidden(RunModel::Tags));
    table.setShownColumns({table.model()->key(RunModel::Tags)});  // who asks for it has it
    rows[2].tags.clear();
    table.setRows(rows);
    QVERIFY(!table.view()->isColumnHidden(RunModel::Tags));
  }

  // Columns beyond the usual by the end of their key, words by "=", in the words of run.toml and in those on screen.
  void filterKnowsEveryColumn() {
    RunTable table;
    auto rows = test::runRows(3);
    rows[0].id = u"a"_s, rows[0].method = u"gps"_s, rows[0].methodText = u"Auswahl"_s;
    rows[1].id = u"b"_s, rows[1].method = u"full"_s;
    rows[2].id = u"c"_s, rows[2].method = u"full"_s;
    for (auto& row : rows) row.phase = RunPhase::Finished, row.note.clear(), row.tags.clear();
    const QString decay = u"training.weight_decay"_s, optimizer = u"training.optimizer"_s, iou = u"best.iou"_s;
    rows[0].extras = {{decay, 0.0}, {optimizer, u"adam"_s}, {iou, 0.7}};
    rows[1].extras = {{decay, 0.01}, {optimizer, u"adam"_s}, {iou, 0.8}};
    rows[2].extras = {{decay, 0.01}, {optimizer, u"sgd"_s}};
    table.setRows(rows);
    table.view()->sortByColumn(RunModel::Name, Qt::AscendingOrder);
    const auto shown = [&table](const QString& text) {
      table.setFilterText(text);
      return table.visibleIds().join(QString());
    };
    QCOMPARE(shown(u"weight_decay > 0"_s), u"abc"_s);  // there is no such column yet
    auto* hint = table.findChild<QLabel*>(u"filterHint"_s);
    QVERIFY(hint && hint->isVisibleTo(&table));
    table.setExtraColumns({{decay, u"weight_decay"_s, {}, RunColumn::Group::Setting, RunColumn::Kind::Number},
                           {optimizer, u"optimizer"_s, {}, RunColumn::Group::Setting, RunColumn::Kind::Text},
                           {iou, u"IoU"_s, {}, RunColumn::Group::Metric, RunColumn::Kind::Score}});
    QCOMPARE(table.visibleIds().join(QString()), u"bc"_s);  // the text stands; the column has come
    QVERIFY(!hint->isVisibleTo(&table));
    QCOMPARE(shown(u"weight_decay > 0, optimizer = adam"_s), u"b"_s);
    QCOMPARE(shown(u"training.optimizer=SGD"_s), u"c"_s);
    QCOMPARE(shown(u"best.iou >= 75 %"_s), u"b"_s);
    QCOMPARE(shown(u"method = full"_s), u"bc"_s);
    QCOMPARE(shown(u"method = gps"_s), u"a"_s);
    QCOMPARE(shown(u"auswahl"_s), u"a"_s);
    QCOMPARE(shown(u"optimizer = ad"_s), QString());  // the whole word
    QCOMPARE(shown(u"name = a"_s), u"a"_s);
    QCOMPARE(shown(u"state = finished，method = full"_s), u"bc"_s);
    rows[0].peakMib = 2186, rows[1].peakMib = 2000;
    table.setRows(rows);
    QCOMPARE(shown(u"peak > 2200"_s), u"a"_s);  // 2.29 GB; as the table says
    QCOMPARE(shown(u"peak_mib > 2200"_s), QString());
    QCOMPARE(shown(u"method > full"_s), u"abc"_s);  // words have no order
    QVERIFY(hint->isVisibleTo(&table));
    table.setExtraColumns({});
    QCOMPARE(shown(u"optimizer = sgd"_s), u"abc"_s);
  }

  void failedAndUnstarredOnesHide() {
    RunTable table;
    auto rows = test::runRows(5);
    rows[0].phase = RunPhase::Failed;
    rows[1].phase = RunPhase::Unreadable;
    for (auto& row : rows) row.isStarred = false;
    rows[4].isStarred = true;
    table.setRows(rows);
    const auto boxes = table.findChildren<QCheckBox*>();
    QCOMPARE(boxes.size(), 2);
    boxes[0]->click();
    QCOMPARE(table.visibleIds().size(), 3);
    boxes[1]->click();
    QCOMPARE(table.visibleIds(), QStringList{rows[4].id});
  }

  void keysWish() {
    RunTable table;
    table.setRows(test::runRows(4));
    table.resize(900, 300);
    table.show();
    table.setCurrentId(table.visibleIds().at(1));
    const QString id = table.currentId();
    QSignalSpy tick(&table, &RunTable::tickRequested), star(&table, &RunTable::starRequested), pin(&table, &RunTable::baselineRequested),
        open(&table, &RunTable::openRequested), drop(&table, &RunTable::deleteRequested);
    for (const auto key : {Qt::Key_Space, Qt::Key_S, Qt::Key_B, Qt::Key_Return, Qt::Key_Delete}) QTest::keyClick(table.view(), key);
    QCOMPARE(tick.takeFirst(), (QVariantList{QStringList{id}, true}));
    QCOMPARE(star.takeFirst().at(0).toStringList(), QStringList{id});
    QCOMPARE(pin.takeFirst(), QVariantList{id});
    QCOMPARE(open.takeFirst(), QVariantList{id});
    QCOMPARE(drop.takeFirst(), QVariantList{QStringList{id}});
    table.setBaseline(id);
    QTest::keyClick(table.view(), Qt::Key_B);
    QCOMPARE(pin.takeFirst(), QVariantList{QString()});
    QTest::keyClick(table.view(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(table.view(), Qt::Key_Space);
    QCOMPARE(tick.takeFirst().at(0).toStringList().size(), 4);
  }

  void differencesFollowTheBaseline() {
    RunModel model;
    auto rows = test::runRows(3);
    rows[0].best = 0.5, rows[1].best = 0.75, rows[2].best = std::nan("");
    model.setRows(rows);
    model.setBaseline(rows[0].id);
    QCOMPARE(model.index(1, RunModel::Difference).data().toString(), u"+0.250"_s);
    QCOMPARE(model.index(2, RunModel::Difference).data().toString(), u"–"_s);
    rows[0].best = 0.8;  // the baseline trains on
    model.setRows(rows);
    QCOMPARE(model.index(1, RunModel::Difference).data().toString(), u"−0.050"_s);
  }

  void columnsAreShownByTheirKeys() {
    RunTable table;
    table.setShownColumns({u"best"_s, u"peak_mib"_s});
    QCOMPARE(table.shownColumns(), (QStringList{u"name"_s, u"best"_s, u"peak_mib"_s}));
    table.setShownColumns({});
    QVERIFY(table.shownColumns().contains(u"lr"_s));
  }

  void fiveHundredRowsAreShownAtOnce() {
    RunTable table;
    table.resize(1200, 500);
    table.show();
    const auto rows = test::runRows(500);
    CpuTimer timer;
    table.setRows(rows);
    table.view()->sortByColumn(RunModel::Best, Qt::DescendingOrder);
    table.setFilterText(u"best > 0.7"_s);
    table.setFilterText({});
    QVERIFY2(timer.ms() < 400, qPrintable(QString::number(timer.ms())));
    timer = {};
    table.setRows(rows);  // as every look at the disk does
    QVERIFY2(timer.ms() < 20, qPrintable(QString::number(timer.ms())));
  }
};

GPS_WIDGET_TEST_MAIN(RunTableTest)
#include "tst_runtable.moc"
