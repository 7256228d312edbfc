#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <cmath>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/classtable.h"

using namespace gps;
using namespace gps::ui;

namespace {

QList<ClassColumn> columns() { return {{QStringLiteral("Pictures"), {}, false, true}, {QStringLiteral("Accuracy"), {}, true, true}}; }

QList<ClassRow> four() {
  return {{0, QStringLiteral("cat"), {10, 0.9}},
          {1, QStringLiteral("Dog"), {30, 0.5}},
          {2, QStringLiteral("axolotl"), {0, std::nan("")}},
          {3, QStringLiteral("bird"), {20, 0.9}}};
}

}  // namespace

class ClassTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelsKeepTheRules() {
    ClassTable table;
    auto* sorted = qobject_cast<QSortFilterProxyModel*>(table.findChild<QTableView*>()->model());
    QVERIFY(sorted);
    QAbstractItemModelTester rows(sorted->sourceModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester over(sorted, QAbstractItemModelTester::FailureReportingMode::QtTest);
    table.setColumns(QStringLiteral("Class"), columns());
    table.setRows(four());
    table.sortBy(2, Qt::DescendingOrder);
    table.setRows(four().mid(1, 2));
    QCOMPARE(sorted->rowCount(), 2);
    table.setRows(four());
    table.sortBy(0, Qt::AscendingOrder);
    QCOMPARE(sorted->rowCount(), 4);
    table.setColumns(QStringLiteral("Class"), columns().mid(0, 1));
    table.setRows({});
    QCOMPARE(sorted->rowCount(), 0);
  }

  void sortsByEveryColumn() {
    ClassTable table;
    table.setColumns(QStringLiteral("Class"), columns());
    table.setRows(four());
    table.sortBy(0, Qt::AscendingOrder);
    QCOMPARE(table.visibleClasses().size(), 4);
    table.sortBy(1, Qt::DescendingOrder);
    QCOMPARE(table.visibleClasses(), (QList<int>{1, 3, 0, 2}));
    // A class without a number stands last both ways.
    table.sortBy(2, Qt::AscendingOrder);
    QCOMPARE(table.visibleClasses(), (QList<int>{1, 0, 3, 2}));
    table.sortBy(2, Qt::DescendingOrder);
    QCOMPARE(table.visibleClasses().last(), 2);
    QCOMPARE(table.visibleClasses().at(2), 1);
  }

  void cellsReadAsPeopleWrite() {
    ClassTable table;
    table.setColumns(QStringLiteral("Class"), columns());
    table.setRows({{0, QStringLiteral("cat"), {12345, 0.875}}, {1, QStringLiteral("dog"), {1, std::nan("")}}});
    table.sortBy(0, Qt::AscendingOrder);
    auto* model = table.findChild<QTableView*>()->model();
    QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("12,345"));
    QCOMPARE(model->index(0, 2).data().toString(), QStringLiteral("87.5 %"));
    QCOMPARE(model->index(1, 2).data().toString(), QStringLiteral("–"));
  }

  void clickAndEnterChooseAgainLetsGo() {
    ClassTable table;
    table.setColumns(QStringLiteral("Class"), columns());
    table.setRows(four());
    table.sortBy(1, Qt::DescendingOrder);
    table.resize(300, 240);
    table.show();
    auto* view = table.findChild<QTableView*>();
    QSignalSpy spy(&table, &ClassTable::classActivated);
    const auto click = [&](int row) {
      QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(row, 0)).center());
    };
    click(1);
    QCOMPARE(spy.takeFirst(), QVariantList{3});
    QCOMPARE(table.currentClass(), 3);
    click(1);
    QCOMPARE(spy.takeFirst(), QVariantList{-1});
    QCOMPARE(table.currentClass(), -1);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(spy.takeFirst(), QVariantList{0});
    table.setCurrentClass(1);  // by program: silent
    QVERIFY(spy.isEmpty());
    table.setRows(four());
    QCOMPARE(table.currentClass(), 1);
  }

  void aThousandClassesAreSearched() {
    ClassTable table;
    table.setColumns(QStringLiteral("Class"), columns());
    table.show();
    table.setRows(four());
    auto* search = table.findChild<QLineEdit*>();
    QVERIFY(!search->isVisible());
    QList<ClassRow> rows;
    for (int c = 0; c < 1000; ++c) rows << ClassRow{c, test::classNames(1000)[c], {double(c), c / 1000.0}};
    table.setRows(rows);
    QVERIFY(search->isVisible());
    table.sortBy(1, Qt::DescendingOrder);
    QCOMPARE(table.visibleClasses().first(), 999);
    search->setText(QStringLiteral("ragDOLL"));
    QCOMPARE(table.visibleClasses().size(), 100);
    QCOMPARE(table.visibleClasses().first(), 997);
    table.setRows(four());  // the search line is gone, and what it hid is back
    QCOMPARE(table.visibleClasses().size(), 4);
  }
};

GPS_WIDGET_TEST_MAIN(ClassTableTest)
#include "tst_classtable.moc"
