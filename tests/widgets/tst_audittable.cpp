#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTableView>

#include "tests/widgets/widgettest.h"
#include "widgets/audittable.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

namespace {

QList<AuditRow> rows() {
  return {{u"Dice"_s, true, u"2 TP / …"_s, {{u"0.877"_s, u"0.851 – 0.899"_s, u"exact"_s}, {u"0.901"_s, {}, {}}}},
          {u"Everything marked"_s, false, {}, {{u"0.191"_s, {}, {}}, {}}}};
}

}  // namespace

class AuditTableTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void modelKeepsItsContract() {
    AuditModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setContent({u"Mean"_s, u"Pooled"_s}, {u"a"_s, u"b"_s}, rows());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 3);
    model.setContent({}, {}, {});
    QCOMPARE(model.rowCount(), 0);
  }

  void aCellIsAValueWithItsInterval() {
    AuditModel model;
    model.setContent({u"Mean"_s, u"Pooled"_s}, {u"a"_s, u"b"_s}, rows());
    QCOMPARE(model.index(0, 1).data().toString(), u"0.877 (0.851 – 0.899)"_s);
    QCOMPARE(model.index(0, 1).data(AuditModel::ValueRole).toString(), u"0.877"_s);
    QCOMPARE(model.index(0, 1).data(Qt::ToolTipRole).toString(), u"exact"_s);
    QCOMPARE(model.index(0, 2).data().toString(), u"0.901"_s);
    QCOMPARE(model.index(0, 2).data(Qt::ToolTipRole).toString(), u"2 TP / …"_s);  // the row's
    QCOMPARE(model.index(1, 2).data().toString(), QString());
    QVERIFY(model.index(0, 1).data(Qt::AccessibleTextRole).toString().contains(u"interval"_s));
    QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::ToolTipRole).toString(), u"b"_s);
  }

  void theSameContentDoesNotReset() {
    AuditModel model;
    model.setContent({u"Mean"_s}, {u"a"_s}, rows());
    QSignalSpy resets(&model, &AuditModel::modelReset);
    model.setContent({u"Mean"_s}, {u"a"_s}, rows());
    QCOMPARE(resets.count(), 0);
  }

  void copiesRows() {
    AuditTable table;
    table.setContent({u"Mean"_s, u"Pooled"_s}, {u"a"_s, u"b"_s}, rows());
    table.resize(700, 300);
    table.show();
    table.view()->setCurrentIndex(table.model()->index(0, 1));
    QTest::keyClick(table.view(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"0.877 (0.851 – 0.899)"_s));
    QVERIFY(!table.view()->accessibleName().isEmpty());
  }
};

GPS_WIDGET_TEST_MAIN(AuditTableTest)
#include "tst_audittable.moc"
