#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <cmath>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/casetable.h"

using namespace gps;
using namespace gps::ui;

namespace {

QList<CaseRow> four() {
  return {{QStringLiteral("polyp_b"), 0.91, 0.83, 0.95, 0.87, 0.10},
          {QStringLiteral("polyp_a"), 0.42, 0.27, 0.40, 0.45, 0.30},
          {QStringLiteral("normal_c"), std::nan(""), std::nan(""), std::nan(""), std::nan(""), std::nan("")},
          {QStringLiteral("polyp_d"), 0.75, 0.60, 0.99, 0.60, 0.05}};
}

QStringList ids(std::initializer_list<const char*> all) {
  QStringList list;
  for (const char* id : all) list << QString::fromLatin1(id);
  return list;
}

}  // namespace

class CaseTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelsKeepTheirContract() {
    CaseModel model;
    CaseFilter filter;
    QAbstractItemModelTester a(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    filter.setSourceModel(&model);
    QAbstractItemModelTester b(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    filter.sort(CaseModel::Dice);
    model.setRows(test::caseRows(50));
    filter.setText(QStringLiteral("dice < 0.8"));
    model.setRows(test::caseRows(20));
    model.setRows({});
    QCOMPARE(filter.rowCount(), 0);
  }

  void worstFirstAndUnscoredLast() {
    CaseTable table;
    table.setRows(four());
    QCOMPARE(table.visibleIds(), ids({"polyp_a", "polyp_d", "polyp_b", "normal_c"}));
  }

  void filters_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("decimal comma") << QStringLiteral("Dice < 0,8") << ids({"polyp_a", "polyp_d"});
    QTest::newRow("comma between two") << QStringLiteral("Dice < 0,8, polyp_d") << ids({"polyp_d"});
    QTest::newRow("full width") << QStringLiteral("Dice＜0，8") << ids({"polyp_a", "polyp_d"});
    QTest::newRow("score") << QStringLiteral("Dice < 0.8") << ids({"polyp_a", "polyp_d"});
    QTest::newRow("no spaces, other case") << QStringLiteral("DICE<0.8") << ids({"polyp_a", "polyp_d"});
    QTest::newRow("percent") << QStringLiteral("dice >= 91 %") << ids({"polyp_b"});
    QTest::newRow("area is in percent") << QStringLiteral("area > 8") << ids({"polyp_a", "polyp_b"});
    QTest::newRow("two parts") << QStringLiteral("dice < 0.8, precision > 0.9") << ids({"polyp_d"});
    QTest::newRow("name") << QStringLiteral("POLYP") << ids({"polyp_a", "polyp_d", "polyp_b"});
    QTest::newRow("name and score") << QStringLiteral("_b iou > 0.5") << ids({"polyp_b"});
    QTest::newRow("full-width sign") << QStringLiteral("Dice＜0.8") << ids({"polyp_a", "polyp_d"});
    QTest::newRow("nothing left") << QStringLiteral("recall > 0.99") << QStringList();
    QTest::newRow("empty") << QString() << ids({"polyp_a", "polyp_d", "polyp_b", "normal_c"});
    QTest::newRow("unfinished keeps all") << QStringLiteral("Dice <") << ids({"polyp_a", "polyp_d", "polyp_b", "normal_c"});
  }

  void filters() {
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    CaseTable table;
    table.setRows(four());
    QSignalSpy spy(&table, &CaseTable::filterChanged);
    table.setFilterText(text);
    QCOMPARE(table.visibleIds(), expected);
    if (!text.isEmpty()) {
      QCOMPARE(spy.last()[0].toInt(), int(expected.size()));
      QCOMPARE(spy.last()[1].toInt(), 4);
    }
  }

  void unfinishedComparisonSaysHow() {
    CaseFilter filter;
    QVERIFY(!filter.setText(QStringLiteral("Dice <")));
    QVERIFY(!filter.setText(QStringLiteral("foo < 3")));
    QVERIFY(filter.setText(QStringLiteral("Dice < .5")));
  }

  void keysStepThroughTheSortedOrder() {
    CaseTable table;
    table.setRows(four());
    table.resize(300, 500);
    table.show();
    QSignalSpy spy(&table, &CaseTable::currentIdChanged);
    auto* list = table.findChild<QListView*>();
    QTest::keyClick(list, Qt::Key_D);
    QTest::keyClick(list, Qt::Key_D);
    QTest::keyClick(list, Qt::Key_A);
    QTest::keyClick(list, Qt::Key_A);
    QCOMPARE(spy.count(), 3);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("polyp_a"));
    QCOMPARE(spy[1][0].toString(), QStringLiteral("polyp_d"));
    QCOMPARE(spy[2][0].toString(), QStringLiteral("polyp_a"));
    QCOMPARE(table.currentPosition(), 1);
    table.setCurrentId(QStringLiteral("polyp_b"));
    QCOMPARE(spy.count(), 3);
    QCOMPARE(table.currentPosition(), 3);
    table.setCurrentId(QStringLiteral("nobody"));
    QCOMPARE(table.currentId(), QStringLiteral("polyp_b"));
  }

  void lettersInTheFieldAreLetters() {
    CaseTable table;
    table.setRows(four());
    table.show();
    auto* edit = table.findChild<QLineEdit*>();
    QTest::keyClicks(edit, QStringLiteral("ad"));
    QCOMPARE(edit->text(), QStringLiteral("ad"));
    QCOMPARE(table.currentId(), QString());
  }

  void newScoresKeepTheCase() {
    CaseTable table;
    table.setRows(four());
    table.setCurrentId(QStringLiteral("polyp_a"));
    QSignalSpy spy(&table, &CaseTable::currentIdChanged);
    auto rows = four();
    rows[1].dice = 0.97;
    table.setRows(rows);
    QCOMPARE(table.currentId(), QStringLiteral("polyp_a"));
    QCOMPARE(table.currentPosition(), 3);
    rows.removeFirst();
    table.setRows(rows);
    QCOMPARE(table.currentId(), QStringLiteral("polyp_a"));
    QCOMPARE(spy.count(), 0);
  }

  void theCurrentCaseStaysInSightWhereItWas() {
    CaseTable table;
    auto rows = test::caseRows(100);
    for (int i = 0; i < 100; ++i) rows[i].dice = 0.005 * i;
    table.setRows(rows);
    table.resize(320, 480);
    table.show();
    const auto* list = table.findChild<QListView*>();
    const auto inSight = [list] { return list->viewport()->rect().intersects(list->visualRect(list->currentIndex())); };
    table.setCurrentId(rows[1].id);
    QTest::qWait(10);
    QVERIFY(inSight());
    rows[1].dice = 0.99;  // from the top to the very end
    table.setRows(rows);
    QTest::qWait(10);
    QCOMPARE(table.currentPosition(), 100);
    QVERIFY(inSight());
    // Somebody who looked elsewhere is not pulled back.
    list->verticalScrollBar()->setValue(0);
    rows[1].dice = 0.98;
    rows[2].dice = 0.985;
    table.setRows(rows);
    QTest::qWait(10);
    QVERIFY(!inSight());
    QCOMPARE(list->verticalScrollBar()->value(), 0);
  }

  void thumbnailsAreAskedForLazily() {
    CaseTable table;
    QSignalSpy spy(&table, &CaseTable::thumbnailsRequested);
    table.setRows(test::caseRows(2000));
    table.resize(300, 600);
    table.show();
    QTRY_VERIFY(spy.count() > 0);
    QTest::qWait(80);
    QStringList asked;
    for (const auto& call : spy) asked << call[0].toStringList();
    QVERIFY(asked.contains(table.visibleIds().first()));
    QVERIFY2(asked.size() < 30, qPrintable(QString::number(asked.size())));
    QCOMPARE(QSet<QString>(asked.begin(), asked.end()).size(), asked.size());
  }

  void detailedColumnsFitAndSort() {
    CaseTable table;
    table.setRows(four());
    table.setDetailed(true);
    table.resize(760, 400);
    table.show();
    QTest::qWait(30);
    auto* view = table.findChild<QTableView*>();
    int sum = 0;
    for (int c = 0; c < CaseModel::ColumnCount; ++c) sum += view->columnWidth(c);
    QVERIFY2(sum <= view->viewport()->width(), qPrintable(QString::number(sum)));
    view->sortByColumn(CaseModel::Recall, Qt::DescendingOrder);
    QCOMPARE(table.visibleIds(), ids({"polyp_b", "polyp_d", "polyp_a", "normal_c"}));  // what is not scored stands last
    QCOMPARE(view->model()->index(0, CaseModel::Recall).data().toString(), QStringLiteral("0.87"));
    QCOMPARE(view->model()->index(0, CaseModel::Recall).data(Qt::ToolTipRole).toString(), QStringLiteral("0.870000"));
  }

  void columnsAreChosen() {
    CaseTable table;
    table.setRows(four());
    QVERIFY(table.shownColumns().contains(QStringLiteral("hd95")));
    QVERIFY(!table.shownColumns().contains(QStringLiteral("rating")));
    table.setShownColumns({QStringLiteral("dice"), QStringLiteral("rating")});
    QCOMPARE(table.shownColumns(), ids({"dice", "rating"}));
    QVERIFY(!table.view()->isColumnHidden(CaseModel::Id));
    table.setShownColumns({});
    QVERIFY(table.shownColumns().contains(QStringLiteral("iou")));
  }

  void whatIsNotMeasuredStandsLastBothWays() {
    CaseTable table;
    QList<CaseRow> rows = four();
    rows[0].hd95 = 3;
    rows[1].hd95 = 40;
    rows[3].boundaryF = 0.4;  // measured, and undefined: one mask is empty
    table.setRows(rows);
    table.setDetailed(true);
    for (const auto order : {Qt::DescendingOrder, Qt::AscendingOrder}) {
      table.view()->sortByColumn(CaseModel::Hd95, order);
      const QStringList sorted = table.visibleIds();
      QCOMPARE(sorted.mid(0, 2), order == Qt::DescendingOrder ? ids({"polyp_a", "polyp_b"}) : ids({"polyp_b", "polyp_a"}));
    }
    auto* model = table.view()->model();
    for (int r = 0; r < model->rowCount(); ++r)
      if (model->index(r, 0).data().toString() == QStringLiteral("polyp_d")) {
        QCOMPARE(model->index(r, CaseModel::Hd95).data().toString(), QStringLiteral("–"));
        QVERIFY(model->index(r, CaseModel::Hd95).data(Qt::ToolTipRole).toString().contains(QStringLiteral("Undefined")));
      }
    table.setFilterText(QStringLiteral("hd95 > 10"));
    QCOMPARE(table.visibleIds(), ids({"polyp_a"}));
    table.setFilterText(QStringLiteral("boundary < 0.5"));
    QCOMPARE(table.visibleIds(), ids({"polyp_d"}));
  }
};

GPS_WIDGET_TEST_MAIN(CaseTableTest)
#include "tst_casetable.moc"
