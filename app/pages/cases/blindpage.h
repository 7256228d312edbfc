#pragma once
// Blind reading: set up, read, unblind. Part of Cases.
#include "app/engine/pictureloader.h"
#include "app/pages/cases/casekeys.h"
#include "app/pages/page.h"
#include "app/project/methodmaps.h"
#include "app/project/runlibrary.h"

class QStackedWidget;
class QTableWidget;

namespace gps::ui {
class Button;
class Card;
class ErrorBanner;
class Label;
}  // namespace gps::ui

namespace gps::app {

class BlindOutcome;
class BlindPanes;
class BlindSetup;

class BlindPage : public Page {
  Q_OBJECT
 public:
  BlindPage(Session& session, EngineApi& engine, PictureLoader& pictures, RunLibrary& runs, QWidget* parent = nullptr);
  BlindReadings& readings() { return m_readings; }
  BlindSetup* setup() const { return m_setup; }
  BlindPanes* panes() const { return m_panes; }
  BlindOutcome* outcome() const { return m_outcome; }
  ui::Button* primary() const { return m_primary; }
  ui::ErrorBanner* problem() const { return m_problem; }  // shown while votes cannot be written
  QString whyNotBegin() const;
  PictureHost keyHost();

 public Q_SLOTS:
  void begin();

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void refresh();
  void refreshMethods();
  void refreshProblem();
  void showCase();
  void showMaps();
  void caseLoaded(const LoadedCase& loaded);
  PictureLoader& m_pictures;
  RunLibrary& m_runs;
  BlindReadings m_readings;
  MethodMaps m_maps;
  ui::Button *m_primary, *m_leave, *m_export;
  ui::ErrorBanner* m_problem;
  QStackedWidget* m_stack;
  BlindSetup* m_setup;
  BlindPanes* m_panes;
  BlindOutcome* m_outcome;
  LoadedCase m_loaded;
  QString m_shown;
};

}  // namespace gps::app
