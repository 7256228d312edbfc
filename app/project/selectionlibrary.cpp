#include "app/project/selectionlibrary.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSoonMs = 250;
constexpr int kLongestName = 80;
constexpr qsizetype kHashDigits = 8;

QString shortHash(const std::string& hash) { return hash.empty() ? u"–"_s : QString::fromStdString(hash).left(kHashDigits); }

}  // namespace

SelectionLibrary::SelectionLibrary(SelectionSetApi& sets, Session& session, QObject* parent)
    : QObject(parent), m_sets(sets), m_session(session) {
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoonMs);
  connect(&m_soon, &QTimer::timeout, this, &SelectionLibrary::read);
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &SelectionLibrary::refresh);
  connect(&m_session, &Session::projectChanged, this, [this] {
    if (m_session.project().folder != m_project) forget();
  });
  connect(&m_session, &Session::modelChanged, this, &SelectionLibrary::changed);  // other ones are refused now
  connect(&m_session, &Session::runChanged, this, &SelectionLibrary::refresh);
  connect(&m_sets, &SelectionSetApi::listed, this, [this](quint64 id, const QList<SelectionFacts>& found) {
    if (id != m_listing) return;
    m_listing = 0;
    m_isListed = true;
    m_selections = found;
    QSet<QString> names;
    for (SelectionFacts& facts : m_selections) {
      const QString name = facts.name;
      for (int i = 2; names.contains(facts.name); ++i) facts.name = u"%1 (%2)"_s.arg(name).arg(i);
      names.insert(facts.name);
    }
    watch();
    Q_EMIT changed();
  });
  connect(&m_sets, &SelectionSetApi::written, this, [this](quint64 id, const QString& path) {
    refresh();
    if (m_copies.remove(id)) Q_EMIT added(path);
  });
  connect(&m_sets, &SelectionSetApi::moved, this, [this](quint64 id, const QString& path) {
    const auto from = m_moves.constFind(id);
    if (from == m_moves.cend()) return;
    const QString before = *from;
    m_moves.erase(from);
    refresh();
    if (!path.isEmpty()) Q_EMIT renamed(before, path);
  });
  connect(&m_sets, &SelectionSetApi::failed, this, [this](quint64 id, const Failure& failure) {
    if (id == m_listing) m_listing = 0;
    if (m_copies.remove(id) || m_moves.remove(id)) Q_EMIT failed(failure);
  });
}

QString SelectionLibrary::folder() const { return m_session.project().folder + "/selection"_L1; }

void SelectionLibrary::forget() {
  m_project = m_session.project().folder;
  m_sets.cancel(std::exchange(m_listing, 0));
  m_selections.clear();
  m_isListed = false;
  if (!m_watcher.directories().isEmpty()) m_watcher.removePaths(m_watcher.directories());
  Q_EMIT changed();
  refresh();
}

// A folder that is not there yet is noticed through the one it will be in.
void SelectionLibrary::watch() {
  for (const QString& path : {m_project, folder(), m_session.project().runsFolder()})
    if (!m_watcher.directories().contains(path) && QFileInfo::exists(path)) m_watcher.addPath(path);
}

void SelectionLibrary::refresh() {
  if (m_session.project().isOpen()) m_soon.start();
}

void SelectionLibrary::read() {
  if (!m_session.project().isOpen()) return;
  m_sets.cancel(m_listing);
  m_listing = m_sets.list(m_session.project().folder);
}

const SelectionFacts* SelectionLibrary::find(const QString& path) const {
  for (const SelectionFacts& facts : m_selections)
    if (facts.path == path) return &facts;
  return nullptr;
}

QString SelectionLibrary::whyRefused(const SelectionFacts& facts, const SelectionFacts* other) const {
  if (!facts.problem.isEmpty()) return tr("Cannot be read: %1").arg(facts.problem);
  const QString model = QString::fromStdString(facts.spec.modelId), base = shortHash(facts.spec.baseHash);
  if (const auto open = m_session.model()) {
    if (facts.spec.baseHash == open->baseHash) return {};
    return tr("Made on %1 (weights %2); the open model is %3 (weights %4).")
        .arg(model, base, QString::fromStdString(open->description.id), shortHash(open->baseHash));
  }
  if (!other || (facts.mapKey == other->mapKey && facts.spec.baseHash == other->spec.baseHash)) return {};
  return tr("Made on %1 (weights %2); %3 was made on %4 (weights %5).")
      .arg(model, base, other->name, QString::fromStdString(other->spec.modelId), shortHash(other->spec.baseHash));
}

QList<SelectionFacts> SelectionLibrary::comparable() const {
  QList<SelectionFacts> all;
  const SelectionFacts* first = nullptr;
  for (const SelectionFacts& facts : m_selections) {
    if (!whyRefused(facts, first).isEmpty()) continue;
    if (!first) first = &facts;
    all << facts;
  }
  return all;
}

QString SelectionLibrary::pathFor(const QString& name) const { return folder() + u'/' + name.trimmed() + ".safetensors"_L1; }

QString SelectionLibrary::whyNotName(const QString& name) const {
  const QString trimmed = name.trimmed();
  if (trimmed.isEmpty()) return tr("Give it a name.");
  static const QRegularExpression forbidden(u"[/\\\\:*?\"<>|\\x00-\\x1f@]"_s);
  if (trimmed.contains(forbidden) || trimmed.startsWith(u'.')) return tr("A name may not hold / \\ : * ? \" < > | @ or begin with a dot.");
  if (trimmed.size() > kLongestName) return tr("The name is too long.");
  for (const SelectionFacts& facts : m_selections)
    if (!facts.isRun && facts.name.compare(trimmed, Qt::CaseInsensitive) == 0) return tr("There is a selection of this name already.");
  return {};
}

QString SelectionLibrary::freeName(const QString& wanted) const {
  QString name = wanted;
  for (int i = 2; !whyNotName(name).isEmpty() && i < 1000; ++i) name = wanted + u'-' + QString::number(i);
  return name;
}

QString SelectionLibrary::nameTakenFrom(const QString& path) const {
  const QFileInfo file(path);
  QString name = path.endsWith(".safetensors"_L1) ? file.completeBaseName() : file.fileName();
  // Every delta's base file has the same name; its run tells more.
  if (name == "base"_L1 && file.dir().dirName() == "deltas"_L1) name = QFileInfo(file.path()).dir().dirName();
  return freeName(name.replace(u'@', u'-'));
}

void SelectionLibrary::add(const QString& path) { m_copies.insert(m_sets.copyIn(path, pathFor(nameTakenFrom(path)))); }

void SelectionLibrary::rename(const QString& path, const QString& name) {
  if (whyNotName(name).isEmpty()) m_moves.insert(m_sets.rename(path, pathFor(name)), path);
}

void SelectionLibrary::moveToTrash(const QString& path) { m_moves.insert(m_sets.moveToTrash(path), path); }

}  // namespace gps::app
