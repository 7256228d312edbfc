#pragma once
// What the window has to say across its pages: a project that could not be saved, unsaved changes found again, a program that did not
// end properly. One at a time, the most urgent first.
#include <QObject>

#include "app/project/session.h"

namespace gps::ui {
class NoticeBar;
}

namespace gps::app {

class Notices : public QObject {
  Q_OBJECT
 public:
  Notices(Session& session, ui::NoticeBar& bar, QObject* parent = nullptr);
  void tellEndedBadly(const QString& lastProject);                                 // empty: nothing was open
  void tell(const QString& text, const QString& detail);                           // until it is closed or something happens
  void tellCopy(const gps::app::FolderCopyResult& result, const QString& folder);  // how it ended
  void askToCloseUnsaved();
  void retranslate() { refresh(); }

 Q_SIGNALS:
  void saveAsRequested();
  void closeRequested();  // without saving

 private:
  enum class Kind { None, CloseUnsaved, Problem, Recovery, EndedBadly, Told };
  void refresh();
  void answer(bool isPrimary);
  void dismiss();
  Session& m_session;
  ui::NoticeBar& m_bar;
  Kind m_kind = Kind::None;
  bool m_endedBadly = false, m_asksToClose = false;
  QString m_lastProject, m_told, m_toldDetail;
};

}  // namespace gps::app
