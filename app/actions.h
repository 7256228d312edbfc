#pragma once
// Everything the window can be told to do, once: the palette, the sheet of keys, the key editor and the shortcuts all read this
// list. Names are asked for when they are shown, so they are in the language of the moment. GUI thread.
#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QStringList>
#include <functional>

class QAction;
class QWidget;

namespace gps::app {

class AppSettings;

struct ActionInfo {
  QString id;        // "run.start"
  QString category;  // id of a group: "file", "edit", "view", "go", "run"
  QList<QKeySequence> defaults;
  std::function<QString()> name;
  std::function<void()> run;
  std::function<QString()> whyNot;  // empty answer: it can be done; null: always
  bool hidesWhileBarred = false;    // lists leave it out as long as whyNot says something
  QStringList pages{};              // the keys hold on these pages alone, which ask for them; empty: in the whole window
  // Where the name is another on some pages.
  std::function<QString(const QString& page)> nameOn{};
  bool outranks = false;  // of pages: there its defaults are its own, and the window's action that has them does without
};

class Actions : public QObject {
  Q_OBJECT
 public:
  // Shortcuts hold in the whole window of `host`.
  Actions(QWidget& host, AppSettings& settings);
  // The user's own keys replace the defaults; where two would share keys, the later one goes without and is listed in conflicts().
  void add(ActionInfo info);
  QStringList ids() const { return m_order; }
  const ActionInfo* info(const QString& id) const;
  QList<QKeySequence> keys(const QString& id) const;
  QString keysText(const QString& id) const;  // as the system writes them, ", " between; empty: none
  // The page on screen, as ActionInfo::pages names it: some keys do another thing there.
  void setPage(const QString& page);
  const QString& page() const { return m_page; }
  QString keysTextHere(const QString& id) const;  // of those that do this on the page on screen
  QString nameHere(const QString& id) const;
  QString whyNot(const QString& id) const;
  bool isListed(const QString& id) const;
  void trigger(const QString& id);  // nothing where whyNot says something
  // The action that has these keys, where those of `except` hold; empty: nobody. `except` is not asked.
  QString ownerOf(const QKeySequence& keys, const QString& except = {}) const;
  // Remembered in the user's settings. Returns the action that has them already, and changes nothing then. Empty keys take them away.
  QString setKeys(const QString& id, const QKeySequence& keys);
  void resetKeys(const QString& id);
  void resetAllKeys();
  bool isDefault(const QString& id) const;
  QList<std::pair<QString, QString>> conflicts() const { return m_conflicts; }  // who goes without, who has the keys

 Q_SIGNALS:
  void keysChanged();

 private:
  void assign(const QString& id);
  void give(const QString& id, const QList<QKeySequence>& keys);
  QList<QKeySequence> keysHere(const QString& id) const;
  bool isOutranking(const ActionInfo& info, const QKeySequence& keys) const;
  void refreshShortcuts();
  QWidget& m_host;
  AppSettings& m_settings;
  QStringList m_order;
  QHash<QString, ActionInfo> m_infos;
  QHash<QString, QAction*> m_actions;
  QHash<QString, QList<QKeySequence>> m_keys;
  QString m_page;
  QList<std::pair<QString, QString>> m_conflicts;
};

}  // namespace gps::app
