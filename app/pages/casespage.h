#pragma once
// Every picture with the truth and the prediction, before and after, worst first.
#include "app/engine/pictureloader.h"
#include "app/pages/page.h"
#include "app/project/casefigures.h"
#include "core/values/overlaystyle.h"

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
class LabelledSlider;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class EpochChoice;
class ReadingCard;
class ScoreAudits;

class CasesPage : public Page {
  Q_OBJECT
 public:
  CasesPage(Session& session, PictureLoader& pictures, QWidget* parent = nullptr);
  ui::ImageViewer* viewer() const { return m_viewer; }
  ui::CaseTable* table() const { return m_table; }
  ReadingCard* reading() const { return m_reading; }
  void showCase(const QString& id);
  void useAudits(ScoreAudits& audits);  // for the intervals; lives as long as the page
  bool isSettled() const;               // picture and prediction of the current case are on screen, or cannot come

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void buildMiddle(class Columns* columns);
  void buildRight(Columns* columns);
  void refresh();
  void refreshRows();
  void resumeReading();
  void refreshJob();
  void refreshPredictions();
  void refreshImageCard();
  void addOutlines(QList<ui::KeyValue>& rows);
  void refreshSummary();
  void caseLoaded(const LoadedCase& loaded);
  void applyStyle(const OverlayStyle& style);
  void forwardKey(QKeyEvent* event);
  void saveOverlay();
  int afterEpoch() const;

  PictureLoader& m_pictures;
  CaseFigures m_figures;
  ScoreAudits* m_audits = nullptr;
  ui::Button *m_score, *m_export, *m_numbers, *m_blind;
  ui::Card *m_list, *m_view, *m_image, *m_look, *m_all;
  ui::CaseTable* m_table;
  ui::ImageViewer* m_viewer;
  ui::SegmentedControl *m_mode, *m_drawing;
  EpochChoice* m_epochs;
  ReadingCard* m_reading;
  ui::KeyValueList* m_metrics;
  ui::LabelledSlider *m_threshold, *m_opacity;
  ui::Label *m_keys, *m_hover, *m_mean, *m_meanText;
  ui::DistributionBars* m_histogram;
  ui::Badge* m_leak;
  QString m_current;
  LoadedCase m_loaded;
  QHash<QString, double> m_areas;
  bool m_isForwarding = false;
  bool m_isResumed = false;  // the reader is where the reading was left, or has chosen another case
};

}  // namespace gps::app
