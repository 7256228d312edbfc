#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "tests/widgets/widgettest.h"
#include "widgets/selectionlist.h"

using namespace gps::ui;

namespace {

QList<SelectionRow> rows() {
  return {{QStringLiteral("/a"), QStringLiteral("textures"), QStringLiteral("K = 3"), QStringLiteral("251 k"), Qt::red, 1, true, {}, {}},
          {QStringLiteral("/b"), QStringLiteral("digits"), QStringLiteral("K = 1"), QStringLiteral("84 k"), {}, 0, false, {}, {}},
          {QStringLiteral("/c"),
           QStringLiteral("elsewhere"),
           QStringLiteral("K = 1"),
           QStringLiteral("84 k"),
           {},
           0,
           false,
           QStringLiteral("Made on another model."),
           {}}};
}

}  // namespace

class SelectionListTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelIsSound() {
    SelectionListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(rows());
    auto changed = rows();
    changed[1].count = QStringLiteral("1 k");
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setRows(changed);
    QCOMPARE(reset.count(), 0);  // in place
    changed.removeFirst();
    model.setRows(changed);
    QCOMPARE(reset.count(), 1);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
  }

  void ticksAreTheUsers() {
    SelectionList list;
    list.setRows(rows());
    list.resize(300, 300);
    list.show();
    QSignalSpy ticked(&list, &SelectionList::ticked);
    list.setCurrentId(QStringLiteral("/b"));
    QTest::keyClick(&list, Qt::Key_Space);
    QCOMPARE(ticked.takeFirst(), (QVariantList{QStringLiteral("/b"), true}));
    QTest::keyClick(&list, Qt::Key_Space);
    QCOMPARE(ticked.takeFirst(), (QVariantList{QStringLiteral("/b"), false}));
    list.setRows(rows());  // by the program: silent
    QCOMPARE(ticked.count(), 0);
    // Of another model: the reason is told, the tick stays away.
    list.setCurrentId(QStringLiteral("/c"));
    QTest::keyClick(&list, Qt::Key_Space);
    QCOMPARE(ticked.count(), 0);
    const QModelIndex refused = list.model()->index(2, 0);
    QVERIFY(!(refused.flags() & Qt::ItemIsUserCheckable));
    QCOMPARE(refused.data(Qt::ToolTipRole).toString(), QStringLiteral("Made on another model."));
    QVERIFY(refused.data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("another model")));
    // A click on the box ticks, one beside it only makes the row current.
    const QRect row = list.visualRect(list.model()->index(1, 0));
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, row.topLeft() + QPoint(14, 16));
    QCOMPARE(ticked.count(), 1);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(ticked.count(), 1);
    QCOMPARE(list.currentId(), QStringLiteral("/b"));
  }

  void theCurrentOneStays() {
    SelectionList list;
    list.setRows(rows());
    QSignalSpy current(&list, &SelectionList::currentIdChanged);
    list.setCurrentId(QStringLiteral("/b"));
    auto fewer = rows();
    fewer.removeFirst();
    list.setRows(fewer);
    QCOMPARE(list.currentId(), QStringLiteral("/b"));
    QCOMPARE(current.count(), 0);
    QTest::keyClick(&list, Qt::Key_Down);
    QCOMPARE(current.takeFirst().at(0).toString(), QStringLiteral("/c"));
    fewer.removeLast();
    list.setRows(fewer);
    QCOMPARE(list.currentId(), QString());
  }

  void keysAskForRenameAndDelete() {
    SelectionList list;
    list.setRows(rows());
    QSignalSpy renamed(&list, &SelectionList::renameRequested), deleted(&list, &SelectionList::deleteRequested);
    QTest::keyClick(&list, Qt::Key_F2);
    QTest::keyClick(&list, Qt::Key_Delete);
    QCOMPARE(renamed.count() + deleted.count(), 0);  // none is current
    list.setCurrentId(QStringLiteral("/a"));
    QTest::keyClick(&list, Qt::Key_F2);
    QTest::keyClick(&list, Qt::Key_Delete);
    QCOMPARE(renamed.takeFirst().at(0).toString(), QStringLiteral("/a"));
    QCOMPARE(deleted.takeFirst().at(0).toString(), QStringLiteral("/a"));
  }
};

GPS_WIDGET_TEST_MAIN(SelectionListTest)
#include "tst_selectionlist.moc"
