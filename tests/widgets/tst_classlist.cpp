#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/classlist.h"
#include "widgets/thumbnailrows.h"

using namespace gps;
using namespace gps::ui;

namespace {

QStringList ids(std::initializer_list<const char*> all) {
  QStringList list;
  for (const char* id : all) list << QString::fromLatin1(id);
  return list;
}

// Three classes: cat 0, dog 1, bird 2.
QList<ClassifiedRow> five() {
  return {{QStringLiteral("a"), 0, 0, 0.9, 0.9},
          {QStringLiteral("b"), 0, 1, 0.93, 0.02},
          {QStringLiteral("c"), 1, 0, 0.5, 0.4},
          {QStringLiteral("d"), 2, -1, 0, 0},
          {QStringLiteral("e"), 1, 1, 0.4, 0.4}};
}

}  // namespace

class ClassListTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelKeepsItsContract() {
    ClassifiedModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setClasses(test::classNames(10));
    model.setRows(test::classifiedRows(50, 10));
    model.setFilter({true, -1, -1, {}});
    model.setThumbnail(model.row(0).id, QImage(4, 4, QImage::Format_RGB32));
    model.setRows(test::classifiedRows(20, 10));
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
  }

  void leastSureFirstUnscoredLast() {
    ClassList list;
    list.setClasses({QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("bird")});
    list.setRows(five());
    QCOMPARE(list.visibleIds(), ids({"b", "c", "e", "a", "d"}));
  }

  void filters() {
    ClassList list;
    list.setClasses({QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("bird")});
    list.setRows(five());
    QSignalSpy spy(&list, &ClassList::filterChanged);
    list.setFilter(true, -1, -1);
    QCOMPARE(list.visibleIds(), ids({"b", "c"}));
    list.setFilter(false, 1, -1);
    QCOMPARE(list.visibleIds(), ids({"c", "e"}));
    list.setFilter(false, 0, 1);
    QCOMPARE(list.visibleIds(), ids({"b"}));
    list.setFilter(true, 0, 0);
    QVERIFY(list.visibleIds().isEmpty());
    list.setFilter(false, -1, -1);
    list.setSearchText(QStringLiteral(" BIRD"));
    QCOMPARE(list.visibleIds(), ids({"d"}));
    QVERIFY(spy.count() >= 6);
  }

  void rightAndWrongHaveASign() {
    ClassifiedModel model;
    model.setClasses({QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("bird")});
    model.setRows(five());
    const QModelIndex wrong = model.index(0), right = model.index(3), unscored = model.index(4);
    QCOMPARE(wrong.data(RowRole::Title).toString(), QStringLiteral("cat"));
    QCOMPARE(wrong.data(RowRole::Small).toString(), QStringLiteral("→ dog · b"));
    QCOMPARE(wrong.data(RowRole::Value).toString(), QStringLiteral("93 %"));
    QVERIFY(wrong.data(RowRole::Icon) != right.data(RowRole::Icon));
    QVERIFY(!wrong.data(RowRole::Icon).toString().isEmpty() && !right.data(RowRole::Icon).toString().isEmpty());
    QCOMPARE(right.data(RowRole::Title).toString(), QStringLiteral("cat"));
    QCOMPARE(unscored.data(RowRole::Value).toString(), QStringLiteral("–"));
    QVERIFY(!unscored.data(RowRole::Icon).isValid());
    QVERIFY(wrong.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("taken for dog")));
  }

  void currentStaysWhileItIsThere() {
    ClassList list;
    list.setClasses({QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("bird")});
    list.setRows(five());
    QSignalSpy spy(&list, &ClassList::currentIdChanged);
    list.setCurrentId(QStringLiteral("c"));
    QVERIFY(spy.isEmpty());
    list.setFilter(true, -1, -1);
    QCOMPARE(list.currentId(), QStringLiteral("c"));
    QCOMPARE(list.currentPosition(), 2);
    list.setFilter(false, 0, -1);
    QCOMPARE(list.currentId(), QString());
    QVERIFY(spy.isEmpty());
    list.step(1);
    QCOMPARE(spy.takeFirst(), QVariantList{QStringLiteral("b")});
  }

  void keysStep() {
    ClassList list;
    list.setClasses(test::classNames(10));
    list.setRows(test::classifiedRows(30, 10));
    list.show();
    auto* view = list.findChild<QListView*>();
    QTest::keyClick(view, Qt::Key_D);
    QCOMPARE(list.currentPosition(), 1);
    QTest::keyClick(view, Qt::Key_D);
    QCOMPARE(list.currentPosition(), 2);
    QTest::keyClick(view, Qt::Key_A);
    QCOMPARE(list.currentPosition(), 1);
  }

  void asksForThumbnailsInSightOnce() {
    ClassList list;
    list.setClasses(test::classNames(10));
    list.setRows(test::classifiedRows(5000, 10));
    QSignalSpy spy(&list, &ClassList::thumbnailsRequested);
    list.resize(300, 400);
    list.show();
    QTRY_VERIFY(!spy.isEmpty());
    QStringList asked;
    for (const auto& call : spy) asked << call[0].toStringList();
    QVERIFY(asked.size() < 40);
    QCOMPARE(asked.first(), list.visibleIds().first());
    spy.clear();
    list.forgetThumbnails();  // another data set under the same names
    QTRY_VERIFY(!spy.isEmpty());
  }

  void fiftyThousandPicturesAreNoBurden() {
    ClassList list;
    list.setClasses(test::classNames(1000));
    const auto rows = test::classifiedRows(50000, 1000 / 100);
    CpuTimer timer;
    list.setRows(rows);
    list.setFilter(true, -1, -1);
    list.setFilter(false, -1, -1);
    QVERIFY2(timer.ms() < 1500, qPrintable(QString::number(timer.ms())));
  }
};

GPS_WIDGET_TEST_MAIN(ClassListTest)
#include "tst_classlist.moc"
