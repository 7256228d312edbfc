#include <QFile>
#include <QTemporaryDir>

#include "tests/widgets/widgettest.h"
#include "widgets/tablepanel.h"
#include "widgets/tabletext.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

class TableTextTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void figuresAndTheirTitlesStandToTheRight() {
    TextTableModel model;
    model.setTable(textTable({u"name"_s, u"p"_s, u"share"_s, u"votes"_s, u"none"_s},
                             {{u"1"_s, u"0.25"_s, u"12 %"_s, u"0 : 3"_s, u"–"_s}, {u"b"_s, u"< 0.001"_s, u"–"_s, u"1 : 2"_s, {}}}));
    const auto isRight = [&](int column) {
      const int cell = model.index(1, column).data(Qt::TextAlignmentRole).toInt();
      const int title = model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
      return cell == title && (cell & Qt::AlignRight) != 0;
    };
    QVERIFY(!isRight(0));  // one of its cells is a word
    QVERIFY(isRight(1));
    QVERIFY(isRight(2));
    QVERIFY(!isRight(3));
    QVERIFY(!isRight(4));
  }

  void threeFormats() {
    const TextTable table = textTable({u"run"_s, u"Dice, mean"_s}, {{u"k1_a|b"_s, u"0.5"_s}, {u"50 % & \"x\""_s, u"1e-3"_s}});
    QCOMPARE(tableText(table, TableFormat::Csv), u"run,\"Dice, mean\"\nk1_a|b,0.5\n\"50 % & \"\"x\"\"\",1e-3\n"_s);
    QCOMPARE(tableText(table, TableFormat::Markdown),
             u"| run | Dice, mean |\n| --- | --- |\n| k1_a\\|b | 0.5 |\n| 50 % & \"x\" | 1e-3 |\n"_s);
    QCOMPARE(tableText(table, TableFormat::Latex),
             u"\\begin{tabular}{lr}\n\\hline\nrun & Dice, mean \\\\\n\\hline\nk1\\_a|b & 0.5 \\\\\n50 \\% \\& \"x\" & 1e-3 \\\\\n"
             "\\hline\n\\end{tabular}\n"_s);
    QCOMPARE(tableText(textTable({u"a"_s}, {}), TableFormat::Csv), u"a\n"_s);
  }

  void theEndingChoosesTheFormat() {
    QCOMPARE(tableFormatOf(u"a.MD"_s), TableFormat::Markdown);
    QCOMPARE(tableFormatOf(u"a.tex"_s), TableFormat::Latex);
    QCOMPARE(tableFormatOf(u"a"_s), TableFormat::Csv);
    QTemporaryDir dir;
    const TextTable table{{u"i"_s}, 100000, [](qsizetype row, int) { return QString::number(row); }};
    const QString path = dir.filePath(u"数据 a.csv"_s);
    QVERIFY(saveTable(table, path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 100001);
    QVERIFY(!saveTable(table, dir.filePath(u"none/a.csv"_s)));
  }

  void aFullDiskIsToldAndTheOldFileStays() {
    if (!QFile::exists(u"/dev/full"_s)) QSKIP("no /dev/full here");
    QFile full(u"/dev/full"_s);
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    QVERIFY(!writeTable(textTable({u"a"_s}, {{u"b"_s}}), TableFormat::Csv, full));
  }
};

GPS_WIDGET_TEST_MAIN(TableTextTest)
#include "tst_tabletext.moc"
