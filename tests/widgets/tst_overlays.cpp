// Panels over the window: palette, sheet of keys, table; and the bar across it.
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QVBoxLayout>

#include "tests/widgets/widgettest.h"
#include "widgets/button.h"
#include "widgets/commandpalette.h"
#include "widgets/fuzzymatch.h"
#include "widgets/noticebar.h"
#include "widgets/shortcutsheet.h"
#include "widgets/tablepanel.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

class OverlaysTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_host = std::make_unique<QWidget>();
    m_host->resize(1000, 700);
    auto* layout = new QVBoxLayout(m_host.get());
    m_below = new QLineEdit;
    layout->addWidget(m_below);
    m_host->show();
    m_host->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_host.get()));
    m_below->setFocus();
  }
  void cleanup() { m_host.reset(); }

  void lettersFindWords() {
    QVERIFY(fuzzyScore(u"sat"_s, u"Start training"_s) > 0);
    QVERIFY(fuzzyScore(u"xyz"_s, u"Start training"_s) < 0);
    QCOMPARE(fuzzyScore({}, u"anything"_s), 0);
    QVERIFY(fuzzyScore(u"st"_s, u"Start training"_s) > fuzzyScore(u"st"_s, u"Resume the last run"_s));
    QVERIFY(fuzzyScore(u"ra"_s, u"Run again"_s) > fuzzyScore(u"ra"_s, u"Gradient pass"_s));
    QVERIFY(fuzzyScore(u"open demo"_s, u"Open the demo project"_s) > 0);
    QVERIFY(fuzzyScore(u"主题"_s, u"切换主题"_s) > 0);
    QVERIFY(fuzzyScore(u"start training"_s, u"Start"_s) < 0);
  }

  void theModelKeepsItsWord() {
    CommandModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setCommands(sample());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.at(3).id, u"pause"_s);  // what cannot be done comes last
    model.setFilter(u"save"_s);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.at(0).id, u"save"_s);  // the shorter one is meant
    model.setFilter(u"no such thing"_s);
    QCOMPARE(model.rowCount(), 0);
  }

  void thePaletteRunsWhatIsChosen() {
    CommandPalette palette(m_host.get());
    QSignalSpy chosen(&palette, &CommandPalette::chosen);
    palette.show(sample());
    QVERIFY(palette.isOpen());
    QTRY_VERIFY(palette.field()->hasFocus());
    QTest::keyClicks(palette.field(), u"sav"_s);
    QTest::keyClick(palette.field(), Qt::Key_Down);
    QTest::keyClick(palette.field(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toString(), u"saveas"_s);
    QVERIFY(!palette.isOpen());
    QTRY_VERIFY(m_below->hasFocus());  // back to where it was
    palette.show(sample());
    QTest::keyClicks(palette.field(), u"pause"_s);
    QTest::keyClick(palette.field(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);  // has a reason against it
    QVERIFY(palette.isOpen());
    QTest::keyClick(palette.field(), Qt::Key_Escape);
    QVERIFY(!palette.isOpen());
  }

  void tabStaysInsideAPanel() {
    TablePanel panel(m_host.get());
    panel.show(u"Loss"_s, textTable({u"a"_s}, {{u"1"_s}}));
    for (int i = 0; i < 6; ++i) {
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
      QVERIFY(panel.isAncestorOf(QApplication::focusWidget()));
    }
    QTest::mouseClick(&panel, Qt::LeftButton, {}, {3, 3});
    QVERIFY(!panel.isOpen());
  }

  void aTableIsReadAndCopied() {
    TextTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTable(textTable({u"name"_s, u"value"_s}, {{u"a"_s, u"1.5"_s}, {u"b"_s, u"2"_s}}));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, 0).data().toString(), u"b"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"value"_s);
    TablePanel panel(m_host.get());
    QSignalSpy saves(&panel, &TablePanel::saveRequested);
    panel.show(u"Loss"_s, model.table());
    for (Button* button : panel.findChildren<Button*>()) button->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"name,value\na,1.5\nb,2\n"_s);
    QCOMPARE(saves.count(), 1);
    // A million rows open at once: nothing is made before it is seen.
    const CpuTimer timer;
    panel.show(u"Long"_s, {{u"i"_s, u"x"_s}, 1000000, [](qsizetype row, int) { return QString::number(row); }});
    QVERIFY2(timer.ms() < 500, qPrintable(QString::number(timer.ms())));
  }

  void theSheetListsKeys() {
    ShortcutSheet sheet(m_host.get());
    sheet.show(u"Keys"_s,
               {{u"Curves"_s, {{u"T"_s, u"table"_s}, {u"F"_s, u"all"_s}}}, {u"None"_s, {}}, {u"Run"_s, {{u"Ctrl+R"_s, u"start"_s}}}});
    QCOMPARE(sheet.plainText(), u"T\ttable\nF\tall\nCtrl+R\tstart\n"_s);
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QVERIFY(!sheet.isOpen());
  }

  void theBarAsks() {
    NoticeBar bar;
    bar.setNotice(Tone::Warn, u"Unsaved changes were found."_s, {}, u"Restore"_s, u"Discard"_s);
    bar.resize(900, 60);
    bar.show();
    QCOMPARE(bar.accessibleName(), u"Unsaved changes were found."_s);
    QSignalSpy first(&bar, &NoticeBar::primaryRequested), second(&bar, &NoticeBar::secondaryRequested), closed(&bar, &NoticeBar::dismissed);
    QTest::mouseClick(bar.primaryButton(), Qt::LeftButton);
    QTest::mouseClick(bar.secondaryButton(), Qt::LeftButton);
    QTest::mouseClick(bar.findChild<IconButton*>(), Qt::LeftButton);
    QCOMPARE(first.count() * 100 + second.count() * 10 + closed.count(), 111);
    bar.setNotice(Tone::Neutral, u"Only told."_s, {}, {}, {});
    QVERIFY(!bar.primaryButton()->isVisible() && !bar.secondaryButton()->isVisible());
  }

 private:
  static QList<Command> sample() {
    return {{u"pause"_s, u"Pause the run"_s, u"Run"_s, u"Ctrl+P"_s, u"No run is training."_s},
            {u"save"_s, u"Save"_s, u"Project"_s, u"Ctrl+S"_s, {}},
            {u"saveas"_s, u"Save in another folder"_s, u"Project"_s, {}, {}},
            {u"open"_s, u"Open"_s, u"Project"_s, {}, {}}};
  }
  std::unique_ptr<QWidget> m_host;
  QLineEdit* m_below = nullptr;
};

GPS_WIDGET_TEST_MAIN(OverlaysTest)
#include "tst_overlays.moc"
