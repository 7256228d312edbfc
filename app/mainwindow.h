#pragma once
// The shell: rail, pages, status strip, keys.
#include <QHash>
#include <QMap>
#include <QWidget>

#include "app/engine/pictureloader.h"
#include "app/pages/page.h"
#include "app/project/languages.h"
#include "app/project/selectionlibrary.h"
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
class ComparePage;
class SelectionPage;
class TrainPage;

class MainWindow : public QWidget {
  Q_OBJECT
 public:
  MainWindow(EngineApi& engine, AppSettings& settings, Languages& languages, QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session() { return m_session; }
  void showPage(const QString& id);
  QString currentPage() const { return m_current; }
  QStringList pageIds() const { return m_order + m_parents.keys(); }
  Page* page(const QString& id) const { return m_pages.value(id); }
  CasesPage* casesPage() const { return m_cases; }
  ClassCasesPage* classCasesPage() const { return m_classCases; }  // page("cases") while the pictures are sorted into classes
  SelectionPage* selectionPage() const { return m_selection; }
  ComparePage* comparePage() const { return m_compare; }
  TrainPage* trainPage() const { return m_train; }
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
  void addSubPage(Page* page, const QString& parentId);  // the rail shows it as part of another
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
  SelectionLibrary m_library;
  PictureLoader m_pictures;
  ui::NavigationRail* m_rail;
  ui::StatusStrip* m_strip;
  QStackedWidget* m_stack;
  QHash<QString, Page*> m_pages;
  QStringList m_order;
  QMap<QString, QString> m_parents;  // of sub-pages
  QString m_current;
  CasesPage* m_cases;
  ClassCasesPage* m_classCases;
  SelectionPage* m_selection;
  ComparePage* m_compare;
  TrainPage* m_train;
  QMessageBox* m_question = nullptr;
  bool m_isClosing = false, m_asks = true;
};

}  // namespace gps::app
