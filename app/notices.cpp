#include "app/notices.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include "app/engine/failuretext.h"
#include "widgets/noticebar.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Tone;

Notices::Notices(Session& session, ui::NoticeBar& bar, QObject* parent) : QObject(parent), m_session(session), m_bar(bar) {
  connect(&session.document(), &Document::problemChanged, this, &Notices::refresh);
  connect(&session.document(), &Document::recoveryChanged, this, &Notices::refresh);
  connect(&session, &Session::projectChanged, this, [this] {
    if (m_session.project().isOpen()) m_endedBadly = false;
    m_told.clear();
    refresh();
  });
  connect(&session, &Session::failuresChanged, this, [this] {
    for (const JobKind kind : {JobKind::KeepPass, JobKind::OpenPass})
      if (const auto failure = m_session.failure(kind)) {
        const FailureText text = FailureTexts::of(*failure);
        m_session.dismissFailure(kind);  // told here, once
        tell(text.what, text.why + u' ' + text.remedy);
      }
  });
  connect(&bar, &ui::NoticeBar::primaryRequested, this, [this] { answer(true); });
  connect(&bar, &ui::NoticeBar::secondaryRequested, this, [this] { answer(false); });
  connect(&bar, &ui::NoticeBar::dismissed, this, &Notices::dismiss);
  refresh();
}

void Notices::tellEndedBadly(const QString& lastProject) {
  m_endedBadly = true;
  m_lastProject = lastProject;
  refresh();
}

void Notices::tell(const QString& text, const QString& detail) {
  m_told = text;
  m_toldDetail = detail;
  refresh();
}

void Notices::tellCopy(const FolderCopyResult& result, const QString& folder) {
  using End = FolderCopyResult::Kind;
  const QString place = QDir::toNativeSeparators(folder), failed = tr("The project could not be copied.");
  const auto gigabytes = [](qint64 bytes) { return QString::number(double(bytes) / 1e9, 'f', 2) + " GB"_L1; };
  switch (result.kind) {
    case End::Done:
      return tell(tr("The project is in %1 now.").arg(place),
                  result.leftOut.isEmpty() ? tr("All that lay in the former folder is there, too, as it was saved last.")
                                           : tr("Left out, because a program is writing it: %1").arg(result.leftOut.join(u", "_s)));
    case End::Stopped:
      return tell(tr("The copy of the project was stopped."), tr("Nothing of it was left in %1.").arg(place));
    case End::NotEmpty:
      return tell(failed, tr("%1 is not empty, and nothing in it is overwritten. Choose an empty folder or a new one.").arg(place));
    case End::NoFolder:
      return tell(failed, tr("%1 is a file. Choose an empty folder or a new one.").arg(place));
    case End::Inside:
      return tell(failed, tr("%1 lies within the project itself. Choose a folder elsewhere.").arg(place));
    case End::NoSpace:
      return tell(failed, tr("It takes %1, and the disk of %2 has %3 left. Free some space, or choose another folder.")
                              .arg(gigabytes(result.bytes), place, gigabytes(result.freeBytes)));
    case End::Failed:
      return tell(failed, tr("%1: %2. Nothing was left in %3. Check the free space and the permissions, or choose another folder.")
                              .arg(QDir::toNativeSeparators(result.path), result.why, place));
  }
}

void Notices::askToCloseUnsaved() {
  m_asksToClose = true;
  refresh();
}

void Notices::refresh() {
  const Document& document = m_session.document();
  m_kind = Kind::None;
  if (!document.problem().isEmpty()) {
    m_kind = m_asksToClose ? Kind::CloseUnsaved : Kind::Problem;
    const QString detail = tr("%1: %2. Check the free space and the permissions, or save it in another folder.")
                               .arg(document.problemPath(), document.problem());
    m_bar.setNotice(Tone::Bad, tr("The project could not be saved."), detail, tr("Save as…"),
                    m_asksToClose ? tr("Close without saving") : tr("Try again"));
  } else if (document.recovery()) {
    m_kind = Kind::Recovery;
    m_bar.setNotice(
        Tone::Warn, tr("Unsaved changes of %1 were found.").arg(m_session.project().name),
        tr("The program ended before they were saved, on %1.").arg(QLocale::c().toString(document.recovery()->when, u"yyyy-MM-dd HH:mm"_s)),
        tr("Restore"), tr("Discard"));
  } else if (m_endedBadly) {
    m_kind = Kind::EndedBadly;
    const QString name = m_lastProject.isEmpty() ? QString() : QFileInfo(m_lastProject).fileName();
    m_bar.setNotice(Tone::Warn, tr("The program did not end properly last time."),
                    name.isEmpty() ? QString() : tr("What was not saved in %1 is offered when you open it.").arg(name),
                    name.isEmpty() ? QString() : tr("Open %1").arg(name), {});
  } else if (!m_told.isEmpty()) {
    m_kind = Kind::Told;
    m_bar.setNotice(Tone::Neutral, m_told, m_toldDetail, {}, {});
  }
  m_bar.setVisible(m_kind != Kind::None);
}

void Notices::answer(bool isPrimary) {
  switch (m_kind) {
    case Kind::None:
    case Kind::Told:
      break;
    case Kind::CloseUnsaved:
      m_asksToClose = false;
      if (isPrimary)
        Q_EMIT saveAsRequested();
      else
        Q_EMIT closeRequested();
      break;
    case Kind::Problem:
      if (isPrimary)
        Q_EMIT saveAsRequested();
      else
        m_session.document().save();
      break;
    case Kind::Recovery:
      if (isPrimary)
        m_session.document().restoreRecovery();
      else
        m_session.document().discardRecovery();
      break;
    case Kind::EndedBadly:
      m_endedBadly = false;
      m_session.openProjectFolder(m_lastProject);
      break;
  }
  refresh();
}

void Notices::dismiss() {
  switch (m_kind) {
    case Kind::CloseUnsaved:
    case Kind::Problem:
      m_asksToClose = false;
      m_session.document().dismissProblem();
      break;
    case Kind::Recovery:
      m_bar.hide();  // the copies stay and are offered again at the next opening
      return;
    case Kind::EndedBadly:
      m_endedBadly = false;
      break;
    case Kind::Told:
      m_told.clear();
      break;
    case Kind::None:
      break;
  }
  refresh();
}

}  // namespace gps::app
