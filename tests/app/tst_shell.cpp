// The window's manners: one list of actions behind palette, keys and sheet; settings; notices; drops; session restore; keyboard.
#include <QAccessible>
#include <QDir>
#include <QDropEvent>
#include <QKeySequenceEdit>
#include <QMimeData>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "app/actions.h"
#include "app/drops.h"
#include "app/pages/plotmenu.h"
#include "app/pages/selectionpage.h"
#include "app/pages/settingspage.h"
#include "app/pages/trainpage.h"
#include "app/project/runningmark.h"
#include "app/shellactions.h"
#include "widgets/blockbars.h"
#include "widgets/button.h"
#include "widgets/commandpalette.h"
#include "widgets/curveplot.h"
#include "widgets/noticebar.h"
#include "widgets/propertyform.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/shortcutsheet.h"
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

  void everyActionHasANameAndFreeKeys() {
    Actions& actions = m_window->actions();
    QVERIFY(actions.conflicts().isEmpty());
    QStringList seen;
    for (const char* code : {"en", "zh_CN"}) {
      m_languages->use(QString::fromLatin1(code));
      for (const QString& id : actions.ids()) QVERIFY2(!actions.info(id)->name().isEmpty(), qPrintable(id));
    }
    for (const QString& id : actions.ids())
      for (const QKeySequence& keys : actions.keys(id)) {
        QVERIFY2(!seen.contains(keys.toString()), qPrintable(id));
        seen << keys.toString();
      }
    for (const char* keys :
         {"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+O", "Ctrl+Shift+P", "Ctrl+R", "Ctrl+P", "Ctrl+.", "?"})
      QVERIFY2(seen.contains(QString::fromLatin1(keys)), keys);
  }

  void undoAndRedoByKeys() {
    openAll();
    m_window->session().setExcluded({u"1.0"_s}, {});
    m_engine->end();
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_window->session().project().selection.excludedBlocks.empty());
    m_engine->end();
    QTest::keyClick(m_window.get(), Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(m_window->session().project().selection.excludedBlocks.size(), std::size_t(1));
    m_engine->end();
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_window->session().project().selection.excludedBlocks.size(), std::size_t(1));
    QVERIFY(m_window->isWindowModified());
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(!m_window->isWindowModified());
    QVERIFY(m_window->windowTitle().contains("[*]"_L1));
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

  void thePaletteHasEverything() {
    openAll();
    m_window->showPage(u"selection"_s);
    const auto commands = m_window->shell().commands();
    const auto find = [&](const QString& text) {
      return std::find_if(commands.begin(), commands.end(), [&](const auto& c) { return c.text == text; });
    };
    QVERIFY(find(u"Start training"_s) != commands.end());
    QCOMPARE(find(u"Start training"_s)->keys, u"Ctrl+R"_s);
    QCOMPARE(find(u"Pause or continue the run"_s)->reason, u"No run is training."_s);
    QVERIFY(find(u"Train with this"_s) != commands.end());    // of the page
    QVERIFY(find(u"Open demo project"_s) != commands.end());  // of another page's header
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    auto* palette = m_window->findChild<ui::CommandPalette*>();
    QVERIFY(palette && palette->isOpen());
    QTest::keyClicks(QApplication::focusWidget(), u"train with"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), u"train"_s);
    m_languages->use(u"zh_CN"_s);
    for (const auto& c : m_window->shell().commands())
      if (c.id == "run.start"_L1) QVERIFY(c.text != "Start training"_L1);
  }

  void theSheetShowsTheKeysOfThisScreen() {
    openAll();
    m_window->showPage(u"selection"_s);
    QTest::keyClick(m_window.get(), Qt::Key_Question);
    auto* sheet = m_window->findChild<ui::ShortcutSheet*>();
    QVERIFY(sheet && sheet->isOpen());
    QVERIFY(sheet->title().contains("Selection"_L1));
    QVERIFY(sheet->plainText().contains("the numbers as a table"_L1));
    QVERIFY(sheet->plainText().contains("Ctrl+R\tStart training"_L1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!sheet->isOpen());
  }

  void keysAreEditedAndConflictsTold() {
    Actions& actions = m_window->actions();
    QCOMPARE(actions.setKeys(u"view.theme"_s, QKeySequence(u"Ctrl+R"_s)), u"run.start"_s);
    QVERIFY(actions.keys(u"view.theme"_s).isEmpty());
    QCOMPARE(actions.setKeys(u"view.theme"_s, QKeySequence(u"Ctrl+T"_s)), QString());
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
    QVERIFY(ui::Theme::instance().isDark());
    // Kept in the user's profile.
    m_window.reset();
    open();
    QCOMPARE(m_window->actions().keysText(u"view.theme"_s), u"Ctrl+T"_s);
    // Written by hand, two want the same: the later one goes without and says so.
    m_window.reset();
    m_settings->setShortcut(u"view.theme"_s, u"Ctrl+S"_s);
    open();
    QCOMPARE(m_window->actions().conflicts(), (QList<std::pair<QString, QString>>{{u"view.theme"_s, u"file.save"_s}}));
    m_window->actions().resetAllKeys();
    QVERIFY(m_window->actions().conflicts().isEmpty());
    QVERIFY(m_window->actions().keys(u"view.theme"_s).isEmpty());
    // Taken away altogether.
    QCOMPARE(m_window->actions().setKeys(u"file.save"_s, {}), QString());
    QVERIFY(m_window->actions().keys(u"file.save"_s).isEmpty());
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
    QVERIFY(m_window->noticeBar()->isVisible());
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

  void dropsAreUnderstood() {
    QDir dir(m_dir->path());
    QVERIFY(dir.mkpath(u"pictures"_s));
    QCOMPARE(dropKindOf(dir.filePath(u"pictures"_s), false), DropKind::Pictures);
    QCOMPARE(dropKindOf(u"/a/list.csv"_s, true), DropKind::Table);
    QCOMPARE(dropKindOf(u"/a/b.pth"_s, true), DropKind::Weights);
    QCOMPARE(dropKindOf(u"/a/b.SafeTensors"_s, true), DropKind::Weights);
    QCOMPARE(dropKindOf(u"/a/pack.safetensors"_s, false), DropKind::Pictures);
    QCOMPARE(dropKindOf(u"/a/run.toml"_s, true), DropKind::RunConfig);
    QCOMPARE(dropKindOf(u"/a/图.JPG"_s, true), DropKind::Picture);
    QCOMPARE(dropKindOf(u"/a/b.docx"_s, true), DropKind::Unknown);
    drop(dir.filePath(u"pictures"_s));
    QCOMPARE(m_window->session().project().dataFolder, dir.filePath(u"pictures"_s));
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
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QCOMPARE(m_window->session().project().train.epochs, 33);
    QCOMPARE(m_window->session().document().history().count(), entries + 1);  // one act
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[training]\nepochs = \"many\"\n");
    config.close();
    drop(config.fileName());
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

  void everythingIsReachedByTab_data() {
    QTest::addColumn<QString>("page");
    for (const char* id : {"home", "data", "model", "selection", "train", "cases", "settings"})
      QTest::newRow(id) << QString::fromLatin1(id);
  }
  void everythingIsReachedByTab() {
    QFETCH(QString, page);
    openAll();
    m_window->showPage(page);
    QTest::qWait(50);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->findChild<QAbstractButton*>(u"home"_s)->setFocus(Qt::TabFocusReason);
    QWidget* start = QApplication::focusWidget();
    QVERIFY(start);
    QSet<QWidget*> reached;
    QStringList nameless, invisible;
    for (int i = 0; i < 400; ++i) {
      QWidget* at = QApplication::focusWidget();
      QVERIFY(at);
      if (reached.contains(at)) break;
      reached.insert(at);
      QAccessibleInterface* face = QAccessible::queryAccessibleInterface(at);
      const QString name = face ? face->text(QAccessible::Name) : at->accessibleName();
      if (name.isEmpty()) nameless << describe(at);
      // A scroll area brings it into view; what stays out of it cannot be seen. A view is covered by what it shows.
      const auto* view = qobject_cast<QAbstractScrollArea*>(at);
      const QWidget* shown = view ? view->viewport() : at;
      if (shown->visibleRegion().isEmpty()) QTest::qWait(1);
      if (shown->visibleRegion().isEmpty()) invisible << describe(at);
      QTest::keyClick(at, Qt::Key_Tab);
      if (QApplication::focusWidget() == at) QTest::keyClick(at, Qt::Key_Tab, Qt::ControlModifier);
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u"; "_s)));
    QVERIFY2(invisible.isEmpty(), qPrintable(invisible.join(u"; "_s)));
    // All that can take the focus was met.
    QStringList missed;
    for (QWidget* w : m_window->page(page)->findChildren<QWidget*>())
      if (w->isVisible() && w->isEnabled() && (w->focusPolicy() & Qt::TabFocus) && !w->focusProxy() && !reached.contains(w) &&
          !qobject_cast<QScrollArea*>(w))
        missed << describe(w);
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u"; "_s)));
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
  static QString describe(const QWidget* w) {
    QString text = QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName();
    for (const QWidget* above = w->parentWidget(); above; above = above->parentWidget())
      if (!above->accessibleName().isEmpty()) return text + " in "_L1 + above->accessibleName();
    return text;
  }
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
