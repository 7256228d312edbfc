#include "app/actions.h"

#include <QAction>
#include <QWidget>
#include <algorithm>
#include <utility>

#include "app/project/appsettings.h"

namespace gps::app {

using namespace Qt::StringLiterals;

Actions::Actions(QWidget& host, AppSettings& settings) : QObject(&host), m_host(host), m_settings(settings) {}

void Actions::add(ActionInfo info) {
  const QString id = info.id;
  auto* action = new QAction(this);
  action->setObjectName(id);
  action->setShortcutContext(Qt::WindowShortcut);
  action->setAutoRepeat(false);
  connect(action, &QAction::triggered, this, [this, id] { trigger(id); });
  m_host.addAction(action);
  m_order << id;
  m_infos.insert(id, std::move(info));
  m_actions.insert(id, action);
  assign(id);
}

const ActionInfo* Actions::info(const QString& id) const {
  const auto it = m_infos.constFind(id);
  return it == m_infos.cend() ? nullptr : &*it;
}

void Actions::assign(const QString& id) {
  m_conflicts.removeIf([&id](const auto& pair) { return pair.first == id; });
  const auto own = m_settings.shortcut(id);
  QList<QKeySequence> wanted = m_infos[id].defaults, given;
  if (own)
    wanted = own->isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{QKeySequence::fromString(*own, QKeySequence::PortableText)};
  for (const QKeySequence& keys : wanted) {
    const QString owner = ownerOf(keys, id);
    if (owner.isEmpty())
      given << keys;
    else
      m_conflicts.append({id, owner});
  }
  give(id, given);
}

void Actions::give(const QString& id, const QList<QKeySequence>& keys) {
  m_keys.insert(id, keys);
  refreshShortcuts();
}

bool Actions::isOutranking(const ActionInfo& info, const QKeySequence& keys) const {
  return info.outranks && info.defaults.contains(keys) && this->keys(info.id).contains(keys);
}

void Actions::setPage(const QString& page) {
  if (page == m_page) return;
  m_page = page;
  refreshShortcuts();
}

// A page asks for its keys itself, but for those that the window would take before it.
void Actions::refreshShortcuts() {
  for (const QString& id : std::as_const(m_order)) {
    QList<QKeySequence> taken = keysHere(id);
    const ActionInfo& info = m_infos[id];
    if (!info.pages.isEmpty()) taken.removeIf([this, &info](const QKeySequence& k) { return !isOutranking(info, k); });
    if (m_actions[id]->shortcuts() != taken) m_actions[id]->setShortcuts(taken);
  }
}

QList<QKeySequence> Actions::keys(const QString& id) const { return m_keys.value(id); }

QList<QKeySequence> Actions::keysHere(const QString& id) const {
  const ActionInfo* own = info(id);
  if (!own || (!own->pages.isEmpty() && !own->pages.contains(m_page))) return {};
  QList<QKeySequence> left = keys(id);
  if (own->pages.isEmpty())
    left.removeIf([this](const QKeySequence& k) {
      return std::any_of(m_infos.begin(), m_infos.end(),
                         [&](const ActionInfo& other) { return other.pages.contains(m_page) && isOutranking(other, k); });
    });
  return left;
}

static QString textOf(const QList<QKeySequence>& keys) {
  QStringList texts;
  for (const QKeySequence& k : keys) texts << k.toString(QKeySequence::NativeText);
  return texts.join(u", "_s);
}

QString Actions::keysText(const QString& id) const { return textOf(keys(id)); }

QString Actions::keysTextHere(const QString& id) const { return textOf(keysHere(id)); }

QString Actions::nameHere(const QString& id) const {
  const ActionInfo* found = info(id);
  return !found ? QString() : found->nameOn ? found->nameOn(m_page) : found->name();
}

QString Actions::whyNot(const QString& id) const {
  const ActionInfo* found = info(id);
  return found && found->whyNot ? found->whyNot() : QString();
}

bool Actions::isListed(const QString& id) const {
  const ActionInfo* found = info(id);
  return found && (!found->hidesWhileBarred || whyNot(id).isEmpty());
}

void Actions::trigger(const QString& id) {
  const ActionInfo* found = info(id);
  if (found && found->run && whyNot(id).isEmpty()) found->run();
}

QString Actions::ownerOf(const QKeySequence& keys, const QString& except) const {
  if (keys.isEmpty()) return {};
  const ActionInfo asking = m_infos.value(except);
  for (const QString& id : m_order) {
    const ActionInfo other = m_infos.value(id);
    const bool isOfWindow = asking.pages.isEmpty(), isOtherOfWindow = other.pages.isEmpty();
    bool meets = isOfWindow || isOtherOfWindow || std::any_of(asking.pages.begin(), asking.pages.end(), [&other](const QString& page) {
                   return other.pages.contains(page);
                 });
    // The page's own goes before the window's, which keeps them everywhere else.
    if (isOfWindow != isOtherOfWindow) {
      const ActionInfo& ofPage = isOfWindow ? other : asking;
      if (ofPage.outranks && ofPage.defaults.contains(keys)) meets = false;
    }
    if (id != except && meets && this->keys(id).contains(keys)) return id;
  }
  return {};
}

QString Actions::setKeys(const QString& id, const QKeySequence& keys) {
  if (!m_actions.contains(id)) return {};
  if (const QString owner = ownerOf(keys, id); !owner.isEmpty()) return owner;
  m_settings.setShortcut(id, keys.toString(QKeySequence::PortableText));
  assign(id);
  Q_EMIT keysChanged();
  return {};
}

void Actions::resetKeys(const QString& id) {
  if (!m_actions.contains(id)) return;
  m_settings.setShortcut(id, std::nullopt);
  assign(id);
  Q_EMIT keysChanged();
}

void Actions::resetAllKeys() {
  for (const QString& id : std::as_const(m_order)) m_settings.setShortcut(id, std::nullopt);
  for (const QString& id : std::as_const(m_order)) give(id, {});
  for (const QString& id : std::as_const(m_order)) assign(id);
  Q_EMIT keysChanged();
}

bool Actions::isDefault(const QString& id) const { return !m_settings.shortcut(id); }

}  // namespace gps::app
