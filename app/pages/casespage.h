#pragma once
// Every picture with the truth and the prediction, before and after, worst first.
#include "app/engine/pictureloader.h"
#include "app/pages/page.h"
#include "app/project/predictions.h"
#include "app/project/viewsettings.h"
#include "core/values/overlaystyle.h"

namespace gps::ui {
class Badge;
class Button;
class Card;
class CaseTable;
class DistributionBars;
class ImageViewer;
class KeyValueList;
class Label;
}  // namespace gps::ui

namespace gps::app {

class CompareCard;
class LookCard;
class PromptTool;
class RunLibrary;
class ViewCard;

class CasesPage : public Page {
  Q_OBJECT
 public:
  CasesPage(EngineApi& engine, Session& session, PictureLoader& pictures, RunLibrary& runs, QWidget* parent = nullptr);
  ui::ImageViewer* viewer() const;  // of what is shown
  ViewCard* viewCard() const { return m_view; }
  CompareCard* compareCard() const { return m_compare; }
  LookCard* lookCard() const { return m_look; }
  Predictions& predictions() { return m_predictions; }
  PromptTool* promptTool() const { return m_prompt; }
  ui::CaseTable* table() const { return m_table; }
  void showCase(const QString& id);
  bool isSettled() const;  // picture and prediction of the current case are on screen, or cannot come

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void buildMiddle(class Columns* columns);
  void buildPrompts(EngineApi& engine);
  void buildRight(Columns* columns);
  void refresh();
  void refreshRows();
  void refreshJob();
  void refreshPredictions();
  void showPredictions();
  void refreshImageCard();
  void refreshSummary();
  void caseLoaded(const LoadedCase& loaded);
  void applyStyle(const OverlayStyle& style);
  void forwardKey(QKeyEvent* event);
  void saveOverlay();
  int afterEpoch() const;  // of the run on screen; 0: the untuned model is shown
  void perform(int command);
  std::shared_ptr<const ProbabilityMap> mapOf(qsizetype source) const;  // as shown: predicted, or pointed out

  PictureLoader& m_pictures;
  RunLibrary& m_runs;
  Predictions m_predictions;
  ViewSettings m_settings;
  ui::Button *m_score, *m_export, *m_newPictures;
  ui::Card *m_list, *m_image, *m_all;
  ViewCard* m_view;
  CompareCard* m_compare;
  LookCard* m_look;
  PromptTool* m_prompt;
  ui::CaseTable* m_table;
  ui::KeyValueList* m_metrics;
  ui::Label *m_mean, *m_meanText;
  ui::DistributionBars* m_histogram;
  ui::Badge* m_leak;
  QString m_current;
  LoadedCase m_loaded;
  QHash<QString, double> m_areas;
  bool m_isForwarding = false;
};

}  // namespace gps::app
