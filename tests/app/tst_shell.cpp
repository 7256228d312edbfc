// The window's manners: settings; notices; drops; session restore; plots saved.
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QSpinBox>
#include <QTest>

#include "app/drops.h"
#include "app/pages/jobtext.h"
#include "app/pages/plotmenu.h"
#include "app/pages/selectionpage.h"
#include "app/pages/settingspage.h"
#include "app/pages/trainpage.h"
#include "app/project/runningmark.h"
#include "widgets/blockbars.h"
#include "widgets/button.h"
#include "widgets/curveplot.h"
#include "widgets/noticebar.h"
#include "widgets/propertyform.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tablepanel.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestShell : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    open();
  }
  void cleanup() {
    end();
    ui::Theme::instance().setTextScale(1);
    ui::Theme::instance().setName(ui::ThemeName::Light);
  }

  // The form shows what undo brought back, and its fields leave Ctrl+Z to the project.
  void theFormFollows() {
    openAll();
    m_window->showPage(u"train"_s);
    auto* epochs = editorOf(u"epochs"_s);
    QVERIFY(epochs);
    const int before = m_window->session().project().train.epochs;
    epochs->setFocus();
    epochs->selectAll();
    QTest::keyClicks(epochs, u"77"_s);
    QTest::keyClick(epochs, Qt::Key_Return);
    QTRY_COMPARE(m_window->session().project().train.epochs, 77);
    QTest::keyClick(epochs, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_window->session().project().train.epochs, before);
    QCOMPARE(editorOf(u"epochs"_s)->value(), before);
  }

  void settingsTakeEffectAtOnce() {
    m_window->showPage(u"settings"_s);
    SettingsPage* page = m_window->settingsPage();
    QVERIFY(page->isVisible());
    Q_EMIT page->theme()->currentChanged(u"dark"_s);
    QVERIFY(ui::Theme::instance().isDark());
    const int before = ui::Theme::instance().px(10);
    Q_EMIT page->scale()->currentChanged(u"150"_s);
    QCOMPARE(ui::Theme::instance().px(10), before * 3 / 2);
    QCOMPARE(m_settings->textScale(), 1.5);
    QVERIFY(!page->fontText().isEmpty());
    Q_EMIT page->languageRequested(u"zh_CN"_s);
    QCOMPARE(m_languages->current(), u"zh_CN"_s);
    QCOMPARE(m_settings->language(), u"zh_CN"_s);
  }

  // Up and down again: every measure is where it was.
  void scalingThereAndBackChangesNothing() {
    openAll();
    const auto measuresOf = [this](const QString& id) {
      QStringList lines;
      for (const QWidget* w : m_window->page(id)->findChildren<QWidget*>())
        if (w->isVisible())
          lines << u"%1 %2 %3 %4×%5"_s
                       .arg(id, QString::fromLatin1(w->metaObject()->className()),
                            w->property("text").toString().simplified().replace(u' ', u'_'))
                       .arg(w->width())
                       .arg(w->height());
      return lines;
    };
    const auto measures = [&] {
      QStringList all;
      for (const QString& id : m_window->pageIds() + QStringList{u"settings"_s}) {
        m_window->showPage(id);
        // A page that has just been shown fills itself first, then lays itself out.
        QStringList lines, earlier;
        int rounds = 0;
        do {
          earlier = lines;
          QTest::qWait(20);
          lines = measuresOf(id);
        } while (++rounds < 3 || (lines != earlier && rounds < 100));
        all << lines;
      }
      return all;
    };
    // The first case is there: what is said of it has its place.
    m_window->showPage(u"cases"_s);
    QTRY_VERIFY(m_engine->predictions > 0);
    // Once there and back first: a layout that was never asked again may differ from one that was.
    for (const double scale : {1.25, 1.0}) ui::Theme::instance().setTextScale(scale);
    const QStringList before = measures();
    for (const double scale : {1.25, 2.0, 1.75, 1.0}) ui::Theme::instance().setTextScale(scale);
    const QStringList after = measures();
    for (qsizetype i = 0; after.size() != before.size() && i < std::min(after.size(), before.size()); ++i)
      if (before[i].section(u' ', 0, 1) != after[i].section(u' ', 0, 1)) {
        qInfo("%s became %s", qPrintable(before[i]), qPrintable(after[i]));
        break;
      }
    QCOMPARE(after.size(), before.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
      // A line of text may take a pixel more or less after another rounding.
      const QStringList was = before[i].split(u' ').last().split(u'×'), is = after[i].split(u' ').last().split(u'×');
      for (const int side : {0, 1})
        QVERIFY2(std::abs(was[side].toInt() - is[side].toInt()) <= 2, qPrintable(before[i] + u" became "_s + after[i]));
    }
  }

  void recoveryIsOfferedInTheWindow() {
    openAll();
    m_window->session().document().save();
    m_window->session().setExcluded({u"2.0"_s}, {});
    m_window->session().document().autosave().flush();
    const QString folder = m_window->session().project().folder;
    m_window.reset();  // gone without closing
    m_engine = std::make_unique<FakeEngine>();
    open();
    m_settings->setLast(folder, u"train"_s);
    m_window->restoreLast(true);
    QVERIFY(m_window->noticeBar()->isVisible());
    QVERIFY(!m_window->session().project().isOpen());  // offered, not done
    QCOMPARE(m_window->currentPage(), u"home"_s);
    m_window->noticeBar()->primaryButton()->click();
    QCOMPARE(m_window->session().project().folder, folder);
    QTRY_VERIFY(m_window->noticeBar()->isVisible());
    QVERIFY(m_window->noticeBar()->text().contains(m_window->session().project().name));
    m_window->noticeBar()->primaryButton()->click();
    QVERIFY(!m_window->noticeBar()->isVisible());
    QCOMPARE(m_window->session().project().selection.excludedBlocks, (std::vector<std::string>{"2.0"}));
  }

  void theLastProjectAndPageComeBack() {
    openAll();
    m_window->showPage(u"model"_s);
    m_window->session().setExcluded({u"2.0"_s}, {});
    const QString folder = m_window->session().project().folder;
    m_engine->end();
    m_window->close();
    QCOMPARE(readProject(folder).selection.excludedBlocks.size(), std::size_t(1));  // closing saves
    m_window.reset();
    open();
    m_window->restoreLast(false);
    QCOMPARE(m_window->session().project().folder, folder);
    QCOMPARE(m_window->currentPage(), u"model"_s);
    QTRY_VERIFY(!m_window->session().document().isLooking());
    QVERIFY(!m_window->session().document().recovery());
    m_window->close();
    m_settings->setOpensLastProject(false);
    m_window.reset();
    open();
    m_window->restoreLast(false);
    QVERIFY(!m_window->session().project().isOpen());
  }

  void aKilledProgramLeavesAMark() {
    const QString file = m_dir->path() + "/x.ini"_L1;
    {
      RunningMark first(file);
      QVERIFY(!first.endedBadly());
      QVERIFY(first.isAlone());
    }
    {
      RunningMark second(file);
      QVERIFY(!second.endedBadly());
    }
    // What a dead process leaves: a lock with a number that nobody has.
    QFile mark(file + ".running"_L1);
    QVERIFY(mark.open(QIODevice::WriteOnly));
    mark.write("999999999\ngps-workbench\n" + QSysInfo::machineHostName().toLocal8Bit() + "\n\n\n");
    mark.close();
    RunningMark third(file);
    QVERIFY(third.isAlone());
    QVERIFY(third.endedBadly());
  }

  void theStripSaysWhatIsReady() {
    JobStatus job;
    job.kind = JobKind::OpenModel;
    job.lastOutcome = JobOutcome::Finished;
    QCOMPARE(jobSentence(job), u"Model loaded"_s);
    job.lastOutcome = JobOutcome::Failed;
    QCOMPARE(jobSentence(job), u"Loading the model failed"_s);
    job.kind = JobKind::Score;
    job.lastOutcome = JobOutcome::Finished;
    QCOMPARE(jobSentence(job), u"Scoring done"_s);
  }

  void dropsAreUnderstood() {
    QDir dir(m_dir->path());
    QVERIFY(dir.mkpath(u"pictures"_s));
    QCOMPARE(dropKindOf(dir.filePath(u"pictures"_s)), DropKind::Pictures);
    QCOMPARE(dropKindOf(u"/a/list.csv"_s), DropKind::Table);
    QCOMPARE(dropKindOf(u"/a/b.pth"_s), DropKind::Weights);
    QCOMPARE(dropKindOf(u"/a/b.SafeTensors"_s), DropKind::Tensors);
    QCOMPARE(dropKindOf(u"/a/pack.safetensors"_s), DropKind::Tensors);
    QCOMPARE(dropKindOf(u"/a/run.toml"_s), DropKind::RunConfig);
    QCOMPARE(dropKindOf(u"/a/图.JPG"_s), DropKind::Picture);
    QCOMPARE(dropKindOf(u"/a/b.docx"_s), DropKind::Unknown);
    drop(dir.filePath(u"pictures"_s));
    QTRY_COMPARE(m_window->session().project().dataFolder, dir.filePath(u"pictures"_s));
    QCOMPARE(m_window->currentPage(), u"data"_s);
    QVERIFY(isProjectFolder(m_window->session().project().folder));
    drop(u"/w.pth"_s);
    QCOMPARE(m_engine->modelSpec.weightsPath, "/w.pth");
    QCOMPARE(m_window->currentPage(), u"model"_s);
    QFile config(dir.filePath(u"run.toml"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[training]\nepochs = 33\n");
    config.close();
    const int entries = m_window->session().document().history().count();
    drop(config.fileName());
    QTRY_COMPARE(m_window->currentPage(), u"train"_s);
    QCOMPARE(m_window->session().project().train.epochs, 33);
    QCOMPARE(m_window->session().document().history().count(), entries + 1);  // one act
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[training]\nepochs = \"many\"\n");
    config.close();
    drop(config.fileName());
    QTRY_VERIFY(m_window->noticeBar()->text().contains("was not taken over"_L1));
    QVERIFY(m_window->noticeBar()->text().contains("run.toml"_L1));
    QCOMPARE(m_window->session().project().train.epochs, 33);
    drop(u"/letter.docx"_s);
    QVERIFY(m_window->noticeBar()->isVisible());
    const QString own = m_window->session().project().folder;
    m_window->session().openPictures(m_dir->path());
    drop(own);
    QCOMPARE(m_window->session().project().folder, own);
    drop(dir.filePath(u"pictures/a.png"_s));  // a picture that is not open brings its folder
    QCOMPARE(m_window->session().project().dataFolder, dir.filePath(u"pictures"_s));
  }

  void plotsAreSavedAndReadAsTables() {
    openAll();
    m_window->showPage(u"selection"_s);
    ui::BlockBars* bars = m_window->selectionPage()->bars();
    QTest::keyClick(bars, Qt::Key_T);
    auto* panel = m_window->findChild<ui::TablePanel*>();
    QVERIFY(panel && panel->isOpen());
    QCOMPARE(panel->model()->rowCount(), 16);
    panel->close();
    // Every plot on the page has the menu.
    for (QWidget* plot : QList<QWidget*>{bars, m_window->page(u"selection"_s)->findChild<ui::CurvePlot*>()})
      QCOMPARE(plot->contextMenuPolicy(), Qt::CustomContextMenu);
    for (const char* ending : {"png", "svg", "pdf", "csv", "md", "tex"}) {
      const QString path = m_dir->filePath(u"图 plot."_s + QString::fromLatin1(ending));
      QVERIFY2(bars->exportTo(path, u"选择"_s), ending);
      QVERIFY(QFile(path).size() > 100);
    }
    const QImage once = ui::plotPicture(*bars, u"Title"_s, 1), four = ui::plotPicture(*bars, u"Title"_s, 4);
    QCOMPARE(four.size(), once.size() * 4);
    QVERIFY(!bars->exportTo(u"/proc/none/plot.svg"_s, {}));
  }

 private:
  void open() {
    showWindow();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }
  void openAll() {
    openPictures(sampleData(), m_dir->filePath(u"p"_s));
    openModel();
    runPass();
  }
  void drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
  }
  QSpinBox* editorOf(const QString& key) const {
    const auto* form = m_window->page(u"train"_s)->findChild<ui::PropertyForm*>();
    QWidget* editor = form ? form->editor(key) : nullptr;
    auto* box = qobject_cast<QSpinBox*>(editor);
    return box ? box : editor ? editor->findChild<QSpinBox*>() : nullptr;
  }
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
