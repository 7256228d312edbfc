#pragma once
// The shell: rail, pages, status strip, keys.
#include <QHash>
#include <QWidget>

#include "app/engine/pictureloader.h"
#include "app/pages/page.h"
#include "app/project/languages.h"
#include "app/project/runlibrary.h"
#include "app/project/runnotes.h"
#include "app/project/session.h"

class QStackedWidget;
class QMessageBox;

namespace gps::ui {
class NavigationRail;
class StatusStrip;
}  // namespace gps::ui

namespace gps::app {

class CasesPage;
class ClassCasesPage;
class RunsPage;
class SelectionPage;
class TrainPage;

class MainWindow : public QWidget {
  Q_OBJECT
 public:
  MainWindow(EngineApi& engine, AppSettings& settings, Languages& languages, QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session() { return m_session; }
  void showPage(const QString& id);
  QString currentPage() const;
  QStringList pageIds() const { return m_order; }
  Page* page(const QString& id) const { return m_pages.value(id); }
  CasesPage* casesPage() const { return m_cases; }
  ClassCasesPage* classCasesPage() const { return m_classCases; }  // page("cases") while the pictures are sorted into classes
  SelectionPage* selectionPage() const { return m_selection; }
  TrainPage* trainPage() const { return m_train; }
  RunsPage* runsPage() const { return m_runsPage; }
  void setTheme(const QString& word);  // "system", "light", "dark", "contrast"
  void setAskBeforeClose(bool on) { m_asks = on; }

 Q_SIGNALS:
  void closed();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void addPage(Page* page);
  void chooseCasesPage();
  void addShortcuts();
  void retranslate();
  void refreshRail();
  void refreshStrip();
  void toggleLanguage();
  void toggleTheme();
  void askToClose();

  EngineApi& m_engine;
  AppSettings& m_settings;
  Languages& m_languages;
  Session m_session;
  PictureLoader m_pictures;
  RunLibrary m_runs;
  RunNotes m_runNotes;
  ui::NavigationRail* m_rail;
  ui::StatusStrip* m_strip;
  QStackedWidget* m_stack;
  QHash<QString, Page*> m_pages;
  QStringList m_order;
  CasesPage* m_cases;
  ClassCasesPage* m_classCases;
  SelectionPage* m_selection;
  TrainPage* m_train;
  RunsPage* m_runsPage;
  QMessageBox* m_question = nullptr;
  bool m_isClosing = false, m_asks = true;
};

}  // namespace gps::app
