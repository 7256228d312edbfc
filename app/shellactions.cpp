#include "app/shellactions.h"

#include <algorithm>

#include "app/actions.h"
#include "app/mainwindow.h"
#include "app/pages/keyhelp.h"
#include "app/pages/settingspage.h"
#include "app/pages/train/sweeppanel.h"
#include "app/pages/trainpage.h"
#include "widgets/button.h"
#include "widgets/pageheader.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr double kScaleStep = 0.25;

QKeySequence press(QKeyCombination keys) { return QKeySequence(keys); }
}  // namespace

ShellActions::ShellActions(MainWindow& window, Actions& actions) : QObject(&window), m_window(window), m_actions(actions) {
  addProjectActions();
  addViewActions();
  addRunActions();
}

void ShellActions::add(const QString& id, const QList<QKeySequence>& shortcuts, std::function<QString()> name, std::function<void()> run,
                       std::function<QString()> whyNot) {
  m_actions.add({id, id.section(u'.', 0, 0), shortcuts, std::move(name), std::move(run), std::move(whyNot)});
}

void ShellActions::addProjectActions() {
  Session& session = m_window.session();
  Document& document = session.document();
  const auto needsProject = [&session] { return session.project().isOpen() ? QString() : tr("Open a project first."); };
  add(
      u"file.open"_s, {press(Qt::CTRL | Qt::Key_O)}, [] { return tr("Open a project or pictures…"); },
      [this] { m_window.chooseProject(); });
  add(
      u"file.demo"_s, {}, [] { return tr("Open the demo project"); }, [&session] { session.openDemo(); });
  add(
      u"file.save"_s, {press(Qt::CTRL | Qt::Key_S)}, [] { return tr("Save the project"); }, [&document] { document.save(); }, needsProject);
  add(
      u"file.saveAs"_s, {press(Qt::CTRL | Qt::SHIFT | Qt::Key_S)}, [] { return tr("Save the project as…"); },
      [this] { m_window.chooseSaveAs(); }, [&session] { return session.whyNoSaveAs(); });
  for (int i = 0; i < 5; ++i) {
    const auto path = [&session, i] { return session.settings().recentProjects().value(i); };
    m_actions.add({u"file.recent%1"_s.arg(i + 1),
                   u"file"_s,
                   {},
                   [path, i] { return path().isEmpty() ? tr("Open recent project %1").arg(i + 1) : tr("Open recent: %1").arg(path()); },
                   [&session, path] { session.openProjectFolder(path()); },
                   [path] { return path().isEmpty() ? tr("No such project was opened yet.") : QString(); },
                   true});
  }
  add(
      u"edit.undo"_s, {press(Qt::CTRL | Qt::Key_Z)},
      [&document] {
        const QString what = document.history().undoName();
        return what.isEmpty() ? tr("Undo") : tr("Undo %1").arg(what);
      },
      [&document] { document.history().undo(); },
      [&document] { return document.history().canUndo() ? QString() : tr("Nothing was changed yet."); });
  add(
      u"edit.redo"_s, {press(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), press(Qt::CTRL | Qt::Key_Y)},
      [&document] {
        const QString what = document.history().redoName();
        return what.isEmpty() ? tr("Redo") : tr("Redo %1").arg(what);
      },
      [&document] { document.history().redo(); },
      [&document] { return document.history().canRedo() ? QString() : tr("Nothing was undone."); });
}

void ShellActions::addViewActions() {
  AppSettings& settings = m_window.session().settings();
  add(
      u"view.palette"_s, {press(Qt::CTRL | Qt::SHIFT | Qt::Key_P)}, [] { return tr("Commands"); }, [this] { showPalette(); });
  add(
      u"view.keys"_s, {press(QKeyCombination(Qt::Key_Question))}, [] { return tr("Keys of this screen"); }, [this] { showKeys(); });
  add(
      u"view.theme"_s, {}, [] { return tr("Switch between light and dark"); }, [this] { m_window.toggleTheme(); });
  for (const char* word : {"system", "light", "dark", "contrast", "contrast-light"}) {
    const QString id = QString::fromLatin1(word);
    add(
        u"view.theme-"_s + id, {},
        [id] {
          return id == "system"_L1     ? tr("Theme of the system")
                 : id == "light"_L1    ? tr("Light theme")
                 : id == "dark"_L1     ? tr("Dark theme")
                 : id == "contrast"_L1 ? tr("High contrast on black")
                                       : tr("High contrast on white");
        },
        [&settings, id] { settings.setTheme(id); });
  }
  add(
      u"view.language"_s, {}, [] { return tr("Switch the language"); }, [this] { m_window.toggleLanguage(); });
  const auto scale = [&settings](double by) { settings.setTextScale(std::clamp(settings.textScale() + by, 1.0, 2.0)); };
  add(
      u"view.larger"_s, {press(Qt::CTRL | Qt::Key_Plus), press(Qt::CTRL | Qt::Key_Equal)}, [] { return tr("Larger text"); },
      [scale] { scale(kScaleStep); }, [&settings] { return settings.textScale() < 2 ? QString() : tr("It is at 200 % already."); });
  add(
      u"view.smaller"_s, {press(Qt::CTRL | Qt::Key_Minus)}, [] { return tr("Smaller text"); }, [scale] { scale(-kScaleStep); },
      [&settings] { return settings.textScale() > 1 ? QString() : tr("It is at 100 % already."); });
  add(
      u"view.normalSize"_s, {press(Qt::CTRL | Qt::Key_0)}, [] { return tr("Text at 100 %"); }, [&settings] { settings.setTextScale(1); });
  add(
      u"view.fullScreen"_s, {press(QKeyCombination(Qt::Key_F11))}, [] { return tr("Full screen"); },
      [this] { m_window.setWindowState(m_window.windowState() ^ Qt::WindowFullScreen); });
  add(
      u"view.resetLayout"_s, {}, [] { return tr("Reset window layout"); }, [this] { m_window.resetLayout(); });
  const QStringList pages = m_window.pageIds();
  for (int i = 0; i < pages.size(); ++i) {
    QList<QKeySequence> shortcut;
    if (i < 9) shortcut << press(Qt::CTRL | Qt::Key(Qt::Key_1 + i));
    add(
        u"go."_s + pages[i], shortcut, [this, id = pages[i]] { return m_window.pageName(id); },
        [this, id = pages[i]] { m_window.showPage(id); });
  }
  add(
      u"go.settings"_s, {press(Qt::CTRL | Qt::Key_Comma)}, [] { return tr("Settings"); }, [this] { m_window.showPage(u"settings"_s); });
}

void ShellActions::addRunActions() {
  Session& session = m_window.session();
  add(
      u"run.openPlan"_s, {}, [] { return tr("Open the plan of a sweep…"); },
      [this] {
        m_window.showPage(u"train"_s);
        m_window.trainPage()->sweepPanel()->choosePlan();
      },
      [&session] { return session.project().isOpen() ? QString() : tr("Open a project first."); });
  add(
      u"run.gradient"_s, {}, [] { return tr("Run the gradient pass"); }, [&session] { session.runGradientPass(); },
      [&session] { return session.whyNoGradientPass(); });
  add(
      u"run.openGradient"_s, {}, [] { return tr("Open a gradient pass…"); }, [this] { m_window.choosePass(); },
      [&session] { return session.whyNoPassOfFile(); });
  add(
      u"run.start"_s, {press(Qt::CTRL | Qt::Key_R)},
      [&session] { return session.canResumeRun() ? tr("Resume the run") : tr("Start training"); },
      [this] { m_window.trainPage()->startOrResume(); },
      [&session] { return session.canResumeRun() ? QString() : session.whyNoTraining(); });
  add(
      u"run.pause"_s, {press(Qt::CTRL | Qt::Key_P)}, [] { return tr("Pause or continue the run"); },
      [this] { m_window.trainPage()->pauseOrContinue(); },
      [&session] { return session.isTraining() ? QString() : tr("No run is training."); });
  add(
      u"run.stop"_s, {press(Qt::CTRL | Qt::Key_Period)}, [] { return tr("Stop the present job"); },
      [this] { m_window.trainPage()->stop(); }, [&session] { return session.isBusy() ? QString() : tr("Nothing is running."); });
}

QList<ui::Command> ShellActions::commands() const {
  QList<ui::Command> list;
  for (const QString& id : m_actions.ids()) {
    if (id == "view.palette"_L1) continue;  // it is open
    if (!m_actions.isListed(id)) continue;
    const ActionInfo* info = m_actions.info(id);
    if (!info->run) continue;  // only while a key is held
    list.append({id, m_actions.nameHere(id), actionCategory(info->category), m_actions.keysTextHere(id), m_actions.whyNot(id)});
  }
  QStringList pages = m_window.pageIds();
  for (const QString& pageId : pages) {
    Page* page = m_window.page(pageId);
    const bool isCurrent = pageId == m_window.currentPage();
    const auto buttons = page->findChildren<ui::Button*>();
    for (int i = 0; i < buttons.size(); ++i) {
      const ui::Button* button = buttons[i];
      const bool isInHeader = qobject_cast<ui::PageHeader*>(button->parentWidget()) != nullptr;
      if (!isInHeader && !isCurrent) continue;
      if (button->text().isEmpty() || !button->isVisibleTo(page)) continue;
      if (button->text() == m_window.session().project().name) continue;  // the way home in the header
      const QString name = button->accessibleName().isEmpty() ? button->text() : button->accessibleName();
      list.append({u"page."_s + pageId + u'.' + QString::number(i),
                   name,
                   m_window.pageName(pageId),
                   {},
                   button->isEnabled()           ? QString()
                   : button->toolTip().isEmpty() ? tr("Not now.")
                                                 : button->toolTip()});
    }
  }
  return list;
}

void ShellActions::run(const QString& commandId) {
  if (!commandId.startsWith("page."_L1)) return m_actions.trigger(commandId);
  const QString pageId = commandId.section(u'.', 1, 1);
  m_window.showPage(pageId);
  const auto buttons = m_window.page(pageId)->findChildren<ui::Button*>();
  if (ui::Button* button = buttons.value(commandId.section(u'.', 2).toInt())) button->click();
}

QList<ui::KeyGroup> ShellActions::keys() const {
  QList<ui::KeyGroup> groups;
  if (const Page* page = m_window.page(m_window.currentPage())) groups = keysOfPage(*page);
  QStringList categories;
  // A page that is empty yet takes no keys.
  const auto keysOf = [this](const QString& id) {
    const bool isAsleep = !m_actions.info(id)->pages.isEmpty() && !m_actions.whyNot(id).isEmpty();
    return isAsleep ? QString() : m_actions.keysTextHere(id);
  };
  // Those of the screen first.
  for (const bool isOfScreen : {true, false})
    for (const QString& id : m_actions.ids()) {
      const ActionInfo* info = m_actions.info(id);
      if (info->pages.isEmpty() != isOfScreen && !keysOf(id).isEmpty() && !categories.contains(info->category))
        categories << info->category;
    }
  for (const QString& category : categories) {
    ui::KeyGroup group{actionCategory(category), {}};
    for (const QString& id : m_actions.ids())
      if (const ActionInfo* info = m_actions.info(id); info->category == category && !keysOf(id).isEmpty())
        group.rows.append({keysOf(id), m_actions.nameHere(id)});
    groups.append(group);
  }
  return groups;
}

void ShellActions::showPalette() {
  if (!m_palette) {
    m_palette = new ui::CommandPalette(&m_window);
    connect(m_palette, &ui::CommandPalette::chosen, this, &ShellActions::run);
  }
  if (m_sheet) m_sheet->close();
  m_palette->show(commands());
}

void ShellActions::showKeys() {
  if (m_palette && m_palette->isOpen()) return;
  if (!m_sheet) m_sheet = new ui::ShortcutSheet(&m_window);
  if (m_sheet->isOpen()) return m_sheet->close();
  m_sheet->show(tr("Keys on this screen: %1").arg(m_window.pageName(m_window.currentPage())), keys());
}

}  // namespace gps::app
