#include "app/project/document.h"

#include <QDir>
#include <QFileInfo>

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
  m_autosave.flush();  // copies that are being removed are not found below
  m_history.clear();
  m_recovery.reset();
  setProblem({}, {});
  m_saved = projectText(m_project);
  if (m_project.isOpen() && !isProjectFolder(m_project.folder)) save();
  if (m_project.isOpen()) {
    if (auto copy = Autosave::find(m_project.folder)) {
      try {
        if (draftOf(parseProject(copy->text, m_project.folder)) != draftOf(m_project)) m_recovery = std::move(copy);
      } catch (const Error&) {
        // Of a future version, say: it stays on disk and is not offered.
      }
      if (!m_recovery) m_autosave.forget();
    }
  }
  refreshModified();
  Q_EMIT recoveryChanged();
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
  if (!m_recovery) m_autosave.forget();  // an offer that was not answered stays
  setProblem({}, {});
  refreshModified();
  return true;
}

void Document::saveAs(const QString& folder) {
  const QString path = QDir::cleanPath(QDir(folder).absolutePath());
  if (path == m_project.folder) {
    save();
    return;
  }
  if (isProjectFolder(path)) throw Error(ErrorCode::Io, path.toStdString(), "another project is in this folder", "Choose another folder");
  Project copy = m_project;
  copy.folder = path;
  copy.name = QFileInfo(path).fileName();
  copy.isDemo = false;  // its pictures stay where they were drawn
  writeProject(copy);
  m_autosave.forget();
  m_project = copy;
  m_autosave.setFolder(path);
  m_recovery.reset();
  m_saved = projectText(m_project);
  m_history.markSaved();
  setProblem({}, {});
  refreshModified();
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
    m_autosave.forget();
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
