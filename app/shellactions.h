#pragma once
// The window's own actions, and what the palette and the sheet of keys show of them and of the page at hand.
#include <QObject>

#include "widgets/commandpalette.h"
#include "widgets/shortcutsheet.h"

namespace gps::app {

class Actions;
class MainWindow;
class Page;

class ShellActions : public QObject {
  Q_OBJECT
 public:
  ShellActions(MainWindow& window, Actions& actions);
  // The actions, then the buttons of the pages' headers and of the page on screen.
  QList<ui::Command> commands() const;
  void run(const QString& commandId);
  QList<ui::KeyGroup> keys() const;
  void showPalette();
  void showKeys();

 private:
  void add(const QString& id, const QList<QKeySequence>& keys, std::function<QString()> name, std::function<void()> run,
           std::function<QString()> whyNot = {});
  void addProjectActions();
  void addViewActions();
  void addRunActions();
  MainWindow& m_window;
  Actions& m_actions;
  ui::CommandPalette* m_palette = nullptr;
  ui::ShortcutSheet* m_sheet = nullptr;
};

}  // namespace gps::app
