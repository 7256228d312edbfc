#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <cmath>

#include "tests/widgets/widgettest.h"
#include "widgets/difftable.h"
#include "widgets/tabletext.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

class TableTextTest : public QObject {
  Q_OBJECT

  static void fill(QStandardItemModel& model) {
    model.setHorizontalHeaderLabels({u"Run, name"_s, u"Dice"_s});
    model.setHeaderData(1, Qt::Horizontal, int(Qt::AlignRight), Qt::TextAlignmentRole);
    auto* value = new QStandardItem(u"0.877"_s);
    value->setData(0.87654321, kExactRole);
    model.appendRow({new QStandardItem(u"k_1 & \"50 %\" | x"_s), value});
    auto* none = new QStandardItem(u"–"_s);
    none->setData(std::nan(""), kExactRole);
    model.appendRow({new QStandardItem(u"二\nlines"_s), none});
  }

 private Q_SLOTS:
  void csvQuotesAndKeepsAllDigits() {
    QStandardItemModel model;
    fill(model);
    QCOMPARE(tableText(model, TableFormat::Csv), u"\"Run, name\",Dice\r\n\"k_1 & \"\"50 %\"\" | x\",0.87654321\r\n\"二\nlines\",\r\n"_s);
    TableTextOptions options;
    options.columns = {1};
    options.rows = {0};
    options.withByteOrderMark = true;
    QCOMPARE(tableText(model, TableFormat::Csv, options), QChar(0xFEFF) + u"Dice\r\n0.87654321\r\n"_s);
  }

  void markdownAndLatexEscape() {
    QStandardItemModel model;
    fill(model);
    QCOMPARE(tableText(model, TableFormat::Markdown),
             u"| Run, name | Dice |\n| --- | ---: |\n| k_1 & \"50 %\" \\| x | 0.87654321 |\n| 二 lines |  |\n"_s);
    const QString latex = tableText(model, TableFormat::Latex);
    QVERIFY(latex.startsWith(u"\\begin{tabular}{lr}\n\\toprule\nRun, name & Dice \\\\\n\\midrule\n"_s));
    QVERIFY(latex.contains(u"k\\_1 \\& \"50 \\%\" | x & 0.87654321 \\\\"_s));
    QVERIFY(latex.endsWith(u"\\bottomrule\n\\end{tabular}\n"_s));
  }

  void theViewDecidesOrderAndColumns() {
    QStandardItemModel model(1, 3);
    model.setHorizontalHeaderLabels({u"a"_s, u"b"_s, u"c"_s});
    for (int c = 0; c < 3; ++c) model.setItem(0, c, new QStandardItem(QString::number(c)));
    QTableView view;
    view.setModel(&model);
    view.horizontalHeader()->moveSection(2, 0);
    view.setColumnHidden(1, true);
    QCOMPARE(tableText(view, TableFormat::Csv), u"c,a\r\n2,0\r\n"_s);
  }

  void ctrlCCopiesWhatIsSelected() {
    QStandardItemModel model;
    fill(model);
    QScopedPointer<QTableView> view(makePlainTable(&model, u"table"_s));
    view->show();
    view->setFocus();
    view->selectRow(0);
    QTest::keyClick(view.data(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"Run, name\tDice\nk_1 & \"50 %\" | x\t0.87654321\n"_s);
  }

  void theNameDecidesTheFormat() {
    QCOMPARE(tableFormatOf(u"/a/runs.MD"_s), TableFormat::Markdown);
    QCOMPARE(tableFormatOf(u"runs.tex"_s), TableFormat::Latex);
    QCOMPARE(tableFormatOf(u"runs"_s), TableFormat::Csv);
  }
};

GPS_WIDGET_TEST_MAIN(TableTextTest)
#include "tst_tabletext.moc"
