#pragma once
// The scores of all pictures under every definition, with intervals and beside trivial predictors; every picture with all its figures; and
// whether a pair of published numbers can be true. Part of Cases.
#include "app/pages/page.h"
#include "app/project/scoreaudits.h"
#include "app/project/viewsettings.h"

class QDoubleSpinBox;

namespace gps::ui {
class AuditTable;
class Badge;
class Button;
class Card;
class CaseTable;
class EmptyState;
class KeyValueList;
class Label;
class LabelledSlider;
}  // namespace gps::ui

namespace gps::app {

class Columns;
class EpochChoice;
class Leaks;
class OutlineBar;

class NumbersPage : public Page {
  Q_OBJECT
 public:
  NumbersPage(Session& session, ScoreAudits& audits, const Leaks& leaks, QWidget* parent = nullptr);
  ui::AuditTable* table() const { return m_table; }
  ui::CaseTable* images() const { return m_images; }
  ui::Badge* verdict() const { return m_verdict; }
  ui::Badge* leak() const { return m_leak; }
  QDoubleSpinBox* pairDice() const { return m_pairDice; }
  QDoubleSpinBox* pairIou() const { return m_pairIou; }
  ui::Label* pairText() const { return m_pairText; }
  EpochChoice* epochs() const { return m_epochs; }
  ui::LabelledSlider* threshold() const { return m_threshold; }
  double shownAt() const;  // the threshold of the pages of cases, or the one that was scored at where nothing else is known
  OutlineBar* outlines() const { return m_outlines; }
  bool isSettled() const;  // what can be shown is shown

 Q_SIGNALS:
  void caseRequested(const QString& id);

 protected:
  void retranslate() override;
  void showEvent(QShowEvent* event) override;

 private:
  void buildMiddle(Columns* columns);
  void buildRight(Columns* columns);
  void refresh();
  void refreshLeaks();
  void refreshAudit();
  void refreshImages();
  void refreshPair();
  void showExportMenu();

  struct Shown {
    int epoch = -1;
    double threshold = 0;
  };
  ScoreAudits& m_audits;
  const Leaks& m_leaks;
  Shown m_shown;  // in the table of figures
  ViewSettings m_settings;
  ui::Button *m_score, *m_export, *m_columns;
  ui::Card *m_auditCard, *m_imagesCard, *m_sourceCard, *m_pairCard, *m_wordsCard;
  EpochChoice* m_epochs;
  OutlineBar* m_outlines;
  ui::LabelledSlider* m_threshold;
  ui::KeyValueList* m_facts;
  ui::Badge *m_leak, *m_verdict;
  ui::AuditTable* m_table;
  ui::CaseTable* m_images;
  ui::EmptyState* m_unscored;
  ui::Label *m_waiting, *m_method, *m_pairHint, *m_pairText, *m_diceLabel, *m_iouLabel, *m_words, *m_unknown;
  QDoubleSpinBox *m_pairDice, *m_pairIou;
};

}  // namespace gps::app
