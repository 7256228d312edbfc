// One list of actions behind palette, keys and sheet; what each key does on each page; everything reached by the keyboard.
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QScrollArea>
#include <QTest>

#include "app/actions.h"
#include "app/pages/comparepage.h"
#include "app/shellactions.h"
#include "runfolders.h"
#include "widgets/commandpalette.h"
#include "widgets/shortcutsheet.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestKeys : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    open();
  }
  void cleanup() {
    end();
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
        if (actions.info(id)->outranks) continue;
        QVERIFY2(!seen.contains(keys.toString()), qPrintable(id));
        seen << keys.toString();
      }
    for (const char* keys :
         {"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+O", "Ctrl+Shift+P", "Ctrl+R", "Ctrl+P", "Ctrl+.", "?"})
      QVERIFY2(seen.contains(QString::fromLatin1(keys)), keys);
  }

  void undoAndRedoByKeys() {
    openSample();
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

  void thePaletteHasEverything() {
    openSample();
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
    openSample();
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

  // A page's own key goes before the window's, wherever the focus is, and both lists say so.
  void keysThatDoAnotherThingOnAPage() {
    openSample();
    const auto isListed = [this](const QString& keys, const QString& name) {
      for (const auto& group : m_window->shell().keys())
        for (const auto& row : group.rows)
          if (row.first.split(u", "_s).contains(keys) && row.second == name) return true;
      return false;
    };
    const auto inPalette = [this](const QString& id) {
      const auto commands = m_window->shell().commands();
      const auto it = std::find_if(commands.begin(), commands.end(), [&id](const auto& c) { return c.id == id; });
      return it == commands.end() ? u"missing"_s : it->keys;
    };
    m_window->showPage(u"model"_s);
    QVERIFY(isListed(u"Ctrl+1"_s, u"Home"_s));
    QVERIFY(!isListed(u"Ctrl+1"_s, u"Picture at 100 %"_s));
    QCOMPARE(inPalette(u"go.home"_s), u"Ctrl+1"_s);
    QCOMPARE(inPalette(u"cases.actualSize"_s), QString());  // it does that on its page alone
    m_window->showPage(u"cases"_s);
    QVERIFY(isListed(u"Ctrl+1"_s, u"Picture at 100 %"_s));
    QVERIFY(!isListed(u"Ctrl+1"_s, u"Home"_s));
    QVERIFY(isListed(u"Ctrl+2"_s, u"Data"_s));
    QCOMPARE(inPalette(u"go.home"_s), QString());
    QCOMPARE(inPalette(u"cases.actualSize"_s), u"Ctrl+1"_s);
    m_window->findChild<QAbstractButton*>(u"home"_s)->setFocus();  // of the rail
    QTest::keyClick(m_window->windowHandle(), Qt::Key_1, Qt::ControlModifier);
    QTest::qWait(20);
    QCOMPARE(m_window->currentPage(), u"cases"_s);
    // Other keys for it: the window has its own back.
    QCOMPARE(m_window->actions().setKeys(u"cases.actualSize"_s, QKeySequence(u"Ctrl+J"_s)), QString());
    QVERIFY(isListed(u"Ctrl+1"_s, u"Home"_s));
    QVERIFY(isListed(u"Ctrl+J"_s, u"Picture at 100 %"_s));
    QTest::keyClick(m_window->windowHandle(), Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(m_window->currentPage(), u"home"_s);
    // Nobody's keys but those that it outranks by itself are free for it.
    QCOMPARE(m_window->actions().setKeys(u"cases.actualSize"_s, QKeySequence(u"Ctrl+2"_s)), u"go.data"_s);
    m_window->actions().resetAllKeys();
    QVERIFY(m_window->actions().conflicts().isEmpty());
  }

  // No key is promised twice on one screen.
  void noKeyIsListedTwice_data() { addPages(); }
  void noKeyIsListedTwice() {
    QFETCH(QString, page);
    openSample();
    m_window->showPage(page);
    QHash<QString, QString> does;
    Actions& actions = m_window->actions();
    for (const QString& id : actions.ids()) {
      const QString here = actions.keysTextHere(id);
      for (const QString& keys : here.isEmpty() ? QStringList() : here.split(u", "_s)) {
        QVERIFY2(!does.contains(keys), qPrintable(keys + ": "_L1 + does.value(keys) + " and "_L1 + id));
        does.insert(keys, id);
      }
    }
    QCOMPARE(does.value(u"Ctrl+1"_s), page == "cases"_L1 ? u"cases.actualSize"_s : u"go.home"_s);
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

  void everythingIsReachedByTab_data() { addPages(); }
  void everythingIsReachedByTab() {
    QFETCH(QString, page);
    // Runs and a comparison with something in them.
    m_engine->sets.answers = true;
    m_engine->sets.files = {sampleSelection(u"textures"_s, 69000), sampleSelection(u"digits"_s, 69000)};
    openSample();
    for (const char* name : {"/k1", "/k3"}) test::writeRun(session().project().runsFolder().toStdString() + name, {});
    m_window->showPage(page);
    if (page == "runs"_L1) QTRY_VERIFY_WITH_TIMEOUT(!m_window->page(page)->isEmptyShown(), 20000);
    if (page == "compare"_L1) QTRY_VERIFY(m_window->comparePage()->isSettled() && !m_window->page(page)->isEmptyShown());
    // Nothing was chosen to look at: those pages are filled in the tests of their own.
    QCOMPARE(m_window->page(page)->isEmptyShown(), page == "newpictures"_L1 || page == "video"_L1);
    QTest::qWait(50);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->findChild<QAbstractButton*>(u"home"_s)->setFocus(Qt::TabFocusReason);
    QWidget* start = QApplication::focusWidget();
    QVERIFY(start);
    QSet<QWidget*> reached;
    QStringList nameless, invisible;
    // Twice around: what is chosen on the way enables more.
    for (int i = 0, laps = 0; i < 800; ++i) {
      QWidget* at = QApplication::focusWidget();
      QVERIFY(at);
      if (at == start && ++laps == 3) break;
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
  static void addPages() {
    QTest::addColumn<QString>("page");
    for (const char* id : {"home", "data", "model", "selection", "compare", "train", "runs", "cases", "numbers", "blind", "newpictures",
                           "video", "settings"})
      QTest::newRow(id) << QString::fromLatin1(id);
  }
  static QString describe(const QWidget* w) {
    QString text = QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName();
    for (const QWidget* above = w->parentWidget(); above; above = above->parentWidget())
      if (!above->accessibleName().isEmpty()) return text + " in "_L1 + above->accessibleName();
    return text;
  }
};

QTEST_MAIN(TestKeys)
#include "tst_keys.moc"
