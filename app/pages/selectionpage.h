#pragma once
// One gradient pass, then K chooses how many inputs every neuron keeps; the bars follow the slider at once.
#include "app/pages/page.h"

class QBoxLayout;

namespace gps::ui {
class BlockBars;
class BlockTree;
class Button;
class Card;
class CurvePlot;
class KeyValueList;
class KSlider;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class SelectionLibrary;
class SharedCard;

class SelectionPage : public Page {
  Q_OBJECT
 public:
  explicit SelectionPage(Session& session, QWidget* parent = nullptr);
  ui::KSlider* slider() const { return m_slider; }
  ui::BlockBars* bars() const { return m_bars; }
  void addShared(SelectionLibrary& library);  // the card that compares with saved selections; once
  SharedCard* sharedCard() const { return m_shared; }

 protected:
  void retranslate() override;

 private:
  void buildLeft(class Columns* columns);
  void refresh();        // everything
  void refreshCounts();  // what follows the slider
  void refreshJob();
  void refreshStale();
  void slide(int k);
  bool tableFitsScheme() const;
  ui::Button *m_compare, *m_run, *m_train;
  QBoxLayout* m_right;
  SharedCard* m_shared = nullptr;
  ui::Card *m_scheme, *m_keep, *m_blocks, *m_barsCard, *m_what, *m_captured;
  ui::SegmentedControl *m_criterion, *m_loss, *m_measure, *m_scale;
  ui::Label *m_criterionLabel, *m_lossLabel, *m_schemeText;
  ui::KSlider* m_slider;
  ui::BlockTree* m_tree;
  ui::BlockBars* m_bars;
  ui::KeyValueList* m_list;
  ui::CurvePlot* m_curve;
  ui::Label* m_capturedText;
  int m_committed = 1, m_ghost = 0;
  bool m_isSliding = false;
};

}  // namespace gps::app
