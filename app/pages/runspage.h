#pragma once
// All runs of the project: find, compare, keep, throw away, and open one in the other pages.
#include "app/pages/page.h"
#include "app/project/runlibrary.h"
#include "app/project/runnotes.h"

class QMessageBox;

namespace gps::ui {
class RunTable;
}

namespace gps::app {

class Leaks;
class RunDetails;
class RunPlots;

class RunsPage : public Page {
  Q_OBJECT
 public:
  RunsPage(Session& session, RunLibrary& library, RunNotes& notes, const Leaks& leaks, QWidget* parent = nullptr);
  ui::RunTable* table() const { return m_table; }
  RunPlots* plots() const { return m_plots; }
  RunDetails* details() const { return m_details; }
  QMessageBox* question() const { return m_question; }  // of a deletion; null: none
  bool saveTable(const QString& path) const;            // .csv, .md, .tex
  void openIn(const QString& page);                     // the current run
  void remove(const QStringList& ids);                  // asks first

 protected:
  void retranslate() override;

 private:
  void refresh();
  void refreshRows();
  void refreshPlots();
  void refreshCurrent();
  void applyBrush();
  void follow();
  void moveToTrash(const QList<RunPtr>& runs);
  QSet<QString> ticked() const;
  RunLibrary& m_library;
  RunNotes& m_notes;
  const Leaks& m_leaks;
  ui::Button *m_save, *m_cases, *m_train, *m_tickShown, *m_untick;
  ui::Card* m_card;
  ui::RunTable* m_table;
  RunPlots* m_plots;
  RunDetails* m_details;
  QMessageBox* m_question = nullptr;
  QThreadPool m_pool;
};

}  // namespace gps::app
