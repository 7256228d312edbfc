#pragma once
// The shell: rail, pages, status strip, keys.
#include <QHash>
#include <QMap>
#include <QMessageBox>
#include <QPointer>
#include <QWidget>
#include <functional>

#include "app/engine/pictureloader.h"
#include "app/pages/page.h"
#include "app/project/languages.h"
#include "app/project/leaks.h"
#include "app/project/runlibrary.h"
#include "app/project/runnotes.h"
#include "app/project/scoreaudits.h"
#include "app/project/scorestore.h"
#include "app/project/selectionlibrary.h"
#include "app/project/session.h"
#include "widgets/layoutscale.h"

class QStackedWidget;

namespace gps::ui {
class NavigationRail;
class NoticeBar;
class StatusStrip;
}  // namespace gps::ui

namespace gps::app {

class Actions;
class CasesPage;
class ClassCasesPage;
class BlindPage;
class ComparePage;
class NumbersPage;
class NewPicturesPage;
class VideoPage;
class Notices;
class RunsPage;
class SelectionPage;
class SettingsPage;
class ShellActions;
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
  NumbersPage* numbersPage() const { return m_numbers; }
  BlindPage* blindPage() const { return m_blind; }
  NewPicturesPage* newPicturesPage() const { return m_newPictures; }
  VideoPage* videoPage() const { return m_video; }
  TrainPage* trainPage() const { return m_train; }
  QString pageName(const QString& id) const;  // in the language of the moment
  SettingsPage* settingsPage() const { return m_settingsPage; }
  Actions& actions() { return *m_actions; }
  ShellActions& shell() { return *m_shell; }
  ui::NoticeBar* noticeBar() const { return m_noticeBar; }
  void setTheme(const QString& word);  // "system", "light", "dark", "contrast", "contrast-light"
  void toggleTheme();
  void toggleLanguage();
  void useLanguage(const QString& code);  // "system" too; remembered
  void chooseProject();
  void chooseSaveAs();
  void choosePass();  // a file of a gradient pass
  void resetLayout();
  // The project and page of the last time; after a bad end they are only offered.
  void restoreLast(bool endedBadly);
  RunsPage* runsPage() const { return m_runsPage; }
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
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void addPage(Page* page);
  void addSubPage(Page* page, const QString& parentId);  // the rail shows it as part of another
  void chooseCasesPage();
  void retranslate();
  void refreshTitle();
  void refreshRail();
  void refreshStrip();
  void goToOpened();
  void askToStop(const QString& question, const QString& stopText, const std::function<void()>& stop, const std::function<void()>& goOn);
  void fitScreen();
  bool outlinesPictures() const;  // with the model that is open
  void showNewPictures(const QStringList& files);
  void takeDrop(const QString& path);
  void showVideo(const QString& path);
  void takeTable(const QString& path);
  void takeTensors(const QString& path);
  void takeWeights(const QString& path);
  void takePass(const QString& path);
  // Calls kindOf beside the window and then take with what it found, unless something else was dropped meanwhile.
  template <typename Kind>
  void lookInto(const QString& path, Kind (*kindOf)(const QString&), std::function<void(Kind)> take);
  void takeRunConfig(const QString& path);
  void adoptSettings(const QString& name, const QString& toml);

  EngineApi& m_engine;
  AppSettings& m_settings;
  Languages& m_languages;
  Session m_session;
  SelectionLibrary m_library;
  ScoreStore m_scores{m_session};
  ScoreAudits m_audits{m_session};
  PictureLoader m_pictures;
  RunLibrary m_runs;
  Leaks m_leaks{m_session, m_runs, m_library};
  OutlineScores m_outlines{m_engine, m_session, m_runs, m_scores};
  RunNotes m_runNotes;
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
  NumbersPage* m_numbers;
  BlindPage* m_blind;
  NewPicturesPage* m_newPictures;
  VideoPage* m_video;
  TrainPage* m_train;
  SettingsPage* m_settingsPage = nullptr;
  ui::NoticeBar* m_noticeBar = nullptr;
  Actions* m_actions = nullptr;
  ShellActions* m_shell = nullptr;
  Notices* m_notices = nullptr;
  ui::LayoutScale m_layoutScale;
  QString m_projectFolder, m_pageToRestore;
  int m_drops = 0;  // numbers them
  RunsPage* m_runsPage;
  QPointer<QMessageBox> m_question;
  bool m_isClosing = false, m_asks = true, m_closesUnsaved = false;
};

}  // namespace gps::app
