#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <cmath>

#include "tests/widgets/widgettest.h"
#include "widgets/difftable.h"
#include "widgets/modeltext.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

class ModelTextTest : public QObject {
  Q_OBJECT

  static void fill(QStandardItemModel& model) {
    model.setHorizontalHeaderLabels({u"Run, name"_s, u"Dice"_s});
    auto* value = new QStandardItem(u"0.877"_s);
    value->setData(0.87654321, kExactRole);
    model.appendRow({new QStandardItem(u"k_1 & \"50 %\" | x"_s), value});
    auto* none = new QStandardItem(u"–"_s);
    none->setData(std::nan(""), kExactRole);
    model.appendRow({new QStandardItem(u"二\nlines"_s), none});
  }

 private Q_SLOTS:
  void allDigitsAreKept() {
    QStandardItemModel model;
    fill(model);
    QCOMPARE(tableText(textTable(model), TableFormat::Csv),
             u"\"Run, name\",Dice\n\"k_1 & \"\"50 %\"\" | x\",0.87654321\n\"二\nlines\",\n"_s);
    QCOMPARE(tableText(textTable(model, {1}, {0}), TableFormat::Csv), u"Dice\n0.87654321\n"_s);
  }

  void theViewDecidesOrderAndColumns() {
    QStandardItemModel model(1, 3);
    model.setHorizontalHeaderLabels({u"a"_s, u"b"_s, u"c"_s});
    for (int c = 0; c < 3; ++c) model.setItem(0, c, new QStandardItem(QString::number(c)));
    QTableView view;
    view.setModel(&model);
    view.horizontalHeader()->moveSection(2, 0);
    view.setColumnHidden(1, true);
    QCOMPARE(tableText(textTable(view), TableFormat::Csv), u"c,a\n2,0\n"_s);
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
};

GPS_WIDGET_TEST_MAIN(ModelTextTest)
#include "tst_modeltext.moc"
