#include "app/project/document.h"

#include <utility>

#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

Document::Document(Project& project, QObject* parent)
    : QObject(parent),
      m_project(project),
      m_history([this] { return draftOf(m_project); }, [this](const DraftFields& fields) { apply(fields); }) {
  connect(&m_autosave, &Autosave::failed, this, &Document::setProblem);
  connect(&m_history, &History::changed, this, &Document::refreshModified);
}

void Document::opened() {
  m_autosave.setFolder(m_project.folder);
  m_history.clear();
  m_recovery.reset();
  setProblem({}, {});
  m_saved = projectText(m_project);
  if (m_project.isOpen() && !isProjectFolder(m_project.folder)) save();
  lookForCopies();
  refreshModified();
  Q_EMIT recoveryChanged();
}

// Behind the copies that are still being removed, which are not found any more.
void Document::lookForCopies() {
  const quint64 mine = ++m_openings;
  m_isLooking = m_project.isOpen();
  if (!m_isLooking) return;
  const auto judge = [folder = m_project.folder, saved = draftOf(m_project)](const QByteArray& text) {
    try {
      return draftOf(parseProject(text, folder)) != saved ? Autosave::Verdict::Offer : Autosave::Verdict::Remove;
    } catch (const Error&) {
      return Autosave::Verdict::Keep;  // of a future version, say: not offered
    }
  };
  m_autosave.look(judge, [this, mine](std::optional<RecoveryCopy> copy) {
    if (mine != m_openings) return;
    m_isLooking = false;
    m_recovery = std::move(copy);
    Q_EMIT recoveryChanged();
  });
}

// An offer that was not answered stays.
void Document::forgetCopies() {
  if (m_isLooking)
    m_autosave.forgetUnlessFound();
  else if (!m_recovery)
    m_autosave.forget();
}

void Document::edited() {
  if (m_acts > 0) return;
  m_history.record();
  refreshModified();
  if (m_isModified) m_autosave.note(projectText(m_project));
}

void Document::adjusted() {
  m_history.adopt();
  if (!m_isModified) m_saved = projectText(m_project);  // not worth a question
  refreshModified();
}

void Document::refreshModified() {
  const bool now = m_project.isOpen() && projectText(m_project) != m_saved;
  if (now == m_isModified) return;
  m_isModified = now;
  Q_EMIT modifiedChanged(now);
}

bool Document::save() {
  if (!m_project.isOpen()) return true;
  m_history.record();  // a slider that is still held
  try {
    writeProject(m_project);
  } catch (const Error& error) {
    setProblem(QString::fromStdString(error.subject()), QString::fromStdString(error.cause()));
    return false;
  }
  m_saved = projectText(m_project);
  m_history.markSaved();
  forgetCopies();
  setProblem({}, {});
  refreshModified();
  return true;
}

QByteArray Document::textFor(const QString& folder) {
  m_history.record();  // a slider that is still held
  return projectText(movedProject(m_project, folder));
}

void Document::moved(const QString& folder, const QByteArray& text) {
  m_autosave.forget();
  m_project = movedProject(m_project, folder);
  m_autosave.setFolder(folder);
  m_recovery.reset();
  m_isLooking = false;
  ++m_openings;
  m_saved = text;
  m_history.adopt();
  if (projectText(m_project) == m_saved) m_history.markSaved();
  setProblem({}, {});
  refreshModified();
  if (m_isModified) m_autosave.note(projectText(m_project));
  Q_EMIT recoveryChanged();
}

void Document::apply(const DraftFields& fields) {
  DraftFields draft = draftFields(draftOf(m_project));
  for (auto it = fields.begin(); it != fields.end(); ++it) {
    if (it.value().isUndefined())
      draft.remove(it.key());
    else
      draft.insert(it.key(), it.value());
  }
  applyDraft(draftObject(draft), m_project);
  refreshModified();
  if (m_isModified)
    m_autosave.note(projectText(m_project));
  else
    forgetCopies();
  Q_EMIT draftApplied(fields.keys());
}

void Document::restoreRecovery() {
  if (!m_recovery) return;
  const Project recovered = parseProject(m_recovery->text, m_project.folder);
  m_recovery.reset();
  const DraftFields before = draftFields(draftOf(m_project)), after = draftFields(draftOf(recovered));
  QStringList changed;
  for (auto it = after.begin(); it != after.end(); ++it)
    if (before.value(it.key()) != it.value()) changed << it.key();
  applyDraft(draftOf(recovered), m_project);
  edited();
  Q_EMIT draftApplied(changed);
  Q_EMIT recoveryChanged();
}

void Document::discardRecovery() {
  if (!m_recovery) return;
  m_recovery.reset();
  m_autosave.forget();
  if (m_isModified) m_autosave.note(projectText(m_project));
  Q_EMIT recoveryChanged();
}

void Document::setProblem(const QString& path, const QString& why) {
  if (path == m_problemPath && why == m_problem) return;
  m_problemPath = path;
  m_problem = why;
  Q_EMIT problemChanged();
}

void Document::dismissProblem() { setProblem({}, {}); }

}  // namespace gps::app
