#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/choicebox.h"
#include "widgets/schemebars.h"

using namespace gps;
using namespace gps::ui;

class SchemeBarsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void clicksChooseAndTakeAway() {
    SchemeBars bars;
    fill(bars);
    bars.show();
    QSignalSpy chosen(&bars, &SchemeBars::chosen), removed(&bars, &SchemeBars::removeRequested);
    QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.rowRect(QStringLiteral("net")).center());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("net"));
    const QRect row = bars.rowRect(QStringLiteral("neuron"));
    QTest::mouseClick(&bars, Qt::LeftButton, {}, QPoint(row.right() - 4, row.top() + 6));
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed[0][0].toString(), QStringLiteral("neuron"));
    bars.setCanRemove(false);
    QTest::mouseClick(&bars, Qt::LeftButton, {}, QPoint(row.right() - 4, row.top() + 6));
    QCOMPARE(removed.count(), 1);
    QCOMPARE(chosen.count(), 2);
  }

  void keysWalk() {
    SchemeBars bars;
    fill(bars);
    bars.show();
    QSignalSpy chosen(&bars, &SchemeBars::chosen), removed(&bars, &SchemeBars::removeRequested);
    QTest::keyClick(&bars, Qt::Key_Down);
    QTest::keyClick(&bars, Qt::Key_Down);
    QTest::keyClick(&bars, Qt::Key_Return);
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(chosen.last()[0].toString(), QStringLiteral("net"));
    QVERIFY(bars.accessibleDescription().contains(QStringLiteral("Net")));
    QTest::keyClick(&bars, Qt::Key_Up);
    QTest::keyClick(&bars, Qt::Key_Delete);
    QCOMPARE(removed.last()[0].toString(), QStringLiteral("neuron"));
  }

  void linesAreExact() {
    SchemeBars bars;
    fill(bars);
    const QStringList lines = bars.linesOf(QStringLiteral("neuron"));
    QCOMPARE(lines.size(), 13);
    QCOMPARE(lines[3], QStringLiteral("block 2\t20,736"));  // 6,912 rows, three inputs each
    QVERIFY(bars.linesOf(QStringLiteral("waiting")).isEmpty());
  }

  void exportsEveryRow() {
    QTemporaryDir dir;
    SchemeBars bars;
    fill(bars);
    for (const char* ending : {"png", "svg", "pdf", "csv"})
      QVERIFY(bars.exportTo(dir.filePath(QStringLiteral("schemes.") + QString::fromLatin1(ending)), QStringLiteral("Schemes")));
    QFile csv(dir.filePath(QStringLiteral("schemes.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), 1 + 2 * 13);
    bars.setRows({});
    QVERIFY(!bars.grab().isNull());
  }

  void choicesThatDoNotApplySayWhy() {
    ChoiceBox box;
    box.addOption(QStringLiteral("a"), QStringLiteral("A"), QStringLiteral("the first"));
    box.addOption(QStringLiteral("b"), QStringLiteral("B"), QStringLiteral("the second"));
    box.addOption(QStringLiteral("c"), QStringLiteral("C"));
    QSignalSpy chosen(&box, &ChoiceBox::chosen);
    box.setCurrent(QStringLiteral("b"));
    QCOMPARE(chosen.count(), 0);
    QCOMPARE(box.toolTip(), QStringLiteral("the second"));
    box.setOptionEnabled(QStringLiteral("c"), false, QStringLiteral("not for masks"));
    QVERIFY(!box.isOptionEnabled(QStringLiteral("c")));
    QCOMPARE(box.itemData(2, Qt::ToolTipRole).toString(), QStringLiteral("not for masks"));
    QTest::keyClick(&box, Qt::Key_Down);  // over what is disabled it does not go
    QCOMPARE(box.current(), QStringLiteral("b"));
    QTest::keyClick(&box, Qt::Key_Up);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("a"));
    box.setOptionEnabled(QStringLiteral("c"), true);
    QVERIFY(box.isOptionEnabled(QStringLiteral("c")));
    box.setOptions({{QStringLiteral("x"), QStringLiteral("X")}, {QStringLiteral("a"), QStringLiteral("A")}});
    QCOMPARE(box.current(), QStringLiteral("a"));
    QCOMPARE(chosen.count(), 1);
  }

 private:
  static void fill(SchemeBars& bars) {
    bars.resize(280, 420);
    SelectionCounts rising = test::vitCounts(3);
    for (std::size_t i = 0; i < rising.perBlock.size(); ++i) rising.perBlock[i].selected = std::int64_t(100 * i);
    bars.setRows({{QStringLiteral("neuron"), QStringLiteral("Neuron · gradient"), test::vitCounts(3), true, false, {}},
                  {QStringLiteral("net"), QStringLiteral("Net · gradient"), rising, false, true, {}},
                  {QStringLiteral("waiting"), QStringLiteral("Neuron · random"), std::nullopt, false, false, {}}});
  }
};

GPS_WIDGET_TEST_MAIN(SchemeBarsTest)
#include "tst_schemebars.moc"
