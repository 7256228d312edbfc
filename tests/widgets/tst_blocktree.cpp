#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/blocktree.h"

using namespace gps;
using namespace gps::ui;

namespace {

// "[x] block 0  20,736" with kinds indented; a failure reads like a diff.
QStringList dump(const BlockTreeModel& model, const QModelIndex& parent = {}, int depth = 0) {
  QStringList lines;
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex at = model.index(row, 0, parent);
    const int state = at.data(Qt::CheckStateRole).toInt();
    const QString tick = state == Qt::Checked     ? QStringLiteral("[x]")
                         : state == Qt::Unchecked ? QStringLiteral("[ ]")
                                                  : QStringLiteral("[-]");
    lines << QString(depth * 2, QLatin1Char(' ')) + tick + QLatin1Char(' ') + at.data().toString() + QLatin1Char(' ') +
                 at.siblingAtColumn(1).data().toString();
    lines << dump(model, at, depth + 1);
  }
  return lines;
}

SelectionCounts small(std::int64_t qkv0, std::int64_t proj0, std::int64_t qkv1, std::int64_t proj1) {
  SelectionCounts c;
  c.perBlock = {{"0", "qkv", qkv0, 3000}, {"0", "proj", proj0, 1000}, {"1", "qkv", qkv1, 3000}, {"1", "proj", proj1, 1000}};
  return c;
}

QStringList lines(const char* text) { return QString::fromUtf8(text).split(QLatin1Char('\n')); }

}  // namespace

class BlockTreeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelKeepsItsContract() {
    BlockTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(test::vitRows());
    model.setCounts(test::vitCounts(3));
    model.setData(model.index(2, 0), Qt::Unchecked, Qt::CheckStateRole);
    model.setData(model.index(1, 0, model.index(3, 0)), Qt::Unchecked, Qt::CheckStateRole);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
  }

  void numbersFollow() {
    BlockTreeModel model;
    model.setRows({{"0", "qkv", 30, 3000}, {"0", "proj", 10, 1000}, {"1", "qkv", 30, 3000}, {"1", "proj", 10, 1000}});
    QCOMPARE(dump(model), lines("[x] block 0 4,000\n  [x] attn.qkv 3,000\n  [x] attn.proj 1,000\n[x] block 1 4,000\n  [x] attn.qkv 3,000\n "
                                " [x] attn.proj 1,000"));
    model.setCounts(small(90, 30, 1200, 30));
    QCOMPARE(dump(model),
             lines("[x] block 0 120\n  [x] attn.qkv 90\n  [x] attn.proj 30\n[x] block 1 1,230\n  [x] attn.qkv 1,200\n  [x] attn.proj 30"));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("120 of 4,000 weights selected")));
  }

  void countsAloneGiveTheTree() {
    BlockTreeModel model;
    model.setCounts(small(1, 2, 3, 4));
    QCOMPARE(model.blockCount(), 2);
    QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("7"));
  }

  void kindTickActsInEveryBlock() {
    BlockTreeModel model;
    model.setCounts(small(1, 2, 3, 4));
    QSignalSpy spy(&model, &BlockTreeModel::excludedChanged);
    QVERIFY(model.setData(model.index(1, 0, model.index(0, 0)), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(dump(model), lines("[-] block 0 3\n  [x] attn.qkv 1\n  [ ] attn.proj 2\n[-] block 1 7\n  [x] attn.qkv 3\n  [ ] attn.proj 4"));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toStringList(), QStringList());
    QCOMPARE(spy[0][1].toStringList(), QStringList(QStringLiteral("proj")));
  }

  void kindTickOfOneBlock() {
    BlockTreeModel model;
    model.setKindScope(BlockTreeModel::KindScope::OneBlock);
    model.setCounts(small(1, 2, 3, 4));
    model.setData(model.index(1, 0, model.index(0, 0)), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(model.index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
    QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QCOMPARE(model.excludedKinds(), QStringList());
    model.setData(model.index(0, 0, model.index(0, 0)), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(model.index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    model.setData(model.index(0, 0), Qt::Checked, Qt::CheckStateRole);
    QCOMPARE(model.index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
  }

  void blockTickTakesItsKindsAlong() {
    BlockTreeModel model;
    model.setCounts(small(1, 2, 3, 4));
    model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(model.excludedBlocks(), QStringList(QStringLiteral("0")));
    QCOMPARE(model.includedBlockCount(), 1);
    QCOMPARE(model.index(0, 0, model.index(0, 0)).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    // A kind taken in again inside it brings the block back.
    model.setData(model.index(0, 0, model.index(0, 0)), Qt::Checked, Qt::CheckStateRole);
    QCOMPARE(model.excludedBlocks(), QStringList());
  }

  static std::vector<BlockRow> stagedRows() {
    std::vector<BlockRow> rows;
    for (const char* block : {"patch_embed", "0.0", "0.1", "downsample.0", "1.0", "1.1", "neck"}) rows.push_back({block, "fc1", 10, 100});
    return rows;
  }

  void stagesStandAboveTheirBlocks() {
    BlockTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(stagedRows());
    QCOMPARE(model.rowCount(), 4);  // patch embedding, two stages, neck
    QCOMPARE(model.groupCount(), 2);
    const QModelIndex first = model.index(1, 0), second = model.index(2, 0);
    QCOMPARE(first.data().toString(), QStringLiteral("stage 0"));
    QCOMPARE(first.siblingAtColumn(1).data().toString(), QStringLiteral("300"));
    QCOMPARE(model.rowCount(first), 3);  // with the step to the next one
    QCOMPARE(model.parent(model.indexOfBlock(QStringLiteral("1.1"))), second);
    QCOMPARE(model.blockCount(), 7);
    // One tick for all of a stage, partial when one of its blocks is another's.
    QSignalSpy spy(&model, &BlockTreeModel::excludedChanged);
    QVERIFY(model.setData(first, Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(model.excludedBlocks(), (QStringList{QStringLiteral("0.0"), QStringLiteral("0.1"), QStringLiteral("downsample.0")}));
    QCOMPARE(first.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QCOMPARE(second.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    model.setData(model.indexOfBlock(QStringLiteral("0.1")), Qt::Checked, Qt::CheckStateRole);
    QCOMPARE(first.data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
    model.setData(first, Qt::Checked, Qt::CheckStateRole);
    QCOMPARE(model.excludedBlocks(), QStringList());
    model.setRows({});
  }

  void encoderStandsAboveItsBlocksBeforeANeck() {
    std::vector<BlockRow> rows{{"patch_embed", "patch", 1, 10}, {"0", "qkv", 1, 10}, {"1", "qkv", 1, 10}};
    BlockTreeModel model;
    model.setRows(rows);
    QCOMPARE(model.groupCount(), 0);  // a plain ViT
    rows.push_back({"neck", "conv", 1, 10});
    rows.push_back({"decoder", "decoder", 1, 10});
    model.setRows(rows);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("image encoder"));
    QCOMPARE(model.rowCount(model.index(0, 0)), 3);
  }

  void stagesAreOpenAndWorkByKeyboard() {
    BlockTree tree;
    tree.setRows(stagedRows());
    tree.resize(300, 500);
    tree.show();
    QVERIFY(tree.isExpanded(tree.blockModel()->indexOfGroup(0)));
    QSignalSpy excluded(&tree, &BlockTree::excludedChanged), activated(&tree, &BlockTree::rowActivated);
    tree.setCurrentBlock(QStringLiteral("patch_embed"));
    QTest::keyClick(&tree, Qt::Key_Down);  // stage 0
    QCOMPARE(activated.count(), 0);
    QTest::keyClick(&tree, Qt::Key_Space);
    QCOMPARE(excluded.count(), 1);
    QCOMPARE(excluded[0][0].toStringList().size(), 3);
    QTest::keyClick(&tree, Qt::Key_Left);
    QVERIFY(!tree.isExpanded(tree.blockModel()->indexOfGroup(0)));
    tree.setRows(stagedRows());  // the same model again leaves what is closed closed
    QVERIFY(!tree.isExpanded(tree.blockModel()->indexOfGroup(0)));
    QTest::keyClick(&tree, Qt::Key_Right);
    QTest::keyClick(&tree, Qt::Key_Down);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("0.0"));
  }

  void exclusionsSurviveANewTreeAndSettersAreSilent() {
    BlockTreeModel model;
    model.setRows(test::vitRows());
    QSignalSpy spy(&model, &BlockTreeModel::excludedChanged);
    model.setExcluded({QStringLiteral("4")}, {QStringLiteral("fc2")});
    model.setRows(test::vitRows());
    QCOMPARE(model.excludedBlocks(), QStringList(QStringLiteral("4")));
    QCOMPARE(model.excludedKinds(), QStringList(QStringLiteral("fc2")));
    QCOMPARE(spy.count(), 0);
  }

  void spaceTogglesAndArrowsActivate() {
    BlockTree tree;
    tree.setRows(test::vitRows());
    tree.resize(300, 500);
    tree.show();
    QSignalSpy activated(&tree, &BlockTree::blockActivated), excluded(&tree, &BlockTree::excludedChanged);
    tree.setCurrentBlock(QStringLiteral("2"));
    QCOMPARE(activated.count(), 0);
    QTest::keyClick(&tree, Qt::Key_Down);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("3"));
    QTest::keyClick(&tree, Qt::Key_Space);
    QCOMPARE(excluded.count(), 1);
    QCOMPARE(excluded[0][0].toStringList(), QStringList(QStringLiteral("3")));
  }

  void countsKeepExpansion() {
    BlockTree tree;
    tree.setRows(test::vitRows());
    tree.expand(tree.blockModel()->indexOfBlock(QStringLiteral("5")));
    tree.setCounts(test::vitCounts(7));
    QVERIFY(tree.isExpanded(tree.blockModel()->indexOfBlock(QStringLiteral("5"))));
  }
};

GPS_WIDGET_TEST_MAIN(BlockTreeTest)
#include "tst_blocktree.moc"
