#pragma once
// Every picture with the truth and the prediction, before and after, worst first.
#include <QTimer>
#include <functional>
#include <optional>

#include "app/engine/pictureloader.h"
#include "app/pages/cases/casekeys.h"
#include "app/pages/page.h"
#include "app/project/casecurves.h"
#include "app/project/caseexport.h"
#include "app/project/casefigures.h"
#include "app/project/predictions.h"
#include "app/project/sourcescoring.h"
#include "app/project/viewsettings.h"
#include "core/values/overlaystyle.h"

class QStackedWidget;

namespace gps::ui {
class Badge;
class Button;
class Card;
class CaseTable;
class DistributionBars;
class ImageViewer;
class KeyValueList;
struct KeyValue;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class Actions;
class CompareBar;
class EpochTravel;
class ExportDialog;
class Leaks;
class LookCard;
class OutlineBar;
class OutlineScores;
class PromptTool;
class ReadingCard;
class RunLibrary;
class ScoreAudits;
class ViewCard;

class CasesPage : public Page {
  Q_OBJECT
 public:
  CasesPage(EngineApi& engine, Session& session, PictureLoader& pictures, RunLibrary& runs, const Leaks& leaks, QWidget* parent = nullptr);
  ui::ImageViewer* viewer() const;  // of what is shown
  ViewCard* viewCard() const { return m_view; }
  CompareBar* compareBar() const { return m_compare; }
  EpochTravel* travel() const { return m_travel; }
  ExportDialog* showExport();  // null without a picture
  LookCard* lookCard() const { return m_look; }
  CaseCurves& curves() { return m_curves; }
  ui::DistributionBars* histogram() const { return m_histogram; }
  ui::Badge* leak() const { return m_leak; }  // beside the numbers of all
  ui::SegmentedControl* listing() const { return m_listing; }
  Predictions& predictions() { return m_predictions; }
  PromptTool* promptTool() const { return m_prompt; }
  ui::CaseTable* table() const { return m_table; }
  ReadingCard* reading() const { return m_reading; }
  const QString& currentCase() const { return m_current; }
  void showCase(const QString& id);
  PictureHost keyHost(const Actions& actions);  // actions live as long as the page
  void useAudits(ScoreAudits& audits);          // for the intervals; lives as long as the page
  void useOutlines(OutlineScores& outlines);    // of other thresholds; lives as long as the page
  OutlineBar* outlines() const { return m_outlineBar; }
  bool isSettled() const;  // picture and prediction of the current case are on screen, or cannot come

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildMiddle(class Columns* columns);
  void lookAtEpoch(int epoch);  // of the run on screen; its slider and boxes follow
  void buildPrompts(EngineApi& engine);
  void buildRight(Columns* columns);
  void refresh();
  void countCases();
  void refreshRows();
  void resumeReading();
  void refreshSmallMaps();
  void refreshScoring();
  void refreshExport();
  void refreshListTitle();
  void showListing(const QString& listing);                                                 // "list": the picture; "gallery", "table"
  std::optional<PixelCounts> countsOf(const QString& id, const EpochScores* scores) const;  // at the threshold of the moment
  const CaseScore* measuredOf(const QString& id, const EpochScores* scores) const;          // null: not at this threshold
  void refreshJob();
  void refreshPredictions();
  void showPredictions();
  void refreshImageCard();
  void addOutlines(QList<ui::KeyValue>& rows);
  void refreshLeaks();
  void refreshSummary();
  void caseLoaded(const LoadedCase& loaded);
  void applyStyle(const OverlayStyle& style);
  int afterEpoch() const;  // of the run on screen; 0: the untuned model is shown
  void perform(int command);

  EngineApi& m_engine;
  PictureLoader& m_pictures;
  RunLibrary& m_runs;
  const Leaks& m_leaks;
  Predictions m_predictions;
  CaseCurves m_curves;
  CaseExport m_exporter;
  SourceScoring m_scoring;  // of what the session does not score
  ViewSettings m_settings;
  CaseFigures m_figures;
  ScoreAudits* m_audits = nullptr;
  OutlineScores* m_outlines = nullptr;
  OutlineBar* m_outlineBar;
  ui::Button *m_score, *m_export, *m_numbers, *m_blind, *m_newPictures;
  ui::Card *m_list, *m_overview, *m_image, *m_all;
  ui::SegmentedControl* m_listing;
  QStackedWidget *m_middle, *m_overviews;
  ViewCard* m_view;
  CompareBar* m_compare;
  EpochTravel* m_travel;
  LookCard* m_look;
  PromptTool* m_prompt;
  ui::CaseTable* m_table;
  ReadingCard* m_reading;
  ui::KeyValueList* m_metrics;
  ui::Label *m_mean, *m_meanText;
  ui::DistributionBars* m_histogram;
  ui::Badge* m_leak;
  QString m_current;
  LoadedCase m_loaded;
  QHash<QString, double> m_areas;
  QMap<QString, PixelCounts> m_counts;  // of the cases that are known at the threshold of the moment
  QTimer m_rowsSoon;
  double m_threshold = -1;
  const Actions* m_actions = nullptr;
  bool m_hasOutlines = false;  // Boundary F and HD95 of some case are in the list
  bool m_isResumed = false;    // the reader is where the reading was left, or has chosen another case
};

}  // namespace gps::app
