#include "app/pages/train/stopquestion.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>

#include "app/project/trash.h"

namespace gps::app {

using namespace Qt::StringLiterals;

StopQuestion::StopQuestion(Session& session, QWidget* parent) : QObject(parent), m_session(session), m_parent(parent) {
  connect(&session, &Session::jobEnded, this, [this](JobKind kind) {
    if (kind != JobKind::Train) return;
    if (m_box) m_box->close();
    clearUp();
  });
  connect(&session, &Session::projectChanged, this, [this] {
    if (m_box && !m_session.isTraining()) m_box->close();
  });
}

void StopQuestion::ask() {
  if (!m_session.isTraining() || m_session.job().state == RunState::Stopping) return;
  if (m_box) {
    m_box->raise();
    return;
  }
  const QString name = QFileInfo(m_session.run().folder).fileName();
  m_box = new QMessageBox(QMessageBox::Question, tr("GPS workbench"), tr("Stop the run %1?").arg(name), QMessageBox::NoButton, m_parent);
  m_box->setAttribute(Qt::WA_DeleteOnClose);
  m_box->setInformativeText(tr("What was learnt so far is kept, and the run can be resumed. Discarding moves its folder to the trash."));
  auto* keep = m_box->addButton(tr("Keep and stop"), QMessageBox::AcceptRole);
  auto* discardIt = m_box->addButton(tr("Discard %1").arg(name), QMessageBox::DestructiveRole);
  auto* goOn = m_box->addButton(tr("Go on training"), QMessageBox::RejectRole);
  keep->setObjectName(u"keep"_s), discardIt->setObjectName(u"discard"_s), goOn->setObjectName(u"goOn"_s);
  m_box->setDefaultButton(keep);
  m_box->setEscapeButton(goOn);
  connect(keep, &QPushButton::clicked, this, [this] { m_session.stopJob(); });
  connect(discardIt, &QPushButton::clicked, this, &StopQuestion::discard);
  connect(m_box, &QObject::destroyed, this, [this] { m_box = nullptr; });
  m_box->open();
}

void StopQuestion::discard() {
  if (!m_session.isTraining()) return;
  m_toDiscard = m_session.run().folder;
  m_session.stopJob();
}

void StopQuestion::clearUp() {
  if (m_toDiscard.isEmpty()) return;
  const QString folder = m_toDiscard, trash = m_session.project().folder + "/trash"_L1;
  m_toDiscard.clear();
  m_session.forgetRun(folder);
  QThreadPool::globalInstance()->start([self = QPointer<StopQuestion>(this), folder, trash] {
    const QString lies = moveToTrash(folder, trash);
    QMetaObject::invokeMethod(
        qApp,
        [self, folder, lies] {
          if (self) Q_EMIT self->discarded(folder, lies);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
