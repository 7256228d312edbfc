// The Runs page on run folders of the disk: filter, star, note, columns, views, delete, open, and the table as text.
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QTreeWidget>

#include "app/pages/homepage.h"
#include "app/pages/latestruns.h"
#include "app/pages/projectcard.h"
#include "app/pages/rundetails.h"
#include "app/pages/runplots.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/trainpage.h"
#include "core/tuning/eventfile.h"
#include "core/tuning/runfolder.h"
#include "runsfixture.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/difftable.h"
#include "widgets/frontierplot.h"
#include "widgets/keyvaluelist.h"
#include "widgets/runviewsbutton.h"

using namespace gps;
using namespace gps::app;
using namespace gps::app::test;
using namespace Qt::StringLiterals;

class TestRunsPage : public RunsFixture {
  Q_OBJECT
 private Q_SLOTS:
  void init() { openRuns(); }
  void cleanup() { end(); }

  void withoutRunsItSaysHowOneComes() {
    QVERIFY(page().isEmptyShown());
    QTest::qWait(50);
    QVERIFY(page().isEmptyShown());
    writeRun(at("first"), {});
    QTRY_VERIFY_WITH_TIMEOUT(!page().isEmptyShown(), 10000);
    QCOMPARE(table().visibleIds(), QStringList{u"first"_s});
    QCOMPARE(table().currentId(), u"first"_s);
  }

  void modelsKeepTheRules() {
    QAbstractItemModelTester rows(table().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester sorted(table().view()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester differences(page().plots()->differences(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester seeds(page().plots()->seeds(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester frontier(page().plots()->frontierRows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    openSweep();
    page().plots()->setView(u"frontier"_s);
    QTRY_VERIFY(page().plots()->frontierRows()->rowCount() > 0);
    page().plots()->setView(u"diff"_s);
    page().plots()->setView(u"seeds"_s);
    std::filesystem::remove_all(at("sweep/k1-seed1"));
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 11, 10000);
  }

  // In the words of the other pages, in every language; and a chosen row reaches the card's edge.
  void aRunIsDescribedInWords() {
    openSweep();
    select(u"sweep/k3-seed1"_s);
    const auto method = [this] { return page().details()->findChild<ui::KeyValueList*>()->rows().first().value; };
    QCOMPARE(method(), u"GPS, Neuron · gradient"_s);
    m_languages->use(u"zh_CN"_s);
    QTRY_VERIFY2(!method().contains(u"gradient"_s) && method().startsWith(u"GPS"_s), qPrintable(method()));
    m_languages->use(u"en"_s);
    const auto* view = table().view();
    const auto* header = view->horizontalHeader();
    QVERIFY(header->length() >= view->viewport()->width());
  }

  void theFilterLeavesOutRowsAndCurves() {
    openSweep();
    click(page(), tr_("Tick all shown"));
    QCOMPARE(page().plots()->curves()->seriesCount(), 12);
    table().setFilterText(u"k = 3 seed <= 2"_s);
    QCOMPARE(table().visibleIds().size(), 2);
    QCOMPARE(page().plots()->curves()->seriesCount(), 2);
    table().setFilterText(u"full"_s);
    QCOMPARE(table().visibleIds().size(), 3);
    table().setFilterText({});
    QCOMPARE(table().visibleIds().size(), 12);
  }

  void starsTagsAndNotesStay() {
    openSweep();
    select(u"sweep/k3-seed2"_s);
    QTest::keyClick(table().view(), Qt::Key_S);
    QVERIFY(rowOf(u"sweep/k3-seed2"_s).isStarred);
    page().details()->tags()->setText(u"paper, best"_s);
    QTest::keyClick(page().details()->tags(), Qt::Key_Return);
    QTest::keyClicks(page().details()->note(), u"worth a second look"_s);
    QCOMPARE(rowOf(u"sweep/k3-seed2"_s).tags, (QStringList{u"paper"_s, u"best"_s}));
    QCOMPARE(rowOf(u"sweep/k3-seed2"_s).note, u"worth a second look"_s);
    table().setFilterText(u"tag:paper"_s);
    QCOMPARE(table().visibleIds(), QStringList{u"sweep/k3-seed2"_s});
    table().setFilterText({});
    // Nothing of it in the run's own folder; and another start finds it.
    const QString folder = m_window->session().project().folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(at("sweep/k3-seed2")))
      QVERIFY(entry.path().filename() != "run-notes.json");
    m_window.reset();
    QVERIFY(QFile::exists(folder + "/run-notes.json"_L1));
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, *m_languages);
    m_window->show();
    m_window->session().openProjectFolder(folder);
    m_window->showPage(u"runs"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 12, 10000);
    QTRY_VERIFY(rowOf(u"sweep/k3-seed2"_s).isStarred);
    QCOMPARE(rowOf(u"sweep/k3-seed2"_s).note, u"worth a second look"_s);
  }

  void deletingAsksByNameAndGoesToTheTrash() {
    openSweep();
    select(u"sweep/k3-seed3"_s);
    QTest::keyClick(table().view(), Qt::Key_Delete);
    QVERIFY(page().question());
    QVERIFY(page().question()->text().contains(u"sweep/k3-seed3"_s));
    QTest::keyClick(page().question(), Qt::Key_Escape);
    QTRY_VERIFY(!page().question());
    QVERIFY(std::filesystem::exists(at("sweep/k3-seed3")));
    page().openIn(u"train"_s);
    QCOMPARE(m_window->session().run().folder, QString::fromStdString(at("sweep/k3-seed3")));
    m_window->showPage(u"runs"_s);
    page().remove({u"sweep/k3-seed3"_s});
    QTest::mouseClick(page().question()->findChild<QPushButton*>(u"moveToTrash"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 11, 10000);
    QVERIFY(!std::filesystem::exists(at("sweep/k3-seed3")));
    QVERIFY(m_window->session().run().folder.isEmpty());
    QVERIFY(std::filesystem::exists(m_dir->path().toStdString() + "/Trash/files/k3-seed3/run.toml"));
  }

  void anOpenedRunShowsItsSteps() {
    openSweep();
    {
      EventFile events(at("sweep/k10-seed3"), 0);
      for (int step = 1; step <= 50; ++step) {
        events.addScalars(step, {{"train/loss", 1.0 / step}, {"train/learning_rate", 1e-3}});
        if (step % 10 == 0) events.addScalars(step, {{"epoch/number", step / 10.0}});
      }
    }
    select(u"sweep/k10-seed3"_s);
    QTest::keyClick(table().view(), Qt::Key_Return);
    QTRY_COMPARE(m_window->session().run().steps.size(), std::size_t(50));
    auto* train = static_cast<TrainPage*>(m_window->page(u"train"_s));
    QCOMPARE(train->curves()->pointCount(0), 50);
    train->curvesPanel()->setAxis(u"time"_s);
    QCOMPARE(train->curves()->pointCount(0), 50);
    // Another run without an event file: a point an epoch, and nothing of the former one.
    m_window->showPage(u"runs"_s);
    select(u"sweep/k1-seed1"_s);
    page().openIn(u"train"_s);
    QTest::qWait(50);
    QVERIFY(m_window->session().run().steps.empty());
    QCOMPARE(train->curves()->pointCount(0), 5);
  }

  void homeShowsTheLatestRuns() {
    auto* home = static_cast<HomePage*>(m_window->page(u"home"_s));
    m_window->showPage(u"home"_s);
    QVERIFY(home->latestRuns()->isVisible());
    QVERIFY(!home->latestRuns()->table()->isVisible());  // a sentence instead
    m_window->showPage(u"runs"_s);
    openSweep();
    m_window->showPage(u"home"_s);
    QTreeWidget* latest = home->latestRuns()->table();
    QVERIFY(latest->isVisible());
    QCOMPARE(latest->topLevelItemCount(), 6);
    QCOMPARE(home->latestRuns()->curves()->seriesCount(), 5);
    QVERIFY(home->latestRuns()->curves()->isVisible());
    QStringList held;
    for (const auto& row : home->projectCard()->list()->rows()) held << row.key + u": "_s + row.value;
    QVERIFY2(held.contains(u"Runs: 12"_s), qPrintable(held.join(u'\n')));
    QVERIFY2(!held.filter(u"Best mean Dice: 0.82"_s).isEmpty(), qPrintable(held.join(u'\n')));
    for (int row = 0; row < latest->topLevelItemCount(); ++row) {
      QVERIFY(!latest->topLevelItem(row)->text(1).isEmpty());
      QVERIFY(latest->topLevelItem(row)->text(3).startsWith(u"0."_s));
      QCOMPARE(latest->topLevelItem(row)->text(5), u"finished"_s);
    }
    latest->setFocus();
    latest->setCurrentItem(latest->topLevelItem(3));
    QTest::keyClick(latest, Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QVERIFY(m_window->session().run().folder.startsWith(QString::fromStdString(at("sweep"))));
  }

  void openingMakesItTheRunOnScreen() {
    openSweep();
    select(u"sweep/k10-seed3"_s);
    QSignalSpy spy(&m_window->session(), &Session::runChanged);
    QTest::keyClick(table().view(), Qt::Key_Return);
    QVERIFY(spy.count() >= 1);
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QCOMPARE(m_window->session().run().folder, QString::fromStdString(at("sweep/k10-seed3")));
    QCOMPARE(m_window->session().run().bestEpoch(), 5);
    m_window->showPage(u"runs"_s);
    select(u"sweep/k1-seed1"_s);
    page().openIn(u"cases"_s);
    QCOMPARE(m_window->currentPage(), u"cases"_s);
    QCOMPARE(m_window->session().run().spec.selection.keptPerRow, 1);
  }

  void tablesLeaveAsText() {
    openSweep();
    table().setFilterText(u"k = 10"_s);
    for (const auto& [name, part] :
         {std::pair{u"runs.csv"_s, u"name,star,state"_s}, {u"runs.md"_s, u"| name |"_s}, {u"runs.tex"_s, u"\\hline"_s}}) {
      const QString path = m_dir->path() + u'/' + name;
      QVERIFY(page().saveTable(path));
      QFile file(path);
      QVERIFY(file.open(QIODevice::ReadOnly));
      const QString text = QString::fromUtf8(file.readAll());
      QVERIFY2(text.contains(part), qPrintable(text));
      QVERIFY(text.contains(u"0.8"_s));
      QVERIFY(!text.contains(u"k3-seed1"_s));
    }
    select(u"sweep/k10-seed1"_s);
    QTest::keyClick(table().view(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"k10-seed1\t"_s));
    QVERIFY(!page().saveTable(m_dir->path() + "/no/such/folder/runs.csv"_L1));
  }

  void otherMetricsAndSettingsAreColumns() {
    openSweep();
    SampleRun run;
    run.quality = 0.6;
    writeRun(at("large"), run);
    TrainSpec spec = readRun(at("large")).spec;
    spec.batch = 64;
    writeTextAtomically(at("large") + "/run.toml", toToml(spec));
    const ui::RunModel& model = *table().model();
    QTRY_VERIFY_WITH_TIMEOUT(model.columnOf(u"training.batch"_s) >= 0, 10000);
    for (const char* key : {"best.iou", "last.iou", "best.val_loss", "last.train_loss", "training.batch"})
      QVERIFY2(model.columnOf(QString::fromLatin1(key)) >= 0 && !table().shownColumns().contains(QString::fromLatin1(key)), key);
    for (const char* key : {"best.top5", "best.recall", "selection.k", "training.epochs"})  // not recorded, or there anyway
      QCOMPARE(model.columnOf(QString::fromLatin1(key)), -1);
    const auto shown = [&](const QString& id, const char* key) {
      return model.index(model.rowOf(id), model.columnOf(QString::fromLatin1(key))).data().toString();
    };
    QCOMPARE(shown(u"large"_s, "best.iou"), u"0.480"_s);
    QCOMPARE(shown(u"large"_s, "last.val_loss"), u"0.6000"_s);
    QCOMPARE(shown(u"large"_s, "training.batch"), u"64"_s);
    // Chosen in the menu; kept while no run has it, and with the project.
    QTest::mouseClick(table().findChild<QPushButton*>(), Qt::LeftButton);
    auto* menu = table().findChild<QMenu*>(u"columnMenu"_s);
    QVERIFY(menu);
    for (const QMenu* more : menu->findChildren<QMenu*>())
      for (QAction* action : more->actions())
        if (action->text() == tr_("IoU, best epoch") || action->text() == u"batch"_s) action->setChecked(true);
    menu->close();
    QVERIFY(table().shownColumns().contains(u"best.iou"_s) && table().shownColumns().contains(u"training.batch"_s));
    table().view()->sortByColumn(model.columnOf(u"best.iou"_s), Qt::AscendingOrder);
    QCOMPARE(table().visibleIds().first(), u"large"_s);
    const QString path = m_dir->path() + "/runs.csv"_L1;
    QVERIFY(page().saveTable(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray header = file.readLine();
    QVERIFY2(header.contains("best.iou") && header.contains("training.batch"), header.constData());
    std::filesystem::remove_all(at("large"));
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 12, 10000);
    QCOMPARE(model.columnOf(u"training.batch"_s), -1);
    QVERIFY(table().chosenColumns().contains(u"training.batch"_s));
    QVERIFY(table().shownColumns().contains(u"best.iou"_s));
    QCOMPARE(table().presentView().sort, u"best.iou"_s);
    writeRun(at("large"), run);
    writeTextAtomically(at("large") + "/run.toml", toToml(spec));
    QTRY_VERIFY_WITH_TIMEOUT(table().shownColumns().contains(u"training.batch"_s), 10000);
    const QAbstractItemModelTester tester(table().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
  }

  void columnsAreChosen() {
    openSweep();
    QVERIFY(table().view()->isColumnHidden(ui::RunModel::Peak));
    QStringList shown = table().shownColumns();
    QTest::mouseClick(table().findChild<QPushButton*>(), Qt::LeftButton);
    auto* menu = table().findChild<QMenu*>(u"columnMenu"_s);
    QVERIFY(menu);
    for (QAction* action : menu->actions())
      if (action->text() == tr_("Peak memory")) action->setChecked(true);
    menu->close();
    QVERIFY(!table().view()->isColumnHidden(ui::RunModel::Peak));
    QCOMPARE(table().shownColumns().size(), shown.size() + 1);
  }

  void aViewIsKeptWithTheProject() {
    openSweep();
    table().setFilterText(u"k = 3"_s);
    const QStringList rows = table().visibleIds();
    QCOMPARE(rows.size(), 3);
    table().views()->saveAs(u"K = 3"_s);
    QTest::mouseClick(table().views(), Qt::LeftButton);
    auto* menu = table().views()->findChild<QMenu*>(u"viewMenu"_s);
    QVERIFY(menu);
    menu->actions().first()->trigger();  // the usual view
    menu->close();
    QVERIFY(table().visibleIds().size() > 3);
    QVERIFY(table().chosenColumns().isEmpty());
    // Another reader of the project finds it, once it is written.
    RunNotes again;
    const auto isThere = [&] {
      again.setProject({});
      again.setProject(m_window->session().project().folder);
      return QTest::qWaitFor([&] { return again.isRead(); }, 1000) && !again.content().views.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 10000);
    QCOMPARE(again.content().views.first().name, u"K = 3"_s);
    table().showView(table().views()->views().first());
    QCOMPARE(table().visibleIds(), rows);
  }
};

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  ui::Theme::instance().setReducedMotion(true);
  ui::Theme::instance().apply(app, ui::ThemeName::Light);
  TestRunsPage test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_runspage.moc"
